"""A turn that takes too long is given up for that person; a process that hangs ends."""

from __future__ import annotations

import json
import signal
import subprocess
from itertools import pairwise

import pytest

from bot import turn_deadline
from kiosk_api.gateways.rasa import TURN_S
from tests.stack import ROOT

TURNS = """
import asyncio, json, threading, time
from bot.actions import turn as common
from bot.dialogue.replies import reply
from bot.dialogue.turn import Turn

common.ACTION_S = 0.3
ended = threading.Event()

def hangs(_message):
    ended.wait(30)
    return Turn()

def answers(_message):
    return Turn([reply("好")], asks="facts")

async def main():
    slow = asyncio.create_task(common.off_loop(hangs, None, asked="confirm"))
    other = await common.off_loop(answers, None)
    still = not slow.done()
    late = await slow
    ended.set()
    print(json.dumps([other.replies[0]["text"], still, late.replies[0]["text"], late.asks, late.slots]))

asyncio.run(main())
"""

RASA_TURN = """
import asyncio, json
from bot import turn_deadline, without_tensorflow
without_tensorflow.install()
from rasa.core.agent import Agent
from rasa.core.actions import action

turn_deadline.TURN_S = 0.3

ended = []

async def slow(self, message):
    try:
        await asyncio.sleep(8)
    finally:
        ended.append(1)
    return ["a word that comes too late"]

async def quick(self, message):
    return ["a word in time"]

async def turns():
    answers = []
    for handle in (slow, quick):
        Agent.handle_message = handle
        turn_deadline.install()
        answers.append(await Agent.handle_message(None, None))
    return answers

answers = asyncio.run(turns())
print(json.dumps([answers, len(ended), action.DEFAULT_REQUEST_TIMEOUT]))
"""

READING = """
import asyncio, json, threading, types
from bot import turn_deadline, without_tensorflow
without_tensorflow.install()
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

order, begun, turned = [], threading.Event(), threading.Event()

async def read_slowly(self, message, tracker=None, only_output_properties=True):
    order.append("reading begins")
    begun.set()
    turned.wait(20)  # holds its thread: on the event loop, nobody else would turn meanwhile
    order.append("reading ends")
    return {"intent": {"name": "greet"}, "entities": []}

MessageProcessor.parse_message = read_slowly
turn_deadline.install()
processor = object.__new__(MessageProcessor)
processor.http_interpreter = processor.domain = None
tracker = types.SimpleNamespace(get_slot=lambda name: None, 
    events=[], update=lambda event, domain: order.append(event.intent["name"]))

async def other():
    while not begun.is_set():
        await asyncio.sleep(0.01)
    order.append("another turns")
    turned.set()

async def main():
    beside = asyncio.create_task(other())
    await processor._handle_message_with_tracker(UserMessage("您好"), tracker)
    await beside

asyncio.run(main())
print(json.dumps(order))
"""

HANGS = """
import asyncio, re, time
from bot import hang_guard

async def main():
    task = asyncio.create_task(hang_guard.guard(busy_s=0.5, waiting_s={waiting}))
    await asyncio.sleep(0.1)
    {what}

asyncio.run(main())
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / ".venv/bot/bin/python"), "-c", script],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def test_a_slow_turn_is_stopped_with_a_sentence_and_others_go_on() -> None:
    done = run(TURNS)
    assert done.returncode == 0, done.stderr[-2000:]
    other, still_running, said, asks, slots = json.loads(done.stdout.splitlines()[-1])
    assert (other, still_running) == ("好", True)
    assert "再点一次“确认提交”" in said
    assert (asks, slots) == ("confirm", {})


def test_rasa_gives_up_a_turn_and_its_call_of_the_action_server() -> None:
    done = run(RASA_TURN)
    assert done.returncode == 0, done.stderr[-2000:]
    (late, in_time), ended, waits_s = json.loads(done.stdout.splitlines()[-1])
    assert late is None
    assert ended == 1  # nothing of it goes on unseen
    assert in_time == ["a word in time"]
    assert waits_s == turn_deadline.CALL_S


def test_inner_deadlines_end_before_outer_ones() -> None:
    """So the sentence about a slow turn arrives, and the turn does not look like a bot that hangs."""
    deadlines = [turn_deadline.ACTION_S, turn_deadline.CALL_S, turn_deadline.TURN_S, TURN_S]
    assert min(later - sooner for sooner, later in pairwise(deadlines)) >= 0.5, deadlines


def test_others_go_on_while_rasa_reads_one_long_message() -> None:
    done = run(READING)
    assert done.returncode == 0, done.stderr[-2000:]
    order = json.loads(done.stdout.splitlines()[-1])
    assert order == ["reading begins", "another turns", "reading ends", "greet"]


@pytest.mark.parametrize(
    ("what", "waiting", "ended_by"),
    [
        (r're.match("(?:a|aa)+$", "a" * 60 + "b")', 60, signal.SIGPROF),
        ("time.sleep(60)", 0.5, signal.SIGALRM),
    ],
)
def test_a_process_with_a_blocked_event_loop_ends(what: str, waiting: float, ended_by: signal.Signals) -> None:
    assert run(HANGS.format(what=what, waiting=waiting)).returncode == -ended_by


def test_a_process_that_is_busy_but_serves_goes_on() -> None:
    """It uses four times as much CPU as a hang is allowed, a little at a time."""
    work = (
        "hang_guard.EVERY_S = 0.05\n    while time.process_time() < 2.5:\n"
        "        sum(range(10_000))\n        await asyncio.sleep(0)\n    task.cancel()"
    )
    assert run(HANGS.format(what=work, waiting=600)).returncode == 0
