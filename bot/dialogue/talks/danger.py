"""Danger now: the form stops, one calm message, help by a person, then only listening (Art. 25)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import extraction
from bot.dialogue.denial import denied, without_denials
from bot.dialogue.emergency import is_by_family
from bot.dialogue.reading.meaning import Value
from bot.dialogue.reading.message import SURE
from bot.dialogue.replies import option, reply
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import SURELY, Talk
from bot.dialogue.text import bare, faithful, said_count
from bot.dialogue.texts_zh import EMERGENCY
from bot.petition_fields import FIELD, NARRATIVE, PERSONAL

ACCOUNT_FROM = 15  # characters
_BETTER = re.compile(
    r"(?:好|强|平静|缓和|踏实|冷静)(?:些|多|一?点|过来)|缓过(?:来|劲)|没事了?$|想开了?|不哭了|离开了|安全了|谢"
)
HELP, GO_ON = "找人帮我", "我没事，接着登记"


def told(talk: Talk) -> bool:
    """Says whom to call, asks for nothing, and waits."""
    kind = talk.meaning.danger
    if kind == "doubt" and not talk.state.get("danger"):
        talk.put(reply(EMERGENCY[kind]))
        talk.state["danger"] = kind  # said once
    if kind in ("", "doubt"):
        return False
    told_before = "\n".join(str(talk.state.get(slot) or "") for slot in ("facts", "request", "opening"))
    if kind == "crime" and is_by_family(talk.meaning.words, told_before):  # “he” by now
        kind = "home"
    talk.did(f"danger:{kind}")
    again, talk.state["danger"] = talk.state.get("danger") == kind, kind
    if again and talk.asked != "listening":  # the citizen wished to go on: the number is named, the talk goes on
        talk.put(reply(EMERGENCY[kind], danger=kind))
        return False
    _keep_told(talk)
    talk.did("person")
    talk.put(reply(EMERGENCY[kind], options=[option(HELP, "找人工"), option(GO_ON)], danger=kind))
    talk.ask("listening", silent=True)
    return True


def _keep_told(talk: Talk) -> bool:
    """Keep what is told beside a danger, so that nobody writes it twice; True when there was something. Nothing is
    asked about it, and what is only likely is left for later: “left arm numb” is no name, “may I give water” no request."""
    stated = [one for one in talk.meaning.values if one.field in FIELD and not one.others]
    account = "\n".join(one.value for one in stated if one.field == "facts")
    surely = [one for one in stated if one.field != "facts" and _surely_given(talk, one)]
    if "person" in talk.meaning.wants:
        surely = [one for one in surely if one.field != "phone"]  # whom to ring is asked for where that is noted
    if talk.in_petition and (surely or account) or surely or said_count(account) >= ACCOUNT_FROM:
        begin(talk)
        for one in surely:
            _keep(talk, one)
        if account and bare(account) not in bare(str(talk.state.get("facts") or "")):
            talk.append_facts(account)
    elif account:
        before = talk.state.get("opening")
        talk.state["opening"] = faithful(f"{before}\n{account}" if before else account)
    return bool(account or surely)


def _surely_given(talk: Talk, one: Value) -> bool:
    """Introduced as a name, number or address; or surely stated, and in no question. After a danger that was not to their
    own life, which may have been misread, likely will do."""
    if one.field in PERSONAL:
        return one.field in extraction.personal_facts(talk.meaning.words)
    words = bare(one.words)
    if any(bare(other.words) in words for other in talk.meaning.questions):
        return False
    held = [clause for clause in talk.clauses if bare(clause.text) in words or words in bare(clause.text)]
    least = SURELY if talk.state.get("danger") == "life" else SURE
    return any(clause.shares.get(f"gives.{one.field}", 0.0) >= least for clause in held)


def _keep(talk: Talk, one: Value) -> None:
    had = talk.state.get(one.field)
    if one.field in NARRATIVE and had:
        if bare(one.value) not in bare(str(had)):
            talk.store(one.field, f"{had}\n{one.value}", one.words)
    elif not had:
        talk.store(one.field, one.value, one.words)


def listening(talk: Talk) -> bool:
    """After danger was spoken of: nothing is asked until the citizen leads back, in whatever way: by saying so, by taking
    the danger back, or by stating who they are or what they want. What is told meanwhile is kept."""
    if talk.asked != "listening":
        return False
    meaning = talk.meaning
    if denied(meaning.words) and meaning.danger in ("", "doubt", "life"):
        meaning.values = [two for one in meaning.values if (two := _without_denials(one)).value]
        return _goes_on(talk, states=bool(meaning.values or meaning.changes))
    if meaning.chosen == GO_ON or meaning.wants & {"go_on", "register"} or _leads_back(talk):
        return _goes_on(talk, states=bool(meaning.values or meaning.changes))
    if "person" in meaning.wants:
        talk.say("human_danger")
        if not meaning.wants & {"stop", "save"}:
            _keep_told(talk)
            return _listens(talk, "person")
        talk.did("person")
        meaning.wants.discard("person")
    if meaning.wants & {"stop", "save", "status"}:
        talk.asked = talk.missing() if talk.in_petition else None
        meaning.danger = ""  # what was wished is done; the number has been named
        return False
    if meaning.danger not in ("", "doubt", talk.state.get("danger")):
        return told(talk)
    kept = _keep_told(talk)
    key = "listening_better" if _is_better(talk) else "listening_kept" if kept else "listening"
    talk.say(key, options=[option(HELP, "找人工"), option(GO_ON)])
    return _listens(talk, "listens")


def _without_denials(one: Value) -> Value:
    return replace(one, value=without_denials(one.value)) if one.field == "facts" else one


def _leads_back(talk: Talk) -> bool:
    """Feels better and states something, or says who they are, what is wanted or what was wrong; with no danger in it."""
    meaning = talk.meaning
    if meaning.danger not in ("", "doubt"):
        return False
    stated = {one.field for one in meaning.values if one.field == "facts" or _surely_given(talk, one)}
    if "person" in meaning.wants:
        return False
    return bool(meaning.changes or stated - {"facts"} or stated and _is_better(talk))


def _is_better(talk: Talk) -> bool:
    return "thanks" in talk.meaning.feels or any(_BETTER.search(bare(one.text)) for one in talk.clauses)


def _goes_on(talk: Talk, states: bool) -> bool:
    """Go back to the petition, and keep what this message states."""
    talk.say("go_on_after_danger")
    talk.meaning.danger = ""
    talk.meaning.wants -= {"go_on", "register"}
    talk.asked = talk.missing() if talk.in_petition else None
    if states:
        talk.understood = True
        return False
    if talk.in_petition:
        talk.go_on()
        return True
    talk.meaning.wants.add("register")
    return False


def _listens(talk: Talk, move: str) -> bool:
    talk.did(move)
    talk.ask("listening", silent=True)
    return True
