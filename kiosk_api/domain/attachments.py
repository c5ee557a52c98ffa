"""Pictures of papers that come with a petition (Art. 19): what is accepted and what is refused.

A picture is known by its first bytes, never by its name or by what a browser calls it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import MOST_PICTURE_BYTES, MOST_PICTURES

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MIB = 1024 * 1024
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")

EXPIRED = "您的照片放得太久，已经自动删掉了。请重新拍一次；也可以先不带照片提交，以后再补。"
TOO_MANY = f"一件事最多放{MOST_PICTURES}张照片。请先删掉不要紧的，其余的带到窗口交。"
TOO_LARGE = f"这张照片太大了，每张不超过{MOST_PICTURE_BYTES // _MIB}兆（MB）。请用拍照的办法重新拍一张。"
UNREADABLE = "这张照片打不开，可能没有存完整。请重新拍一张，或换一张。"
TOO_FINE = "这张照片的尺寸太大，我们打不开。请用拍照的办法重新拍一张。"
NOT_A_PICTURE = "这个文件不是我们能收的照片。请选 JPG、PNG 或 WebP 照片，或者用拍照的办法。"
IS_PDF = "PDF 文件这里收不了。请把它拍成照片，或者打印出来带到窗口交。"
IS_HEIC = "这种苹果手机照片（HEIC）这里打不开。请用拍照的办法重新拍一张。"


def picture_kind(data: bytes) -> str:
    """`JPEG`, `PNG` or `WEBP` by the first bytes.

    Raises DomainError `picture_wrong_type`, `picture_is_pdf`, `picture_too_large` or
    `picture_unreadable`, with a sentence that says what to do instead.
    """
    if not data:
        raise DomainError("picture_unreadable", UNREADABLE)
    if len(data) > MOST_PICTURE_BYTES:
        raise DomainError("picture_too_large", TOO_LARGE)
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if b"%PDF-" in data[:1024]:
        raise DomainError("picture_is_pdf", IS_PDF)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise DomainError("picture_wrong_type", IS_HEIC)
    raise DomainError("picture_wrong_type", NOT_A_PICTURE)


def bundle_token(body: Mapping[str, Any]) -> str | None:
    """The `attachments` of a submission: None, or a token of the right shape.

    Raises DomainError `attachments_expired`; an unknown token gets the same answer as an expired one.
    """
    value = body.get("attachments")
    if value is None or value == "":
        return None
    if isinstance(value, str) and TOKEN.fullmatch(value):
        return value
    raise DomainError("attachments_expired", EXPIRED, (bundle_error(),))


def bundle_error() -> FieldError:
    """The error shown beside the pictures when they have expired."""
    return FieldError("attachments", "attachments_expired", EXPIRED)
