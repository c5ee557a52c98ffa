"""Removing a line from the record: optional fields are emptied and confirmed; required fields are asked again."""

from __future__ import annotations

import re

from bot.dialogue import corrections
from bot.dialogue.reading.message import Clause
from bot.dialogue.talks import changing
from bot.dialogue.talks.talk import Talk
from bot.dialogue.text import plain, spoken_digits
from bot.dialogue.texts_zh import LABELS
from bot.petition_fields import ASKED_IN_TURN, FIELD, NARRATIVE, OPTIONAL

TAKE_OUT = ("去掉", "去了", "删", "划掉", "拿掉", "抹掉", "撤掉", "不用填", "不要填", "不填", "别填", "空着", "没说过", "没讲过",
            "不要", "不留", "别留", "不写", "别写")  # fmt: skip
_TURNS_ROUND = frozenset({"stop", "restart"})
_FIGURES = re.compile(r"\d{3,}")
_REPRESENTATIVES = "代表"


def taken_out(talk: Talk) -> bool:
    """Each line that shall be empty; a value given for it in the same breath takes its place instead."""
    if not talk.in_petition:
        return False
    given = {one.field for one in talk.meaning.values} | {one.field for one in talk.meaning.changes if one.value}
    gone: list[str] = []
    for clause in talk.clauses:
        field = _meant(talk, clause) if _takes_out(clause) else None
        if field and field not in gone and (field not in given or field in OPTIONAL and _FIGURES.search(clause.text)):
            gone.append(field)
    for field in gone:
        _forget(talk, field)
        if field == "representatives" and talk.state.get(field):
            if not _one_goes(talk):
                return changing.open_field(talk, field)
        elif field in OPTIONAL:
            empty(talk, field)
        else:
            _ask_again(talk, field)
            return True
    return False


def _takes_out(clause: Clause) -> bool:
    acts = clause.acts
    said = plain(clause.text)
    return bool(acts & {"corrects", "refuses"}) and not acts & {"gives.facts", "gives.request"} and _says_so(said)


def _says_so(said: str) -> bool:
    return any(one in said for one in TAKE_OUT)


def _meant(talk: Talk, clause: Clause) -> str | None:
    """The field by its name, by the one who represents, or by figures of what it holds; only what is known."""
    said = plain(clause.text)
    people = talk.state.get("representatives") or []
    if people and (_REPRESENTATIVES in said or any(plain(one["name"]) in said for one in people)):
        return "representatives"
    if figures := _FIGURES.findall(spoken_digits(clause.text)):
        holding = [field for field in FIELD if field not in NARRATIVE and _holds(talk.state.get(field), figures)]
        if len(holding) == 1:
            return holding[0]
    named = corrections.field_named(clause.text)
    return named if named and named not in NARRATIVE and talk.state.get(named) else None


def _holds(value: object, figures: list[str]) -> bool:
    return isinstance(value, str) and any(one in value for one in figures)


def _forget(talk: Talk, field: str) -> None:
    """What the same words seemed to put in the field, or to wish of the whole petition, was said of this line."""
    meaning = talk.meaning
    meaning.values = [one for one in meaning.values if one.field != field]
    meaning.changes = [
        one
        for one in meaning.changes
        if one.field not in (field, None) and not (one.value is None and _says_so(plain(one.words)))
    ]
    meaning.wants -= _TURNS_ROUND
    meaning.refuses = meaning.no = meaning.yes = False
    meaning.understood = talk.understood = True


def empty(talk: Talk, field: str) -> None:
    """A line that may stay empty."""
    talk.state[field] = None if field == "representatives" or field not in ASKED_IN_TURN else ""
    talk.say("taken_out", label=LABELS[field])
    talk.did(f"changed:{field}")


def _one_goes(talk: Talk) -> bool:
    """The representative who is named, or the only one there is."""
    said, people = plain(talk.meaning.words), list(talk.state["representatives"])
    going = [one for one in people if plain(one["name"]) in said] or (people[:1] if len(people) == 1 else [])
    for one in going:
        people.remove(one)
        talk.say("representative_gone", name=one["name"])
    if going:
        talk.state["representatives"] = people or None
        talk.did("changed:representatives")
    return bool(going)


def _ask_again(talk: Talk, field: str) -> None:
    """Without it nothing can be registered: it is out, and asked for with the reason."""
    talk.state[field] = None
    talk.did(f"changed:{field}")
    talk.say("taken_out_needed", label=LABELS[field], why=FIELD[field].why)
    talk.ask(field)
