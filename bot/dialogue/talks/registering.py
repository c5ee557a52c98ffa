"""Taking up a draft, the question about the window, the read-back, and filing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from bot.dialogue import commands, extraction, record
from bot.dialogue.filing import file_petition
from bot.dialogue.ports import ApiDown, Refused
from bot.dialogue.reading.choices import NOT_SURE, OPEN_QUESTION, chosen
from bot.dialogue.reading.message import Message
from bot.dialogue.reading.units import names_public_office
from bot.dialogue.replies import reply
from bot.dialogue.talks import correcting
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import TEXT, Talk
from bot.dialogue.text import faithful, han_count, plain
from bot.dialogue.texts_zh import CHOICES, LABELS
from bot.petition_fields import NARRATIVE

ACCUSES, ACCUSES_NOT, NOT_CERTAIN = "是，举报工作人员", "不是，只是办事的事", "说不准"
_DENIES = re.compile(r"[嗯啊哦哎那个]{0,3}[，, ]?[不没别]")
_UNCERTAIN = re.compile(
    r"说不[准清好]|[不没](?:太|大|是很)?(?:知道|清楚|晓得|确定|好说|懂|明白|敢说)|拿不准|[搞弄分]不清|难说|也许|可能"
)
# Shares from which one question is asked, and from which none is needed.
ASK_KIND_FROM, SURELY_ACCUSES, ASK_KIND_OF = 0.19, 0.6, 30  # shares; Chinese characters


# ---- a kept draft ---------------------------------------------------------------------------
def offer_draft(talk: Talk) -> bool:
    """On the first message of a conversation: is something half filled in?"""
    resumes = "go_on" in talk.meaning.wants or extraction.resume_code_in(talk.meaning.words)
    if talk.state.get("seen") or talk.in_petition or talk.asked or resumes:
        return False
    talk.state["seen"] = True
    kept = kept_of_talk(talk)
    if not kept:
        return False
    facts = next((one.value for one in talk.meaning.values if one.field == "facts"), "")
    talk.state["pending"] = {"draft": kept, "opening": facts}
    _offer(talk)
    return True


def _offer(talk: Talk) -> None:
    talk.put(reply(TEXT["resume_offer"], options=CHOICES["resume_choice"]))
    talk.ask("resume_choice", silent=True)


def resume(talk: Talk) -> bool:
    """接着填, with or without a code; the code when it was asked for."""
    code = extraction.resume_code_in(talk.meaning.words)
    asked_for = talk.asked in ("resume_code", "resume_choice")
    led = bool(code) and (names_a_draft(talk) or talk.asked == "resume_code")
    refused = talk.asked == "resume_choice" and talk.meaning.no
    if not led and (asked_for and talk.meaning.wants & {"restart", "register"} or refused):
        return _start_new_petition(talk)
    if not led and _goes_with_the_draft(talk):
        return False
    wishes = "go_on" in talk.meaning.wants or (talk.asked == "resume_choice" and talk.meaning.yes)
    if talk.in_petition and not led:
        if wishes and talk.asked:
            talk.meaning.wants.discard("go_on")
            talk.go_on()
            return True
        return False
    if not (wishes or led):
        if asked_for and talk.meaning.values:
            return _start_new_petition(talk)
        if asked_for and not talk.meaning.wants and not talk.meaning.questions:
            if talk.asked == "resume_choice":
                draft = talk.pending
                _offer(talk)
                talk.state["pending"] = draft
            else:
                talk.ask(str(talk.asked))
            return True
        return False
    try:
        kept = _found(talk, code if led else None) if led else talk.pending.get("draft") or _found(talk, None)
    except ApiDown as down:
        talk.put(reply(down.said or TEXT["resume_down"]))
        talk.ask("resume_code", silent=True)
        return True
    if kept:
        take_up(talk, kept)
        return True
    if led:
        talk.say("resume_missing")
    talk.ask("resume_code")
    return True


def names_a_draft(talk: Talk) -> bool:
    """“接着填 AB12-CD34”, whatever was asked."""
    said = plain(talk.meaning.words)
    return bool(extraction.resume_code_in(talk.meaning.words)) and any(one in said for one in ("接着", "继续", "续填"))


def _start_new_petition(talk: Talk) -> bool:
    opening = talk.pending.get("opening")
    talk.discard_draft()
    talk.clear()
    talk.asked = None
    talk.say("restarted")
    begin(talk)
    talk.meaning.wants -= {"restart", "register"}
    talk.meaning.no = False
    if opening:
        talk.append_facts(opening)
    if not talk.meaning.values:
        talk.go_on()
        return True
    return False


def kept_of_talk(talk: Talk) -> dict[str, Any] | None:
    """The draft of this conversation, if it holds anything."""
    try:
        return _found(talk, None)
    except ApiDown:
        return None


def _found(talk: Talk, code: str | None) -> dict[str, Any] | None:
    kept = talk.api.load_draft(resume_code=code) if code else talk.api.load_draft(session_id=talk.session_id)
    return kept if kept and any(kept.get(slot) for slot in record.VALUES) else None


def _goes_with_the_draft(talk: Talk) -> bool:
    """A name or a number, said to the offer of a draft, is more of it: nothing kept is thrown away for it."""
    kept = talk.pending.get("draft") if talk.asked == "resume_choice" else None
    if not kept or not talk.meaning.values or any(one.field in NARRATIVE for one in talk.meaning.values):
        return False
    _restore(talk, kept)
    talk.put(reply(TEXT["resumed"]))
    talk.asked = talk.missing()
    return True


def _restore(talk: Talk, kept: Mapping[str, Any]) -> None:
    talk.clear()
    for slot in (*record.VALUES, *record.MARKS):
        talk.state[slot] = kept.get(slot)
    talk.state["draft_id"] = kept.get("draft_id") or uuid.uuid4().hex


def take_up(talk: Talk, kept: Mapping[str, Any]) -> None:
    """Go on with a kept draft where it was left."""
    _restore(talk, kept)
    done = "、".join(LABELS[slot] for slot in record.VALUES if talk.state.get(slot))
    talk.put(reply(TEXT["resumed"] + (f"已经填好：{done}。" if done else "")))
    talk.go_on()


# ---- accusation, window ----------------------------------------------------------------------
def kind_answered(talk: Talk) -> bool:
    """The answer to “do you want to report an official's misconduct?”; in doubt it stays an accusation."""
    if talk.asked != "kind":
        return False
    talk.state["pending"] = None
    words = talk.meaning.words.strip()
    talk.asked = talk.missing()
    if _UNCERTAIN.search(plain(words)):
        talk.say("kind_doubtful")
    elif words == ACCUSES_NOT or talk.denies or _DENIES.match(plain(words)):
        talk.state["accusation"] = record.ACCUSES_NOT
        talk.say("not_accusation")
    elif words == ACCUSES or talk.agrees:
        talk.state["accusation"] = record.ACCUSES
        talk.say("accusation")
    else:
        return False
    if not ask_about_window(talk):
        talk.go_on()
    return True


def look_at_kind(talk: Talk, message: Message) -> bool:
    """After an account: surely an accusation → what confidentiality means; perhaps → one question (Art. 30)."""
    official = float((message.accuses or {}).get("official", 0.0))
    surely = max(official, float((message.kinds or {}).get("accusation", 0.0)))
    if "facts" not in talk.noted or talk.state.get("accusation") or talk.state.get("kind_asked"):
        return False
    if surely >= SURELY_ACCUSES:
        talk.state["accusation"] = record.LIKELY
        talk.say("accusation")
        talk.did("confidential")
        return False
    # A few words that name no office say little: the API judges them once the request is told as well.
    enough = han_count(message.text) >= ASK_KIND_OF or names_public_office(message.text)
    return enough and official >= ASK_KIND_FROM and _ask_kind(talk)


def _ask_kind(talk: Talk) -> bool:
    talk.state["kind_asked"] = True
    talk.state["accusation"] = record.DOUBTFUL  # until somebody says otherwise
    talk.put(reply(TEXT["ask_kind"], options=[ACCUSES, ACCUSES_NOT, NOT_CERTAIN]))
    talk.did("kind")
    talk.ask("kind", silent=True)
    return True


def ask_about_window(talk: Talk) -> bool:
    """What the API makes of the whole matter: in doubt whether it accuses somebody that is asked (True), and where
    two windows stand close the question between them waits; without an answer of the API, none."""
    if talk.missing() != "confirm" or talk.state.get("route_answers") is not None:
        return False
    try:
        route = talk.api.route(record.narrative(talk.state), record.route_answers(talk.state))
    except (ApiDown, Refused):
        talk.state["route_answers"] = {}
        return False
    ask = route.get("ask")
    if ask and ask["key"] == "accusation":
        return _ask_kind(talk)
    talk.state["route_answers"] = {}
    if route.get("accusation") == "yes" and not talk.state.get("accusation"):
        talk.state["accusation"] = record.LIKELY
        talk.say("accusation")
    if ask:
        talk.state["clarify"] = ask
    return False


def window_answered(talk: Talk) -> bool:
    """The answer to the question about the window; anything longer is more account."""
    if talk.asked != "clarify":
        return False
    ask = talk.state.get("clarify") or {}
    meaning = talk.meaning
    if meaning.changes or meaning.wants or meaning.questions:
        return False
    key = chosen(meaning.words, ask.get("choices", [])) or (NOT_SURE if meaning.refuses else None)
    if key is None and han_count(meaning.words) >= 6:
        talk.append_facts(faithful(meaning.words))
        talk.say("added_facts")
        meaning.values = [one for one in meaning.values if one.field != "facts"]
        key = NOT_SURE
    if key is None and int(talk.state.get("misses") or 0) < 1:
        return False
    talk.state["route_answers"] = {ask.get("key", OPEN_QUESTION): key or NOT_SURE}
    talk.state["clarify"] = None
    talk.go_on()
    return True


# ---- the read-back ---------------------------------------------------------------------------
def confirmed(talk: Talk) -> bool:
    """A yes in exact words files, whatever harmless is said beside; a clear no asks which line is wrong."""
    if talk.asked != "confirm" or talk.before.get("asked") != "confirm":
        return False
    meaning = talk.meaning
    if meaning.changes or meaning.values or talk.noted or meaning.refuses or meaning.wants - {"register"}:
        return False
    if meaning.yes and not meaning.no and not _was_changed(talk) and not _commands(talk):
        _submit(talk)
        return True
    if talk.denies:
        correcting.which(talk)
        return True
    if talk.agrees and not talk.replies:
        talk.say("yes_in_words", options=CHOICES["confirm"])
        talk.ask("confirm", silent=True)
        return True
    return False


def _commands(talk: Talk) -> bool:
    """Something else than registering is told us to do, whatever the reader made of it."""
    return any(commands.command(one.text) not in (None, "why") for one in talk.clauses)


def _was_changed(talk: Talk) -> bool:
    """Something of the record is new in this turn: it is read back first."""
    return any(talk.state.get(slot) != talk.before.get(slot) for slot in (*record.VALUES, *record.MARKS))


def _submit(talk: Talk) -> None:
    outcome = file_petition(talk.api, talk.state)
    for one in outcome.replies:
        talk.put(one)
    talk.state["attempt"] = outcome.attempt
    if outcome.case:
        talk.discard_draft()
        talk.clear()
        talk.did("registered")
        talk.state.update(case_number=outcome.case.get("case_number"), lookup_token=outcome.case.get("lookup_token"))
        talk.stop_asking()
    elif outcome.wrong_slot:
        talk.state[outcome.wrong_slot] = None
        talk.ask(outcome.wrong_slot)
    else:
        talk.ask("confirm", silent=True)
