"""The same scripts over every channel end in the same record; all of them in `make test-all`, a part in `make test`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.app import create_app
from kiosk_api.services.base.context import Context
from tests.conversations.scripts import play, scripts
from tests.conversations.talkers import HOME, TWILIO_SECRET, KioskTalker, Talker, TwilioTalker
from tests.factories import settings
from tests.stack import Stack

Door = Callable[..., Flask]
MAKERS: dict[str, Callable[[Stack, Door], Talker]] = {
    "phone": lambda stack, door: KioskTalker(stack, names_messages=True),
    "twilio": lambda stack, door: TwilioTalker(door(TWILIO_AUTH_TOKEN=TWILIO_SECRET)),
}
ONE_IN = 8  # of the scripts is spoken in `make test`, others over each channel


def every_pair() -> list[Any]:
    """(script, channel); the part that runs always spreads the scripts over the channels."""
    return [
        pytest.param(name, channel, id=f"{channel}: {name}",
                     marks=() if (place + at * 3) % ONE_IN == 0 else pytest.mark.long)
        for at, channel in enumerate(MAKERS)
        for place, name in enumerate(scripts())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def door(stack: Stack) -> Door:
    """An API process beside the stack's, over the same store and assistant, made once for each setting."""
    made: dict[tuple[tuple[str, str], ...], Flask] = {}

    def door_with(**env: str) -> Flask:
        key = tuple(sorted(env.items()))
        if key not in made:
            more = {"RASA_URL": stack.rasa_url, "KIOSK_PUBLIC_URL": HOME, "KIOSK_RATE_LIMITS": "off", **env}
            made[key] = create_app(settings(Path(stack.data_dir), **more))
        return made[key]

    return door_with


@pytest.fixture(scope="module")
def told_at_the_kiosk(stack: Stack) -> Callable[[str], Talker]:
    """A script as spoken at the kiosk, once."""
    spoken: dict[str, Talker] = {}

    def talker(name: str) -> Talker:
        if name not in spoken:
            spoken[name] = KioskTalker(stack)
            play(scripts()[name], spoken[name])
        return spoken[name]

    return talker


def records_of(ctx: Context, talker: Talker) -> list[Any]:
    """What is registered: the petition with its route; not when, nor under which number."""
    with ctx.store.read() as records:
        cases = [records.cases.by_number(one) for one in talker.numbers]
    return [(one.petition, one.kind, one.domain, one.window, one.confidential) for one in cases if one]


@pytest.mark.parametrize(("name", "channel"), every_pair())
def test_a_script_goes_the_same_way_and_ends_in_the_same_record(
    name: str, channel: str, stack: Stack, door: Door, told_at_the_kiosk: Callable[[str], Talker]
) -> None:
    talker = MAKERS[channel](stack, door)
    play(scripts()[name], talker)
    if talker.numbers:
        ctx = door(TWILIO_AUTH_TOKEN=TWILIO_SECRET).extensions["kiosk"]
        assert records_of(ctx, talker) == records_of(ctx, told_at_the_kiosk(name))
