"""What somebody wants to see or hear again: all that is noted, the account in full, an example, the question."""

from __future__ import annotations

from bot.dialogue import card, record
from bot.dialogue.replies import reply
from bot.dialogue.talks.talk import FIELD, TEXT, Talk
from bot.dialogue.texts_zh import CHOICES, EXAMPLE, MENU

_ASKED_AGAIN = frozenset({*FIELD, "clarify"} - {"representatives"})


def see_all(talk: Talk) -> bool:
    """Everything noted so far, and on with the open question; at the read-back that is the read-back itself."""
    shown = card.noted(talk.state)
    talk.moves += [f"said_back:{one['field']}" for one in shown["rows"] if one["field"] in record.VALUES]
    if talk.asked == "confirm":
        talk.ask("confirm")
        return True
    if shown["rows"]:
        talk.put(reply(card.plain(shown), card=shown))
    else:
        talk.say("nothing_yet")
    _ask_once_more(talk)
    talk.state["pending"] = {**talk.pending, "card": talk.turn_number}
    return True


def full_text(talk: Talk) -> bool:
    """The account in full, on a channel that cannot unfold it."""
    facts = talk.state.get("facts") or talk.state.get("opening")
    if facts:
        talk.say("full_text", facts=facts)
        talk.did("said_back:facts")
    else:
        talk.say("nothing_yet")
    _ask_once_more(talk)
    return True


def _ask_once_more(talk: Talk) -> None:
    """The open question, whatever it is; another one than a field waits silently with its buttons still known."""
    if talk.asked == "confirm":
        talk.say("confirm_tail_again", options=CHOICES["confirm"])
        talk.ask("confirm", silent=True)
    elif talk.in_petition and (talk.asked is None or talk.asked in _ASKED_AGAIN):
        talk.ask(str(talk.asked or talk.missing()))
    elif talk.asked:
        talk.ask(talk.asked, silent=True)


def example(talk: Talk) -> bool:
    """An example of the open question, or what can be done here."""
    asked = str(talk.asked or "")
    talk.put(reply(EXAMPLE.get(asked, TEXT["help_form" if talk.in_petition else "help"])))
    if talk.asked:
        talk.ask(asked, silent=True)
    return True


def repeat(talk: Talk) -> bool:
    """The open question in its first words."""
    if talk.asked:
        talk.state["times"] = {**(talk.state.get("times") or {}), talk.asked: 0}
        talk.ask(talk.asked)
    else:
        talk.say("greet", options=MENU)
    return True


def add(talk: Talk) -> bool:
    """More of the account follows."""
    talk.say("ask_addition")
    talk.ask(str(talk.asked or talk.missing()), silent=True)
    return True
