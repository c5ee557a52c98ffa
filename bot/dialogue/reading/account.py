"""What a message states: who somebody is, what happened, what is wanted, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.characters import HAN
from bot.dialogue import commands
from bot.dialogue.particulars import PLACE, SAME_WORDS, SIDE_FIELDS
from bot.dialogue.reading.meaning import Change, Meaning, Value
from bot.dialogue.reading.message import SURE, Clause
from bot.dialogue.reading.names import only_surname_in, says_given_name
from bot.dialogue.reading.numbers import (
    announces_anothers,
    explains_anothers,
    is_anothers_name,
    phones_in,
    put_right_at_once,
)
from bot.dialogue.reading.values import NAMED, SHORT_ANSWER, SLOT_OF, cut, figures
from bot.dialogue.text import MARKS, bare, plain, said_count, without_list_number
from bot.petition_fields import FIELDS, PERSONAL

_IDENTITY = frozenset(field.name for field in FIELDS if field.path.startswith("petitioner."))
_NUMBERS = frozenset(field.name for field in FIELDS if field.masked)
SURELY_FACTS, LIKELY_FACTS, SURELY_OTHER = 0.7, 0.5, 0.6
SHORTEST_NUMBER = 7  # figures: a shorter run may be a sum or a code
SHORT_REQUEST = 40  # characters
_LIVES = re.compile(r"住址|地址|住处|[家我俺们就屋头现在].{0,2}住(?!的|院)|^住(?!的|院)|(?:家|屋头)在")
_ANOTHERS_HOME = re.compile(
    r"(?:他|她|人家|老板|对方|经理|书记|村长|包工头|公司|单位|厂里?)们?家?的?(?:就|现在)?(?:住|家在|地址|住址)"
)
_LONG_NUMBER = re.compile(
    r"(?P<id_number>\d{17}[\dXx])|(?P<phone>(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|0\d{2,3}-?\d{7,8}(?!\d))"
)
_DOOR = re.compile(r"[\d一二三四五六七八九十](?:组|社|队|栋|幢|单元|室|楼|弄)|号\d|\d-\d")
# “我还在村里住” says where somebody lives, but not which village: an address has a name or a number in it.
_NAMED_PLACE = re.compile(
    rf"[{HAN}](?<![我你他俺咱们在的这那本个同一全还进回住到了])[省市县区镇乡村屯庄街路巷道组社弄]"
)
_IS_ABOUT = re.compile(r"住的|那家|楼下|楼上|隔壁|旁边|对面|门口|买的|租的")
_LAST_WORD = re.compile("公司|单位|老板|包工头")
_OTHER = (
    "wants.",
    "asks.",
    "gives.name",
    "gives.phone",
    "gives.address",
    "gives.id",
    "corrects",
    "refuses",
    "yes",
    "no",
)
_TO_US = ("wants.", "asks.", "gives.name", "gives.phone", "gives.id", "refuses")
_TELLING = ("facts", "", "none")  # questions at which an account is told
_NO_ACCOUNT = frozenset({"feels.insult", "noise", "feels.greeting", "already_said"})


def read_identity(clauses: Sequence[Clause], asked: str, meaning: Meaning) -> None:
    """Name, numbers and address; neighbouring address clauses are one address."""
    changed = {change.field for change in meaning.changes}
    previous = ""
    for place, clause in enumerate(clauses):
        gives = {SLOT_OF.get(name, name) for name in clause.gives}
        behind = "".join(one.text for one in clauses[place + 1 : place + 2])
        named = clause.text
        if only_surname_in(previous) and says_given_name(clause.text):  # “我姓欧阳，” “叫修远” is one name
            gives, named = gives | {"petitioner_name"}, previous + clause.text
        if asked in SAME_WORDS:  # a place and an address look alike: the question decides
            gives -= SAME_WORDS - {asked}
        elif not says_where_one_lives(clause.text, asked):
            gives -= {"address"}
        for name in (*sorted(gives & _IDENTITY), *(("case_number",) if "case_number" in gives else ())):
            if name in changed or "corrects" in clause.acts:
                continue
            if name == "phone":
                for phone in phones_in(clause.text):
                    others = (
                        phone.others or not phone.own and (announces_anothers(previous) or explains_anothers(behind))
                    )
                    _put(meaning, Value(name, phone.number, clause.text, others))
            elif value := cut(name, without_list_number(named if name == "petitioner_name" else clause.text)):
                others = name == "petitioner_name" and is_anothers_name(value, named, previous)
                _put(meaning, Value(name, value, named, others))
        previous = clause.text
    _numbers_out_of_addresses(meaning)
    if asked == "phone" and not meaning.values and (pieces := phones_in(meaning.words)):  # said with pauses
        meaning.values += [Value(asked, one.number, meaning.words, one.others) for one in pieces[:1]]
    for place, one in enumerate(meaning.values):
        if one.field == "phone" and (right := put_right_at_once(one.value, meaning.words)):
            meaning.changes = [change for change in meaning.changes if change.field not in ("phone", None)]
            if one.others:
                meaning.values[place] = Value("phone", right, meaning.words, one.others)
            else:
                del meaning.values[place]
                meaning.changes.append(Change("phone", right, meaning.words))
            break


def _numbers_out_of_addresses(meaning: Meaning) -> None:
    """A telephone or identity number is never kept in an address, where it would be shown unmasked."""
    for place, one in enumerate(meaning.values):
        if one.field not in ("address", PLACE) or not (run := _LONG_NUMBER.search(one.value)):
            continue
        address = (one.value[: run.start()] + one.value[run.end() :]).strip(MARKS)
        meaning.values[place] = Value(one.field, address, one.words)
        field = str(run.lastgroup)
        if any(other.field == field for other in meaning.values):
            continue
        if field == "phone":
            found = phones_in(run.group())[:1]
            meaning.values += [Value(field, number.number, one.words, number.others) for number in found]
        elif number := cut(field, run.group()):
            meaning.values.append(Value(field, number, one.words))
    meaning.values = [one for one in meaning.values if one.value]


def says_where_one_lives(text: str, asked: str) -> bool:
    """“我住…”, “地址…”, or down to the door where somebody was asked who they are.

    Any other place is where something happened, and where somebody else lives is none of one's own.
    """
    said = plain(text)
    if _ANOTHERS_HOME.search(said):
        return False
    return bool(_LIVES.search(said)) or asked in PERSONAL and bool(_DOOR.search(said)) and not _IS_ABOUT.search(said)


def _put(meaning: Meaning, value: Value) -> None:
    for place, one in enumerate(meaning.values):
        if one.field == value.field == "address" and value.value not in one.value:
            meaning.values[place] = Value("address", one.value + value.value, one.words + value.words)
            return
        if one.field == value.field and (one.value == value.value or value.field == "address"):
            return
    meaning.values.append(value)


def read_account(clauses: Sequence[Clause], asked: str, meaning: Meaning) -> None:
    """What happened and what is wanted, in the words typed; and the place, unit, sum and day beside."""
    tells = any(_states_facts(one, asked) for one in clauses) or (asked == "facts" and not _is_other(clauses))
    # A short answer to “what do you ask for?” in which something is asked for is the request as a whole.
    short_request = asked == "request" and said_count(meaning.words) <= SHORT_REQUEST
    short_request = short_request and any("request" in one.gives for one in clauses)
    facts: list[str] = []
    request: list[str] = []
    for place, clause in enumerate(clauses):
        _read_side(clause, _unbroken(clause.text, clauses[place + 1 :]), asked, meaning)
        if "corrects" in clause.acts and not (tells and asked in _TELLING):
            continue
        wants = "request" in clause.gives and not (asked == "facts" and "facts" in clause.gives)
        wants = wants and not (tells and clause.shares["gives.request"] < SURE)  # a guess takes nothing off an account
        if short_request and not clause.gives - {"facts", "request"} and not _surely_facts(clause):
            wants = wants or not _surely_other(clause)
        if wants:
            request.append(clause.text)
        elif tells and _belongs_to_account(clause, asked, bool(facts), _goes_on(clauses[place + 1 :], asked)):
            facts.append(clause.text)
    if asked == "request" and not request and not meaning.changes and not meaning.wants:
        request, facts = _as_request(clauses, facts)
    for name, parts in (("facts", facts), ("request", request)):
        said = "".join(parts).strip()
        if said and (name != "facts" or said_count(said) >= 2 or asked == "facts"):
            meaning.values.append(Value(name, said, said))


def _unbroken(text: str, later: Sequence[Clause]) -> str:
    """A clause with the last word of a name that was cut off from it: “宏达建筑” “公司干活”."""
    cut_off = _LAST_WORD.match(plain(later[0].text)) if later and text[-1:].isalnum() else None
    return text + later[0].text[: cut_off.end()] if cut_off else text


def _read_side(clause: Clause, text: str, asked: str, meaning: Meaning) -> None:
    """Place, unit, sum and day that a clause states; a mere “yes” before the answer states none."""
    if commands.is_yes(clause.text) or "corrects" in clause.acts and asked not in _TELLING:
        return
    gives = clause.gives
    if gives & SAME_WORDS and (asked in SAME_WORDS or not says_where_one_lives(clause.text, asked)):
        gives = gives - SAME_WORDS | {asked if asked in SAME_WORDS else PLACE}
    side = gives & SIDE_FIELDS
    if asked in SAME_WORDS - {PLACE}:
        side = side - {PLACE}
    for name in sorted(side):
        alone = asked == name or name in NAMED and gives == {name} and len(bare(clause.text)) <= SHORT_ANSWER
        if value := cut(name, text, whole=alone):
            _put(meaning, Value(name, value, clause.text))


def _surely_facts(clause: Clause) -> bool:
    return clause.shares.get("gives.facts", 0.0) >= SURELY_FACTS and "request" not in clause.gives


def _goes_on(later: Sequence[Clause], asked: str) -> bool:
    """Whether the account goes on behind this clause."""
    return any(_states_facts(one, asked) for one in later)


def _is_other(clauses: Sequence[Clause]) -> bool:
    """Nothing in it may be an account: every clause surely does something else."""
    return all(_surely_other(one) for one in clauses)


def _surely_other(clause: Clause) -> bool:
    if "facts" in clause.gives:
        return False
    share = max((p for act, p in clause.shares.items() if act in _NO_ACCOUNT or act.startswith(_OTHER)), default=0.0)
    return share >= SURELY_OTHER


def _belongs_to_account(clause: Clause, asked: str, begun: bool, goes_on: bool) -> bool:
    """An account is kept word for word (Art. 19) but for what surely does something else."""
    if holds_identity(clause, asked):
        return False
    if _states_facts(clause, asked):
        return True
    if asked in _TELLING and (begun or goes_on):
        return not _surely_aside(clause)
    if _surely_other(clause):
        return False
    return asked in _TELLING or bool(clause.gives & SIDE_FIELDS) or begun


def _surely_aside(clause: Clause) -> bool:
    """Said to us in the middle of an account: a question, a wish, an insult, who somebody is."""
    share = max((p for act, p in clause.shares.items() if act in _NO_ACCOUNT or act.startswith(_TO_US)), default=0.0)
    return share >= SURELY_OTHER


def holds_identity(clause: Clause, asked: str) -> bool:
    """A clause whose number, name or address of one's own goes into its own field."""
    gives = clause.gives
    numbers = [cut(name, clause.text) for name in gives & _NUMBERS]
    if any(one and len(figures(one)) >= SHORTEST_NUMBER for one in numbers):
        return True
    if "name" in gives and "facts" not in gives:
        return True
    said = plain(clause.text)
    return (
        "address" in gives
        and says_where_one_lives(said, asked)
        and bool(_NAMED_PLACE.search(said) or _DOOR.search(said))
        and clause.shares.get("gives.facts", 0) < SURELY_FACTS
    )


def _states_facts(clause: Clause, asked: str) -> bool:
    """Any at the question for it, what is likely one before and behind it; beside a closed question only what surely is."""
    if "facts" not in clause.gives:
        return False
    share = clause.shares.get("gives.facts", 0.0)
    if asked == "facts" or asked in ("request", "", "none") and share >= LIKELY_FACTS:
        return True
    return share >= SURELY_FACTS and said_count(clause.text) >= 6


def _as_request(clauses: Sequence[Clause], facts: list[str]) -> tuple[list[str], list[str]]:
    """Words at “what do you ask for?” that are no surer an account than a request are the request."""
    if any(_rather_told(one) for one in clauses):
        return [], facts
    found = [one.text for one in clauses if "facts" in one.gives or not one.acts]
    return found, [one for one in facts if one not in found]


def _rather_told(clause: Clause) -> bool:
    return clause.shares.get("gives.facts", 0.0) > max(clause.shares.get("gives.request", 0.0), SURE)
