"""A receipt is lost, or its number forgotten: what to bring, and where a new one is made."""

from __future__ import annotations

import contextlib

from bot.dialogue import codes, handbook
from bot.dialogue.api_answers import Window
from bot.dialogue.office import with_office
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.replies import Reply
from bot.dialogue.text import bare, han_count
from bot.dialogue.texts_zh import TEXT, say

QUESTION = "回执丢了怎么办"  # a way of asking that the handbook's section is found by
WHERE = "petition_office"
LONGEST = 30  # Chinese characters: in an account a lost slip may be anybody's
# What we have handed out ourselves. 单子, 条子 alone may be the police's or a debtor's.
_SLIPS = ("回执", "回执单", "小票", "受理单", "登记单", "登记表", "查询码", "二维码", "信访编号", "信访件编号", "信访号", "编号",
          "那张纸", "那张条", "纸条", "凭条", "打出来的条", "打的条", "给的条", "给的单", "打的单")  # fmt: skip
_GONE = ("丢", "掉了", "弄没", "没了", "不见", "找不到", "找不着", "寻不到", "寻不着", "遗失", "忘", "不记得", "记不得", "记不住",
         "记不清", "想不起", "撕", "洗烂", "洗坏", "烧了", "烂了", "糊了", "搞没", "唔见", "冇咗", "补办", "补一张", "补打",
         "重新打", "重打", "再打一张", "扔", "当垃圾")  # fmt: skip
_NONE_AT_ALL = ("没号", "没得号", "没有号", "没编号", "没有编号", "没这个号", "冇号", "哪有号", "哪来的号", "哪来号", "没给号", "没留",
                "没存", "没纸", "没有纸", "没回执", "没有回执", "不知道编号", "不晓得编号", "不知道号", "不晓得号")  # fmt: skip


def is_lost(text: str) -> bool:
    """Whether a short message says that our own slip or its number is gone."""
    said = bare(text)
    if han_count(said) > LONGEST or codes.names_case(text):
        return False
    return _names(said, _SLIPS) and _names(said, _GONE)


def has_no_number(text: str) -> bool:
    """The same as an answer to the question for the number, where it need not be named: “纸丢了”, “没号”."""
    said = bare(text)
    if han_count(said) > LONGEST or codes.names_case(text):
        return False
    return _names(said, (*_GONE, *_NONE_AT_ALL))


def _names(said: str, words: tuple[str, ...]) -> bool:
    return any(one in said for one in words)


def told(api: KioskApi) -> list[Reply]:
    """The handbook's own words with their source, then place, hours and phone of the window."""
    answer, _ = handbook.answer(api, QUESTION)
    answer["options"] = []
    return [answer, with_office(api, _window(api), options=["查进度"])]


def _window(api: KioskApi) -> str:
    """Where the window is and when it is open; what is not filled in yet is said to be announced."""
    found: Window = {}
    with contextlib.suppress(ApiDown, Refused):
        found = next((one for one in api.windows() if one.get("key") == WHERE), found)
    where, hours = (_filled_in(str(found.get(name) or "")) for name in ("where", "hours"))
    return say("lost_where", where=where, hours=hours)


def _filled_in(text: str) -> str:
    return TEXT["to_be_announced"] if not text or "【" in text else text
