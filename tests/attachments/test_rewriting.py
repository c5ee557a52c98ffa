"""A picture is reduced to its pixels, or refused with a message."""

from __future__ import annotations

import io
import re
import struct
import threading
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from kiosk_api.gateways import attach_images
from kiosk_api.gateways.attach_images import PillowWriter
from tests.attachments.helpers import CANARY, paper, photo_that_tells

WRITER = PillowWriter()


def png_of_size(width: int, height: int) -> bytes:
    """A tiny PNG whose header declares an enormous picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    """A PNG with a compressed text of 80 MB in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A" * 80_000_000, 9))
    whole = paper(kind="PNG")
    return whole[:33] + text + whole[33:]


def test_place_maker_comment_and_trailing_data_are_removed() -> None:
    original = photo_that_tells()
    assert original.count(CANARY.encode()) >= 4  # the test file does contain it
    clean = WRITER.rewrite(original)
    assert b"CANARY" not in clean.data
    with Image.open(io.BytesIO(clean.data)) as again:
        assert not again.getexif()
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(("orientation", "corner"), [
    (1, "upper left"), (2, "upper right"), (3, "lower right"), (4, "lower left"),
    (5, "upper left"), (6, "upper right"), (7, "lower right"), (8, "lower left"),
])  # fmt: skip
def test_a_photo_taken_sideways_is_kept_upright(orientation: int, corner: str) -> None:
    clean = WRITER.rewrite(photo_that_tells(orientation))
    assert (clean.width, clean.height) == ((600, 800) if orientation >= 5 else (800, 600))
    with Image.open(io.BytesIO(clean.data)) as picture:
        x = 20 if "left" in corner else clean.width - 20
        y = 20 if "upper" in corner else clean.height - 20
        pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple) and pixel[0] > 180 and pixel[1] < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_made_smaller_and_keeps_its_shape(kind: str) -> None:
    clean = WRITER.rewrite(paper(4600, 2300, kind))
    assert (clean.width, clean.height) == (4074, 2037)
    assert clean.mime == "image/jpeg"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_way_of_storing_colours_is_read(mode: str) -> None:
    sheet = Image.new("L", (300, 200), 255)
    made = Image.new(mode, (300, 200), 65_535) if mode == "I;16" else sheet.convert(mode)
    out = io.BytesIO()
    made.save(out, "JPEG" if mode == "CMYK" else "PNG")
    clean = WRITER.rewrite(out.getvalue())
    with Image.open(io.BytesIO(clean.data)) as picture:
        pixel = picture.getpixel((150, 100))
    assert isinstance(pixel, tuple) and min(pixel) > 240


def test_transparent_pixels_become_white() -> None:
    out = io.BytesIO()
    sheet = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    sheet.paste((0, 0, 0, 255), (0, 0, 10, 10))
    sheet.save(out, "PNG")
    with Image.open(io.BytesIO(WRITER.rewrite(out.getvalue()).data)) as picture:
        assert picture.getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(("data", "code"), [
    (b"", "picture_unreadable"),
    (b"%PDF-1.7\n%\xe2\xe3", "picture_is_pdf"),
    (b"\n\n%PDF-1.4", "picture_is_pdf"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture_wrong_type"),
    (b"<!doctype html><script>alert(1)</script>", "picture_wrong_type"),
    (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "picture_unreadable"),
    (b"GIF89a/*<svg/onload=alert(1)>*/", "picture_unreadable"),
    (b"BM" + bytes(60), "picture_unreadable"),
    (b"\x00\x00\x00\x18ftypheic" + bytes(40), "picture_wrong_type"),
    (b"PK\x03\x04" + bytes(40), "picture_wrong_type"),
    (b"MZ" + bytes(100), "picture_wrong_type"),
    (b"\xff\xd8\xff<script>alert(1)</script>", "picture_unreadable"),
    (b"\x89PNG\r\n\x1a\n<html>", "picture_unreadable"),
    (b"RIFF\x10\x00\x00\x00WEBP<html>", "picture_unreadable"),
    (lambda: b"\xff\xd8\xff" + bytes(MOST_PICTURE_BYTES), "picture_too_large"),
    (png_of_size(60_000, 60_000), "picture_too_fine"),
    (png_of_size(12_000, 9_000), "picture_too_fine"),
    (png_of_size(9_000, 8_000), "picture_too_fine"),
    (png_of_size(1_080, 60_000), "picture_too_long"),
    (png_of_size(4_000, 3_000), "picture_unreadable"),
    (png_text_bomb, "picture_unreadable"),
])  # fmt: skip
def test_other_files_are_refused_with_a_message(data: bytes | Callable[[], bytes], code: str) -> None:
    """Large files are built in the test, because each worker builds the list of parameters."""
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(data if isinstance(data, bytes) else data())
    assert refused.value.code == code
    assert re.search(r"请", refused.value.detail) and len(refused.value.detail) < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_refused(kind: str, share: float) -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    whole = out.getvalue()
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(whole[: int(len(whole) * share)])
    assert refused.value.code == "picture_unreadable"


def test_a_picture_that_is_also_html_is_stored_as_a_picture_only() -> None:
    script = b"<script>alert(1)</script><?php system(1) ?>%PDF-1.4"
    for kind in ("JPEG", "PNG", "WEBP"):
        clean = WRITER.rewrite(paper(kind=kind) + script)
        assert b"script" not in clean.data and b"php" not in clean.data and b"%PDF" not in clean.data
    with_comment = paper(comment=script)
    assert b"script" in with_comment and b"script" not in WRITER.rewrite(with_comment).data


def test_a_jpeg_that_repeats_its_last_scan_a_hundred_times_is_not_decoded() -> None:
    out = io.BytesIO()
    Image.new("L", (64, 64), 250).save(out, "JPEG", progressive=True)
    whole, end = out.getvalue(), b"\xff\xd9"
    scan = whole[whole.rindex(b"\xff\xda") :].removesuffix(end)
    assert WRITER.rewrite(whole.removesuffix(end) + scan * 10 + end).width == 64
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(whole.removesuffix(end) + scan * 100 + end)
    assert refused.value.code == "picture_too_fine"


def test_only_one_picture_is_decoded_at_a_time_and_a_long_wait_ends_with_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy, done = threading.Event(), threading.Event()
    whole = attach_images._rewrite

    def slow(data: bytes, kind: str) -> object:
        busy.set()
        done.wait(5)
        return whole(data, kind)

    monkeypatch.setattr(attach_images, "_rewrite", slow)
    monkeypatch.setattr(attach_images, "WAIT_S", 0.05)
    writer = PillowWriter()
    first = threading.Thread(target=writer.rewrite, args=(paper(),))
    first.start()
    assert busy.wait(5)
    with pytest.raises(DomainError) as refused:
        writer.rewrite(paper())
    done.set()
    first.join()
    assert refused.value.code == "pictures_busy"
    assert writer.rewrite(paper()).width == 800  # free again
