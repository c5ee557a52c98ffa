"""What one message means while a given question is open. Pure; nothing is stored here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from bot.dialogue import commands, corrections, extraction, questions
from bot.dialogue.mood import is_outburst
from bot.dialogue.petition_fields import FIELD, FIELDS, FREE_TEXT, NARRATIVE, OPTIONAL, PERSONAL
from bot.dialogue.ports import Message
from bot.dialogue.text import bare, faithful, han_count, narrow, plain

CHAT = frozenset({"greet", "thanks", "bye", "bot_challenge", "out_of_scope"})
_SIGNS = {field.name: re.compile(field.signs) for field in FIELDS if field.signs}
_NO_PHONE = re.compile(
    r"没有?(手机|电话|号码)|(不想|不愿|不要|不方便|不)留|(家人|儿子|女儿|老伴|亲戚|别人|孩子|邻居)的?(电话|手机|号码)?"
    r"(可以|行|成|能)?(吗|不|么)|可以(留|写|填).{0,6}的"
)
_FIGURE = re.compile(r"\d")
_SENTENCE_MARK = re.compile(r"[,，。了]")
_FAREWELL = re.compile(r"再见|再会|拜拜|bye|告辞|我(先)?走了|回头见|明天见|回家了|晚安")
CASE_WISHES = frozenset({"check_status", "urge", "rate"})


Kind = Literal[
    "command", "skip", "correct", "append", "representative", "question", "chat", "elsewhere", "account",
    "answer", "unsure", "miss",
]  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """What to do with a message; `name`, `value` and `values` depend on the kind, `why` says what led to it."""

    kind: Kind
    name: str = ""
    value: str = ""
    values: dict[str, str] = field(default_factory=dict)
    why: str = ""


def understand(slot: str, message: Message, offered: tuple[str, ...] = ()) -> Meaning:
    """Meaning of `message` at the open question `slot`; `offered` are questions shown as buttons."""
    text = narrow(message.text)
    if not bare(text):
        return Meaning("miss", why="empty")
    if message.text.strip() in offered:
        return Meaning("question", value=message.text.strip())
    if name := commands.command(text):
        return Meaning("command", name=name)
    if slot in OPTIONAL and commands.is_skip(text):
        return Meaning("skip")
    if person := corrections.representative(text):
        return Meaning("representative", values=person)
    if change := _correction(slot, text):
        return change
    if is_outburst(text):
        return Meaning("chat", name="anger")
    if (more := corrections.addition(text)) is not None and slot not in ("facts",):
        return Meaning("append", value=more)
    return _free_text(slot, message) if slot in FREE_TEXT else _closed(slot, message)


def _correction(slot: str, text: str) -> Meaning | None:
    change = corrections.correction(text)
    if change is None:
        return None
    if (
        slot in NARRATIVE
        and change.value is not None
        and (
            change.slot in NARRATIVE
            or len(text) > 60
            or (change.slot == "phone" and not extraction.mobile_in(change.value))
        )
    ):
        return None
    if change.slot == slot and change.value is None:
        return None
    return Meaning("correct", name=change.slot, value=change.value or "")


def _free_text(slot: str, message: Message) -> Meaning:
    text = narrow(message.text)
    if slot in OPTIONAL:
        asks = questions.question_in_closed_slot(text, message.intent, message.confidence)
        if asks and len(text) <= 30 and questions.is_question(text):
            return Meaning("question", value=text)
    elif questions.question_in_free_text(text, message.intent, message.confidence):
        return Meaning("question", value=text, why="held")
    if (
        len(text) <= 8
        and _chat(message, 0.6)
        and message.intent != "out_of_scope"
        and not extraction.looks_like_place(text)
    ):
        return Meaning("chat", name=message.intent)
    sure_wish = message.intent in CASE_WISHES and message.confidence >= 0.8
    if slot == "facts" and len(text) <= 10 and sure_wish:
        return Meaning("elsewhere", name=message.intent)
    if FIELD[slot].needs_words and (_stock(text) or _noise(text)):
        return Meaning("miss", why="short")
    return Meaning("answer", values={slot: faithful(message.text)})


def _noise(text: str) -> bool:
    """No words in it: keyboard rows, one sign repeated, lone figures."""
    plain = bare(text)
    if len(set(plain)) <= 1 or plain.isdigit():
        return True
    words = han_count(plain)
    return words < 2 and not (" " in text.strip() and len(plain) >= 8)


def _closed(slot: str, message: Message) -> Meaning:
    text = narrow(message.text)
    found = extraction.personal_facts(text) | extraction.listed_facts(text, name_asked=slot == "petitioner_name")
    asks = questions.question_in_closed_slot(text, message.intent, message.confidence)
    if found.get(slot) or (len(found) >= 2 and slot in PERSONAL):
        return Meaning("answer", values=found)
    if slot == "phone":
        if _NO_PHONE.search(plain(text)) and not extraction.phone_candidate(text):
            return Meaning("command", name="help")
        if (number := extraction.phone_candidate(text)) and not asks:
            return Meaning("answer", values={**found, "phone": number})
    elif slot == "petitioner_name":
        guess = None if asks else extraction.bare_name(text)
        if guess:
            return Meaning("answer" if guess[1] else "unsure", values={**found, slot: guess[0]})
    elif slot == "address":
        if meaning := _address(text, message, found, asks):
            return meaning
    elif slot in _SIGNS:
        chatty = _chat(message, 0.6) and not _SIGNS[slot].search(text)
        if not (asks or chatty or _noise(text) or _stock(text)):
            return Meaning("answer", values={slot: faithful(message.text)})
    if found and not asks:
        return Meaning("answer", values=found)
    return _digression(message, asks)


def _address(text: str, message: Message, found: dict[str, str], asks: bool) -> Meaning | None:
    value = extraction.bare_address(text)
    if asks or _stock(value) or han_count(value) < 2:
        return None
    if (
        extraction.looks_like_place(value)
        and (han_count(value) >= 4 or _FIGURE.search(value))
        and not (found or message.intent == "tell_matter" and (len(value) > 15 and _SENTENCE_MARK.search(value)))
    ):
        return Meaning("answer", values={**found, "address": value})
    if found or message.intent in CHAT | CASE_WISHES | {"human", "help", "cancel"} and message.confidence >= 0.5:
        return None
    if 2 <= han_count(value) <= 20 and message.intent != "tell_matter":
        return Meaning("unsure", values={"address": value})
    return None


def _chat(message: Message, least: float) -> bool:
    """Small talk surely recognised; a farewell only in its usual words, since it ends the form."""
    if message.intent == "bye":
        return bool(_FAREWELL.search(plain(message.text))) and message.confidence >= least
    if message.intent == "out_of_scope":
        least = max(least, 0.75)
    return message.intent in CHAT and message.confidence >= least and not bare(message.text).isdigit()


def _stock(text: str) -> bool:
    """Yes, no, nothing: never the content of a field."""
    return commands.is_yes(text) or commands.is_no(text) or commands.is_skip(text)


def _digression(message: Message, asks: bool) -> Meaning:
    sure = message.confidence >= 0.6
    if message.intent == "human" and sure:
        return Meaning("command", name="human")
    if message.intent == "help" and sure:
        return Meaning("command", name="help")
    if message.intent == "cancel" and message.confidence >= 0.75 and han_count(message.text) >= 4:
        return Meaning("command", name="ask_cancel")
    if message.intent in CASE_WISHES and sure and len(message.text) <= 20:
        return Meaning("elsewhere", name=message.intent)
    if message.intent == "bot_challenge" and sure:
        return Meaning("chat", name=message.intent)
    if asks:
        return Meaning("question", value=narrow(message.text))
    if _chat(message, 0.5):
        return Meaning("chat", name=message.intent)
    if (message.intent == "tell_matter" or han_count(message.text) >= 25) and len(message.text) >= 12:
        return Meaning("account", value=faithful(message.text))
    return Meaning("miss", why="unclear")
