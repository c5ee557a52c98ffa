"""Decodes pictures and encodes them again with Pillow, so that only the visible content is kept.

Position, camera, thumbnail, comments, colour profile and data appended to the picture are left out;
a file that is valid in two formats becomes a plain JPEG. Of pictures that move the first one is kept.
A wide-gamut profile is not applied: colours come out a little paler and writing the same, and a file's
profile is not code to run. Memory is reckoned from the header, before a pixel is decoded (OWASP ASVS
5.2.3), and one picture is decoded at a time, so that it stays bounded however many people send one.
"""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Iterator

from PIL import Image

from kiosk_api.domain.attachments import NOTHING_SHOWS, TOO_FINE, UNREADABLE, picture_kind
from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.jpeg_scans import read_scans
from kiosk_api.gateways.picture_memory import MOST_PIXELS_JPEG, Plan, plan
from kiosk_api.services.base.records import CleanPicture

QUALITY = 85
# Each scan of a progressive JPEG is a pass over all pixels; cameras write about ten.
MOST_SCANS = 64
WAIT_S = 20.0
BAND = 512  # rows converted at a time
_LIGHT, _MOSTLY, _SEEN = 200, 0.9, 32
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
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG  # Pillow's own limit is below what cameras make
        self._one_at_a_time = threading.BoundedSemaphore(1)

    def rewrite(self, data: bytes) -> CleanPicture:
        """A JPEG of the size that `kept_size` gives, upright, without transparency or metadata.

        Raises DomainError `picture_unreadable`, `picture_too_fine`, `picture_too_long`, `picture_too_small`,
        `pictures_busy`, or what `picture_kind` raises.
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
    clean, turn = _decoded(data, kind)
    if turn is not None:
        clean = clean.transpose(turn)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return CleanPicture("image/jpeg", clean.width, clean.height, out.getvalue())


def _decoded(data: bytes, kind: str) -> tuple[Image.Image, Image.Transpose | None]:
    scans = read_scans(data) if kind == "JPEG" else None
    if scans is not None and scans.count > MOST_SCANS:
        raise DomainError("picture_too_fine", TOO_FINE)
    with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
        turn = _UPRIGHT.get(_orientation(opened))
        how = plan(opened, scans, turn is not None)
        if how.by_draft:
            opened.draft(how.mode, how.kept)
        opened.load()
        if how.as_it_is:
            opened.info = {}  # a comment would be written again
            return opened, turn
        return _in_bands(opened, how), turn


def _in_bands(opened: Image.Image, how: Plan) -> Image.Image:
    """Scale and flatten a few rows at a time, so that there is no third copy of a large picture."""
    ground = _ground(opened) if _is_see_through(opened) else None
    clean = Image.new(how.mode, how.kept)
    width, height = how.kept
    down = opened.height / height
    margin = math.ceil(3 * max(1.0, down)) + 1  # what the filter looks at beyond the rows themselves
    for top in range(0, height, BAND):
        rows = min(BAND, height - top)
        upper = max(0, math.floor(top * down) - margin)
        lower = min(opened.height, math.ceil((top + rows) * down) + margin)
        piece = _plain(opened.crop((0, upper, opened.width, lower)))
        box = (0, top * down - upper, opened.width, min(piece.height, (top + rows) * down - upper))
        piece = piece.resize((width, rows), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        clean.paste(piece if ground is None else _flat(piece, ground), (0, top))
    return clean


def _is_see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info


def _ground(opened: Image.Image) -> str:
    """What to put behind a picture that is partly transparent: white, or dark when all that shows is light.

    Raises DomainError `picture_unreadable` when nothing shows.
    """
    shades = [0] * 256
    for piece in _pieces(opened):
        seen = piece.getchannel("A").point(lambda value: 255 if value >= _SEEN else 0)
        shades = [a + b for a, b in zip(shades, piece.convert("L").histogram(seen), strict=True)]
    if not sum(shades):
        raise DomainError("picture_unreadable", NOTHING_SHOWS)
    return "#333" if sum(shades[_LIGHT:]) > _MOSTLY * sum(shades) else "white"


def _pieces(opened: Image.Image) -> Iterator[Image.Image]:
    for top in range(0, opened.height, BAND):
        yield _plain(opened.crop((0, top, opened.width, min(opened.height, top + BAND))))


def _flat(piece: Image.Image, ground: str) -> Image.Image:
    flat = Image.new("RGB", piece.size, ground)
    flat.paste(piece.convert("RGB"), mask=piece.getchannel("A"))
    return flat


def _plain(piece: Image.Image) -> Image.Image:
    """RGBA, RGB or grey, which can be scaled smoothly, from palettes and unusual depths."""
    if piece.mode.startswith("I"):  # 16 bits a pixel, as scanners write
        return piece.convert("I").point(lambda value: value / 256).convert("L")
    if _is_see_through(piece):
        return piece.convert("RGBA")
    return piece if piece.mode in ("RGB", "L") else piece.convert("L" if piece.mode == "1" else "RGB")


def _orientation(opened: Image.Image) -> int:
    """The EXIF orientation; 1 when there is none or it cannot be read."""
    try:
        return int(opened.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1
