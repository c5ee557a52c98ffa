"""The petition under way: which values there are, what comes next, how it is read back and sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.dialogue.text import mask
from bot.dialogue.texts_zh import LABELS, TEXT, say
from bot.dialogue.understand import ORDER

VALUES = (*ORDER, "amount", "happened", "id_number", "representatives")
# What is known besides the answers: kept with the draft and taken up again with it.
MARKS = ("attempt", "opening", "accusation", "confidential", "proxy")
LONG_FACTS, SHOWN_FACTS = 300, 160  # characters: a read-back that is checked is a short one
CHECKED_AS = {"petitioner_name": "name"}
ERROR_SLOTS = {
    "petitioner.name": "petitioner_name",
    "petitioner.phone": "phone",
    "petitioner.address": "address",
    "petitioner.id_number": "id_number",
}


def next_slot(state: Mapping[str, Any]) -> str:
    """The first question without an answer ('' counts as skipped), 'clarify' or 'confirm'."""
    open_slot = next((slot for slot in ORDER if state.get(slot) is None), None)
    return open_slot or ("clarify" if state.get("clarify") else "confirm")


def previous_slot(state: Mapping[str, Any], slot: str) -> str | None:
    """The answered question before `slot`, None at the first."""
    place = ORDER.index(slot) if slot in ORDER else len(ORDER)
    return ORDER[place - 1] if place else None


def shown(slot: str, value: Any) -> str:
    """A value as it may stand on a screen in a hall: phone and ID down to their last four."""
    if slot in ("phone", "id_number"):
        return mask(str(value).removeprefix("+86"))
    if slot == "representatives":
        return "；".join(f"{one['name']}（电话{mask(one['phone'])}）" for one in value)
    text = str(value)
    if slot == "facts" and len(text) > LONG_FACTS:
        return text[:SHOWN_FACTS] + say("long_facts", count=len(text))
    return text


def told(state: Mapping[str, Any]) -> str:
    """What the window is proposed from: request and facts, as POST /petitions reads them."""
    return "\n".join(str(state[slot]) for slot in ("request", "facts") if state.get(slot))


def is_confidential(state: Mapping[str, Any]) -> bool:
    """An accusation always is (Art. 30, 46); anything else when the citizen wished it."""
    return bool(state.get("accusation") or state.get("confidential"))


def read_back(state: Mapping[str, Any]) -> str:
    """The whole petition, line by line (Art. 19: an oral one is recorded faithfully)."""
    lines = [TEXT["confirm_head"]]
    for slot in VALUES:
        value = state.get(slot)
        if value:
            lines.append(f"{LABELS[slot]}：{shown(slot, value)}")
        elif slot in ORDER and value == "":
            lines.append(f"{LABELS[slot]}：（没填）")
    if is_confidential(state):
        lines.append(TEXT["confidential_row"])
    lines.append(TEXT["confirm_tail"])
    return "\n".join(lines)


def body(state: Mapping[str, Any]) -> dict[str, Any]:
    """POST /api/v1/petitions; only sent after the yes to the read-back."""
    petitioner = {"name": state["petitioner_name"], "phone": state["phone"], "address": state["address"]}
    if state.get("id_number"):
        petitioner["id_number"] = state["id_number"]
    sent: dict[str, Any] = {
        "petitioner": petitioner,
        "request": state["request"],
        "facts": state["facts"],
        "consent": True,
    }
    for slot in ("place", "about_unit", "amount", "happened", "representatives", "route_answers"):
        if state.get(slot):
            sent[slot] = state[slot]
    if is_confidential(state):
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
    return ERROR_SLOTS.get(path, path if path in VALUES else None)
