"""Whose a number or a name is: the petitioner's, the helper's, somebody else's; in doubt one question, asked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue import extraction, phones, record
from bot.dialogue.mood import speaks_for_another
from bot.dialogue.reading.introduced import OF_OTHER_THINGS
from bot.dialogue.reading.meaning import Value
from bot.dialogue.reading.names import may_be_one_character, only_surname_in, with_surname
from bot.dialogue.replies import option, reply
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import SURELY, Talk, shown_values
from bot.dialogue.text import bare, plain, spoken_digits, unpunctuated
from bot.dialogue.texts_zh import LABELS, say

MOST_OTHERS = 4  # representatives beside the one who files: five in all (Art. 20)
MINE, NOT_MINE = "就留这个号码", "不是，我另外说"
LONGEST_GUESS = 3  # characters of a name that no reader knows
LONGEST_GIVEN = 8  # characters of an answer that is hardly more than a name
SURNAME = "surname"  # in `pending`: said alone, the given name is asked for
_MARKS = " \t,，.。!！?？~～…、"
AS_BEFORE = "还用原来的"
_TAIL = re.compile(r"\d{3,}")  # last figures by which a number is named
AGREED = "agreed"  # whose: it seemed somebody else's, and the citizen wants it used
NEW_ONE = re.compile(r"新的|后[面一]|刚才|改成|第二")
OLD_ONE = re.compile(r"原来|前[面一]|旧的|不改|第一|以前")
_HELPERS_NAME = re.compile(r"^(?:我|俺|咱)(?:叫|是|的?名字)")
# Said by somebody who speaks for another: the number is the helper's.
_HELPERS_OWN = re.compile(
    r"[我俺](?:自己|本人)?的(?:吧|呗|号码?|电话|手机)*(?=$|[,，。\s\d是])|[我俺](?:自己|这个|电话|手机|号码)"
)
NAME_IS_MINE, NAME_IS_OTHERS = "是我的名字", "不是我的名字"


def owner_answered(talk: Talk) -> bool:
    """The answer to “is this yours?” or “which of the two?”; what else the message states is heard after it."""
    if talk.asked != "owner":
        return False
    doubt, meaning = talk.pending.get("owner") or {}, talk.meaning
    talk.state["pending"] = None
    talk.asked = talk.missing()
    field, value = doubt.get("field"), str(doubt.get("value"))
    if not field:
        return False
    other = _another(talk, field, value)
    answer = _owner_says(talk, doubt, other)
    if not answer:
        talk.asked = field if talk.state.get(field) is None else talk.asked
        return False
    meaning.values = [one for one in meaning.values if one.field != field]
    meaning.changes = [one for one in meaning.changes if one.field != field]
    meaning.yes = meaning.no = meaning.refuses = False
    meaning.chosen = ""
    if answer == "no":
        talk.say(f"own_{field}")
        talk.did(f"ask:{field}")
        talk.ask(field, silent=True)
        return True
    words, whose = (doubt.get("words"), doubt.get("whose", "own")) if answer == "yes" else (meaning.words, "own")
    if answer != "keep" and talk.store(field, other if answer == "other" else value, str(words), whose):
        talk.noted.remove(field)
        talk.say("noted", what=shown_values(talk.state, [field]))
        talk.did(f"said_back:{field}")
    talk.understood = True
    talk.asked = talk.missing()
    if meaning.is_empty:
        talk.go_on()
    return meaning.is_empty


def _owner_says(talk: Talk, doubt: Mapping[str, Any], other: str) -> str:
    """yes; no; keep, the value known before; other, a third one that was said; "" for none of these."""
    words, value, two = talk.meaning.words.strip(), str(doubt["value"]), bool(doubt.get("two"))
    if words == AS_BEFORE:
        return "keep"
    if words in (MINE, NAME_IS_MINE, value):
        return "yes"
    if other and (talk.denies or not talk.agrees):
        return "other"
    if two and _chooses_new(words, value):
        return "yes"
    if two and (talk.denies or OLD_ONE.search(plain(words))):
        return "keep"
    if talk.denies or words in (NOT_MINE, NAME_IS_OTHERS):
        return "no"
    if talk.agrees or any(value.endswith(one) for one in _TAIL.findall(spoken_digits(words))):
        return "yes"
    return ""


def _another(talk: Talk, field: str, value: str) -> str:
    """A value of one's own that takes the place of the doubtful one."""
    said = [one for one in talk.meaning.values if one.field == field]
    said += [Value(field, one.value, one.words) for one in talk.meaning.changes if one.field == field and one.value]
    kept = {bare(value), bare(str(talk.state.get(field) or value))}
    own = [one.value for one in said if bare(one.value) not in kept and not one.others]
    return own[-1] if own else ""


def _chooses_new(words: str, value: str) -> bool:
    said = plain(words)
    return bool(NEW_ONE.search(said)) and not OLD_ONE.search(said) or bare(value) in bare(words)


def ask(talk: Talk, one: Value) -> None:
    """One short question with both answers as buttons."""
    had = talk.state.get(one.field)
    label = LABELS[one.field]
    doubt: dict[str, object]
    if had:
        new, old = record.told_apart(one.field, one.value, str(had))
        buttons = [option(f"改成{new}", one.value), option(f"还用{old}", AS_BEFORE)]
        talk.put(reply(say("two_values", label=label, old=old, new=new), options=buttons))
        doubt = {"buttons": [one.value, AS_BEFORE], "two": True}
    else:
        mine, other = (MINE, NOT_MINE) if one.field == "phone" else (NAME_IS_MINE, NAME_IS_OTHERS)
        whose = "whose_spoken_for" if for_another(talk) else "whose"
        talk.put(reply(say(whose, value=record.shown(one.field, one.value), label=label), options=[mine, other]))
        doubt = {"buttons": [mine, other], "whose": AGREED}
    talk.state["pending"] = {"owner": {"field": one.field, "value": one.value, "words": one.words[:200], **doubt}}
    talk.did("owner")
    talk.ask("owner", silent=True)


def asks_about_unknown_name(talk: Talk) -> bool:
    """At the question for the name a surname and one or two characters are asked about before they are missed."""
    if surname := only_surname_in(talk.meaning.words):
        talk.say("given_name", surname=surname)
        talk.state["pending"] = {SURNAME: surname}
        talk.ask("petitioner_name", silent=True)
        return True
    words = unpunctuated(talk.meaning.words)
    if not may_be_one_character(words) and (len(words) > LONGEST_GUESS or not extraction.surname_led(words)):
        return False
    ask(talk, Value("petitioner_name", talk.meaning.words.strip(_MARKS), talk.meaning.words))
    return True


def given_name(talk: Talk) -> bool:
    """The given name, asked for behind a surname that was said alone, at whichever question."""
    surname = str(talk.pending.get(SURNAME) or "")
    of_another = talk.asked in OF_OTHER_THINGS and not talk.state.get("petitioner_name")
    if of_another and only_surname_in(talk.meaning.words):  # “我姓王” where something else is asked
        return asks_about_unknown_name(talk)
    if not surname or talk.asked != "petitioner_name":
        return False
    talk.state["pending"] = None
    meaning = talk.meaning
    if len(bare(meaning.words)) <= LONGEST_GIVEN and (name := with_surname(surname, meaning.words)):
        meaning.values = [Value("petitioner_name", name, meaning.words)]
        meaning.understood = True
    return False


def of_the_petitioner(talk: Talk, found: list[Value]) -> list[Value]:
    """Of numbers and names of several people, those of the petitioner; who is that, when somebody else speaks?"""
    for field in ("phone", "petitioner_name"):
        said = [one for one in found if one.field == field]
        theirs = [one for one in said if one.others]
        if for_another(talk):
            if field == "phone" and not theirs and _HELPERS_OWN.search(plain(talk.meaning.words)):
                found = [replace(one, others=True) if one in said else one for one in found]  # the helper's own
                continue
            meant = theirs or said
            found = [one for one in found if one.field != field or one in meant]
            found = [replace(one, others=False) if one in theirs else one for one in found]
        elif own := [one for one in said if one not in theirs]:
            found = [replace(one, others=False) if one in own else one for one in found if one not in theirs]
    return found


def for_another(talk: Talk) -> bool:
    """Whether somebody speaks for the petitioner."""
    return bool(talk.meaning.for_another or talk.state.get("proxy"))


def is_helpers_name(talk: Talk, one: Value) -> bool:
    """“My name is…” from somebody who speaks for another."""
    return one.field == "petitioner_name" and for_another(talk) and bool(_HELPERS_NAME.search(plain(one.words)))


def people(talk: Talk) -> bool:
    """Representatives, and the one who is spoken for."""
    meaning = talk.meaning
    for person in meaning.people:
        _add_representative(talk, person)
    meaning.people = []
    meaning.for_another = speaks_for_another(meaning.words) or _is_sure_of_another(talk)
    if meaning.for_another and not talk.state.get("proxy"):
        begin(talk)
        talk.state["proxy"] = True
        talk.say("proxy")
        talk.did("proxy")
    return False


def _is_sure_of_another(talk: Talk) -> bool:
    """“My son's” before a number is no wish to speak for him."""
    return any(one.shares.get("gives.on_behalf_of", 0.0) >= SURELY for one in talk.clauses)


def _add_representative(talk: Talk, person: dict[str, str]) -> None:
    kept = list(talk.state.get("representatives") or [])
    if len(kept) >= MOST_OTHERS:
        talk.say("representative_full")
    elif not all(talk.api.check(name, person[name]).get("ok") for name in ("name", "phone")):
        talk.say("representative_bad")
    else:
        begin(talk)
        talk.state["representatives"] = [*kept, person]
        talk.say("representative_added", name=person["name"], tail=phones.tail(person["phone"]))
