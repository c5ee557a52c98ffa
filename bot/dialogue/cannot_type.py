"""Somebody cannot see, write or type, and asks for help: the ways that need no typing."""

from __future__ import annotations

from bot.dialogue.office import with_office
from bot.dialogue.ports import KioskApi
from bot.dialogue.replies import Reply
from bot.dialogue.text import bare, han_count
from bot.dialogue.texts_zh import CALL_ME, TEXT

LONGEST = 40  # Chinese characters: a story in which somebody cannot read is a story
_CANNOT = ("眼睛花", "眼花", "老花", "看不清", "看不见", "看不到", "看唔到", "不识字", "不认字", "不认得字", "认不全", "认不得字", "识字少",
           "没念过书", "没读过书", "不会写", "写不来", "写不了字", "不会打字", "打不来字", "打不了字", "不会拼音", "不会用", "不会弄",
           "不会按", "手抖", "手不好使", "唔识字", "唔识打字", "不会填", "填不来")  # fmt: skip
_HELP = (
    "帮",
    "咋办",
    "咋弄",
    "咋个办",
    "咋整",
    "怎么办",
    "怎么弄",
    "怎么填",
    "谁来",
    "有没有人",
    "有人吗",
    "哪个来",
    "替我",
    "教我",
    "点算",
)


def asks_for_help(text: str) -> bool:
    """Both are said, in few words: what cannot be done, and that help is wished for."""
    said = bare(text)
    return han_count(said) <= LONGEST and any(one in said for one in _CANNOT) and any(one in said for one in _HELP)


def told(api: KioskApi) -> Reply:
    """Writing by hand, a helper, a person who comes or rings."""
    return with_office(api, TEXT["cannot_type"], options=[CALL_ME])
