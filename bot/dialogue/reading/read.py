# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""From the acts of clauses to what the citizen wants done.

Button values and whole-message commands are read exactly and first. Everything else is what the reader made
of each clause; values are cut out of the citizen's own words. Nothing here changes the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import assent, card, commands, corrections, extraction, secrecy
from bot.dialogue.emergency import emergency
from bot.dialogue.mood import is_outburst, speaks_for_another
from bot.dialogue.reading.account import read_account, read_identity
from bot.dialogue.reading.buttons import buttons
from bot.dialogue.reading.changes import read_changes
from bot.dialogue.reading.introduced import OF_OTHER_THINGS, introduced
from bot.dialogue.reading.meaning import Change, Meaning, Question, Value
from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.reading.several import as_meant
from bot.dialogue.reading.untold import keep_untold
from bot.dialogue.reading.who import is_form_or_name, is_list_of_identity
from bot.dialogue.reading.whole import whole_values
from bot.dialogue.text import bare, plain, said_count
from bot.petition_fields import NARRATIVE, OPTIONAL

COMMANDS = {
    "back": "back", "cancel": "stop", "save": "save", "start_over": "restart", "human": "person",
    "review": "see_all", "full_text": "full_text", "repeat": "repeat", "help": "example",
}  # fmt: skip
_GO_ON = re.compile(
    r"(?:接着|继续|往下|再)(?:来|说|问|填|登|办|讲|记)|(?:你|您)(?:接着|继续)?(?:问|说)吧|可以(?:接着|继续)|能(?:接着|继续)"
)
_GOES_ON_ANYWAY = re.compile(r"(?:接着|继续|往下)(?:来|说|问|填|登|办|讲|记|弄|搞)|不(?:取消|删|撤)|别(?:取消|删|撤)")
_GIVES_UP = re.compile(  # whole clauses: "算了你还是给我登记吧" is no wish to stop
    r"(?:那|还是|要不|要不然|我看|我)?(?:就)?(?:算了|不登记?|不告|不弄|不反映|不搞|不想登记?|不想弄|撤|撤掉|撤回)了?"
)
_GIVES_UP_SOMETHING = frozenset({"stop", "restart", "advice_only", "back", "save"})


def read(message: Message, asked: str, state: Mapping[str, Any], offered: Sequence[str] = ()) -> Meaning:
    """What `message` does while `asked` is open; `offered` are the buttons last shown."""
    meaning = _read(message, asked, state, offered)
    meaning.understood = not meaning.is_empty
    return meaning


def _read(message: Message, asked: str, state: Mapping[str, Any], offered: Sequence[str]) -> Meaning:
    button = card.button_of_number(message.text, state)
    if button:
        message = Message(button)
    meaning = Meaning(words=message.text, noise=button == "")
    meaning.danger = emergency(message) or ""
    text = message.text.strip()
    if text in offered:
        meaning.chosen = text
    meaning.noise = meaning.noise or not bare(text)
    if meaning.noise:
        return meaning
    if text in buttons(state):
        meaning.chosen = text
        return meaning
    if _exact(text, asked, meaning):
        return meaning
    if is_outburst(text):
        meaning.feels.add("anger")
        return meaning
    if _secrecy(message, meaning):
        return meaning
    if not message.clauses:  # the reader is away: what is introduced as name, number or address is still taken
        meaning.values = [Value(name, value, text) for name, value in extraction.personal_facts(text).items()]
    clauses = [one for one in whole_values(message.clauses) if bare(one.text)] or [Clause(text, {})]
    for clause in clauses:
        _wishes(clause, asked, meaning)
    meaning.yes = assent.all_agree(text, clauses, asked)
    read_changes(message, clauses, asked, state, meaning)
    is_used_up = is_form_or_name(asked, state, meaning)
    if not is_used_up and not is_list_of_identity(asked, meaning):
        read_identity(clauses, asked, meaning)
        read_account(clauses, asked, meaning)
    if asked in OF_OTHER_THINGS and (name := introduced(text)):  # whatever a model reads in it
        meaning.values, meaning.refuses = [Value("petitioner_name", name, text)], False
    meaning.values = as_meant(text, "" if meaning.changes else asked, meaning.values)
    meaning.for_another = speaks_for_another(text) or any("on_behalf_of" in one.gives for one in clauses)
    if person := corrections.representative(text):
        meaning.people.append(person)
        meaning.values = []
    if (more := corrections.addition(text)) is not None:
        meaning.values = [Value("facts", more, text)] if more else []
        meaning.wants |= {"add"} if not more else set()
    elif message.clauses and not (is_used_up or message.wishes):
        keep_untold(clauses, asked, meaning)
    meaning.noise = meaning.is_empty and all("noise" in one.acts or not one.acts for one in clauses)
    return meaning


def _exact(text: str, asked: str, meaning: Meaning) -> bool:
    """Buttons, commands and plain yes, no or nothing: whole messages only."""
    if field := card.FIELD_OF_BUTTON.get(text):
        meaning.changes.append(Change(field, None, text))
        return True
    name = commands.command(text)
    if name == "why" or name in COMMANDS:
        if name == "why":
            meaning.questions.append(Question("why", text))
        else:
            meaning.wants.add(COMMANDS[name])
        return True
    if commands.is_continue(text):
        meaning.wants.add("go_on")
        return True
    if asked == "listening" and _GO_ON.search(plain(text)):
        meaning.wants.add("go_on")
    if asked == "stop_check" and _GOES_ON_ANYWAY.search(plain(text)) and not _GIVES_UP.fullmatch(bare(text)):
        meaning.wants.add("go_on")
    if asked in OPTIONAL and commands.is_skip(text):
        meaning.refuses = True
        return True
    if assent.agrees(text, asked):
        meaning.yes = True
        return True
    if commands.is_no(text):
        meaning.no = True
        return True
    if commands.is_skip(text):
        meaning.refuses = True
        return True
    return False


def _secrecy(message: Message, meaning: Meaning) -> bool:
    """Whether the message is nothing but the wish, or that it is taken back."""
    if secrecy.taken_back(message.text):
        meaning.secrecy = "not_wanted"
    elif found := secrecy.wish(message.text, account=said_count(message.text) > 40):
        meaning.secrecy = "wanted"
        return not found.rest
    return bool(meaning.secrecy)


def _wishes(clause: Clause, asked: str, meaning: Meaning) -> None:
    if asked not in NARRATIVE and _GIVES_UP.fullmatch(bare(clause.text)):
        meaning.wants.add("stop")
    asks = sorted(act for act in clause.acts if act.startswith("asks."))
    if asks and "facts" not in clause.gives and "corrects" not in clause.acts:
        topic = max(asks, key=lambda act: clause.shares.get(act, 0.0)).removeprefix("asks.")
        meaning.questions.append(Question(topic, clause.text))
    for act in sorted(clause.acts):
        head, _, tail = act.partition(".")
        if head == "wants" and not (tail in _GIVES_UP_SOMETHING and _is_rather_a_value(clause, act)):
            meaning.wants.add(tail)
        elif head == "feels":
            meaning.feels.add(tail)
    if "refuses" in clause.acts and not clause.gives & {"phone", "name", "address"}:
        meaning.refuses = True
    meaning.no = meaning.no or "no" in clause.acts
    meaning.already_said = meaning.already_said or "already_said" in clause.acts


def _is_rather_a_value(clause: Clause, wish: str) -> bool:
    """“只要把手续办下来就行” asks for something; what would lose the record has to be the surest reading."""
    gives = max((share for act, share in clause.shares.items() if act.startswith("gives.")), default=0.0)
    return gives > clause.shares[wish]
