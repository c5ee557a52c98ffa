"""A registered case heard in between: how it stands, urging, rating; what else the message states is kept first."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import codes
from bot.dialogue.cases import WISHES, CaseTalk
from bot.dialogue.reading.message import LONGEST_WISH, SURE, SURE_INTENT, Message
from bot.dialogue.talks import answering, registering
from bot.dialogue.talks.talk import SURELY, TEXT, Talk
from bot.dialogue.text import han_count
from bot.dialogue.turn import Turn
from bot.petition_fields import FIELD

QUESTIONS = frozenset({"case_number", "phone_tail", "rating_office", "rating_unit"})
MOST_MISSES = 2  # until the petition in hand goes on
LONG_MESSAGE = 30  # characters: with an account in it no answer to a question about a case
_INTENT = {"status": "check_status", "urge": "urge"}
AND_URGE = "and_urge"  # in `pending`: urging was wished as well, and the case is not found yet


def answered(talk: Talk, message: Message) -> bool:
    """A number, a phone's tail or a rating was asked for, and the message is about that."""
    if talk.asked not in QUESTIONS or talk.meaning.danger:
        return False
    if answering.lost_receipt(talk):
        return True
    meaning = talk.meaning
    if codes.names_case(message.text) and _says_little_else(message):
        _hear(talk, message, str(talk.asked))
        return True
    if registering.names_a_draft(talk) or "go_on" in meaning.wants and not talk.in_petition:
        talk.stop_asking()
        return False
    if any(one.field in ("facts", "request") for one in meaning.values) and len(message.text) > LONG_MESSAGE:
        talk.stop_asking()
        return False
    if meaning.wants & {"stop", "register", "go_on"} or _belongs_to_petition(talk):
        meaning.wants -= {"stop", "register", "go_on"}
        talk.stop_asking()
        talk.say("case_bye")
        if talk.in_petition:
            talk.asked = talk.missing()
            talk.understood = True
            if meaning.is_empty:
                talk.go_on()
            return meaning.is_empty
        return not (meaning.wants or meaning.values or message.intent in ("start_petition", "tell_matter"))
    _hear(talk, message, str(talk.asked))
    return True


def named(talk: Talk, message: Message) -> bool:
    """A case number or a receipt's address, and little else, while nothing else is going on: it is looked up."""
    if talk.in_petition or talk.asked or talk.meaning.danger or not codes.names_case(message.text):
        return False
    if not _says_little_else(message):
        return False
    talk.meaning.values.clear()
    wishes = [one for one in _INTENT if one in talk.meaning.wants]
    intent = message.intent if message.intent in WISHES else _INTENT[wishes[0]] if wishes else _INTENT["status"]
    if intent == _INTENT["urge"]:
        talk.meaning.wants.discard("urge")
    _hear(talk, message, "", intent)
    return True


def _says_little_else(message: Message) -> bool:
    return han_count(codes.without_case(message.text)) <= LONGEST_WISH


def _belongs_to_petition(talk: Talk) -> bool:
    """In the middle of a petition: something of it is stated, or a case was asked for in vain already."""
    stated = any(one.field in FIELD and one.field != "phone" for one in talk.meaning.values) or talk.meaning.changes
    return talk.in_petition and bool(stated or int(talk.state.get("misses") or 0) >= MOST_MISSES)


def wished(talk: Talk, message: Message) -> bool:
    """A status, urging or rating is wished for, or a case number was named."""
    number = any(one.field == "case_number" for one in talk.meaning.values)
    wishes = [one for one in _INTENT if one in talk.meaning.wants and (not talk.in_petition or _surely(talk, one))]
    intent = (
        message.intent if message.intent in WISHES and (not talk.in_petition or _only_wishes(talk, message)) else ""
    )
    if not intent or len(wishes) > 1:
        intent = next((_INTENT[one] for one in wishes), "")
    if not intent and (not number or talk.noted):  # a number told within an account belongs to it
        return False
    if len(wishes) < len(_INTENT) and intent == _INTENT["urge"]:
        talk.meaning.wants.discard("urge")
    _hear(talk, message, "", intent or _INTENT["status"])
    return True


def _only_wishes(talk: Talk, message: Message) -> bool:
    """A short message that the classifier of whole messages is sure of, and the reader of clauses is not."""
    sure = any(share >= SURE for one in message.clauses for share in one.shares.values())
    return message.confidence >= SURE_INTENT and han_count(message.text) <= LONGEST_WISH and not (sure or talk.noted)


def _surely(talk: Talk, wish: str) -> bool:
    """Beside what was stated: a clause of its own wishes it, no word of which is part of the account."""
    told = str(talk.state.get("facts") or "")
    wishing = [one.text.strip() for one in talk.clauses if one.shares.get(f"wants.{wish}", 0.0) >= SURELY]
    return any(one and one not in told for one in wishing)


def _hear(talk: Talk, message: Message, asked: str, wish: str = "") -> None:
    """One step of the talk about a case; urging that is wished beside a status or a rating is done as well."""
    urges = "urge" in talk.meaning.wants or bool(talk.pending.get(AND_URGE))
    talk.meaning.wants -= {"status", "urge"}
    if asked.startswith("rating") and urges:
        _put(talk, _urge(talk))
        urges = False
    case = CaseTalk(talk.api, talk.session_id, talk.state)
    done = case.respond(asked, message) if asked else case.start(replace(message, intent=wish, confidence=1.0))
    action = str(case.state.get("case_action") or "")
    _put(talk, done)
    talk.state.update(done.slots)
    talk.asked = done.asks
    urges = urges and action == "status"
    if done.asks:
        talk.did(done.asks)
        talk.state["pending"] = {AND_URGE: True} if urges else None
    elif urges and _is_found(talk):
        _put(talk, _urge(talk))
    if done.asks is None and talk.in_petition:
        talk.say("back_to_petition")
        talk.go_on()


def _is_found(talk: Talk) -> bool:
    return bool(talk.state.get("lookup_token") or talk.state.get("case_number") and talk.state.get("phone_tail"))


def _urge(talk: Talk) -> Turn:
    """Urging by itself: what the talk about the case has open stays so."""
    return CaseTalk(talk.api, talk.session_id, talk.state).start(Message("", intent="urge", confidence=1.0))


def _put(talk: Talk, done: Turn) -> None:
    for one in done.replies:
        talk.put(one)
        if one["text"] == TEXT["urged"]:
            talk.did("urged")
        elif done.asks is None and one["text"].startswith(f"{talk.state.get('case_number') or 'XF'}"):
            talk.did("status")
