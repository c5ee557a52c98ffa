"""What a message states: checked, kept with its words, said back."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import corrections, record
from bot.dialogue.particulars import PLACE, UNIT, particulars
from bot.dialogue.reading.account import SURELY_FACTS
from bot.dialogue.reading.meaning import Value
from bot.dialogue.reading.message import SURE
from bot.dialogue.reading.units import is_general
from bot.dialogue.reading.values import figures
from bot.dialogue.talks import whose
from bot.dialogue.talks.leaving import begin
from bot.dialogue.talks.talk import ASKED_IN_TURN, Talk, shown_values
from bot.dialogue.text import bare, is_other_script, plain, said_count
from bot.dialogue.texts_zh import CALL_ME
from bot.petition_fields import FIELD, FREE_TEXT, NARRATIVE, OPTIONAL, PERSONAL

_HAS_NONE = re.compile(r"[没冇無无](?:得|有)?(?:电话|手机|号码)|(?:电话|手机)(?:也|都|就)?[没冇]")
_WANDERS = re.compile(
    r"[东这今][一晚天].{0,3}[西那明][一晚天]|居无定所|[没冇无](?:得|有)?(?:个)?(?:固定|地方住)|到处(?:住|跑|漂|流)|流浪|桥洞|桥底|"
    r"(?:住|睡|在|歇)(?:车站|大街|街上|马路|工棚|车里|网吧|公园)|走到哪.{0,4}[住睡歇]|哪.{1,3}[黑哪].{0,3}[住睡歇]"
)
# Where somebody is found who has a roof and no number on the door: as good an address as they have.
_NO_NUMBER = re.compile(
    r"工棚|板房|工地|窝棚|棚子|出租[屋房]|租的?(?:房|屋|地方)|宿舍|地下室|船上|店里|没[有得]?门牌|[不没](?:晓得|知道|清楚|记得)(?:门牌|地址)"
)
_PLACE_WORD = re.compile(r"工棚|板房|工地|窝棚|棚子|出租|租|宿舍|地下室|船|店|[村镇乡街路巷楼区组厂院]")
LONGEST_ADDRESS_IN_WORDS, SHORT_ADDRESS = 40, 6  # characters
_EDGES = " ,，。.;；!！"
SHORT_OPENING = 14  # characters: what is meant, but not yet what happened
_REGISTERS_NOT = re.compile(r"[不别没](?:用|要|想|是来|打算)?(?:先)?(?:给我)?(?:登|备案|立案|记录|留底)")
ACCOUNT = 8  # characters: shorter text beside a question does not open a petition
_EMPTY = ("filler", "noise")
LIKELY_ANOTHER = 0.5  # share from which a second place or unit is asked about


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
    doubts = [one for one in whose.of_the_petitioner(talk, found) if not _keep(talk, one)]
    if "facts" in talk.noted:
        _look_at(talk)
    told = list(dict.fromkeys(one for one in talk.noted if one not in NARRATIVE))
    if told and not (told == [talk.asked] == talk.noted and _as_typed(found)):
        talk.say("noted", what=shown_values(talk.state, told))
        talk.moves += [f"said_back:{one}" for one in told]
    if "facts" in talk.noted and talk.asked not in ("facts", None):
        talk.say("facts_kept")
    if any(one.field in NARRATIVE and is_other_script(one.value) for one in found):
        talk.say("other_script")
    talk.state["last_noted"] = list(talk.noted)
    if not talk.noted and not doubts:
        _say_known(talk, found)
    if doubts and not talk.meaning.wants & {"save", "stop"}:
        whose.ask(talk, doubts[0])
        return True
    return False


def _as_typed(found: list[Value]) -> bool:
    """Whether each number is as it was typed, and was not put right within the message."""
    return all(one.field != "phone" or figures(one.value) in figures(one.words) for one in found)


def _say_known(talk: Talk, found: list[Value]) -> None:
    """What was told before is said back, instead of being taken for nothing."""
    known = [one.field for one in found if bare(one.value) in bare(str(talk.state.get(one.field) or ""))]
    known = [one for one in dict.fromkeys(known) if one not in NARRATIVE]
    if known:
        talk.say("already", what=shown_values(talk.state, known))
        talk.moves += [f"said_back:{one}" for one in known]
        talk.meaning.already_said = False
    talk.understood = True


def _only_asks(talk: Talk) -> bool:
    """“Wages not paid, which window is that?” and “don't register it”: answered first, registered if it is wished."""
    if "register" in talk.meaning.wants:
        return False
    asks = any(one.topic in ("where", "procedure", "cost") for one in talk.meaning.questions)
    only = [plain(one.text) for one in talk.clauses if "wants.advice_only" in one.acts]
    return any(_REGISTERS_NOT.search(one) for one in only) or (asks or bool(only)) and not tells_account(talk)


def tells_account(talk: Talk) -> bool:
    """Whether clauses that ask nothing surely tell enough to be what happened."""
    told = [one for one in talk.clauses if one.shares.get("gives.facts", 0.0) >= SURELY_FACTS]
    return sum(said_count(one.text) for one in told if not any(act.startswith("asks.") for act in one.acts)) >= ACCOUNT


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
    if one.field == "address" == talk.asked and said_count(one.value) < SHORT_ADDRESS and _in_own_words(talk):
        one = replace(one, value=talk.meaning.words.strip(_EDGES))
    if one.others and one.field == "petitioner_name":
        return had is not None or talk.asked != "petitioner_name"
    if whose.is_helpers_name(talk, one):
        return had is not None or talk.asked != "petitioner_name"  # the one who speaks, not the one spoken for
    if had and one.field == "petitioner_name" and one.value != had and one.value.endswith(str(had)):
        return talk.store(one.field, one.value, one.words) or True  # 桂芬, and later 李桂芬
    twice = one.field in talk.noted and one.field in PERSONAL  # two in one message: which one is asked
    if had and one.field == talk.asked != "request" and not twice:
        return talk.store(one.field, one.value, one.words) or True
    if had and one.field in (PLACE, UNIT):
        return _is_known_or_settled(talk, one, str(had))
    if had:
        kept = talk.checked(one.field, one.value) if one.field in ("petitioner_name", "phone", "address") else had
        return kept is None or kept == had or bare(one.value) in bare(str(had))
    talk.store(one.field, one.value, one.words)
    return True


def _is_known_or_settled(talk: Talk, one: Value, had: str) -> bool:
    """A second place or unit: a more exact one takes the place of the first; another one is asked about."""
    new, old = bare(one.value), bare(had)
    if new in old or one.field == UNIT and is_general(one.value):
        return True
    if old in new or one.field == UNIT and is_general(had):
        return talk.store(one.field, one.value, one.words) or True
    shares = [clause.shares.get(f"gives.{one.field}", 0.0) for clause in talk.clauses if clause.text == one.words]
    told_beside = any(
        other.field == "facts" for other in talk.meaning.values
    )  # within an account other places and offices are part of it
    return told_beside or max(shares, default=0.0) < LIKELY_ANOTHER


def _facts(talk: Talk, one: Value) -> None:
    if bare(one.value) in bare(str(talk.state.get("facts") or "")):
        return  # told before in the same words
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
    return "register" in talk.meaning.wants and said_count(one.value) < SHORT_OPENING


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
    if asked == "address" and not talk.state.get("address") and _in_own_words(talk):
        talk.store("address", words.strip(_EDGES), words)
        return False
    if asked not in FREE_TEXT or talk.meaning.understood or talk.meaning.noise:
        return False
    if asked in NARRATIVE and said_count(words) < 4 or len(words) > 60 and asked in OPTIONAL:
        return False
    if talk.clauses and all(any(one.shares.get(act, 0.0) >= SURE for act in _EMPTY) for one in talk.clauses):
        return False  # “let me think”
    talk.store(str(asked), words, words)
    return False


def skipped(talk: Talk) -> bool:
    """Somebody cannot or will not give something: what may stay empty stays empty; else it is said why it is needed."""
    if not talk.meaning.refuses:
        return False
    asked, named = talk.asked, _refused_by_name(talk)
    for field in sorted(named & OPTIONAL - {asked}):
        if talk.state.get(field) is None:
            talk.state[field] = ""
            talk.say(f"cannot_{field}")
    if asked in named:
        named = {asked}
    if named and asked not in named:
        for field in sorted(named - OPTIONAL):
            talk.say(f"cannot_{field}")
        return False
    if asked == UNIT:
        talk.which_is_answered()
    if asked not in FIELD or talk.state.get(asked) or any(one.field == asked for one in talk.meaning.values):
        return False
    if asked in OPTIONAL:
        talk.left_empty(asked)
        return False
    if asked == "address" and _no_fixed_home(talk):
        return False
    _says_why(talk, asked)
    return True


def _refused_by_name(talk: Talk) -> set[str]:
    """The fields that the refusing clauses name. A sum or a day never: “no money”, “no time” are said of other things."""
    refusing = [one.text for one in talk.clauses if one.shares.get("refuses", 0.0) >= SURE]
    named = {corrections.field_named(words) for words in refusing}
    return {one for one in named if one and (one in ASKED_IN_TURN or FIELD[one].masked) and one not in NARRATIVE}


def _says_why(talk: Talk, asked: str) -> None:
    """Why it is needed, once; from the second time on the talk goes on, and comes back with the offer of a person."""
    times = dict(talk.state.get("times") or {})
    again = times.get(f"refused:{asked}", 0)
    talk.state["times"] = {**times, f"refused:{asked}": again + 1, asked: max(times.get(asked, 0), 1)}
    talk.state["misses"] = 0
    if again:
        if talk.missing() != asked:
            talk.say("put_off")
            talk.go_on()
            return
        talk.say("refused_again", options=(CALL_ME, "找人工", "先存着"))
        talk.did("person")
        talk.did(f"ask:{asked}")
        talk.ask(asked, silent=True)
        return
    if "answered:why" not in talk.moves:
        without = asked == "phone" and _HAS_NONE.search(plain(talk.meaning.words))
        talk.say("no_phone" if without else f"cannot_{asked}", options=("找人工", "先存着"))
        talk.did("answered:why")
    talk.ask(asked)


def _in_own_words(talk: Talk) -> bool:
    """Whether a whole message says where somebody without a door number is found."""
    meaning = talk.meaning
    words = meaning.words.strip(_EDGES)
    return (
        SHORT_ADDRESS - 2 <= said_count(words) <= LONGEST_ADDRESS_IN_WORDS
        and not (meaning.questions or meaning.wants or any(one.field in NARRATIVE for one in meaning.values))
        and bool(_NO_NUMBER.search(plain(words)))
        and bool(_PLACE_WORD.search(plain(words)))
    )


def _no_fixed_home(talk: Talk) -> bool:
    """Who has no fixed address says where to be found: their own words, if the API takes them."""
    words = talk.meaning.words.strip(_EDGES)
    return bool(_WANDERS.search(plain(words))) and talk.store("address", words, words)
