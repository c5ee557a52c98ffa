"""Questions beside the petition: answered from what is asked and from what has been told."""

from __future__ import annotations

from bot.dialogue import cannot_type as helping
from bot.dialogue import commands, handbook, record
from bot.dialogue import lost_receipt as slips
from bot.dialogue.ports import ApiDown, Refused
from bot.dialogue.reading.meaning import Question
from bot.dialogue.replies import option, reply
from bot.dialogue.talks import leaving
from bot.dialogue.talks.talk import FIELD, TEXT, Talk
from bot.dialogue.text import han_count, narrow, plain
from bot.dialogue.texts_zh import WHY, say

MOST = 2  # questions answered in one turn
REGISTER = "登记这件事"
_NAMED = {"phone": ("电话", "手机", "号码"), "petitioner_name": ("姓名", "名字"), "address": ("住址", "地址", "住哪")}
_OWN_WORDS = {"cost": "cost", "privacy": "privacy"}


def questions(talk: Talk) -> bool:
    """Each question of the message, at most two; a status is a talk of its own."""
    found, talk.meaning.questions = talk.meaning.questions, []
    if any(one.topic == "case" for one in found) and (not talk.in_petition or "status" in talk.meaning.wants):
        talk.meaning.wants.add("status")
        found = [one for one in found if one.topic != "case"]
    if found and not talk.in_petition and all(one.topic not in ("where", "identity") for one in found):
        found = [Question(found[0].topic, talk.meaning.words)]  # the handbook takes several questions apart itself
    for one in _joined(found)[:MOST]:
        _answer(talk, one)
    return False


def follow_up(talk: Talk) -> bool:
    """“那复核呢” after a question of the handbook asks the handbook."""
    if handbook.follows(talk.meaning.words, talk.state.get("last_question")) and not talk.asked:
        talk.meaning.values, talk.meaning.wants = [], set()
        talk.meaning.questions = [Question("procedure", talk.meaning.words)]
    return False


def offered(talk: Talk) -> bool:
    """A question that was offered as a button."""
    chosen = talk.meaning.chosen
    if not chosen or chosen not in (talk.pending.get("offered") or ()):
        return False
    talk.meaning.chosen = ""
    talk.meaning.values = []
    _ask_handbook(talk, chosen)
    return False


def _joined(found: list[Question]) -> list[Question]:
    """Neighbouring clauses of one topic are one question."""
    joined: list[Question] = []
    for one in found:
        if joined and joined[-1].topic == one.topic:
            joined[-1] = Question(one.topic, joined[-1].words + one.words)
        else:
            joined.append(one)
    return joined


def _answer(talk: Talk, one: Question) -> None:
    talk.did(f"answered:{one.topic}")
    if one.topic == "why" and talk.asked in WHY:
        talk.put(reply(WHY[_field_named(one.words) or str(talk.asked)]))
    elif one.topic == "identity":
        talk.say("bot")
    elif one.topic == "where":
        _where(talk, one)
    else:
        _ask_handbook(talk, narrow(one.words), _OWN_WORDS.get(one.topic, ""))


def _field_named(words: str) -> str:
    """“Why a phone number?” is about the phone, whatever is asked at that moment."""
    said = plain(words)
    return next((name for name, names in _NAMED.items() if any(one in said for one in names)), "")


def _ask_handbook(talk: Talk, question: str, own: str = "") -> None:
    """The handbook's answer; where it has none, our own sentence on that topic."""
    said, choices = handbook.answer(talk.api, question, talk.state.get("last_question"))
    talk.state["last_question"] = question
    if not own and not said["citations"] and not choices and "facts" in talk.noted:
        _where(talk, Question("where", question))  # “what shall I do?” beside an account: who is to deal with it
        return
    if own and not said["citations"]:
        said = reply(TEXT[own])
        choices = ()
    talk.put(said)
    if choices:
        talk.state["pending"] = {**talk.pending, "offered": list(choices)}


def _where(talk: Talk, one: Question) -> None:
    """Which window: from what was told so far, else from the question itself, else the list."""
    told = record.narrative(talk.state) or str(talk.state.get("opening") or "")
    facts = "".join(value.value for value in talk.meaning.values if value.field == "facts")
    matter = "\n".join(part for part in (told, facts) if part) or (one.words if han_count(one.words) >= 10 else "")
    try:
        if not matter:
            lines = [f"{window['label']}：{window.get('purpose', '')}" for window in talk.api.windows()]
            talk.put(reply("\n".join([TEXT["window_intro"], *lines, TEXT["window_say"]])))
            return
        found = talk.api.route(matter)
    except (ApiDown, Refused):
        talk.say("handbook_down")
        return
    window = found.get("window_label") or found.get("window")
    reason = str(found.get("reason") or "").rstrip("。")
    buttons = [] if talk.in_petition else [option(REGISTER), option("找人工")]
    talk.put(reply(say("window_proposed", window=window, reason=reason + "。" if reason else ""), options=buttons))
    if not talk.in_petition and not talk.state.get("opening"):
        talk.state["opening"] = facts or None


def lost_receipt(talk: Talk) -> bool:
    """A lost slip of ours or a forgotten number: nobody is asked for the number again."""
    words = talk.meaning.words
    if not slips.is_lost(words) and not (talk.asked == "case_number" and slips.has_no_number(words)):
        return False
    if leaving.gives_up(talk.clauses) or any(commands.command(one.text) for one in talk.clauses):
        return False  # a wish in exact words stands beside it and is heard first
    for one in slips.told(talk.api):
        talk.put(one)
    talk.did("answered:lost_receipt")
    if talk.in_petition:
        talk.go_on()
    else:
        talk.stop_asking()
    return True


def cannot_type(talk: Talk) -> bool:
    """Who cannot see or write is shown the ways that need neither; what was asked stays open."""
    if not helping.asks_for_help(talk.meaning.words):
        return False
    talk.put(helping.told(talk.api))
    talk.did("person")
    if talk.in_petition:
        talk.ask(talk.asked or talk.missing(), silent=True)
    else:
        talk.stop_asking()
    return True


def feelings(talk: Talk) -> bool:
    """One calm sentence, once for each feeling; never a word of it in the record."""
    feels, talk.meaning.feels = talk.meaning.feels, set()
    said = set(talk.state.get("felt") or ())
    for name in ("despair", "insult", "anger", "greeting", "thanks"):
        if name not in feels or (name in ("greeting", "thanks") and not talk.in_petition):
            continue
        key = {"insult": "anger_form", "anger": "anger_form"}.get(name, name)
        if key in said or (name in ("greeting", "thanks") and talk.meaning.values):
            continue
        if name in ("anger", "insult", "despair"):
            said.add(key)
        talk.say(key)
        break
    talk.state["felt"] = sorted(said) or None
    return False


def already_said(talk: Talk) -> bool:
    """“I told you that”: what is known is said back, and only what is missing is asked."""
    if not talk.meaning.already_said or not talk.in_petition:
        return False
    talk.meaning.already_said = False
    known = [slot for slot in record.VALUES if talk.state.get(slot)]
    if known:
        lines = "；".join(f"{FIELD[slot].label}：{record.shown(slot, talk.state[slot])}" for slot in known)
        talk.say("already", what=lines)
        talk.moves += [f"said_back:{slot}" for slot in known]
    return False
