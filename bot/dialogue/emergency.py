# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Danger now: whom to call is said before anything else (Art. 25: urgent matters at once)."""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.reading.message import Message
from bot.dialogue.text import plain, said_count
from bot.understanding.danger_signs import shows_scene

_HARM_SELF = re.compile(
    r"(不想活|活不下去|想死|去死|寻死|自杀|轻生|跳楼|跳河|跳桥|割腕|上吊|喝农药|喝药|同归于尽|自焚|了断自己|死给.{0,4}看|"
    r"一死了之|没法活了|不如死了)"
)
_PAST_SELF = re.compile(r"(去年|前年|早年|曾经|年前|个月前|已经死|自杀身亡|跳楼身亡|被逼自杀)")
_CRIME = re.compile(
    r"(正在|现在|这会儿|此刻|马上).{0,8}(打人|打我|砍|砸|强拆|抢|行凶|拿刀|被打)|(拿|持|提)着?(刀|斧|棍).{0,6}(砍|追|威胁|要杀)"
    r"|(要|扬言|威胁).{0,3}(杀了?我|杀人|砍死|弄死我|杀我全家)|被(绑架|非法拘禁|关起来|扣押着)|救命"
)
_FIRE = re.compile(r"(着火了|起火了|正在(着火|冒烟|燃烧)|失火了|煤气泄漏|燃气泄漏|要爆炸|困在电梯)")
_HURT = re.compile(
    r"(正在|现在|快|还在).{0,6}(流血|昏迷|晕倒|没呼吸)|心脏病犯了|快不行了|喘不上气|突然(晕倒|昏倒)|叫救护车"
)

# Shares from which the form stops, one line is said, or a model counts as agreeing. Neither the matter model over the
# whole message nor the reader over one of its clauses stops anything alone: "气死我了" is none, "存着，念给我妈听" neither.
_BOTH_AT, _BESIDE_WORDS_AT = 0.3, 0.05  # their mean; beside words that name a danger
_AGREES_CLAUSE, _AGREES_WHOLE = 0.05, 0.02
_DOUBT_WHOLE, _DOUBT_CLAUSE, _DOUBT_FROM = 0.2, 0.6, 6  # two shares; Chinese characters
_BY_SOMEBODY = frozenset({"crime", "medical"})  # may be done by one's own family
_HOME = re.compile(
    r"(?:老公|丈夫|男人|前夫|我爱人|对象|男朋友|男友|那口子|当家的|孩子他爸|[他娃]爸|[他娃]爹|老头子|公公|婆婆|我爸|我妈|继父|后爸|后爹|儿子|儿媳|女婿)"
    r".{0,14}(?:打|掐|砸|踹|揍|砍|拖|锁|关|扇|踢|捶|勒|动手|拿刀|往死里)|家暴|家里.{0,4}动手|(?:又|正|在|天天|往死里)打我|打我和?(?:娃|孩子)"
)
_PARTNER = re.compile(
    r"(?:我|俺|咱)们?(?:家|的)?(?:那个?)?(?:老公|丈夫|男人|男的|前夫|爱人|对象|男朋友|男友|那口子|当家的|女婿|公公|婆婆)|孩子他?爸|[他娃]爸|老头子|婆家"
)
_HE = re.compile(r"[他她](?!们)|又喝")
_HIDES = re.compile(
    r"(?:我|俺|咱|娃|孩子|闺女|女儿|儿子)[^,，。!！]{0,8}(?:躲|锁|藏|反锁)[^,，。!！]{0,4}(?:厕所|卫生间|洗手间|卧室|房间|里屋|屋里|衣柜|阳台)"
)
_WITH_CHILD = re.compile(r"(?:娃|孩子|闺女|女儿|儿子|宝宝)[^,，。!！]{0,6}(?:躲|锁|藏|反锁)")
# Somebody is trapped for minutes; a lift is out of order for weeks, and its people sit upstairs.
_OUT_OF_ORDER = re.compile(r"电梯[^,，。!！]{0,6}[坏停][^,，。!！]{0,8}(?:周|星期|礼拜|月|年)")
_TRAPPED = re.compile(r"困|关在|卡在|出不来|救|快来|着火|冒烟|漏气")
# 打 is no violence where what is “struck” is a number, a call, an instrument of help or a thing. A person in between
# only says whose number it is: “打我儿子的139…”.
_NUMBER = (
    r"(?:电话|手机|座机|号码?|热线|微信|视频|语音|(?:\+?86)?1[3-9][\d\- ]{9,13}|0\d{2,3}[\d\- ]{7,10}|12[34]\d\d(?!\d))"
)
_PERSON_OR_NOTHING = rf"(?:[我你您他她俺咱]们?)?(?:家?的?[大小老二]?[{HAN}]{{1,4}})?(?:的|那个|这个|留的)?[:： ]?"
_NO_VIOLENCE = re.compile(
    rf"(?<![殴追毒被挨])打(?:一?下|一?个|过|了|通|不通|给)?{_PERSON_OR_NOTHING}{_NUMBER}"
    r"|打(?:[了过]|[一两三几]?[张个次场])?(?:官司|工|零工|短工|的士|车|卡|麻将|牌|扑克|球|针|疫苗|点滴|假|水|井|折|印|包|欠条|借条|收条|白条|条子|款|钱|草稿|报告|证明|听|扫|交道|招呼|算|开|游击|药|农药|粮|谷|地基|桩|广告)"
)


def without_calls(text: str) -> str:
    """The text without what only sounds like violence: calls, and things that are “struck” in Chinese."""
    return _NO_VIOLENCE.sub("，", text)


def _rests_on_a_call(text: str) -> bool:
    """Whether nothing that looks like danger is left once calls are taken out."""
    rest = without_calls(text)
    return rest != text and not shows_scene(rest)


def emergency(message: Message) -> str | None:
    """'life', 'crime', 'home', 'fire' or 'medical' when a message speaks of danger now, 'doubt' when it may.

    Two of three signals have to agree: the matter model over the whole, the reader over a clause, and words that
    name a danger. Words alone count where no model has read the message.
    """
    text = plain(message.text)
    named = named_danger(text)
    if not named and _rests_on_a_call(text):
        return None
    if message.dangers is not None:
        shares = {kind: share for kind, share in message.dangers.items() if kind != "none"}
        whole = sum(shares.values())
        clause = max((one.shares.get("danger", 0.0) for one in message.clauses), default=0.0)
        if not _agree(named, whole, clause):
            doubt = whole >= _DOUBT_WHOLE or clause >= _DOUBT_CLAUSE and whole >= _AGREES_WHOLE
            return "doubt" if doubt and said_count(text) >= _DOUBT_FROM else None
        likeliest = max(shares, key=lambda kind: shares[kind]) if whole >= _AGREES_WHOLE else None
        named = likeliest or named
        if named == "fire" and _OUT_OF_ORDER.search(text) and not _TRAPPED.search(text):
            return "doubt"
    return "home" if named in _BY_SOMEBODY and (is_at_home(text) or _WITH_CHILD.search(text)) else named


def is_at_home(text: str) -> bool:
    """Whether those who do violence, as told, are one's own family."""
    return bool(_HOME.search(plain(text)))


def is_by_family(text: str, told: str) -> bool:
    """Whether “he” who does violence now is, by what was told before, one's partner or a relative."""
    return is_at_home(told) or bool(_HE.search(plain(text)) and _PARTNER.search(plain(told)))


def _agree(named: str | None, whole: float, clause: float) -> bool:
    both = (whole + clause) / 2
    if named:
        return both >= _BESIDE_WORDS_AT
    return both >= _BOTH_AT and clause >= _AGREES_CLAUSE and whole >= _AGREES_WHOLE


def named_danger(text: str) -> str | None:
    """The danger that words name, in simplified text."""
    if _HARM_SELF.search(text) and not _PAST_SELF.search(text):
        return "life"
    if _FIRE.search(text):
        return "fire"
    if _CRIME.search(text) or _HIDES.search(text):
        return "crime"
    return "medical" if _HURT.search(text) else None
