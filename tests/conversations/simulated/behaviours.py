"""What people do besides answering in order. A behaviour shows once in a conversation, where it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conversations.simulated.person import Person

IDENTITY = ("petitioner_name", "phone", "address")
OPTIONAL = ("place", "about_unit")
ASKED = ("request", *OPTIONAL, *IDENTITY)


def _nothing(person: Person) -> None:
    return None


def _no_opening(person: Person) -> str | None:
    return None


def _never(person: Person, asks: str, text: str) -> str | None:
    return None


@dataclass(frozen=True)
class Behaviour:
    """`prepares` before the talk; `opens` may be the first message; `instead` may be said in place of an answer."""

    name: str
    prepares: Callable[[Person], None] = _nothing
    opens: Callable[[Person], str | None] = _no_opening
    instead: Callable[[Person, str, str], str | None] = _never


def _at(person: Person, asks: str, among: tuple[str, ...]) -> bool:
    """Whether the behaviour shows here: at the first that fits, or now and then at a later one."""
    return asks in among and (asks == among[-1] or person.words.chance.random() < 0.5)


# ---- several things, or something else ----------------------------------------------------------
def _other(person: Person, asks: str, text: str) -> str | None:
    open_ones = [one for one in (*IDENTITY, "request") if one not in person.gave and one != asks]
    if not _at(person, asks, ("facts", "request", "place", "about_unit", "petitioner_name", "phone")) or not open_ones:
        return None
    return person.give(person.words.chance.choice(open_ones))


def _two(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, (*ASKED,)):
        return None
    more = [one for one in ("request", *IDENTITY) if one not in person.gave and one != asks]
    if not more:
        return None
    picked = [asks, *person.words.chance.sample(more, min(len(more), person.words.chance.choice((1, 2))))]
    return person.words.joined([person.give(one) for one in picked])


def _all(person: Person) -> str:
    parts = [person.tell(), *(person.give(one) for one in ("request", *IDENTITY))]
    return person.words.joined(parts)


def _more_later(person: Person, asks: str, text: str) -> str | None:
    if not person.keeps_back or asks not in ("request", *IDENTITY) or "facts" not in person.gave:
        return None
    said, person.keeps_back = person.keeps_back, ""
    person.told.append(said)
    return person.words.say("add_facts", value=said)


def _keep_back(person: Person) -> None:
    if not person.case.day or person.case.day not in person.case.tells[-1][0]:
        person.keeps_back = person.steps[-1]


# ---- wrong first ----------------------------------------------------------------------------------
def _wrong_field(person: Person) -> tuple[str, str]:
    case, written = person.case, person.words.written
    wrong = {
        "petitioner_name": written(case.other_name),
        "phone": case.phone[:-2] + f"{(int(case.phone[-2:]) + 17) % 100:02d}",
        "address": written(case.other_address),
    }
    field = person.chance.choice(IDENTITY)
    return field, wrong[field]


def _slip(person: Person) -> None:
    field, value = _wrong_field(person)
    if field != "petitioner_name" or not person.for_kin:
        person.wrong_first[field] = value


def _right_after(person: Person, asks: str, text: str) -> str | None:
    field = next((one for one in person.wrong_first if one in person.gave), None)
    if field is None or not asks:
        return None
    person.wrong_first.pop(field)
    right = person.truth[field]
    frame = {"petitioner_name": "correct_name"}.get(field, f"correct_{field}")
    if field == "phone" and person.words.chance.random() < 0.3:
        return person.words.say("correct_tail", True, new=right[-2:], old=f"{(int(right[-2:]) + 17) % 100:02d}")
    if person.words.chance.random() < 0.4:
        frame = "correct_bare"
    return person.words.say(frame, True, value=person.words.number(right) if field == "phone" else right)


def _in_one_breath(person: Person, asks: str, text: str) -> str | None:
    if asks not in person.wrong_first:
        return None
    wrong = person.give(asks)
    person.wrong_first.pop(asks)
    return person.words.joined([wrong, person.words.say("correct_bare", True, value=person.truth[asks])])


def _at_read_back(person: Person, asks: str, text: str) -> str | None:
    """The slip stays until the read-back, where the person sees it."""
    if asks == "confirm":
        person.wrong_first.clear()
    return None


def _says_no_first(person: Person, asks: str, text: str) -> str | None:
    if asks != "confirm":
        return None
    person.wrong_first.clear()
    if "姓名：" in text:
        person.last_shown = text
    return person.aside("disagree")


# ---- whose ----------------------------------------------------------------------------------------
def _for_kin(person: Person) -> None:
    person.for_kin = True
    person.wrong_first.pop("petitioner_name", None)


def _speaks_for(person: Person) -> str:
    return person.words.say("on_behalf", kin=person.case.kin)


def _others_first(person: Person, asks: str, text: str) -> str | None:
    if asks != "phone" or person.asked["phone"] > 1 or "phone" in person.gave:
        return None
    person.queue.append(
        person.words.say("own_phone", phone=person.words.number(person.case.phone), other=person.case.other)
    )
    person.gave.add("phone")
    return person.words.say("others_phone", other=person.case.other, wrong=person.words.number(person.case.other_phone))


def _names_representative(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("petitioner_name", "address")):
        return None
    name = person.words.written(person.case.other_name)
    person.representative = (name, person.case.other_phone)
    return person.words.say("representative", True, rep=name, rep_phone=person.case.other_phone)


# ---- will not, asks, interrupts -------------------------------------------------------------------
def _refuses(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, (*OPTIONAL, *IDENTITY)) or asks in person.gave:
        return None
    if asks in OPTIONAL:
        person.truth[asks] = "" if not _told(person, asks) else person.truth[asks]
    else:
        person.refused.add(asks)
    return person.aside("refuse")


def _told(person: Person, field: str) -> bool:
    return any(person.truth[field] in one for one in person.told if person.truth[field])


def _aside(frame: str, among: tuple[str, ...]) -> Callable[[Person, str, str], str | None]:
    def said(person: Person, asks: str, text: str) -> str | None:
        return person.aside(frame) if _at(person, asks, among) else None

    return said


def _repeats(person: Person, asks: str, text: str) -> str | None:
    known = [one for one in ("request", *IDENTITY) if one in person.gave and one not in person.wrong_first]
    if asks not in ("phone", "address", "confirm") or not known:
        return None
    return person.give(person.words.chance.choice(known))


def _wishes_secrecy(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("petitioner_name", "phone", "address")):
        return None
    person.secret = True
    return person.aside("keep_secret")


def _goes_back(person: Person, asks: str, text: str) -> str | None:
    if asks not in ("phone", "address") or "petitioner_name" not in person.gave:
        return None
    person.asked.subtract({"petitioner_name": 3, "phone": 3})
    return person.aside("back")


# ---- leaves ---------------------------------------------------------------------------------------
def _saves(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("place", "petitioner_name", "address")):
        return None
    person.returns = True
    return person.aside("save")


def _walks_away(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("about_unit", "phone", "address")):
        return None
    person.moved = "same"
    return person.wish()


def _stops(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("request", "petitioner_name", "phone", "confirm")):
        return None
    person.will_register = False
    return person.aside("stop")


def _thinks_better(person: Person, asks: str, text: str) -> str | None:
    if not _at(person, asks, ("place", "petitioner_name", "phone")):
        return None
    return person.aside("stop")


_ANYWHERE = ("request", "place", "about_unit", "petitioner_name", "phone", "address")
_TABLE = (
    Behaviour("answers in order"),
    Behaviour("answers another question", instead=_other),
    Behaviour("several at once", instead=_two),
    Behaviour("everything at once", opens=_all),
    Behaviour("tells more later", prepares=_keep_back, instead=_more_later),
    Behaviour("corrects right after", prepares=_slip, instead=_right_after),
    Behaviour("corrects in one breath", prepares=_slip, instead=_in_one_breath),
    Behaviour("corrects at the read-back", prepares=_slip, instead=_at_read_back),
    Behaviour("says no, then what", prepares=_slip, instead=_says_no_first),
    Behaviour("speaks for another", prepares=_for_kin, opens=_speaks_for),
    Behaviour("gives another's number first", instead=_others_first),
    Behaviour("names a representative", instead=_names_representative),
    Behaviour("refuses", instead=_refuses),
    Behaviour("asks a question", instead=_aside("question", _ANYWHERE)),
    Behaviour("asks why", instead=_aside("why", IDENTITY)),
    Behaviour("small talk", instead=_aside("small_talk", _ANYWHERE)),
    Behaviour("insults", instead=_aside("insult", _ANYWHERE)),
    Behaviour("hesitates", instead=_aside("hesitate", _ANYWHERE)),
    Behaviour("types noise", instead=_aside("noise", _ANYWHERE)),
    Behaviour("says it told that", instead=_aside("already", ("petitioner_name", "phone", "address"))),
    Behaviour("repeats", instead=_repeats),
    Behaviour("wants it kept secret", instead=_wishes_secrecy),
    Behaviour("goes back", instead=_goes_back),
    Behaviour("wants to see all", instead=_aside("see_all", ("phone", "address", "confirm"))),
    Behaviour("saves and comes back", instead=_saves),
    Behaviour("walks away and comes back", instead=_walks_away),
    Behaviour("gives up", instead=_stops),
    Behaviour("nearly gives up", instead=_thinks_better),
)
BEHAVIOURS = {one.name: one for one in _TABLE}
