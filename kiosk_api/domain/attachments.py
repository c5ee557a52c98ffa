"""Pictures of papers that come with a petition (Art. 19): what is accepted and what is refused.

A picture is known by its first bytes, never by its name or by what a browser calls it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import (
    LONG_PICTURE_PIXELS,
    LONG_PICTURE_SIDE,
    MOST_PICTURE_BYTES,
    MOST_PICTURES,
    PICTURE_PIXELS,
    PICTURE_SIDE_LEAST,
    PICTURE_WIDTH,
    PICTURE_WIDTH_LEAST,
)

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MIB = 1024 * 1024
EXPIRED = "您的照片放得太久，已经自动删掉了。请重新拍一次；也可以先不带照片提交，以后再补。"
TOO_MANY = f"一件事最多放{MOST_PICTURES}张照片。请先删掉不要紧的，其余的带到窗口交。"
TOO_LARGE = f"这张照片太大了，每张不超过{MOST_PICTURE_BYTES // _MIB}兆（MB）。截图请分几张截；照片请把相机的照片尺寸调小，再拍一张。"
UNREADABLE = "这张照片打不开，可能没有存完整。请重新拍一张，或换一张。"
TOO_FINE = "这张照片的尺寸太大，我们打不开。截图请分几张截；照片请把相机的照片尺寸调小，再拍一张。"
TOO_LONG = "这张图太长了，缩小以后字看不清。请分几张截屏，一张一张交。"
TOO_SMALL = "这张图太小了，看不清字。请找原来的大图，或者重新拍一张。"
NOTHING_SHOWS = "这张图是空的，什么也看不到。请换一张。"
NOT_A_PICTURE = "这个文件不是我们能收的照片。请选 JPG、PNG 或 WebP 照片，或者用拍照的办法。"
IS_PDF = "PDF 文件这里收不了。请把它拍成照片，或者打印出来带到窗口交。"
IS_HEIC = "这种手机照片（HEIC）这里打不开。请在手机上打开它，截一张屏再交，或者重新拍一张。"
IS_TIFF = "扫描的 TIFF 和相机的原始文件（RAW）这里打不开。请存成 JPG 再交，或者打印出来拍成照片。"
IS_NEWER = "这种图片（AVIF、JXL）这里打不开。请在手机上打开它，截一张屏再交，或者存成 JPG。"
IS_VIDEO = "录像这里收不了。请把要紧的画面截成图再交，录像带到窗口。"

_KINDS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
)
_REFUSED = (
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), IS_TIFF),
    ((b"\xff\x0a", b"\0\0\0\x0cJXL "), IS_NEWER),
    ((b"\x1a\x45\xdf\xa3",), IS_VIDEO),
)
_BRANDS = (
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevm", b"hevx", b"mif1", b"msf1"), IS_HEIC),
    ((b"avif", b"avis"), IS_NEWER),
    ((b"crx ",), IS_TIFF),
)
"""First bytes of files that are known and not taken in. TIFF is left out on purpose: it is a container
of many codings and pages, of which the first alone would be kept, and its decoder is the one with the
most faults on record."""


def picture_kind(data: bytes) -> str:
    """`JPEG`, `PNG`, `WEBP`, `GIF` or `BMP` by the first bytes.

    Raises DomainError `picture_wrong_type`, `picture_is_pdf`, `picture_too_large` or
    `picture_unreadable`, with a sentence that says what to do instead.
    """
    if not data:
        raise DomainError("picture_unreadable", UNREADABLE)
    if len(data) > MOST_PICTURE_BYTES:
        raise DomainError("picture_too_large", TOO_LARGE)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    for first, kind in _KINDS:
        if data.startswith(first):
            return kind
    if b"%PDF-" in data[:1024]:
        raise DomainError("picture_is_pdf", IS_PDF)
    raise DomainError("picture_wrong_type", _why_not(data))


def _why_not(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return next((why for brands, why in _BRANDS if data[8:12] in brands), IS_VIDEO)
    if data[:4] == b"RIFF" and data[8:12] == b"AVI ":
        return IS_VIDEO
    return next((why for first, why in _REFUSED if data.startswith(first)), NOT_A_PICTURE)


def kept_size(width: int, height: int) -> tuple[int, int]:
    """The size in pixels at which a picture is kept, so that its writing can be read.

    What decides is the area and the shorter side, never the longer one: a long screenshot keeps its
    width. Raises DomainError `picture_too_small`, or `picture_too_long` where the writing would be lost.
    """
    short, long, area = min(width, height), max(width, height), width * height
    if short < PICTURE_SIDE_LEAST:
        raise DomainError("picture_too_small", TOO_SMALL)
    wanted = min(1.0, max(math.sqrt(PICTURE_PIXELS / area), PICTURE_WIDTH / short))
    scale = min(wanted, math.sqrt(LONG_PICTURE_PIXELS / area), LONG_PICTURE_SIDE / long)
    if scale < wanted and short * scale < PICTURE_WIDTH_LEAST:
        raise DomainError("picture_too_long", TOO_LONG)
    return max(1, round(width * scale)), max(1, round(height * scale))


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
