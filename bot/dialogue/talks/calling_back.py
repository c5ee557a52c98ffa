"""A person who rings: the citizen leaves a number, no petition is needed."""

from __future__ import annotations

import hashlib
import re

from bot.dialogue import phones
from bot.dialogue.filing import day_of
from bot.dialogue.ports import ApiDown, Refused
from bot.dialogue.replies import reply
from bot.dialogue.talks import leaving
from bot.dialogue.talks.talk import TEXT, Talk
from bot.dialogue.text import bare, plain
from bot.dialogue.texts_zh import CALL_ME, say

ASKED = "callback_phone"
_WISH = re.compile(
    r"(?:给|跟|让人给|叫人给|喊人给)我(?:打|回)(?:个|一个)?电话(?:来)?|(?:喊|叫|让)(?:个|一个)?人(?:给我)?(?:打|回)(?:个)?电话(?:来)?"
)
_WHOLE_MATTER = re.compile(r"[不别莫](?:想)?(?:再)?(?:登|告|弄|搞|办|反映|投诉|举报|申诉|管)|全|都(?:删|不要)|撤")


def wished(talk: Talk) -> bool:
    """“Call me back”: the number is asked for."""
    if talk.meaning.words.strip() != CALL_ME and not _WISH.fullmatch(bare(talk.meaning.words)):
        return False
    talk.say("callback_ask")
    talk.did("person")
    talk.ask(ASKED, silent=True)
    return True


def answered(talk: Talk) -> bool:
    """The number to be rung; it is no part of the petition."""
    if talk.asked != ASKED:
        return False
    meaning = talk.meaning
    number = next((one.value for one in meaning.values if one.field == "phone"), "")
    if number:
        meaning.values = []
        return _leave(talk, number)
    if _gives_up_all(talk):
        meaning.no = meaning.refuses = False
        talk.asked = talk.missing()
        return False
    if meaning.wants or meaning.no or meaning.questions or meaning.refuses:
        if talk.in_petition and leaving.gives_up(talk.clauses):  # not only the call: the whole petition
            meaning.wants.add("stop")
            meaning.no = meaning.refuses = False
            talk.asked = talk.missing()
            return False
        meaning.wants.discard("stop")
        meaning.no = meaning.refuses = False
        if "person" not in meaning.wants:
            talk.say("callback_none")
            talk.did("person")
        _go_on(talk)
        return not meaning.questions and not meaning.wants
    talk.say("callback_again")
    talk.ask(ASKED, silent=True)
    return True


def _gives_up_all(talk: Talk) -> bool:
    """“I drop the whole thing”, not only the call."""
    if not talk.in_petition or "stop" not in talk.meaning.wants:
        return False
    return any("wants.stop" in one.acts and _WHOLE_MATTER.search(plain(one.text)) for one in talk.clauses)


def _leave(talk: Talk, number: str) -> bool:
    key = hashlib.sha256(f"callback|{talk.session_id}|{talk.turn_number}".encode()).hexdigest()
    try:
        left = talk.api.leave_number(number, key)
    except ApiDown as down:
        talk.put(reply(down.said or TEXT["callback_down"]))
        talk.ask(ASKED, silent=True)
        return True
    except Refused as refusal:
        talk.put(reply(refusal.errors[0]["detail"] if refusal.errors else refusal.detail))
        talk.ask(ASKED, silent=True)
        return True
    said = say("callback_left", code=left["code"], day=day_of(left["due_by"]))
    talk.put(reply(said, callback={"code": left["code"], "phone_tail": phones.tail(number)}))
    talk.did("person")
    _go_on(talk)
    return True


def _go_on(talk: Talk) -> None:
    if talk.in_petition:
        talk.go_on()
    else:
        talk.stop_asking()
