"""The pictures of the README's first screen: kiosk, phone and desk as they are, and one talk from the first word to the
page of the case. Everybody in them is invented.

`make pictures` takes new ones; `make test-all` takes them again and fails when the pages look different by now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kiosk_api.demo import fill
from tests.bot.helpers import ANSWERS, reader
from tests.browsers import HALL, PHONE, new_context
from tests.desk import staff, with_officers
from tests.e2e.helpers.pictures import MOST_DIFFERENT, TAKE, difference, keep, shot
from tests.e2e.helpers.talking import Talking, Trained
from tests.factories import PASSWORD, START, UNIT, register
from tests.stack import ROOT

PICTURES = ROOT / "handbook" / "pictures"
DESK = {"width": 1280, "height": 800}
KEPT_HIGH = 960  # shown at 340; sharp on screens with two points for each
MOST_BYTES, MOST_BYTES_MOVING = 600 * 1024, 2_000_000
FIRST_WORDS = "去年三月村里修路占了我家一亩二分地，补偿款到现在没给，找了村里好几次都没人管。"
# How long each part of the talk shows, in milliseconds. An answer takes some 0.1 s on a small machine.
START_SHOWN, WRITING, WAITING, READING, CARD, RECEIPT = 1_500, 900, 500, 1_700, 3_500, 4_000


@pytest.fixture
def screen(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the size that the test asks for, at the server's time."""
    touch = request.param != DESK
    context = new_context(browser, base_url, viewport=request.param, has_touch=touch, reduced_motion="reduce")
    page = context.new_page()
    page.clock.set_fixed_time(START)
    yield page
    context.close()


@pytest.fixture
def trained(app: Flask) -> None:
    """The dialogue itself answers, with the trained models behind it; they are loaded before the page waits for them."""
    reader().found("您好")
    ctx = app.extensions["kiosk"]
    app.extensions["kiosk"] = replace(ctx, assistant=Talking(app), understanding=Trained())


def say(page: Page, words: str) -> None:
    """Send a message and wait for the whole answer."""
    before = page.locator(".reply.theirs").count()
    page.fill("#say", words)
    page.click("#send")
    answered(page, before)


def answered(page: Page, before: int) -> None:
    expect(page.locator(".reply.theirs").nth(before)).to_be_visible()
    expect(page.locator(".typing")).to_have_count(0)
    expect(page.locator("#send")).to_be_enabled()


def asked(page: Page) -> str:
    return str(page.get_attribute("#composer", "data-asked"))


def taken(picture: Image.Image, name: str) -> None:
    """Keep a picture, or compare it with the one that is kept."""
    width = round(picture.width * min(1, KEPT_HIGH / picture.height))
    if picture.height > KEPT_HIGH:
        picture = picture.resize((width, KEPT_HIGH), Image.Resampling.LANCZOS)
    path = PICTURES / f"{name}.png"
    if TAKE:
        keep(picture, path, 128)
    assert path.is_file(), f"make pictures: {path.name} is missing"
    assert difference(Image.open(path).convert("RGB"), picture) < MOST_DIFFERENT, f"make pictures: {path.name} is old"


@pytest.mark.long
@pytest.mark.parametrize("screen", [HALL], indirect=True)
def test_the_kiosk_shows_its_first_page(screen: Page) -> None:
    screen.goto("/")
    expect(screen.locator(".doors")).to_be_visible()
    taken(shot(screen), "kiosk")


@pytest.mark.long
@pytest.mark.parametrize("screen", [PHONE], indirect=True)
def test_the_phone_shows_a_case_that_a_unit_has(screen: Page, app: Flask) -> None:
    with_officers(app)
    case = register(app)
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    staff(app, "unit", case["case_number"], "accept", procedure="investigation")
    screen.goto(f"/r#{case['lookup_token']}")
    expect(screen.locator(".steps")).to_be_visible()
    taken(shot(screen), "phone")


@pytest.mark.long
@pytest.mark.parametrize("screen", [DESK], indirect=True)
def test_the_desk_shows_its_cases(screen: Page, app: Flask) -> None:
    with_officers(app)
    fill(app.extensions["kiosk"])
    screen.goto("/desk/sign-in")
    screen.fill("#username", "office")
    screen.fill("#password", PASSWORD)
    screen.click("main button[type=submit]")
    screen.wait_for_url("**/desk")
    screen.goto("/desk?view=all")
    taken(shot(screen), "desk")


def frames_of_a_talk(page: Page) -> list[tuple[Image.Image, int]]:
    """Pictures of one talk and for how long each shows."""
    frames: list[tuple[Image.Image, int]] = []

    def show(milliseconds: int) -> None:
        frames.append((shot(page), milliseconds))

    def wait_and_show(send: str) -> None:
        """Press `send`; the dots are seen while the answer is on its way."""
        before = page.locator(".reply.theirs").count()
        held: list = []
        page.route("**/api/v1/chat", lambda route: held.append(route), times=1)
        page.click(send)
        expect(page.locator(".typing")).to_be_visible()
        show(WAITING)
        held[0].continue_()
        answered(page, before)

    page.goto("/m")
    expect(page.locator("#starters")).to_be_visible()
    show(START_SHOWN)
    page.fill("#say", FIRST_WORDS)
    show(WRITING)
    wait_and_show("#send")
    show(READING)
    while asked(page) != "confirm":
        say(page, ANSWERS[asked(page)])
        show(CARD if asked(page) == "confirm" else READING)
    wait_and_show("button:has-text('确认提交')")
    expect(page.locator("#case-link")).to_be_visible()
    page.locator("#say").blur()
    show(RECEIPT)
    page.click("#case-link")
    expect(page.locator(".steps")).to_be_visible()
    show(RECEIPT)
    return frames


@pytest.mark.long
@pytest.mark.usefixtures("trained")
@pytest.mark.parametrize("screen", [PHONE], indirect=True)
def test_the_moving_picture_is_a_talk_from_the_first_word_to_the_page_of_the_case(screen: Page) -> None:
    frames = frames_of_a_talk(screen)
    path = PICTURES / "talk.webp"
    if TAKE:
        first, *others = [picture for picture, _ in frames]
        durations = [shown for _, shown in frames]
        first.save(path, save_all=True, append_images=others, duration=durations, loop=0, quality=80, method=6)
    kept = Image.open(path)
    assert getattr(kept, "n_frames", 1) == len(frames), "make pictures: the talk has other steps by now"
    for place, (picture, _) in enumerate(frames):
        kept.seek(place)
        assert difference(kept.convert("RGB"), picture) < MOST_DIFFERENT, (
            f"make pictures: frame {place} of the talk is old"
        )


def test_the_readme_shows_exactly_these_pictures_and_they_are_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = readme[: readme.index("## What it does")]
    named = re.findall(r'src="([^"]+)"', first_screen)
    assert sorted(named) == sorted(str(one.relative_to(ROOT)) for one in PICTURES.iterdir())
    sizes = {one.suffix: 0 for one in PICTURES.iterdir()}
    for one in PICTURES.iterdir():
        sizes[one.suffix] += one.stat().st_size
    assert 0 < sizes[".png"] <= MOST_BYTES and 0 < sizes[".webp"] <= MOST_BYTES_MOVING


def test_the_moving_picture_moves_without_end_and_can_be_read() -> None:
    moving = Image.open(PICTURES / "talk.webp")
    assert moving.info["loop"] == 0
    assert 8 <= getattr(moving, "n_frames", 1) <= 15
    assert moving.size == (PHONE["width"], PHONE["height"])
