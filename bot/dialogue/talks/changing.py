"""A line of the card was touched: its field is asked for, and the next message takes the place of the old value.

The old value stays in the record until then, so a change that is broken off loses nothing. `pending` holds
`change`, the field, and for the account `how`: added to or written again.
"""

from __future__ import annotations

import re

from bot.dialogue import record
from bot.dialogue.reading.buttons import DROP
from bot.dialogue.reading.values import cut
from bot.dialogue.replies import option, reply
from bot.dialogue.talks.talk import FIELD, OPTIONAL, Talk, shown_values
from bot.dialogue.text import aligned, faithful, han_count
from bot.dialogue.texts_zh import ADD_TO_FACTS, KEEP, TELL_ANEW, say
from bot.petition_fields import FREE_TEXT

LEAST_ACCOUNT = 10  # Chinese characters: fewer never take the place of a whole account
_LEAD = re.compile(r"(?:那就|就|请|帮我)?(?:改成|改为|换成|换为|应该是|应该叫)[:,\s]*")


def open_field(talk: Talk, field: str, back: bool = False) -> bool:
    """Ask what it is to be; `back` also says what it is."""
    if field == "representatives":
        return _ask_who_goes(talk)
    if back and talk.state.get(field):
        talk.say("back_to", label=FIELD[field].label, value=record.shown(field, talk.state[field]))
        talk.did(f"said_back:{field}")
    talk.state["pending"] = {"change": field}
    talk.state["times"] = {**(talk.state.get("times") or {}), field: 0}
    talk.ask(field)
    return True


def answered(talk: Talk) -> bool:
    """The answer to “what shall it be?”; a question beside it leaves it open."""
    if _representative_goes(talk):
        return True
    field = talk.pending.get("change")
    if not field or talk.asked != field:
        return False
    meaning = talk.meaning
    if meaning.chosen == KEEP or meaning.no or _as_it_is(talk, field) or (meaning.refuses and field not in OPTIONAL):
        meaning.no = meaning.yes = meaning.refuses = meaning.already_said = False
        meaning.chosen = ""
        meaning.wants -= {"register", "go_on"}
        talk.say("kept_as_it_was")
        return _done(talk)
    if meaning.refuses:
        meaning.refuses = False
        talk.state[field] = ""
        talk.say(f"cannot_{field}")
        talk.did(f"changed:{field}")
        return _done(talk)
    if field == "facts":
        return _account(talk)
    value = _said(talk, field)
    if value is None:
        return False
    if talk.store(field, value, meaning.words):
        talk.noted.remove(field)
        talk.say("changed", what=shown_values(talk.state, [field]))
        talk.did(f"changed:{field}")
        return _done(talk)
    talk.ask(field)
    return True


def _as_it_is(talk: Talk, field: str) -> bool:
    """“That is right”, “I told you”, where there is something and nothing else is given."""
    meaning = talk.meaning
    goes_on = meaning.wants & {"register", "go_on"}  # “right, register it” is said of the record, not of this line
    other = meaning.values or meaning.changes or meaning.wants - goes_on or meaning.questions
    return bool(talk.state.get(field) and not other and (meaning.yes or meaning.already_said or goes_on))


def _done(talk: Talk) -> bool:
    """Back to the card; what else the message says is heard first."""
    talk.state["pending"] = None
    talk.asked = talk.missing()
    if talk.meaning.is_empty:
        talk.go_on()
        return True
    return False


def _said(talk: Talk, field: str) -> str | None:
    """The new value in the citizen's own words; it is taken out of the message."""
    meaning = talk.meaning
    found = [one.value for one in meaning.values if one.field == field]
    found += [one.value for one in meaning.changes if one.field == field and one.value]
    meaning.changes = [one for one in meaning.changes if one.field not in (field, None)]
    elsewhere = bool(meaning.wants or meaning.questions or meaning.feels or meaning.danger or meaning.changes)
    words = _without_lead(meaning.words)
    if field in FREE_TEXT:
        if elsewhere or meaning.noise and not han_count(words):
            return None
        meaning.values = []
        return (cut(field, words) if field in OPTIONAL else words) or words
    meaning.values = [one for one in meaning.values if one.field != field]
    return found[-1] if found else None if elsewhere else cut(field, words)


def _without_lead(words: str) -> str:
    matched, typed = aligned(faithful(words))
    lead = _LEAD.match(matched)
    return typed[lead.end() :] if lead else typed


# ---- the account -------------------------------------------------------------------------------
def _account(talk: Talk) -> bool:
    """Added to, written again, or what is wrong in it and what is right."""
    meaning, how = talk.meaning, talk.pending.get("how")
    words = faithful(meaning.words)
    if meaning.chosen in (ADD_TO_FACTS, TELL_ANEW):
        talk.state["pending"] = {"change": "facts", "how": words}
        talk.say("ask_addition" if words == ADD_TO_FACTS else "rewrite_facts")
        talk.ask("facts", silent=True)
        return True
    if meaning.wants or meaning.questions or meaning.danger or not han_count(words):
        return False
    if how == TELL_ANEW and han_count(words) < LEAST_ACCOUNT:
        talk.say("told_too_little", options=(KEEP,))
        talk.ask("facts", silent=True)
        return True
    meaning.values, meaning.changes = [], []
    had = talk.state.get("facts")
    told = {ADD_TO_FACTS: f"{had}\n{words}", TELL_ANEW: words}.get(str(how), f"{had}\n（更正：{words}）")
    if talk.store("facts", told if had else words, words):
        talk.say("added_facts" if how == ADD_TO_FACTS else "changed", what=shown_values(talk.state, ["facts"]))
        talk.did("changed:facts")
    talk.state["pending"] = None
    talk.asked = talk.missing()
    meaning.understood = True  # these words answer no other question
    return False


# ---- representatives ---------------------------------------------------------------------------
def _ask_who_goes(talk: Talk) -> bool:
    people = talk.state.get("representatives") or []
    shown = record.shown("representatives", people)
    buttons = [option(f"去掉{one['name']}", f"{DROP}{place}") for place, one in enumerate(people, 1)]
    talk.put(reply(say("change_representatives", people=shown), options=[*buttons, KEEP]))
    talk.state["pending"] = {"change": "representatives"}
    talk.ask("representatives", silent=True)
    return True


def _representative_goes(talk: Talk) -> bool:
    """The button that takes a representative out again; anything else is heard as usual."""
    if talk.asked != "representatives":
        return False
    people = list(talk.state.get("representatives") or [])
    buttons = {f"{DROP}{place}": one for place, one in enumerate(people, 1)}
    words = talk.meaning.words.strip()
    talk.state["pending"] = None
    talk.asked = talk.missing()
    if gone := buttons.get(words):
        people.remove(gone)
        talk.state["representatives"] = people or None
        talk.say("representative_gone", name=gone["name"])
    elif words == KEEP or talk.meaning.no or talk.meaning.refuses:
        talk.say("kept_as_it_was")
    else:
        return False
    talk.go_on()
    return True
