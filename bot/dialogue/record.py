"""The petition under way: which values there are, what comes next, how each is shown, and what is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.dialogue import phones
from bot.dialogue.particulars import UNIT
from bot.dialogue.reading.units import is_general
from bot.dialogue.text import mask
from bot.dialogue.texts_zh import say
from bot.petition_fields import ASKED_IN_TURN, FIELD, FIELD_OF_PATH, FIELDS, PERSONAL

VALUES = tuple(FIELD)
# What is known besides the answers: kept with the draft and taken up again with it.
MARKS = ("attempt", "opening", "accusation", "confidential", "proxy")
# What the pages are told is being asked (`expects` of the contract), where it is not the question's own name.
EXPECTS = {
    "rating_office": "rating",
    "rating_unit": "rating",
    "addition": "facts",
    "stop_check": "choice",
    "kind": "choice",
    "owner": "choice",
    "callback_phone": "phone",
}
# The slot `accusation`: what the citizen said, what the reading is sure of, what nobody knows yet.
ACCUSES, ACCUSES_NOT, LIKELY, DOUBTFUL = "yes", "no", "likely", "doubtful"
REFUSED_AGAIN = 2  # times
WHICH = "which"  # in `times`: the unit that was told by its kind was asked for by name, and answered
LONG_FACTS, SHOWN_FACTS = 300, 160  # characters: a read-back that is checked is a short one


def next_slot(state: Mapping[str, Any]) -> str:
    """The first question without an answer ('' counts as skipped), what was put off last; 'clarify' or 'confirm'."""
    unanswered = [slot for slot in ASKED_IN_TURN if state.get(slot) is None or slot == UNIT and asks_which(state)]
    if unanswered:
        return next((slot for slot in unanswered if not is_put_off(state, slot)), unanswered[0])
    return "clarify" if state.get("clarify") else "confirm"


def asks_which(state: Mapping[str, Any]) -> bool:
    """Whether a unit told in passing says its kind only, and nobody has answered which one."""
    unit = state.get(UNIT)
    return bool(unit) and not (state.get("times") or {}).get(WHICH) and is_general(str(unit))


def is_put_off(state: Mapping[str, Any], slot: str) -> bool:
    """Needed, and refused again: it comes back once everything else is known."""
    return slot in PERSONAL and (state.get("times") or {}).get(f"refused:{slot}", 0) >= REFUSED_AGAIN


def previous_slot(state: Mapping[str, Any], slot: str) -> str | None:
    """What was answered last before `slot`, None at the first; by turns where they are known, else as the form asks."""
    position = VALUES.index(slot) if slot in VALUES else len(VALUES)
    turns = {name: int(one.get("turn") or 0) for name, one in (state.get("evidence") or {}).items() if name in VALUES}
    end = (turns[slot], position) if state.get(slot) is not None and slot in turns else None
    answered = [(turn, VALUES.index(name)) for name, turn in turns.items() if state.get(name) is not None]
    if earlier := [one for one in answered if end is None or one < end]:
        return VALUES[max(earlier)[1]]
    before = ASKED_IN_TURN[: ASKED_IN_TURN.index(slot)] if slot in ASKED_IN_TURN else ASKED_IN_TURN
    return next((name for name in reversed(before) if state.get(name) is not None), None)


def shown(slot: str, value: Any) -> str:
    """A value as it may be shown on a screen in a hall: phone and ID down to their last four."""
    if FIELD[slot].masked:
        return phones.shown(str(value)) if slot == "phone" else mask(str(value))
    if slot == "representatives":
        return "；".join(f"{one['name']}（电话{phones.shown(one['phone'])}）" for one in value)
    text = str(value)
    if slot == "facts" and len(text) > LONG_FACTS:
        return text[:SHOWN_FACTS] + say("long_facts", count=len(text))
    return text


def told_apart(slot: str, one: str, other: str) -> tuple[str, str]:
    """Two values as they may be shown, with as much more as it takes to see which is which."""
    if shown(slot, one) != shown(slot, other):
        return shown(slot, one), shown(slot, other)
    whole = [phones.parted(value.removeprefix("+86")) for value in (one, other)]
    first, second = (phones.with_extension(f"{value[:3]}{mask(value[3:])}", ext) for value, ext in whole)
    if first != second:
        return first, second
    first, second = (phones.with_extension(*value) for value in whole)
    return first, second


def narrative(state: Mapping[str, Any]) -> str:
    """What the window is proposed from: request and facts, as POST /petitions reads them."""
    return "\n".join(str(state[slot]) for slot in ("request", "facts") if state.get(slot))


def accuses(state: Mapping[str, Any]) -> bool:
    """Whether it is an accusation or may be one: only the citizen's clear no ends the doubt."""
    return state.get("accusation") not in (None, ACCUSES_NOT)


def is_confidential(state: Mapping[str, Any]) -> bool:
    """An accusation always is (Art. 30, 46); anything else when the citizen wished it."""
    return bool(accuses(state) or state.get("confidential"))


def route_answers(state: Mapping[str, Any]) -> dict[str, str]:
    """The answers to the questions of POST /route; a guess about an accusation is sent as a doubt."""
    answers = dict(state.get("route_answers") or {})
    if kind := state.get("accusation"):
        answers["accusation"] = kind if kind in (ACCUSES, ACCUSES_NOT) else "unsure"
    return answers


def body(state: Mapping[str, Any]) -> dict[str, Any]:
    """POST /api/v1/petitions; only sent after the yes to the read-back."""
    sent: dict[str, Any] = {"consent": True}
    for field in FIELDS:
        if state.get(field.name) or not field.optional:
            group, _, key = field.path.rpartition(".")
            (sent.setdefault(group, {}) if group else sent)[key] = state[field.name]
    if answers := route_answers(state):
        sent["route_answers"] = answers
    if state.get("confidential"):
        sent["confidential"] = True
    return sent


def draft(state: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """What is kept for later: answers, the draft's id and the open question."""
    kept = {slot: state[slot] for slot in VALUES if state.get(slot) is not None}
    kept |= {mark: state[mark] for mark in MARKS if state.get(mark)}
    return {**kept, "draft_id": state.get("draft_id"), "asked": asked or ""}


def idempotency_key(draft_id: str) -> str:
    """One key per draft, also when it is taken up in another session: never registered twice."""
    return hashlib.sha256(f"petition|{draft_id}".encode()).hexdigest()


def slot_of_error(path: str) -> str | None:
    """The question behind an API field path such as petitioner.phone."""
    if path.startswith("representatives"):
        return None
    return FIELD_OF_PATH.get(path)
