"""A yes that may register: exact words only, clause by clause, with nothing beside it that could matter.

A clause is a yes where the words below cover all of it and one of them agrees. A guess never registers anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.dialogue.reading.message import Clause
from bot.dialogue.text import plain, spoken_digits, unpunctuated


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AGREES = _words(
    "是 对 好 行 中 成 可以 没错 没有错 没得错 没问题 没有问题 没毛病 没意见 正确 无误 属实 确认 确定 同意 要得 得行 对头 "
    "就这样 就这么着 照这样 就这些 ok okay yes yep correct"
)
SUBMITS = _words("提交 交 登 登记 报 递 嗯 恩 submit")  # a yes where it is asked whether to register
# Say neither yes nor no: they may stand around. “你好” has to stay a greeting, so “you” is here in phrases only.
_AROUND = _words(
    "就 那 都 全 全都 全部 的 了 滴 得 很 挺 吧 呀 啊 呢 咯 嘛 哦 噢 嗯 哎 欸 哈 啦 哩 噻 嘞 呗 哒 啵 我 俺 咱 这 这样 这么 这些 这个 "
    "这回 这下 这次 这会儿 上面 内容 信息 上去 给 帮 请 麻烦 替 赶紧 快 快点 赶快 马上 现在 直接 一下 并 看了 看过了 核对过了 您就 你就 你们就 麻烦你 麻烦您 "
    "谢谢 谢谢你 谢谢您 多谢 谢了 辛苦 辛苦了 拜托 please thanks"
)
_LONGEST = max(len(word) for word in AGREES | SUBMITS | _AROUND)
_TAGS = frozenset({"对吧", "是吧", "对哈", "是哈", "对啵"})  # “isn't it?”: asks for a yes and is none
# Beside a yes these clauses change nothing.
_HARMLESS = ("asks.", "feels.", "filler", "noise", "already_said", "yes", "wants.register")
_HARMLESS_FROM, _HARMFUL_FROM = 0.5, 0.2  # shares
# Whatever the reader makes of a clause, one with these words may object.
_OBJECTS = ("错", "改", "不对", "不行", "不是", "但", "可是", "不过", "除了", "等等", "等一", "等会", "慢着", "先不", "别",
            "还有", "补", "漏", "换", "重")  # fmt: skip
_IMPATIENT = re.compile(r"[别莫](?:再|老)?(?:问|催)")  # objects to our questions, not to what was read back
_ASIDES = frozenset({"对了", "是这样", "是这样的", "就是"})  # with more behind them they only lead up to it
MOST_FIGURES = 1
_LONGEST_YES = 200  # characters


def agrees(text: str, asked: str = "") -> bool:
    """A plain yes to the question that is open; anything longer or mixed is none."""
    if len(text) > _LONGEST_YES:
        return False
    said = unpunctuated(text)
    return said not in _TAGS and _covered(said, AGREES | SUBMITS if asked == "confirm" else AGREES)


def all_agree(text: str, clauses: Sequence[Clause], asked: str) -> bool:
    """Whether a clause agrees, and every other one does as well or is harmless. At the read-back this registers."""
    if agrees(text, asked):  # its clauses may be cut in the middle of a word
        return True
    found = [one for one in clauses if unpunctuated(one.text)]
    yes = [agrees(one.text, asked) and unpunctuated(one.text) not in _ASIDES for one in found]
    return any(yes) and all(agreed or _is_harmless(one) for agreed, one in zip(yes, found, strict=True))


def _covered(said: str, agreeing: Iterable[str]) -> bool:
    """Whether words of the lists cover all of `said`, one of them agreeing; “对是对” grants and goes on to object."""
    first, is_, second = said[1:].partition("是")
    if is_ and said[:1] + first == second and second:
        return False
    reached: dict[int, bool] = {0: False}  # how far words cover it → whether one of them agreed
    for start in range(len(said)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(said)) + 1):
            word = said[start:end]
            yes = word in agreeing
            if yes or word in _AROUND:
                reached[end] = reached.get(end, False) or reached[start] or yes
    return bool(said) and reached.get(len(said), False)


def _is_harmless(clause: Clause) -> bool:
    said = _IMPATIENT.sub("", plain(clause.text))
    if any(word in said for word in _OBJECTS) or _figures(said) > MOST_FIGURES:
        return False
    harmful = max((share for act, share in clause.shares.items() if not act.startswith(_HARMLESS)), default=0.0)
    harmless = max((share for act, share in clause.shares.items() if act.startswith(_HARMLESS)), default=0.0)
    return harmless >= _HARMLESS_FROM and harmful < _HARMFUL_FROM


def _figures(said: str) -> int:
    return sum(one.isdigit() for one in spoken_digits(said))
