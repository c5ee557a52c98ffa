"""What is known and wrong: the field changes, and the change is read back."""

from __future__ import annotations

from bot.dialogue import card, corrections
from bot.dialogue.reading.changes import in_its_place
from bot.dialogue.reading.meaning import Change, Value
from bot.dialogue.reading.values import cut, figures
from bot.dialogue.replies import option
from bot.dialogue.talks import changing
from bot.dialogue.talks.emptying import TAKE_OUT, empty
from bot.dialogue.talks.talk import Talk, shown_values
from bot.dialogue.text import aligned, han_count, plain
from bot.dialogue.texts_zh import KEEP
from bot.petition_fields import NARRATIVE, OPTIONAL, PERSONAL

_WRONG = ("不是", "不对", "错", "应该是", "应当是", "改成", "改为")
LEAST_NUMBER = 7  # figures of a whole number
LONGEST_NAME = 8  # characters in which a message names the line
_EDGES = " ,，。;；"


def changes(talk: Talk) -> bool:
    """Each change that was named; one without a field asks which."""
    if not talk.in_petition:
        _as_values(talk)
        return False
    _wrong_line(talk)
    account = _of_the_account(talk)
    found, talk.meaning.changes = [*talk.meaning.changes, *account], []
    if found:
        talk.meaning.yes = talk.meaning.no = False
    unclear = False
    for change in _once_each(found):
        field = change.field or (None if talk.meaning.wants else _only_candidate(talk))
        if field is None:
            unclear = True
        elif change.value is None and field in OPTIONAL and any(one in plain(change.words) for one in TAKE_OUT):
            talk.meaning.wants -= {"stop", "restart"}  # “delete it” was said of the line
            empty(talk, field)
        elif change.value is None:
            return changing.open_field(talk, field)
        else:
            _change(talk, field, change)
    unclear = unclear and talk.asked != "facts" and not talk.meaning.values  # an account corrects others, not us
    if unclear and not talk.noted and not talk.meaning.wants:
        which(talk)
        return True
    return False


def _as_values(talk: Talk) -> None:
    """In a first message a number that is put right at once was never noted: it is stated."""
    meaning = talk.meaning
    said = [Value(one.field, one.value, one.words) for one in meaning.changes if one.field in PERSONAL and one.value]
    meaning.values += said
    meaning.changes = []


def _once_each(found: list[Change]) -> list[Change]:
    """Last figures that are put right once: “91, not 08” is not changed back by what is said of the old ones."""
    kept: list[Change] = []
    for one in dict.fromkeys(found):
        tails = [other for other in kept if other.field == one.field == "phone"]
        if not (tails and one.value and len(figures(one.words)) < LEAST_NUMBER):
            kept.append(one)
    return kept


def _wrong_line(talk: Talk) -> None:
    """At the read-back a line that is called wrong is no addition: “诉求不是这个，是把地还我”."""
    meaning, said = talk.meaning, plain(talk.meaning.words)
    field = corrections.field_named(said[:LONGEST_NAME])
    if talk.asked != "confirm" or meaning.changes or not field or not any(one in said for one in _WRONG):
        return
    right = aligned(meaning.words)[1][said.rfind("是") + 1 :].strip(_EDGES) if "是" in said else ""
    value = cut(field, right) if right else None
    meaning.values = [one for one in meaning.values if one.field not in (field, *NARRATIVE)]
    meaning.changes = [Change(field, value, meaning.words, whole=True)]


def _of_the_account(talk: Talk) -> list[Change]:
    """What is put right in the account or the request while something else is asked."""
    meaning, found = talk.meaning, list[Change]()
    for field in sorted(NARRATIVE - {talk.asked, *(one.field for one in meaning.changes if one.whole)}):
        at = [place for place, one in enumerate(talk.clauses) if {"corrects", f"gives.{field}"} <= one.acts]
        if not at or not talk.state.get(field):
            continue
        first = at[0]
        while field == "facts" and first and talk.clauses[first - 1].acts == {"corrects"}:
            first -= 1  # “not on the fifth,” belongs to “it was the sixth”
        words = "".join(one.text for one in talk.clauses[first : at[-1] + 1]).strip(_EDGES)
        found.append(
            Change(field, words if field == "facts" else in_its_place(words) or cut(field, words) or words, words)
        )
    if found:
        told = {None, *(one.field for one in found)}
        meaning.changes = [one for one in meaning.changes if one.field not in told]
        meaning.understood = True  # these words answer no other question
    return found


def _change(talk: Talk, field: str, change: Change) -> None:
    had, value = talk.state.get(field), str(change.value)
    talk.meaning.values = [one for one in talk.meaning.values if one.field != field]
    if field == "facts" and had and not (change.whole and han_count(value) * 2 >= han_count(str(had))):
        if talk.store(field, f"{had}\n（更正：{value}）", change.words):  # a few words never replace a whole account
            talk.noted.remove(field)
            talk.say("corrected_facts", what=value)
            talk.did(f"changed:{field}")
        return
    if had and talk.checked(field, value) == had:
        talk.say("already", what=shown_values(talk.state, [field]))
        talk.did(f"said_back:{field}")
    elif talk.store(field, value, change.words):
        talk.noted.remove(field)
        talk.say("changed", what=shown_values(talk.state, [field]))
        talk.did(f"changed:{field}")


def _only_candidate(talk: Talk) -> str | None:
    """“不对，写错了” right after a single thing was noted means that thing; at the read-back it may be any."""
    if talk.asked == "confirm":
        return None
    last = talk.state.get("last_noted") or []
    return last[0] if len(last) == 1 and talk.state.get(last[0]) else None


def which(talk: Talk) -> None:
    """A button for each line of the record."""
    buttons = [option(one["label"], one["change"]) for one in card.rows(talk.state) if one["change"]]
    talk.say("fix_which", options=[*buttons, option(KEEP)])
    talk.ask("fix_which", silent=True)


def which_answered(talk: Talk) -> bool:
    """The answer to “which one?”."""
    if talk.asked != "fix_which":
        return False
    meaning = talk.meaning
    talk.asked = talk.missing()
    if meaning.changes:
        return False
    if meaning.words.strip().startswith(KEEP) or meaning.yes or meaning.refuses:
        talk.go_on()
        return True
    if field := corrections.field_named(meaning.words):
        values = [one for one in meaning.values if one.field == field]
        meaning.changes = [Change(field, values[0].value if values else None, meaning.words)]
        return changes(talk)
    if meaning.values:
        meaning.changes = [
            Change(one.field, one.value, one.words) for one in meaning.values if talk.state.get(one.field)
        ]
        meaning.values = [one for one in meaning.values if not talk.state.get(one.field)]
        return False
    if meaning.is_empty or meaning.no:
        which(talk)
        return True
    return False
