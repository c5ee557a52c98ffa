"""Readings of characters that have several."""

from __future__ import annotations

import jieba
import pytest
from pypinyin import Style, lazy_pinyin

from voice import readings

READ = {
    "请重写一次": "qing3 chong2 xie3 yi1 ci4",
    "还没收到答复": "hai2 mei2 shou1 dao4 da2 fu4",
    "以最新公布的为准": "yi3 zui4 xin1 gong1 bu4 de5 wei2 zhun3",
    "时间更长": "shi2 jian1 geng4 chang2",
    "内容太长了": "nei4 rong2 tai4 chang2 le5",
    "办得怎么样": "ban4 de5 zen3 me5 yang4",
    "他借了钱不还": "ta1 jie4 le5 qian2 bu4 huan2",
    "还没解决": "hai2 mei2 jie3 jue2",
    "不服处分": "bu4 fu2 chu3 fen4",
    "重要": "zhong4 yao4",
    "重新登记": "chong2 xin1 deng1 ji4",
    "行政复议": "xing2 zheng4 fu4 yi4",
    "受到刁难": "shou4 dao4 diao1 nan4",
    "不得打击报复": "bu4 de2 da3 ji1 bao4 fu4",
}


@pytest.mark.parametrize(("text", "syllables"), READ.items())
def test_a_character_is_read_as_its_word_demands(text: str, syllables: str) -> None:
    readings.prepare()
    spoken = [
        one for word in jieba.lcut(text) for one in lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    ]
    assert " ".join(spoken) == syllables


def test_every_word_has_a_syllable_for_each_character() -> None:
    for word, said in readings.WORDS.items():
        assert len(word) == len(said.split()), word
