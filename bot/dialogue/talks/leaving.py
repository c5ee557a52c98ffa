"""Leaving, saving, going back, beginning again, seeing everything, a person: wishes that work at any moment."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

from bot.dialogue import assent, commands, record
from bot.dialogue.office import a_person
from bot.dialogue.ports import ApiDown, Refused
from bot.dialogue.reading.meaning import Change, Value
from bot.dialogue.reading.message import Clause
from bot.dialogue.replies import reply
from bot.dialogue.talks import changing, showing
from bot.dialogue.talks.talk import FIELD, OPTIONAL, TEXT, Talk
from bot.dialogue.text import bare
from bot.dialogue.texts_zh import CALL_ME, CHOICES, MENU, say
from bot.petition_fields import NARRATIVE

STOP_BUTTONS = ("取消登记", "先存着", "接着填")
RESTART_BUTTONS = ("重新开始", "接着填")
_IN_ORDER = ("restart", "save", "stop", "advice_only", "back", "full_text", "see_all", "example", "repeat", "add")
_COMMANDS = {"back": "back", "save": "save", "cancel": "stop", "start_over": "restart",
             "review": "see_all", "full_text": "full_text"}  # fmt: skip
_LOSES_NOTHING = frozenset({"back", "save", "see_all", "full_text"})
_LEADS = r"(?:那|就|都|全部?|统统|还是|干脆|直接|算了|我|俺|给){0,4}"
_ENDS = re.compile(_LEADS + r"(?:不想?(?:弄|搞|登记?|填|办|告|反映|整)|放弃)(?:了|掉){0,2}")
_DELETES = re.compile(_LEADS + r"(?:不要|删|清空?|取消|撤)(?:了|掉|除|光|干净){0,2}")
_NOT_KEPT = ("restart", "advice_only")  # wishes for which what the message states is not to be kept


def person(talk: Talk) -> bool:
    """Somebody wants to speak to a person."""
    if "person" not in talk.meaning.wants:
        return False
    talk.meaning.wants.discard("person")
    talk.put(a_person(talk.api, options=() if talk.in_petition else (CALL_ME, "我要反映问题", "查进度")))
    talk.did("person")
    if talk.in_petition:
        talk.say("human_form", options=(CALL_ME,))
    return False


def stop_check(talk: Talk) -> bool:
    """The answer to “shall this be given up?”: a no is stronger than a wish to stop, and nothing else is lost by it."""
    if talk.asked != "stop_check":
        return False
    meaning, restarting, advice = talk.meaning, talk.pending.get("restart"), talk.pending.get("advice")
    talk.asked = talk.missing()
    said_so = commands.command(meaning.words) in ("cancel", "start_over")
    if restarting and "stop" in meaning.wants and "go_on" not in meaning.wants:  # neither again nor on: given up
        return _check(talk, "ask_cancel", None, STOP_BUTTONS)
    if gives_up(talk.clauses):
        return _check(talk, "ask_cancel", None, STOP_BUTTONS) if restarting else cancelled(talk)
    if not restarting and any(_DELETES.fullmatch(bare(one.text)) for one in talk.clauses):
        return cancelled(talk)
    submits = assent.agrees(meaning.words, "confirm") and not assent.agrees(
        meaning.words
    )  # of the read-back, not of this
    if not said_so and (talk.denies or submits or meaning.wants & {"go_on", "register"}):
        talk.state["pending"] = None
        meaning.yes = meaning.no = False
        meaning.wants -= {"stop", "restart", "go_on", "register"}
        meaning.changes = [one for one in meaning.changes if one.field]  # "that was wrong" is said of the wish to stop
        return _goes_on(talk)
    if "advice_only" in meaning.wants or advice and (talk.agrees or "stop" in meaning.wants):
        return _only_advice(talk)
    if "stop" in meaning.wants or talk.agrees and not restarting:
        return cancelled(talk)
    if "restart" in meaning.wants or talk.agrees:
        return _restart_petition(talk)
    return False


def gives_up(clauses: Iterable[Clause]) -> bool:
    """“I’d rather not do it then”, in exact words of a whole clause: whatever else is read in it, this is no no."""
    return any(_ENDS.fullmatch(bare(one.text)) for one in clauses)


def _goes_on(talk: Talk) -> bool:
    """On with the form; what else the message says is heard first."""
    talk.understood = True
    if talk.meaning.is_empty:
        talk.go_on()
        return True
    return False


def wishes(talk: Talk) -> bool:
    """Stop, save, go back, begin again, only a question, see everything; a value beside the wish is kept first."""
    _hear_commands(talk)
    _back_is_a_correction(talk)
    meaning = talk.meaning
    states = bool(meaning.values or meaning.changes or meaning.people)
    return _wished(talk, _NOT_KEPT if states else _IN_ORDER)


def _hear_commands(talk: Talk) -> None:
    """A clause that is a command by its exact words says which wish was read: “back” is never “only a question”."""
    losing = set(_COMMANDS.values()) | {"advice_only"}
    said = {_COMMANDS.get(commands.command(one.text) or "", "") for one in talk.clauses} - {""}
    if said and (talk.meaning.wants & losing or said <= _LOSES_NOTHING and talk.asked not in NARRATIVE):
        talk.meaning.wants = talk.meaning.wants - losing | said


def wishes_beside(talk: Talk) -> bool:
    """The same, once what the message states is in the record."""
    return _wished(talk, _IN_ORDER)


def _wished(talk: Talk, names: Iterable[str]) -> bool:
    for name in names:
        if name in talk.meaning.wants:
            talk.meaning.wants.discard(name)
            return _HANDLERS[name](talk)
    return False


def _back_is_a_correction(talk: Talk) -> bool:
    """“Back, the number is 139…” is the correction of it; “back, that was wrong” is the wish to go back."""
    meaning = talk.meaning
    if "back" not in meaning.wants:
        return False
    meaning.changes = [one for one in meaning.changes if one.field]
    meaning.changes += [Change(one.field, one.value, one.words) for one in meaning.values if _differs(talk, one)]
    if meaning.changes:
        meaning.wants.discard("back")
        changed = {one.field for one in meaning.changes}
        meaning.values = [one for one in meaning.values if one.field not in changed]
    return bool(meaning.changes)


def _differs(talk: Talk, one: Value) -> bool:
    had = talk.state.get(one.field) if one.field in FIELD and one.field not in NARRATIVE else None
    return had not in (None, "", one.value)


def _stop(talk: Talk) -> bool:
    if talk.pending.get("change"):  # only the change is given up
        talk.state["pending"] = None
        talk.go_on()
        return True
    if not talk.in_petition:
        talk.say("nothing_to_cancel" if talk.asked is None else "case_bye", options=MENU)
        talk.stop_asking()
        return True
    if not any(talk.state.get(slot) for slot in record.VALUES):
        return cancelled(talk)
    return _check(talk, "ask_cancel", None, STOP_BUTTONS)


def cancelled(talk: Talk) -> bool:
    """Nothing of it is kept."""
    talk.discard_draft()
    talk.clear()
    talk.say("cancelled", options=MENU)
    talk.did("ended")
    talk.stop_asking()
    return True


def saved(talk: Talk) -> bool:
    """Kept for a week under a code."""
    if not talk.in_petition:
        talk.say("nothing_to_save", options=MENU)
        return True
    asked = talk.asked if talk.asked in record.VALUES else talk.missing()
    try:
        code = talk.api.save_draft(talk.session_id, record.draft(talk.state, asked), True)
    except (ApiDown, Refused):
        talk.say("save_failed")
        talk.ask(asked)
        return True
    text = TEXT["saved"] + (say("saved_code", code=code) if code else "")
    talk.put(reply(text, options=["接着填"], saved={"resume_code": code} if code else None))
    talk.clear()
    talk.did("saved")
    talk.state["seen"] = None
    talk.stop_asking()
    return True


def _back(talk: Talk) -> bool:
    """To the question before, whose value stands until there is another."""
    asked = talk.asked if talk.asked in (*FIELD, "confirm", "clarify") else talk.missing()
    before = record.previous_slot(talk.state, str(asked))
    if not talk.in_petition or before is None:
        talk.say("back_first")
        if talk.in_petition:
            talk.ask(str(asked), silent=False)
        return True
    return changing.open_field(talk, before, back=True)


def _restart(talk: Talk) -> bool:
    if talk.in_petition and any(talk.state.get(slot) for slot in (*record.VALUES, "opening")):
        return _check(talk, "ask_restart", {"restart": True}, RESTART_BUTTONS)
    return _restart_petition(talk)


def _restart_petition(talk: Talk) -> bool:
    talk.discard_draft()
    talk.clear()
    talk.say("restarted")
    begin(talk)
    talk.go_on()
    return True


def _advice_only(talk: Talk) -> bool:
    if talk.in_petition and any(talk.state.get(slot) for slot in record.VALUES):
        return _check(talk, "ask_advice_only", {"advice": True}, STOP_BUTTONS)
    return _only_advice(talk)


def _only_advice(talk: Talk) -> bool:
    told = record.narrative(talk.state) or talk.state.get("opening")
    if talk.in_petition:
        talk.discard_draft()
        talk.clear()
        talk.state["opening"] = told or None
        talk.did("ended")
    talk.say("advice_only")
    talk.stop_asking()
    return not (talk.meaning.questions or talk.meaning.values)


def _check(talk: Talk, key: str, pending: dict[str, bool] | None, buttons: Iterable[str]) -> bool:
    """The one check before something is lost."""
    talk.say(key, options=buttons)
    talk.did("stop_check")
    talk.state["pending"] = pending
    talk.ask("stop_check", silent=True)
    return True


def begin(talk: Talk) -> None:
    """A petition begins: it has a draft of its own from here on."""
    if not talk.in_petition:
        talk.state["draft_id"] = uuid.uuid4().hex


_HANDLERS = {
    "stop": _stop,
    "save": saved,
    "back": _back,
    "restart": _restart,
    "advice_only": _advice_only,
    "full_text": showing.full_text,
    "see_all": showing.see_all,
    "example": showing.example,
    "repeat": showing.repeat,
    "add": showing.add,
}
__all__ = ["CHOICES", "OPTIONAL", "begin", "cancelled", "person", "saved", "stop_check", "wishes", "wishes_beside"]
