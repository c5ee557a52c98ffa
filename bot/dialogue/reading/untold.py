"""What was told and no act explains: kept as part of the account, whatever was asked (Art. 19: recorded faithfully).

A message that was pasted (lines, a table) or is in another script than Chinese is never taken apart: readers of
single clauses see only pieces of it. Anything else is kept where what is left of it, beside wishes, questions,
feelings and values, says enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue import assent, commands, extraction
from bot.dialogue.particulars import UNIT
from bot.dialogue.questions import is_question
from bot.dialogue.reading.account import SHORTEST_NUMBER, holds_identity
from bot.dialogue.reading.meaning import Meaning, Value
from bot.dialogue.reading.message import SURE, Clause
from bot.dialogue.reading.values import SLOT_OF, cut, figures
from bot.dialogue.text import BORDER, bare, borders_marked, faithful, is_other_script, is_unlearnt, said_count
from bot.petition_fields import FIELD, NARRATIVE, PERSONAL

# How much has to be left at each question: at one that takes any words, these are its answer.
LEFT_AT = {"": 5, "none": 5, "petitioner_name": 7, "phone": 5, "address": 10, "confirm": 6, "clarify": 10, UNIT: 16}
LEFT_ELSEWHERE = 30
WORDS_OF_A_TEXT = 7  # of another script: fewer may be a name
# Of a script that the reader of clauses has not learnt, so that what it makes of them says nothing.
_UNLEARNT_AT = {"": 5, "none": 5, "facts": 3, "request": 3}
_SHORT_WISH, _SHORT_FEELING = 15, 8  # how much a clause says that does nothing but wish, or feel
_SURELY = 0.6
_LONGEST_COMMAND = 60  # characters
_FIGURES = re.compile(r"\d+")
_OF_A_PERSON = PERSONAL | {one.name for one in FIELD.values() if one.masked}
_FORMULAS = frozenset(
    {"敬礼", "此致", "此致敬礼", "敬上", "原告", "被告", "申请人", "被申请人", "落款"}
)  # in letters and decisions
_OBJECTS = re.compile(
    "错|改|不对|不是|更正|应该|应当|其实|说反|记成|写成|删|去掉|换"
)  # a correction says what is wrong
_POLITE = frozenset({"feels.greeting", "feels.thanks"})
_FEELS = ("feels.", "noise", "filler", "yes", "no", "already_said")


def weight(text: str) -> int:
    """How much a text says: characters, words and figures."""
    return said_count(text) + len(_FIGURES.findall(text))


def keep_untold(clauses: Sequence[Clause], asked: str, meaning: Meaning) -> None:
    """Puts what would be lost into the account. Values with labels of their own stay beside it."""
    if asked not in FIELD and asked not in LEFT_AT or meaning.people or meaning.chosen or meaning.secrecy:
        return
    meaning.values = [one for one in meaning.values if one.value not in _FORMULAS]
    if is_text(meaning.words, asked) and not _is_list_of_acts(clauses, asked):
        _as_one_text(asked, meaning)
        return
    objects = any(one.shares.get("corrects", 0.0) >= _SURELY for one in clauses) or _OBJECTS.search(meaning.words)
    if asked == "confirm" and not objects:  # puts nothing right: it is told besides
        meaning.changes = [one for one in meaning.changes if one.field not in (None, *NARRATIVE)]
    if asked in NARRATIVE or meaning.changes:
        return
    told = {one.field for one in meaning.values} & NARRATIVE
    left = [one for one in clauses if not (_is_aside(one, asked) or "request" in told and "request" in one.gives)]
    if all(_is_taken(one, meaning) for one in left):
        left = []
    if told:
        before = sum(weight(one.value) for one in meaning.values if one.field == "facts")
        if "facts" in told and sum(weight(one.text) for one in left) > before:
            _tell(meaning, "".join(one.text for one in left))
        return
    enough = sum(weight(one.text) for one in left if not _is_faint(one)) >= LEFT_AT.get(asked, LEFT_ELSEWHERE)
    if enough and (asked in FIELD or not is_question(meaning.words)):
        _tell(meaning, "".join(one.text for one in left))


def is_text(words: str, asked: str) -> bool:
    """Two borders or more, such as a pasted talk, a list or a table; or a text in another script."""
    return len(BORDER.findall(words.strip())) >= 2 or is_other_script(words) and weight(words) >= _least(words, asked)


def _least(words: str, asked: str) -> int:
    return _UNLEARNT_AT.get(asked, WORDS_OF_A_TEXT) if is_unlearnt(words) else WORDS_OF_A_TEXT


def _is_list_of_acts(clauses: Sequence[Clause], asked: str) -> bool:
    """Short lines, each of which surely does something of its own: “name ⏎ number ⏎ address”, “yes ⏎ thanks”."""
    if is_other_script("".join(one.text for one in clauses)):
        return False
    return all(_is_aside(one, asked) and weight(one.text) <= _SHORT_WISH for one in clauses)


def _as_one_text(asked: str, meaning: Meaning) -> None:
    words = meaning.words.strip()
    lines = [one for one in BORDER.split(words) if one.strip()]
    found: dict[str, str] = {}
    behind = len(lines)
    while behind > 1 and not found:  # who somebody is stands in the first lines
        found = extraction.listed_facts(
            borders_marked("\n".join(lines[:behind])), name_asked=asked == "petitioner_name"
        )
        behind -= 0 if found else 1
    rest = words
    for one in lines[: behind if found else 0]:
        rest = rest.partition(one)[2]
    found = found or extraction.personal_facts(words)
    if weight(rest) < min(LEFT_AT.get(asked, LEFT_AT[""]), _least(words, asked)):
        return
    meaning.values = [one for one in meaning.values if one.field not in (*NARRATIVE, *_OF_A_PERSON)]
    meaning.values += [Value(name, value, words) for name, value in found.items()]
    asks = [one for one in meaning.questions if is_other_script(words) and one.words.strip().endswith(("?", "？"))]
    meaning.questions, meaning.changes, meaning.feels = [], [], set()
    meaning.wants.clear()
    field = "request" if asked == "request" else "facts"
    _tell(meaning, rest.strip(), field)
    meaning.questions = asks


def _tell(meaning: Meaning, told: str, field: str = "facts") -> None:
    told = faithful(told)
    meaning.values = [one for one in meaning.values if one.field != field] + [Value(field, told, told)]
    meaning.yes = meaning.no = meaning.refuses = meaning.noise = meaning.already_said = False
    meaning.questions = [one for one in meaning.questions if one.words not in told]


def _is_aside(clause: Clause, asked: str) -> bool:
    """Said to us, or a value of its own: a question, a wish, a command, who somebody is."""
    text = clause.text
    if len(text) <= _LONGEST_COMMAND and _is_command(text):
        return True
    if "facts" in clause.gives or "request" in clause.gives:
        return False
    if _answers(clause, asked) or holds_identity(clause, asked) or "case_number" in clause.gives:
        return True
    if "refuses" in clause.acts or "corrects" in clause.acts and _OBJECTS.search(text):
        return True
    size = weight(text)
    return any(
        act.startswith("asks.")
        and (is_question(text) or clause.shares[act] >= _SURELY and size <= _SHORT_WISH)
        or act.startswith("wants.")
        and clause.shares[act] >= SURE
        and size <= _SHORT_WISH
        or act in _POLITE
        and size <= _SHORT_FEELING
        for act in clause.acts
    )


def _is_command(text: str) -> bool:
    return bool(
        not bare(text)
        or commands.command(text)
        or commands.is_skip(text)
        or commands.is_no(text)
        or assent.agrees(text)
    )


def _is_taken(clause: Clause, meaning: Meaning) -> bool:
    """Whether values of their own took nearly all that the clause says."""
    own = bare(clause.text)
    rest = own
    for one in meaning.values:
        if one.field not in NARRATIVE:
            rest = rest.replace(bare(one.value), "") if own not in bare(one.value) else ""
    return rest != own and weight(rest) < LEFT_AT[""]


def _answers(clause: Clause, asked: str) -> bool:
    """Whether the clause holds the value that was asked for; a sum or an hour is no telephone number."""
    if asked not in {SLOT_OF.get(one, one) for one in clause.gives}:
        return False
    value = cut(asked, clause.text)
    return bool(value) and (asked != "phone" or len(figures(str(value))) >= SHORTEST_NUMBER)


def _is_faint(clause: Clause) -> bool:
    """A few words that tell nothing by themselves."""
    return weight(clause.text) <= _SHORT_FEELING and any(act.startswith(_FEELS) for act in clause.acts)
