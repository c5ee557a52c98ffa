"""A simulated citizen talks with the assistant, in process; what became of it is graded against what is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.reading.message import Message
from bot.dialogue.talks.steps import turn
from bot.dialogue.text import han_count
from tests.bot.helpers import client_of
from tests.conversations.fake_api import FakeKiosk
from tests.conversations.simulated.compare import MOST_MORE, alike, figures, holds, same
from tests.conversations.simulated.person import Person

# (text, open question, intent, confidence) → the message as the models read it
Read = Callable[[str, str, str, float], Message]
MOST_TURNS = 45
SHORTEST_ASIDE = 3  # characters of an aside that are looked for in the record
WINDOW_QUESTION = {"key": "judged", "text": "这件事法院判过吗？", "choices": [
    {"key": "yes", "label": "判过了"}, {"key": "no", "label": "还没有"}, {"key": "unknown", "label": "说不清"}]}  # fmt: skip


@dataclass
class Outcome:
    """`wrong` names fields that are not what is true; `fault` why a talk that should have registered did not."""

    person: Person
    registered: bool = False
    turns: int = 0
    wrong: list[str] = field(default_factory=list)
    fault: str = ""
    missed: int = 0  # turns in which nothing was understood
    log: list[tuple[str, str, str]] = field(default_factory=list)  # said by the person, by the assistant, then asked
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Registered as meant, or rightly not registered."""
        return not self.wrong and not self.fault

    @property
    def repeated(self) -> int:
        """Sentences of the assistant, read-backs aside, that came three times or more."""
        said = Counter(text for _, text, asked in self.log if asked != "confirm")
        return sum(1 for times in said.values() if times > 2)


def meet(person: Person, read: Read) -> Outcome:
    """The whole conversation."""
    kiosk = FakeKiosk()
    if person.seed % 7 == 0:
        kiosk.ask_about_window = WINDOW_QUESTION
    api, session, state = client_of(kiosk), f"simulated-{person.seed:08d}", dict[str, Any]()
    outcome = Outcome(person)
    text: str | None = person.opening()
    while text is not None and outcome.turns < MOST_TURNS:
        outcome.turns += 1
        if person.moved:
            session, state = session + ("-2" if person.moved == "new" else ""), {}
            person.moved = ""
        intent = ("start_petition", 0.9) if person.wishes else ("nlu_fallback", 0.3)
        done = turn(api, session, state, read(text, str(state.get("asked") or "none"), *intent))
        state.update(done.slots)
        state["seen"], state["asked"] = done.slots.get("seen", True), done.asks
        said = "\n".join(one["text"] for one in done.replies)
        outcome.log.append((text, said, done.asks or ""))
        outcome.missed += "没听明白" in said
        if any(one["case"] for one in done.replies):
            break
        buttons = [one["value"] for one in done.replies[-1]["options"]] if done.replies else []
        text = person.hear(done.asks, said, buttons)
    _grade(outcome, kiosk)
    return outcome


def _grade(outcome: Outcome, kiosk: FakeKiosk) -> None:
    person = outcome.person
    outcome.registered = bool(kiosk.petitions)
    if not person.will_register:
        outcome.fault = (
            "registered against the wish" if kiosk.petitions else person.leaves.replace("gave up as wished", "")
        )
    elif not kiosk.petitions:
        outcome.fault = person.leaves or "too many turns"
    else:
        outcome.body = next(iter(kiosk.petitions.values()))[0]
        outcome.wrong = wrong_fields(person, outcome.body)


def wrong_fields(person: Person, body: dict[str, Any]) -> list[str]:
    """Fields of a registered petition that are not what the person meant."""
    truth, who = person.truth, body["petitioner"]
    wrong = [] if same(truth["petitioner_name"], who["name"]) else ["petitioner_name"]
    wrong += [] if figures(who["phone"]) == truth["phone"] else ["phone"]
    wrong += [] if same(truth["address"], who["address"], MOST_MORE) else ["address"]
    told = body["facts"] + body["request"]
    wrong += [] if all(holds(told, one) for one in person.told) else ["facts"]
    wrong += [] if holds(body["request"], person.request) else ["request"]
    for name, meant in (("place", truth["place"]), ("about_unit", truth["about_unit"]), *person.side.items()):
        kept = body.get(name) or ""
        if kept and not alike(meant, kept) or meant and not kept and name in person.gave:
            wrong.append(name)
    wrong += [
        f"{name} holds an aside"
        for name in ("facts", "request", "place", "about_unit")
        if _foreign(person, body.get(name) or "")
    ]
    wrong += _people(person, body)
    return wrong


def _foreign(person: Person, kept: str) -> bool:
    return any(han_count(one) >= SHORTEST_ASIDE and holds(kept, one) for one in person.asides) or person.truth[
        "phone"
    ] in figures(kept)


def _people(person: Person, body: dict[str, Any]) -> list[str]:
    kept = [(one["name"], figures(one["phone"])) for one in body.get("representatives") or []]
    meant = [person.representative] if person.representative else []
    wrong = (
        []
        if len(kept) == len(meant) and all(same(a[0], b[0]) and a[1] == b[1] for a, b in zip(meant, kept, strict=True))
        else ["representatives"]
    )
    return wrong + (["confidential"] if person.secret and not body.get("confidential") else [])
