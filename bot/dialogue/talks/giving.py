"""What a message states: checked, kept with its words, said back; whose it is when that is doubtful."""

from __future__ import annotations

import re

from bot.dialogue import corrections, record
from bot.dialogue.particulars import particulars
from bot.dialogue.reading.meaning import Value
from bot.dialogue.reading.values import figures
from bot.dialogue.replies import option, reply
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import ASKED_IN_TURN, Talk, shown_values
from bot.dialogue.text import bare, han_count, plain
from bot.dialogue.texts_zh import LABELS, say
from bot.petition_fields import FIELD, FREE_TEXT, NARRATIVE, OPTIONAL, PERSONAL

MAX_REPRESENTATIVES = 5  # Art. 20
SHORT_OPENING = 14  # characters: what is meant, but not yet what happened
MINE, NOT_MINE = "就留这个号码", "不是，我另外说"
AS_BEFORE = "还用原来的"
AGREED = "agreed"  # whose: it seemed somebody else's, and the citizen wants it used
NEW_ONE = re.compile(r"新的|后[面一]|刚才|改成|第二")
OLD_ONE = re.compile(r"原来|前[面一]|旧的|不改|第一|以前")
NAME_IS_MINE, NAME_IS_OTHERS = "是我的名字", "不是我的名字"


def owner_answered(talk: Talk) -> bool:
    """The answer to “is this yours?”."""
    if talk.asked != "owner":
        return False
    doubt = talk.pending.get("owner") or {}
    meaning = talk.meaning
    talk.state["pending"] = None
    field, value = doubt.get("field"), doubt.get("value")
    talk.asked = talk.missing()
    if not field:
        return False
    meaning.chosen = ""
    if meaning.words.strip() == AS_BEFORE:
        talk.go_on()
        return True
    tail = figures(meaning.words)
    meant = len(tail) >= 3 and str(value).endswith(tail) and "不" not in meaning.words
    if doubt.get("two") and _chooses_new(meaning.words, str(value)):
        meant = True
    elif doubt.get("two") and (meaning.no or OLD_ONE.search(plain(meaning.words))):
        talk.go_on()
        return True
    if meaning.yes or meant or meaning.words.strip() in (MINE, NAME_IS_MINE, str(value)):
        if talk.store(field, str(value), str(doubt.get("words")), doubt.get("whose", "own")):
            talk.say("noted", what=shown_values(talk.state, [field]))
        talk.go_on()
        return True
    if meaning.no or meaning.words.strip() in (NOT_MINE, NAME_IS_OTHERS):
        talk.asked = field
        talk.ask(field)
        return True
    talk.asked = field if talk.state.get(field) is None else talk.asked
    return False


def _chooses_new(words: str, value: str) -> bool:
    said = plain(words)
    return bool(NEW_ONE.search(said)) and not OLD_ONE.search(said) or bare(value) in bare(words)


def secrecy(talk: Talk) -> bool:
    """The wish to be kept confidential, noted once and shown in the read-back."""
    wish, talk.meaning.secrecy = talk.meaning.secrecy, ""
    if wish == "not_wanted":
        talk.state["confidential"] = None
        talk.say("accusation" if record.accuses(talk.state) else "not_confidential")
    elif wish == "wanted" and not record.is_confidential(talk.state):
        begin(talk)
        talk.state["confidential"] = True
        talk.say("confidential")
    elif wish:
        talk.say("confidential")
    return False


def people(talk: Talk) -> bool:
    """Representatives, and the one who is spoken for."""
    meaning = talk.meaning
    for person in meaning.people:
        _add_representative(talk, person)
    meaning.people = []
    if meaning.for_another and not talk.state.get("proxy"):
        begin(talk)
        talk.state["proxy"] = True
        talk.say("proxy")
        talk.did("proxy")
    return False


def _add_representative(talk: Talk, person: dict[str, str]) -> None:
    kept = list(talk.state.get("representatives") or [])
    if len(kept) >= MAX_REPRESENTATIVES:
        talk.say("representative_full")
    elif not all(talk.api.check(name, person[name]).get("ok") for name in ("name", "phone")):
        talk.say("representative_bad")
    else:
        begin(talk)
        talk.state["representatives"] = [*kept, person]
        talk.say("representative_added", name=person["name"], tail=person["phone"][-4:])


def values(talk: Talk) -> bool:
    """Everything that was stated, each in its place."""
    found = [one for one in talk.meaning.values if one.field in FIELD]
    if not found:
        return False
    if not talk.in_petition and _only_asks(talk):
        talk.state["opening"] = next((one.value.strip(" ,，") for one in found if one.field == "facts"), None)
        return False
    if not talk.in_petition and not _tells(talk, found):
        return False
    begin(talk)
    doubts = [one for one in found if not _keep(talk, one)]
    if "facts" in talk.noted:
        _look_at(talk)
    told = [one for one in talk.noted if one not in NARRATIVE]
    if told and not (told == [talk.asked] and len(talk.noted) == 1):
        talk.say("noted", what=shown_values(talk.state, told))
        talk.moves += [f"said_back:{one}" for one in told]
    if "facts" in talk.noted and talk.asked not in ("facts", None):
        talk.say("facts_kept")
    talk.state["last_noted"] = list(talk.noted)
    if doubts and not talk.meaning.wants & {"save", "stop"}:
        _ask_owner(talk, doubts[0])
        return True
    return False


def _only_asks(talk: Talk) -> bool:
    """“My boss owes me wages, which window is that?”: answered first, registered if the citizen wishes."""
    asks = any(one.topic in ("where", "procedure", "cost") for one in talk.meaning.questions)
    return (asks or "advice_only" in talk.meaning.wants) and "register" not in talk.meaning.wants


def _tells(talk: Talk, found: list[Value]) -> bool:
    """Whether a message outside a petition begins one."""
    return talk.asked == "facts" or any(one.field in NARRATIVE for one in found) or len(found) >= 2


def _keep(talk: Talk, one: Value) -> bool:
    """Whether this value is settled: kept, known already or refused with a reason; False when it is doubtful."""
    had = talk.state.get(one.field)
    if one.field == "facts":
        _facts(talk, one)
        return True
    if one.field == "request":
        if had and one.value not in str(had):
            talk.store("request", f"{had}\n{one.value}", one.words)
        elif not had:
            talk.store("request", one.value, one.words)
        return True
    if one.others and one.field == "phone":
        return had is not None
    if one.others and one.field == "petitioner_name" and not talk.meaning.for_another and not talk.state.get("proxy"):
        return had is not None or talk.asked != "petitioner_name"
    twice = one.field in talk.noted and one.field in PERSONAL  # two in one message: which one is asked
    if had and one.field == talk.asked != "request" and not twice:
        return talk.store(one.field, one.value, one.words) or True
    if had:
        kept = talk.checked(one.field, one.value) if one.field in ("petitioner_name", "phone", "address") else had
        return kept is None or kept == had or one.value in str(had)
    talk.store(one.field, one.value, one.words)
    return True


def _facts(talk: Talk, one: Value) -> None:
    opening = talk.state.get("opening") if talk.before.get("draft_id") else None
    talk.state["opening"] = opening
    if opening:
        talk.state["opening"] = None
        talk.append_facts(f"{opening}\n{one.value}" if opening not in one.value else one.value)
    elif talk.state.get("facts") is None and talk.asked is None and _is_opening(talk, one):
        talk.state["opening"] = one.value
        talk.noted.append("facts")
    else:
        talk.append_facts(one.value)


def _is_opening(talk: Talk, one: Value) -> bool:
    """What is meant, but not yet what happened."""
    return "register" in talk.meaning.wants and han_count(one.value) < SHORT_OPENING


def _ask_owner(talk: Talk, one: Value) -> None:
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
        talk.put(reply(say("whose", value=record.shown(one.field, one.value), label=label), options=[mine, other]))
        doubt = {"buttons": [mine, other], "whose": AGREED}
    talk.state["pending"] = {"owner": {"field": one.field, "value": one.value, "words": one.words[:200], **doubt}}
    talk.did("owner")
    talk.ask("owner", silent=True)


def _look_at(talk: Talk) -> None:
    """Place, unit, sum and day that the account states plainly; a group; an accusation."""
    text = talk.meaning.words
    for slot, value in particulars(text).items():
        if talk.state.get(slot) is None:
            talk.store(slot, value, value)
    if corrections.speaks_of_group(text) and not talk.state.get("representatives"):
        talk.say("representative_hint")


def plain_answer(talk: Talk) -> bool:
    """Words that no act explains, at a question that takes any words: they are the answer."""
    asked, words = talk.asked, talk.meaning.words.strip()
    if asked not in FREE_TEXT or talk.meaning.understood or talk.meaning.noise:
        return False
    if asked in NARRATIVE and han_count(words) < 4 or len(words) > 60 and asked in OPTIONAL:
        return False
    talk.store(str(asked), words, words)
    return False


def skipped(talk: Talk) -> bool:
    """Somebody cannot or will not give what is asked."""
    if not talk.meaning.refuses:
        return False
    asked = talk.asked
    if any(one.field == asked for one in talk.meaning.values) or (asked and talk.state.get(asked)):
        return False
    if asked in OPTIONAL and asked in ASKED_IN_TURN:
        talk.state[str(asked)] = ""
        return False
    if asked in FIELD:
        key = f"cannot_{asked}"
        talk.say(key, options=("先存着", "找人工"))
        talk.did("person")
        talk.did(f"ask:{asked}")
        talk.ask(str(asked), silent=True, misses=int(talk.state.get("misses") or 0))
        return True
    return False
