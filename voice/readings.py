"""Readings of words of the product and of citizens that pypinyin or jieba's cutting get wrong: 重写, 没收到, 还钱."""

from __future__ import annotations

import jieba
from pypinyin import load_phrases_dict, load_single_dict

WORDS = {
    "重写": "chóng xiě",
    "重填": "chóng tián",
    "重拍": "chóng pāi",
    "重说": "chóng shuō",
    "重做": "chóng zuò",
    "重发": "chóng fā",
    "没收到": "méi shōu dào",
    "看得到": "kàn de dào",
    "找得到": "zhǎo de dào",
    "办得": "bàn de",
    "写得": "xiě de",
    "说得": "shuō de",
    "做得": "zuò de",
    "更长": "gèng cháng",
    "太长": "tài cháng",
    "为准": "wéi zhǔn",
    "为名": "wéi míng",
    "还钱": "huán qián",
    "还款": "huán kuǎn",
    "还清": "huán qīng",
    "还贷": "huán dài",
    "还债": "huán zhài",
    "还给": "huán gěi",
    "没还": "méi huán",
    "不还": "bù huán",
    "退还": "tuì huán",
    "差额": "chā é",
    "行贿": "xíng huì",
    "行不通": "xíng bù tōng",
    "处分": "chǔ fèn",
    "处长": "chù zhǎng",
    "科长": "kē zhǎng",
    "组长": "zǔ zhǎng",
    "答复": "dá fù",
    "睡不着": "shuì bù zháo",
    "找不着": "zhǎo bù zháo",
    "上当": "shàng dàng",
    "当成": "dàng chéng",
    "当作": "dàng zuò",
    "一行行": "yì háng háng",
    "两行": "liǎng háng",
    "一行": "yì háng",
    "血压": "xuè yā",
    "尽快": "jǐn kuài",
    "尽早": "jǐn zǎo",
    "供暖": "gōng nuǎn",
    "供热": "gōng rè",
    "提供": "tí gōng",
    "扎钢筋": "zā gāng jīn",
}
"""Word → its syllables."""

_ALONE = {"长": "cháng,zhǎng", "得": "de,dé,děi"}
_FREQUENCY = 20_000  # jieba keeps these words together


def prepare() -> None:
    """Teaches pypinyin these readings and jieba not to cut the words, for this process; may be called again."""
    load_phrases_dict({word: [[one] for one in said.split()] for word, said in WORDS.items()})
    load_single_dict({ord(sign): said for sign, said in _ALONE.items()})
    for word in WORDS:
        jieba.add_word(word, _FREQUENCY)
