"""Decodes pictures and encodes them again with Pillow, so that only the visible content is kept.

Position, camera, thumbnail, comments, colour profile and data appended to the picture are left out;
a file that is valid in two formats becomes a plain JPEG. Sizes are checked from the header,
before a pixel is decoded (OWASP ASVS 5.2.3), and one picture is decoded at a time, so that memory
stays bounded however many people send one.
"""

from __future__ import annotations

import io
import threading

from PIL import Image

from kiosk_api.domain.attachments import TOO_FINE, UNREADABLE, picture_kind
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import PICTURE_SIDE
from kiosk_api.services.base.records import CleanPicture

# A baseline JPEG is decoded at half, quarter or eighth size, row by row; other formats are decoded as a whole.
MOST_PIXELS_JPEG = 64_000_000
MOST_PIXELS = 16_000_000
MOST_PIXELS_WEBP = 9_000_000  # its decoder takes 16 bytes a pixel
MOST_PIXELS_DECODED = 24_000_000
QUALITY = 85
# Each scan of a progressive JPEG is a pass over all pixels; cameras write about ten.
MOST_SCANS, _SCAN = 64, b"\xff\xda"
WAIT_S = 20.0
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


class PillowWriter:
    """The PictureWriter port."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.BoundedSemaphore(1)

    def rewrite(self, data: bytes) -> CleanPicture:
        """A JPEG of at most PICTURE_SIDE pixels a side, upright, on white, without metadata.

        Raises DomainError `picture_unreadable`, `picture_too_fine`, `pictures_busy`, or what
        `picture_kind` raises.
        """
        kind = picture_kind(data)
        if not self._one_at_a_time.acquire(timeout=WAIT_S):
            raise DomainError("pictures_busy", "现在传照片的人多，请过几秒再试一次。")
        try:
            return _rewrite(data, kind)
        except DomainError:
            raise
        except Image.DecompressionBombError:
            raise DomainError("picture_too_fine", TOO_FINE) from None
        except Exception:
            # Decoders fail in many ways on broken files, and their messages quote the file.
            raise DomainError("picture_unreadable", UNREADABLE) from None
        finally:
            self._one_at_a_time.release()


def _rewrite(data: bytes, kind: str) -> CleanPicture:
    if kind == "JPEG" and data.count(_SCAN) > MOST_SCANS:
        raise DomainError("picture_too_fine", TOO_FINE)
    with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
        if opened.width * opened.height > _most_pixels(opened, kind):
            raise DomainError("picture_too_fine", TOO_FINE)
        turn = _UPRIGHT.get(_orientation(opened))
        times = max(1, max(opened.size) // PICTURE_SIDE)
        opened.draft("RGB", (max(1, opened.width // times), max(1, opened.height // times)))
        if opened.width * opened.height > MOST_PIXELS_DECODED:
            raise DomainError("picture_too_fine", TOO_FINE)
        opened.load()
        picture = opened if opened.mode in ("RGB", "RGBA", "L", "CMYK") else _plain(opened)
        picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        if turn is not None:
            picture = picture.transpose(turn)
        clean = Image.new("RGB", picture.size, "white")
        clean.paste(picture.convert("RGB"), mask=_mask(picture))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return CleanPicture("image/jpeg", clean.width, clean.height, out.getvalue())


def _most_pixels(opened: Image.Image, kind: str) -> int:
    if kind == "JPEG" and not opened.info.get("progressive"):
        return MOST_PIXELS_JPEG
    return MOST_PIXELS_WEBP if kind == "WEBP" else MOST_PIXELS


def _plain(opened: Image.Image) -> Image.Image:
    """Convert palettes and unusual depths to RGBA or grey, which can be scaled smoothly."""
    if opened.mode.startswith("I"):  # 16 bits a pixel, as scanners write
        return opened.convert("I").point(lambda value: value / 256).convert("L")
    return opened.convert("RGBA")


def _mask(picture: Image.Image) -> Image.Image | None:
    return picture.getchannel("A") if picture.mode == "RGBA" else None


def _orientation(opened: Image.Image) -> int:
    """The EXIF orientation; 1 when there is none or it cannot be read."""
    try:
        return int(opened.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1
