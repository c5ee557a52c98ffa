"""Pictures of every make stay readable, or are refused with a sentence that fits them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.attach_images import PillowWriter
from tests.attachments.sheets import encoded, glyph_heights, is_readable, written

WRITER = PillowWriter()
GLYPH = 24


def sheet(mode: str = "RGB") -> Image.Image:
    plain = written(640, 480, GLYPH)
    if mode == "I;16":
        return plain.convert("I").point(lambda value: value * 257).convert("I;16")
    return plain.convert(mode)


def with_colour_that_is_see_through() -> bytes:
    return encoded(written(640, 480, GLYPH, ground=(0, 0, 1)), "PNG", transparency=(0, 0, 1))


def two_in_one() -> bytes:
    """As telephones with two lenses write it."""
    return encoded(sheet(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480))])


def with_a_film_behind() -> bytes:
    """A motion photo: the film happens to hold the marker of a scan many times."""
    return encoded(sheet(), "JPEG") + b"\0\0\0\x18ftypmp42" + b"\xff\xda\x12\x34" * 50_000


def of_a_wide_gamut() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(sheet(), "JPEG", icc_profile=profile)


def moving(kind: str) -> bytes:
    rest = [Image.new("RGB", (640, 480), colour) for colour in ("red", "green")]
    return encoded(sheet(), kind, save_all=True, append_images=rest)


def interlaced() -> bytes:
    """An interlaced PNG is decoded as a whole; Pillow writes none, so it is put together here."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    grey, rows = sheet("L"), b""
    for x0, y0, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for y in range(y0, grey.height, dy):
            rows += b"\0" + grey.crop((0, y, grey.width, y + 1)).tobytes()[x0::dx]
    header = struct.pack(">IIBBBBB", grey.width, grey.height, 8, 0, 0, 0, 1)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("data", [
    *(pytest.param(encoded(sheet(mode), "PNG"), id=f"PNG {mode}") for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    *(pytest.param(encoded(sheet(mode), "JPEG"), id=f"JPEG {mode}") for mode in ("L", "RGB", "CMYK", "YCbCr")),
    *(pytest.param(encoded(sheet(mode), "BMP"), id=f"BMP {mode}") for mode in ("1", "L", "P", "RGB")),
    *(pytest.param(moving(kind), id=f"moving {kind}") for kind in ("PNG", "GIF", "WEBP")),
    pytest.param(encoded(sheet("P"), "GIF"), id="GIF"),
    pytest.param(encoded(sheet("RGBA"), "WEBP", lossless=True), id="WebP"),
    pytest.param(interlaced(), id="interlaced"),
    pytest.param(two_in_one(), id="two in one"),
    pytest.param(with_a_film_behind(), id="with a film"),
    pytest.param(of_a_wide_gamut(), id="with a profile"),
])  # fmt: skip
def test_every_make_of_picture_is_read(data: bytes) -> None:
    clean = WRITER.rewrite(data)
    assert (clean.width, clean.height) == (640, 480)
    assert is_readable(clean.data, GLYPH)


def test_dark_writing_on_a_see_through_ground_is_put_on_white() -> None:
    see_through = written(640, 480, GLYPH, ink=(0, 0, 0, 255), ground=(0, 0, 0, 0), mode="RGBA")
    for kind in ("PNG", "WEBP"):
        assert is_readable(WRITER.rewrite(encoded(see_through, kind)).data, GLYPH)
    quantized = see_through.quantize(4)
    assert is_readable(WRITER.rewrite(encoded(quantized, "PNG")).data, GLYPH)
    assert is_readable(WRITER.rewrite(with_colour_that_is_see_through()).data, GLYPH)


def test_light_writing_on_a_see_through_ground_is_put_on_a_dark_one() -> None:
    see_through = written(640, 480, GLYPH, ink=(255, 255, 255, 255), ground=(255, 255, 255, 0), mode="RGBA")
    clean = WRITER.rewrite(encoded(see_through, "PNG"))
    with Image.open(io.BytesIO(clean.data)) as kept:
        turned = encoded(kept.convert("L").point(lambda value: 255 - value), "PNG")
    assert len(glyph_heights(turned)) == 5


def test_a_picture_in_which_nothing_shows_is_refused() -> None:
    for kind in ("PNG", "WEBP"):
        with pytest.raises(DomainError) as refused:
            WRITER.rewrite(
                encoded(
                    Image.new("RGBA", (300, 200), (9, 9, 9, 0)), kind, **({"exact": True} if kind == "WEBP" else {})
                )
            )
        assert "什么也看不到" in refused.value.detail


@pytest.mark.parametrize(("data", "code", "words"), [
    (b"II*\0" + bytes(40), "picture_wrong_type", "存成 JPG"),
    (b"MM\0*" + bytes(40), "picture_wrong_type", "存成 JPG"),
    (b"\0\0\0\x18ftypcrx " + bytes(40), "picture_wrong_type", "存成 JPG"),
    (b"\0\0\0\x18ftypheic" + bytes(40), "picture_wrong_type", "截一张屏"),
    (b"\0\0\0\x18ftypheix" + bytes(40), "picture_wrong_type", "截一张屏"),
    (b"\0\0\0\x1cftypmif1" + bytes(40), "picture_wrong_type", "截一张屏"),
    (b"\0\0\0\x1cftypavif" + bytes(40), "picture_wrong_type", "AVIF"),
    (b"\xff\x0a" + bytes(40), "picture_wrong_type", "JXL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40), "picture_wrong_type", "JXL"),
    (b"\0\0\0\x18ftypmp42" + bytes(40), "picture_wrong_type", "录像"),
    (b"\0\0\0\x14ftypqt  " + bytes(40), "picture_wrong_type", "录像"),
    (b"\x1a\x45\xdf\xa3" + bytes(40), "picture_wrong_type", "录像"),
    (b"%PDF-1.7" + bytes(40), "picture_is_pdf", "打印出来"),
    (b"\xd0\xcf\x11\xe0" + bytes(40), "picture_wrong_type", "JPG"),
    (b"", "picture_unreadable", "重新拍一张"),
    (encoded(Image.new("RGB", (1, 1)), "PNG"), "picture_too_small", "太小"),
    (encoded(Image.new("RGB", (900, 8)), "JPEG"), "picture_too_small", "太小"),
    (encoded(sheet(), "JPEG")[:3000], "picture_unreadable", "没有存完整"),
    (encoded(sheet(), "BMP")[:3000], "picture_unreadable", "没有存完整"),
    (encoded(sheet("P"), "GIF")[:900], "picture_unreadable", "没有存完整"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_what_helps(data: bytes, code: str, words: str) -> None:
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(data)
    assert refused.value.code == code
    assert words in refused.value.detail and "请" in refused.value.detail and len(refused.value.detail) < 60
