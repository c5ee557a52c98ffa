"""What is known and wrong: the field changes, and the change is read back."""

from __future__ import annotations

from bot.dialogue import card, corrections
from bot.dialogue.reading.meaning import Change
from bot.dialogue.replies import option, reply
from bot.dialogue.talks import changing
from bot.dialogue.talks.talk import TEXT, Talk, shown_values
from bot.dialogue.text import han_count
from bot.dialogue.texts_zh import KEEP


def changes(talk: Talk) -> bool:
    """Each change that was named; one without a field asks which."""
    if not talk.in_petition:
        return False
    found, talk.meaning.changes = talk.meaning.changes, []
    if found:
        talk.meaning.yes = talk.meaning.no = False
    unclear = False
    for change in dict.fromkeys(found):
        field = change.field or (None if talk.meaning.wants else _only_candidate(talk))
        if field is None:
            unclear = True
        elif change.value is None:
            return changing.open_field(talk, field)
        else:
            _change(talk, field, change)
    if unclear and not talk.noted and not talk.meaning.wants:
        which(talk)
        return True
    return False


def _change(talk: Talk, field: str, change: Change) -> None:
    had, value = talk.state.get(field), str(change.value)
    talk.meaning.values = [one for one in talk.meaning.values if one.field != field]
    if field == "facts" and had and not (change.whole and han_count(value) * 2 >= han_count(str(had))):
        value = f"{had}\n（更正：{value}）"  # a few words never take the place of a whole account
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
    talk.put(reply(TEXT["fix_which"], options=[*buttons, option(KEEP)]))
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
