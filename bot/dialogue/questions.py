# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Is the message a question to us, or words for the record? Precision first."""

from __future__ import annotations

import re

from bot.dialogue.text import plain

_ASKS = re.compile(
    r"[?？]\s*$|(吗|呢|么|啵)\s*[。.!！?？]*$|多久|多长时间|多少天|几天|怎么办|怎样|什么时候|啥时候|啥时|几点|哪里|哪儿|在哪|多少钱|"
    r"要不要|能不能|可不可以|是不是|有没有|需不需要|行不行|会不会|算不算|为什么|为啥|是什么|什么是|啥叫|什么叫|怎么|咋|哪些|哪个|谁"
)
_PROCEDURE = re.compile(
    r"信访|登记|受理|答复|回复|办结|期限|多久|多长时间|多少天|几天|收费|要钱|花钱|免费|带什么|材料|几点|上班|下班|哪个窗口|哪个部门|"
    r"复查|复核|代表|匿名|保密|泄露|泄漏|报复|查询码|二维码|编号|进度|撤回|撤销|不受理|转送|交办|意见书|调解|律师|法律援助|流程|办理"
)
_MARK_AT_END = re.compile(r"[?？]\s*$")


def is_question(text: str) -> bool:
    """Anything phrased as a question."""
    return bool(_ASKS.search(plain(text)))


def question_in_closed_slot(text: str, intent: str, confidence: float) -> bool:
    """At a name, phone, address or unit: a question mark or asking words are enough."""
    if not is_question(text):
        return intent in ("ask_handbook", "find_window") and confidence >= 0.75 and len(text) >= 5
    return bool(_MARK_AT_END.search(text)) or confidence >= 0.3 or bool(_PROCEDURE.search(plain(text)))
