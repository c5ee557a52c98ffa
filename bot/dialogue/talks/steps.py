"""What the assistant does next: one table, read from above for every message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogue.cases import WISHES
from bot.dialogue.outside_forms import OutsideForms
from bot.dialogue.ports import KioskApi
from bot.dialogue.reading.message import LONGEST_WISH, SURE, SURE_INTENT, Message
from bot.dialogue.reading.read import read
from bot.dialogue.reading.wish import beyond_the_wish
from bot.dialogue.replies import Link, reply
from bot.dialogue.talks import (
    answering,
    calling_back,
    changing,
    coming_back,
    correcting,
    danger,
    emptying,
    giving,
    heard,
    leaving,
    registered,
    registering,
    whose,
)
from bot.dialogue.talks.talk import TEXT, Talk
from bot.dialogue.text import said_count
from bot.dialogue.texts_zh import CHOICES
from bot.dialogue.turn import Turn
from bot.petition_fields import FIELD

Handler = Callable[[Talk], bool]
# What Rasa's own classifier is sure of, and what is no wish to register.
OUTSIDE = frozenset({*WISHES, "after_opinion", "ask_handbook", "find_window", "bye", "greet", "thanks", "human"})
PARTING = frozenset({"bye", "greet", "thanks"})
LONGEST_QUESTION = 40  # characters
# Shares from which a wish counts in the middle of a petition; more where the petition would be lost by it.
SURE_WISH = {"restart": 0.5, "advice_only": 0.5} | dict.fromkeys(
    ("stop", "save", "back", "person", "status", "urge"), SURE
)
TO_FORM: Link = {"label": TEXT["to_form"], "href": "/form"}  # pages take along what was told

# Each handler takes what is its own out of the message; one that answers True ends the turn.
STEPS: tuple[tuple[str, Handler], ...] = (
    ("after danger only listening", danger.listening),
    ("danger", danger.told),
    ("a draft that waits", registering.offer_draft),
    ("taking up a draft", registering.resume),
    ("the number to be rung", calling_back.answered),
    ("a call back is wished for", calling_back.wished),
    ("a person", leaving.person),
    ("the answer to “give up?”", leaving.stop_check),
    ("a receipt is lost", answering.lost_receipt),  # before the wishes: “gone” may be read as “away with it”
    ("stop, save, back, again", leaving.wishes),
    ("cannot see or write", answering.cannot_type),
    ("a question that follows on another", answering.follow_up),
    ("a question offered as a button", answering.offered),
    ("the answer to “whose?”", whose.owner_answered),
    ("the name behind a surname", whose.given_name),
    ("the answer to “which line?”", correcting.which_answered),
    ("the answer to “an accusation?”", registering.kind_answered),
    ("the answer to “what shall it be?”", changing.answered),
    ("a line that shall be empty", emptying.taken_out),
    ("corrections", correcting.changes),
    ("confidentiality", giving.secrecy),
    ("representatives, the one spoken for", whose.people),
    ("the answer about the window", registering.window_answered),
    ("feelings", answering.feelings),
    ("values", giving.values),
    ("already said", answering.already_said),
    ("questions", answering.questions),
    ("stop, save, back, beside what was stated", leaving.wishes_beside),
    ("yes or no to the read-back", registering.confirmed),
    ("cannot or will not", giving.skipped),
    ("plain words as the answer", giving.plain_answer),
)


def turn(api: KioskApi, session_id: str, state: Mapping[str, Any], message: Message) -> Turn:
    """The whole turn: what is said, which slots change, what is asked."""
    asked = str(state.get("asked") or "")
    offered = (state.get("pending") or {}).get("offered") or ()
    buttons = (*offered, danger.GO_ON) if asked == "listening" else tuple(offered)
    meaning = read(message, asked, state, buttons)
    talk = Talk(api, session_id, state, meaning, message.clauses)
    if coming_back.back_again(talk, message.text):
        return talk.finished()
    if heard.again(talk, message):
        return talk.finished()
    _believe_the_intent(talk, message)
    _doubt_wishes(talk)
    of_a_case = registered.answered(talk, message) or registered.named(talk, message)
    if not of_a_case and not any(handler(talk) for _, handler in STEPS):
        _then(talk, message)
    talk.keep_draft()
    return talk.finished()


def _believe_the_intent(talk: Talk, message: Message) -> None:
    """Before anything is open, Rasa's own classifier is surer of short messages than the reader of clauses."""
    if talk.in_petition or talk.asked or message.confidence < SURE_INTENT or talk.meaning.danger not in ("", "doubt"):
        return
    longest = LONGEST_QUESTION if message.intent in ("ask_handbook", "find_window") else LONGEST_WISH
    if message.intent in PARTING and any(one.field == "facts" for one in talk.meaning.values):
        return  # a figure or a word of a farewell within an account
    if message.intent in OUTSIDE and said_count(message.text) <= longest and not giving.tells_account(talk):
        talk.meaning.values = [one for one in talk.meaning.values if one.field == "case_number"]
        talk.meaning.wants.clear()
        talk.meaning.questions.clear()
        talk.meaning.feels.clear()


def _doubt_wishes(talk: Talk) -> None:
    """In the middle of a petition a wish that is only the likeliest of unlikely readings turns nothing round."""
    if not talk.in_petition:
        return
    for wish, least in SURE_WISH.items():
        act = f"wants.{wish}"
        if any(act in one.acts for one in talk.clauses) and all(
            one.shares.get(act, 0.0) < least for one in talk.clauses
        ):
            talk.meaning.wants.discard(wish)
    talk.meaning.understood = not talk.meaning.is_empty


def _then(talk: Talk, message: Message) -> None:
    """No handler ended the turn: begin, go on, or say that nothing was understood."""
    if registered.wished(talk, message):
        return
    if not talk.in_petition:
        elsewhere = message.intent in OUTSIDE
        wishes = "register" in talk.meaning.wants and not elsewhere
        if wishes or "go_on" in talk.meaning.wants or message.intent == "start_petition" and not talk.replies:
            _open(talk)
        elif not talk.replies:
            _outside(talk, message)
        return
    if registering.look_at_kind(talk, message):
        return
    if registering.ask_about_window(talk):
        return
    understood = bool(talk.understood or talk.replies or talk.noted or talk.meaning.refuses or talk.meaning.wants)
    if understood:
        talk.go_on()
    else:
        _missed(talk)


def _open(talk: Talk) -> None:
    opening = talk.state.get("opening") or beyond_the_wish(talk.meaning.words)
    talk.state["opening"] = opening
    leaving.begin(talk)
    talk.say("form_account" if opening else "form_start")
    if opening and len(str(opening)) >= giving.SHORT_OPENING:
        talk.state["opening"] = None
        talk.append_facts(str(opening))
    talk.go_on()


def _outside(talk: Talk, message: Message) -> None:
    """Nothing is open and nothing was stated: greetings, questions, windows, what was not understood."""
    outside = OutsideForms(talk.api, talk.session_id, talk.state)
    done = outside.respond(message)
    for one in done.replies:
        talk.put(one)
    opens = done.slots.pop("start", None)
    talk.moves += done.moves
    talk.state.update(done.slots)
    if opens:
        _open(talk)


def _missed(talk: Talk) -> None:
    """Nothing was understood: shorter, then with choices, then a person or the form."""
    asked = talk.asked if talk.asked in FIELD or talk.asked in ("confirm", "clarify") else talk.missing()
    misses = int(talk.state.get("misses") or 0) + 1
    if asked == "petitioner_name" and whose.asks_about_unknown_name(talk):
        return
    buttons = CHOICES.get(str(asked), [])
    if misses == 1:
        talk.say("miss")
        talk.ask(str(asked), misses=misses)
    elif misses == 2:
        talk.put(reply(TEXT["miss_again"]))
        talk.did("choices")
        talk.ask(str(asked), misses=misses, options=[one for one in buttons if one != "跳过"])
    else:
        talk.say("miss_human", options=["找人工", "先存着", *buttons[:1]], links=[TO_FORM])
        talk.did("person")
        talk.ask(str(asked), silent=True, misses=misses)
