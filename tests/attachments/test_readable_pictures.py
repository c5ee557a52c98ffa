"""However long or large a picture is, its writing can be read in what is kept, or it is refused with the reason."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image

from kiosk_api.domain.attachments import kept_size
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import LONG_PICTURE_PIXELS, LONG_PICTURE_SIDE, MOST_PICTURE_BYTES
from kiosk_api.gateways.attach_images import PillowWriter
from kiosk_api.gateways.jpeg_scans import read_scans
from tests.attachments.helpers import open_bundle, send
from tests.attachments.sheets import encoded, is_readable, written

WRITER = PillowWriter()


@pytest.mark.parametrize(("width", "height", "glyph", "kind"), [
    (1440, 20000, 36, "JPEG"),  # a long chat on a sharp screen
    (1080, 16000, 30, "PNG"),
    (1440, 30000, 36, "PNG"),
    (1440, 30000, 36, "JPEG"),
    (1290, 28000, 39, "PNG"),
    (1080, 24000, 27, "JPEG"),
    (720, 31000, 20, "PNG"),
    (640, 9000, 16, "GIF"),
    (1080, 12000, 30, "WEBP"),
    (1000, 3900, 24, "BMP"),
    (20000, 1440, 36, "JPEG"),  # a table that was put together sideways
    (16000, 3000, 60, "JPEG"),  # a panorama of a wall of notices
    (3840, 2160, 20, "PNG"),  # a large monitor
    (2732, 2048, 22, "PNG"),
    (4960, 7016, 60, "PNG"),  # A4 at 600 dots an inch, eight points
    (4961, 3508, 40, "PNG"),
    (9248, 6936, 70, "JPEG"),  # 64 million pixels
    (8160, 6144, 70, "JPEG"),
    (12000, 9000, 90, "JPEG"),
    (16320, 12240, 120, "JPEG"),  # 200 million
    (320, 480, 14, "PNG"),
])  # fmt: skip
def test_writing_stays_readable(width: int, height: int, glyph: int, kind: str) -> None:
    data = encoded(written(width, height, glyph), kind)
    assert len(data) <= MOST_PICTURE_BYTES
    clean = WRITER.rewrite(data)
    assert is_readable(clean.data, glyph)
    assert abs(clean.width / clean.height - width / height) < 0.02 * width / height


@pytest.mark.parametrize(("width", "height"), [(1440, 20000), (3000, 2000)])
def test_a_progressive_picture_is_readable_as_well(width: int, height: int) -> None:
    assert is_readable(WRITER.rewrite(encoded(written(width, height, 36), "JPEG", progressive=True)).data, 36)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_long_picture_that_lies_on_its_side_is_kept_upright_and_readable(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    clean = WRITER.rewrite(encoded(written(1440, 12000, 36).transpose(turn), "JPEG", exif=exif))
    assert (clean.width, clean.height) == (1440, 12000)
    assert is_readable(clean.data, 36)


def test_colours_are_kept_unless_the_picture_would_take_too_much_memory() -> None:
    with Image.open(io.BytesIO(WRITER.rewrite(encoded(written(1440, 20000, 36, "red"), "JPEG")).data)) as kept:
        assert kept.mode == "RGB"
    with Image.open(io.BytesIO(WRITER.rewrite(encoded(written(1440, 30000, 36), "JPEG")).data)) as kept:
        assert kept.mode == "L"


@pytest.mark.parametrize(("width", "height", "kind"), [
    (1080, 60000, "PNG"), (720, 45000, "PNG"), (1080, 40000, "JPEG"), (1200, 16000, "WEBP"), (60000, 1080, "PNG"),
])  # fmt: skip
def test_a_screenshot_that_is_too_long_is_to_be_taken_in_several(width: int, height: int, kind: str) -> None:
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(encoded(Image.new("L", (width, height), 250), kind))
    assert refused.value.code == "picture_too_long"
    assert "请分几张截屏" in refused.value.detail


@pytest.mark.parametrize(("width", "height", "kind", "save"), [
    (9000, 8000, "PNG", {}), (5000, 4000, "WEBP", {}), (14000, 11000, "JPEG", {"progressive": True}),
])  # fmt: skip
def test_a_picture_of_too_many_pixels_is_refused_with_what_helps(
    width: int, height: int, kind: str, save: dict[str, bool]
) -> None:
    with pytest.raises(DomainError) as refused:
        WRITER.rewrite(encoded(Image.new("RGB", (width, height), "white"), kind, **save))
    assert refused.value.code == "picture_too_fine"
    assert "截图请分几张截；照片请把相机的照片尺寸调小" in refused.value.detail


@pytest.mark.parametrize(("code", "sent", "status"), [
    ("", (1440, 20000, "JPEG"), 201), ("", (1080, 16000, "PNG"), 201), ("", (9248, 6936, "JPEG"), 201),
    ("picture_too_long", (1080, 60000, "PNG"), 422), ("picture_too_small", (1, 1, "PNG"), 422),
])  # fmt: skip
def test_the_api_takes_it_and_says_its_size_or_says_why_not(
    client: FlaskClient, code: str, sent: tuple[int, int, str], status: int
) -> None:
    width, height, kind = sent
    answer = send(client, open_bundle(client), encoded(Image.new("L", (width, height), 250), kind))
    assert (answer.status_code, answer.get_json().get("code", "")) == (status, code)
    if not code:
        assert (answer.get_json()["width"], answer.get_json()["height"]) == kept_size(width, height)


def test_no_size_is_kept_that_a_browser_cannot_show() -> None:
    for width in (16, 100, 720, 901, 1080, 1439, 1441, 3000, 9000, 40000):
        for height in (16, 500, 2400, 9000, 20000, 32000, 33000, 60000):
            try:
                kept = kept_size(width, height)
            except DomainError:
                assert max(width, height) > 20000
                continue
            assert max(kept) <= LONG_PICTURE_SIDE
            assert kept[0] * kept[1] <= LONG_PICTURE_PIXELS * 1.001
            assert min(kept) >= min(width, height, 900)


def test_the_scans_of_a_jpeg_are_counted_and_what_follows_it_is_not() -> None:
    sheet = written(400, 300, 20)
    plain, progressive = encoded(sheet, "JPEG"), encoded(sheet, "JPEG", progressive=True)
    assert read_scans(plain).count == 1 and read_scans(plain).held == 0
    assert read_scans(progressive).count > 3 and read_scans(progressive).held == 3.0
    assert read_scans(encoded(sheet, "JPEG", progressive=True, subsampling=0)).held == 6.0
    assert read_scans(plain + b"\xff\xda\x00\x00" * 500) == read_scans(plain)
    assert read_scans(encoded(sheet, "JPEG", restart_marker_rows=1)).count == 1
    for length in range(0, len(plain), 37):  # cut anywhere
        read_scans(plain[:length])
    for junk in (
        b"\xff\xd8",
        b"\xff\xd8" + b"\xff" * 1000,
        b"\xff\xd8\xff\xe0\x00\x00" * 1000,
        b"\xff\xd8\xff\xda\x00\x02",
    ):
        assert read_scans(junk).count <= 1000
