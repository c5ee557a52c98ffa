"""The same message again: a double tap, a network that repeats, a channel that pushes anew.

What was taken a moment ago is not stored twice, answers no other question, and above all is no second yes: neither
one that registers nor one that gives a petition up.
"""

from __future__ import annotations

import hashlib
from typing import Any

from bot.dialogue import assent, card, commands
from bot.dialogue.reading.message import Message
from bot.dialogue.talks.talk import Talk
from bot.dialogue.text import unpunctuated
from bot.petition_fields import FIELD

DOUBLE_TAP_S = 3.0  # within which the same short words are the same press of a button
PUSHED_AGAIN_S = 20.0  # a channel that had no answer repeats within this time
LONG = 20  # characters: nobody types so many twice on purpose
_IRREVERSIBLE = frozenset({"confirm", "stop_check"})  # questions whose yes cannot be taken back


def again(talk: Talk, message: Message) -> bool:
    """Whether the message is the one before, once more; then it is said so, and what was asked stays open."""
    before: dict[str, Any] = talk.state.get("heard") or {}
    mark = _mark(message.text)
    same = bool(mark) and before.get("mark") == mark and not before.get("again")
    repeated = same and _is_echo(talk, message, before)
    talk.state["heard"] = {"mark": mark, "asked": talk.asked, "again": repeated}
    if not repeated:
        return False
    talk.say("heard_already")
    talk.did("heard_already")
    if talk.asked in _IRREVERSIBLE:
        if talk.asked == "confirm":
            talk.say("yes_in_words")
        talk.ask(talk.asked, silent=True, misses=int(talk.state.get("misses") or 0))
        return True
    talk.ask(str(talk.asked), misses=int(talk.state.get("misses") or 0))
    return True


def _is_echo(talk: Talk, message: Message, before: dict[str, Any]) -> bool:
    if talk.asked is None or talk.meaning.danger or not talk.in_petition:
        return False
    since = message.since_s
    changed = before.get("asked") != talk.asked
    if talk.asked in _IRREVERSIBLE:
        return changed and since is not None and since <= DOUBLE_TAP_S
    if talk.asked not in FIELD or _is_small(message.text):
        return False
    if not changed:  # it was not understood: only a press of the same button is no second miss
        return since is not None and since <= DOUBLE_TAP_S
    return len(message.text.strip()) > LONG or since is not None and since <= PUSHED_AGAIN_S


def _is_small(text: str) -> bool:
    """Words that may well be said twice: a yes, a no, “skip”, a command, a row's button."""
    return bool(
        assent.agrees(text, "confirm")
        or commands.is_no(text)
        or commands.is_skip(text)
        or commands.is_continue(text)
        or commands.command(text)
        or text.strip() in card.FIELD_OF_BUTTON
    )


def _mark(text: str) -> str:
    """A short digest: the words themselves are kept nowhere twice."""
    said = unpunctuated(text)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16] if said else ""
