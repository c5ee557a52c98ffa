"""Messages that say who somebody is and nothing else, known by their shape before any clause is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue import extraction
from bot.dialogue.reading.any_script import surely_a_name
from bot.dialogue.reading.labelled import labelled
from bot.dialogue.reading.meaning import Meaning, Value
from bot.dialogue.reading.names import name_alone
from bot.dialogue.reading.places import whole_address
from bot.dialogue.text import borders_marked
from bot.petition_fields import PERSONAL


def is_form_or_name(asked: str, state: Mapping[str, Any], meaning: Meaning) -> bool:
    """Whether every word is used up: the lines of a form, or, where an account was asked for, a name that is surely
    one, or the address that is all that is missing of who somebody is."""
    if meaning.changes:
        return False
    found = labelled(meaning.words)
    if not found and asked == "facts":
        name = None if state.get("petitioner_name") else name_alone(meaning.words)
        if name and surely_a_name(name) and not extraction.no_name(name):
            found = {"petitioner_name": name}
        elif _only_address_missing(state) and (home := whole_address(meaning.words)):
            found = {"address": home}
    if found:
        _is_nothing_but(found, meaning)
    return bool(found)


def is_list_of_identity(asked: str, meaning: Meaning) -> bool:
    """“王小明 138… 柳林镇5组”: name, number and address in a row and nothing else.

    Words alone, such as “刘庄 马家沟3组”, are such a list only where somebody was asked who they are; there a name
    that is one by its signs (another script, dots, a unit's figures) is the answer, whatever the reader makes of it.
    """
    if asked == "petitioner_name" and not meaning.changes and (alone := name_alone(meaning.words)):
        _is_nothing_but({asked: alone}, meaning)
        return True
    listed = extraction.listed_facts(borders_marked(meaning.words), name_asked=asked == "petitioner_name")
    if asked not in PERSONAL and listed.keys() <= {"petitioner_name", "address"}:
        listed = {}
    meaning.values += [Value(name, value, meaning.words) for name, value in listed.items()]
    return bool(listed) and not meaning.changes


def _is_nothing_but(values: Mapping[str, str], meaning: Meaning) -> None:
    meaning.values = [Value(name, value, meaning.words) for name, value in values.items()]
    meaning.wants.clear()
    meaning.questions.clear()
    meaning.feels.clear()
    meaning.no = meaning.refuses = False


def _only_address_missing(state: Mapping[str, Any]) -> bool:
    return bool(state.get("petitioner_name") and state.get("phone") and not state.get("address"))
