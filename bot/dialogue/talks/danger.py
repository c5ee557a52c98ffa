"""Danger now: the form stops, one calm message, help by a person, then only listening (Art. 25)."""

from __future__ import annotations

import re

from bot.dialogue.emergency import is_by_family
from bot.dialogue.replies import option, reply
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import Talk
from bot.dialogue.text import bare, faithful, said_count
from bot.dialogue.texts_zh import EMERGENCY

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
    _keep_account(talk)
    talk.did("person")
    talk.put(reply(EMERGENCY[kind], options=[option(HELP, "找人工"), option(GO_ON)], danger=kind))
    talk.ask("listening", silent=True)
    return True


def _keep_account(talk: Talk) -> None:
    """An account in which danger was read is not lost: nobody has to write it twice."""
    told = next((one.value for one in talk.meaning.values if one.field == "facts"), "")
    if talk.in_petition and told or said_count(told) >= ACCOUNT_FROM:
        begin(talk)
        talk.append_facts(told)
    elif told:
        talk.state["opening"] = faithful(told)


def listening(talk: Talk) -> bool:
    """After danger was spoken of: nothing is asked until the citizen wishes to go on."""
    if talk.asked != "listening":
        return False
    meaning = talk.meaning
    better = "thanks" in meaning.feels or any(_BETTER.search(bare(one.text)) for one in talk.clauses)
    states = bool(meaning.values or meaning.changes)
    if meaning.chosen == GO_ON or meaning.wants & {"go_on", "register"} or better and states and not meaning.danger:
        return _goes_on(talk, states)
    if "person" in meaning.wants:
        talk.say("human_danger")
        if not meaning.wants & {"stop", "save"}:
            return _listens(talk, "person")
        talk.did("person")
        meaning.wants.discard("person")
    if meaning.wants & {"stop", "save", "status"}:
        talk.asked = talk.missing() if talk.in_petition else None
        meaning.danger = ""  # what was wished is done; the number has been named
        return False
    if meaning.danger not in ("", "doubt", talk.state.get("danger")):
        return told(talk)
    talk.say("listening_better" if better else "listening", options=[option(HELP, "找人工"), option(GO_ON)])
    return _listens(talk, "listens")


def _goes_on(talk: Talk, states: bool) -> bool:
    """Back to the petition; what is told along with the wish is taken."""
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


def _listens(talk: Talk, move: str) -> bool:
    talk.did(move)
    talk.ask("listening", silent=True)
    return True
