"""The same scripts over every channel end in the same record; all of them in `make test-all`, a part in `make test`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.app import create_app
from kiosk_api.services.base.context import Context
from tests.channels.fake_wechat import environment
from tests.conversations.scripts import ANSWERS, play, scripts
from tests.conversations.talkers import HOME, TWILIO_SECRET, KioskTalker, Talker, TwilioTalker, WechatTalker
from tests.factories import settings
from tests.stack import Stack
from tests.waiting import GIVE_UP_AFTER_S

Door = Callable[..., Flask]
NOWHERE = "http://127.0.0.1:9"  # nothing is sent there: the stack's worker has no account


def wechat(door: Door, mode: str) -> WechatTalker:
    """A user of an account that is in this mode."""
    return WechatTalker(door(**environment(NOWHERE, WECHAT_MODE=mode)), mode)


MAKERS: dict[str, Callable[[Stack, Door], Talker]] = {
    "phone": lambda stack, door: KioskTalker(stack, names_messages=True),
    "twilio": lambda stack, door: TwilioTalker(door(TWILIO_AUTH_TOKEN=TWILIO_SECRET)),
    "wechat, plain": lambda stack, door: wechat(door, "plain"),
    "wechat, safe": lambda stack, door: wechat(door, "safe"),
}
ONE_IN = 12  # of the scripts is spoken in `make test`, others over each channel


def every_pair() -> list[Any]:
    """(script, channel); the part that runs always spreads the scripts over the channels."""
    return [
        pytest.param(name, channel, id=f"{channel}: {name}",
                     marks=() if (place + at * 3) % ONE_IN == 0 else pytest.mark.long)
        for at, channel in enumerate(MAKERS)
        for place, name in enumerate(scripts())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def door(stack: Stack) -> Iterator[Door]:
    """An API process beside the stack's, over the same store and assistant, made once for each setting. It waits for every
    answer, however slow the machine is: what comes late is tested elsewhere."""
    made: dict[tuple[tuple[str, str], ...], Flask] = {}

    def door_with(**env: str) -> Flask:
        key = tuple(sorted(env.items()))
        if key not in made:
            more = {"RASA_URL": stack.rasa_url, "KIOSK_PUBLIC_URL": HOME, "KIOSK_RATE_LIMITS": "off", **env}
            made[key] = create_app(settings(Path(stack.data_dir), **more))
        return made[key]

    with pytest.MonkeyPatch.context() as patient:
        for adapter in ("twilio", "wechat"):
            patient.setattr(f"kiosk_api.web.channels.{adapter}.DIALOGUE_S", GIVE_UP_AFTER_S)
        yield door_with


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


def half_told(talker: Talker) -> str:
    """A petition begun and kept; its code."""
    for text in ("我要反映问题", ANSWERS["facts"], ANSWERS["request"], ANSWERS["place"], "先存着"):
        talker.say(text)
    assert talker.known["resume_code"]
    return talker.known["resume_code"]


def told_to_the_end(talker: Talker, code: str) -> None:
    """Taken up by its code and filed."""
    talker.say(f"接着填 {code}")
    for text in (*(ANSWERS[one] for one in ("about_unit", "petitioner_name", "phone", "address")), "确认提交"):
        talker.say(text)
    assert len(talker.numbers) == 1


@pytest.mark.parametrize("channel", ["twilio", "wechat, safe"])
def test_what_was_begun_at_the_kiosk_is_finished_over_a_messenger_and_the_other_way(
    channel: str, stack: Stack, door: Door
) -> None:
    first, second = KioskTalker(stack), MAKERS[channel](stack, door)
    told_to_the_end(second, half_told(first))
    third, fourth = MAKERS[channel](stack, door), KioskTalker(stack)
    told_to_the_end(fourth, half_told(third))
    ctx = door(TWILIO_AUTH_TOKEN=TWILIO_SECRET).extensions["kiosk"]
    assert records_of(ctx, second) == records_of(ctx, fourth) != []
