"""What one message means while a given question stands open. Pure; nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogue import commands, corrections, extraction, questions
from bot.dialogue.ports import Heard
from bot.dialogue.text import bare, faithful, han_count, narrow

ORDER = ("petitioner_name", "phone", "address", "facts", "request", "place", "about_unit")
OPTIONAL = frozenset({"place", "about_unit", "id_number"})
FREE_TEXT = frozenset({"facts", "request", "place"})
CHAT = frozenset({"greet", "thanks", "bye", "bot_challenge", "out_of_scope"})
CASE_WISHES = frozenset({"check_status", "urge", "rate"})


@dataclass(frozen=True)
class Meaning:
    """kind: command, skip, correct, append, representative, question, chat, elsewhere, account,
    answer, unsure, miss."""

    kind: str
    name: str = ""
    value: str = ""
    values: dict[str, str] = field(default_factory=dict)
    why: str = ""


def understand(slot: str, heard: Heard, offered: tuple[str, ...] = ()) -> Meaning:
    """Meaning of `heard` at the open question `slot`; `offered` are questions shown as buttons."""
    text = narrow(heard.text)
    if not bare(text):
        return Meaning("miss", why="empty")
    if heard.text.strip() in offered:
        return Meaning("question", value=heard.text.strip())
    if name := commands.command(text):
        return Meaning("command", name=name)
    if slot in OPTIONAL and commands.is_skip(text):
        return Meaning("skip")
    if person := corrections.representative(text):
        return Meaning("representative", values=person)
    if change := _correction(slot, text):
        return change
    if (more := corrections.addition(text)) is not None and slot not in ("facts",):
        return Meaning("append", value=more)
    return _free_text(slot, heard) if slot in FREE_TEXT else _closed(slot, heard)


def _correction(slot: str, text: str) -> Meaning | None:
    change = corrections.correction(text)
    if change is None:
        return None
    if slot in ("facts", "request") and change.value is not None and (
            change.slot in ("facts", "request") or len(text) > 60
            or (change.slot == "phone" and not extraction.mobile_in(change.value))):
        return None
    if change.slot == slot and change.value is None:
        return None
    return Meaning("correct", name=change.slot, value=change.value or "")


def _free_text(slot: str, heard: Heard) -> Meaning:
    text = narrow(heard.text)
    if slot == "place":
        if questions.question_in_closed_slot(text, heard.intent, heard.confidence) and len(text) <= 30 \
                and not (extraction.looks_like_place(text) and heard.confidence < 0.6):
            return Meaning("question", value=text)
    elif questions.question_in_free_text(text, heard.intent, heard.confidence):
        return Meaning("question", value=text, why="held")
    if len(text) <= 8 and heard.intent in CHAT and heard.confidence >= 0.6:
        return Meaning("chat", name=heard.intent)
    if slot == "facts" and len(text) <= 10 and heard.intent in CASE_WISHES and heard.confidence >= 0.8:
        return Meaning("elsewhere", name=heard.intent)
    if slot in ("facts", "request") and (commands.is_skip(text) or commands.is_yes(text) or _noise(text)):
        return Meaning("miss", why="short")
    if slot == "place" and _noise(text):
        return Meaning("miss", why="short")
    return Meaning("answer", values={slot: faithful(heard.text)})


def _noise(text: str) -> bool:
    """No words in it: keyboard rows, one sign repeated, lone figures."""
    plain = bare(text)
    if len(set(plain)) <= 1 or plain.isdigit():
        return True
    words = han_count(plain)
    return words < 2 and not (" " in text.strip() and len(plain) >= 8)


def _closed(slot: str, heard: Heard) -> Meaning:
    text = narrow(heard.text)
    found = extraction.personal_facts(text)
    asks = questions.question_in_closed_slot(text, heard.intent, heard.confidence)
    if found.get(slot) or (len(found) >= 2 and slot in ("petitioner_name", "phone", "address")):
        return Meaning("answer", values=found)
    if slot == "phone":
        if (number := extraction.phone_candidate(text)) and not asks:
            return Meaning("answer", values={**found, "phone": number})
    elif slot == "petitioner_name":
        guess = None if asks else extraction.bare_name(text)
        if guess:
            return Meaning("answer" if guess[1] else "unsure", values={**found, slot: guess[0]})
    elif slot == "address":
        value = extraction.bare_address(text)
        if not asks and heard.intent not in CHAT | CASE_WISHES or (
                extraction.looks_like_place(value) and han_count(value) >= 6 and not asks):
            if extraction.looks_like_place(value) and han_count(value) >= 3:
                return Meaning("answer", values={**found, slot: value})
            if han_count(value) >= 4 and heard.intent == "nlu_fallback":
                return Meaning("unsure", values={slot: value})
    elif slot == "about_unit":
        if not asks and heard.intent not in CHAT and not _noise(text):
            return Meaning("answer", values={slot: faithful(heard.text)})
    elif slot == "id_number":
        if identity := extraction.id_in(text):
            return Meaning("answer", values={slot: identity})
    if found and not asks:
        return Meaning("answer", values=found)
    return _digression(heard, asks)


def _digression(heard: Heard, asks: bool) -> Meaning:
    sure = heard.confidence >= 0.6
    if heard.intent == "human" and sure:
        return Meaning("command", name="human")
    if heard.intent == "help" and sure:
        return Meaning("command", name="help")
    if heard.intent == "cancel" and sure:
        return Meaning("command", name="ask_cancel")
    if heard.intent in CASE_WISHES and sure and len(heard.text) <= 20:
        return Meaning("elsewhere", name=heard.intent)
    if asks:
        return Meaning("question", value=narrow(heard.text))
    if heard.intent in CHAT and heard.confidence >= 0.5:
        return Meaning("chat", name=heard.intent)
    if (heard.intent == "tell_matter" or han_count(heard.text) >= 25) and len(heard.text) >= 12:
        return Meaning("account", value=faithful(heard.text))
    return Meaning("miss", why="unclear")
