"""The hundredth turn of a conversation carries no more than the tenth, and means the same."""

from __future__ import annotations

import json
import subprocess

from tests.stack import ROOT

SCRIPT = """
import asyncio, json
from bot import light_calls, without_tensorflow
without_tensorflow.install()
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (ActionExecuted, BotUttered, SessionStarted,
                                     SlotSet, UserUttered)
from bot.components.short_memory import ShortMemoryTrackerStore

light_calls.install()
domain = Domain.load("bot/domain")
store = ShortMemoryTrackerStore(domain)
action = RemoteAction("action_turn", None)

def said(number):
    text = f"{number:03d} " + "修路占了地" * 20
    return [UserUttered(text, {"name": "tell_matter", "confidence": 0.9}, [], {"text": text}),
            ActionExecuted("action_turn"), BotUttered("好"),
            SlotSet("misses", number % 2), SlotSet("asked", "request"),
            ActionExecuted("action_listen")]

async def talk():
    begin = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen"),
             UserUttered("我要反映问题", {"name": "start_petition", "confidence": 1.0}, [], {}),
             ActionExecuted("action_turn"),
             SlotSet("petitioner_name", "王小明"), SlotSet("asked", "facts"),
             ActionExecuted("action_listen")]
    whole = store.init_tracker("one")
    whole.update_with_events(begin, domain)
    await store.save(whole)
    sizes = []
    for number in range(100):
        tracker = await store.retrieve("one")
        events = said(number)
        whole.update_with_events(events, domain)
        tracker.update_with_events(events, domain)
        sizes.append([len(json.dumps(action._action_call_format(tracker, domain))),
                      len(tracker.events)])
        await store.save(tracker)
    last = await store.retrieve("one")
    same = [last.current_slot_values() == whole.current_slot_values(),
            last.past_states(domain)[-5:] == whole.past_states(domain)[-5:],
            last.latest_message.text == whole.latest_message.text,
            action._action_call_format(last, domain)["tracker"]["events"] == []]
    await store.save(last)
    held = store.store["one"]
    return sizes, same, len(held), "001 修" in json.loads(json.dumps(held))

print(json.dumps(asyncio.run(talk())))
"""


def test_what_a_turn_carries_does_not_grow_and_stays_the_same_conversation() -> None:
    done = subprocess.run(
        [str(ROOT / ".venv/bot/bin/python"), "-c", SCRIPT],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    sizes, same, held, remembers_the_first = json.loads(done.stdout.splitlines()[-1])
    (early_call, early_events), (late_call, late_events) = sizes[9], sizes[99]
    assert late_call <= early_call * 1.05
    assert late_events <= early_events
    assert same == [True] * 4
    assert held < 60_000
    assert not remembers_the_first
