"""Danger now: the form stops, one calm message, help by a person, then only listening (Art. 25)."""

from __future__ import annotations

from bot.dialogue.replies import option, reply
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import Talk
from bot.dialogue.text import han_count
from bot.dialogue.texts_zh import EMERGENCY

ACCOUNT_FROM = 15  # characters
HELP, GO_ON = "找人帮我", "我没事，接着登记"


def told(talk: Talk) -> bool:
    """Says whom to call, asks for nothing, and waits."""
    kind = talk.meaning.danger
    if kind == "doubt":
        talk.put(reply(EMERGENCY[kind]))
    if kind in ("", "doubt"):
        return False
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
    if talk.in_petition and told or han_count(told) >= ACCOUNT_FROM:
        begin(talk)
        talk.append_facts(told)


def listening(talk: Talk) -> bool:
    """After danger was spoken of: nothing is asked until the citizen wishes to go on."""
    if talk.asked != "listening":
        return False
    meaning = talk.meaning
    if meaning.danger and "go_on" not in meaning.wants and meaning.danger != talk.state.get("danger"):
        return told(talk)
    if meaning.chosen == GO_ON or meaning.wants & {"go_on", "register"}:
        if talk.in_petition:
            talk.say("go_on_after_danger")
            talk.go_on()
        else:
            talk.say("go_on_after_danger")
            talk.stop_asking()
        return True
    if "person" in meaning.wants:
        talk.say("human_danger")
        talk.did("person")
        talk.ask("listening", silent=True)
        return True
    if meaning.wants & {"stop", "save", "status"}:
        talk.asked = talk.missing() if talk.in_petition else None
        return False
    talk.did("listens")
    talk.say("listening", options=[option(HELP, "找人工"), option(GO_ON)])
    talk.ask("listening", silent=True)
    return True
