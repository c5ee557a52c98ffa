"""A name that somebody said: the name alone, and the words by which Chinese people tell its characters apart."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

_LEAD = re.compile(
    r"(?:(?:您好|你好|同志|嗯|那个|哦|啊)[，,、]?)?(?:我的?名字(?:就?叫|是)?|我的?姓名(?:叫|是)?|我就?叫|我姓名|名字叫?|姓名是?|叫|我是)?(?P<rest>.*)",
    re.DOTALL,
)
_SURNAME_FIRST = re.compile(
    r"(?:我)?姓(?P<surname>[\u4e00-\u9fff])[，,、。]?(?P<between>[^，,、。]{0,8}[，,、。])?(?:我)?叫(?P<rest>.*)",
    re.DOTALL,
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "司徒")
LONGEST_NAME = 4
_PARTS = re.compile(r"[，,。、；;！!？?\s]+")
_EXPLAINED = re.compile(r"([\u4e00-\u9fff]{1,4}?)的([\u4e00-\u9fff])")
_COMPOSED = {  # how surnames are told apart: by their parts
    "弓长": "张", "立早": "章", "木子": "李", "耳东": "陈", "三横": "王", "草头": "黄", "双木": "林", "口天": "吴", "古月": "胡",
    "言午": "许", "双人": "徐", "关耳": "郑", "走肖": "赵", "干勾": "于", "人可": "何", "美女": "姜", "文刀": "刘", "卯金刀": "刘",
    "禾口": "程", "双口": "吕", "召耳": "邵", "丘耳": "邱", "赤耳": "郝", "龙共": "龚",
}  # fmt: skip
_COMMON = {
    "王": "国王的王", "李": "木子李", "张": "弓长张", "刘": "文刀刘", "陈": "耳东陈", "杨": "杨树的杨", "赵": "走肖赵", "黄": "黄色的黄", "周": "周到的周",
    "吴": "口天吴", "徐": "双人徐", "孙": "子小孙", "胡": "古月胡", "朱": "朱红的朱", "高": "高低的高", "林": "双木林", "何": "人可何", "郭": "城郭的郭",
    "马": "马匹的马", "罗": "罗列的罗", "梁": "桥梁的梁", "宋": "宋朝的宋", "郑": "关耳郑", "谢": "谢谢的谢", "韩": "韩国的韩", "唐": "唐朝的唐", "冯": "两点马冯",
    "于": "干勾于", "董": "董事的董", "萧": "萧条的萧", "程": "路程的程", "曹": "曹县的曹", "袁": "土口衣袁", "邓": "又耳邓", "许": "言午许",
    "傅": "师傅的傅", "沈": "沈阳的沈", "曾": "曾经的曾", "彭": "彭城的彭", "吕": "双口吕", "苏": "苏州的苏", "卢": "卢沟桥的卢", "蒋": "草头蒋",
    "蔡": "草头祭祀的蔡", "贾": "西贝贾", "丁": "甲乙丙丁的丁", "魏": "魏国的魏", "薛": "草头薛", "叶": "树叶的叶", "余": "多余的余", "潘": "三点水番的潘",
    "杜": "木土杜", "戴": "穿戴的戴", "夏": "夏天的夏", "钟": "时钟的钟", "汪": "汪洋的汪", "田": "田地的田", "任": "任务的任", "姜": "美女姜", "范": "模范的范",
    "方": "方向的方", "石": "石头的石", "姚": "女兆姚", "谭": "言西早谭", "廖": "广字头的廖", "邹": "刍耳邹", "熊": "熊猫的熊", "金": "金银的金",
    "陆": "陆地的陆", "郝": "赤耳郝", "孔": "孔雀的孔", "白": "黑白的白", "崔": "崔巍的崔", "康": "健康的康", "毛": "毛笔的毛", "邱": "丘耳邱", "秦": "秦朝的秦",
    "江": "长江的江", "史": "历史的史", "顾": "照顾的顾", "侯": "侯爵的侯", "邵": "召耳邵", "孟": "孟春的孟", "龙": "龙凤的龙", "万": "千万的万", "段": "一段的段",
    "雷": "打雷的雷", "钱": "金钱的钱", "汤": "喝汤的汤", "尹": "府尹的尹", "黎": "黎明的黎", "易": "容易的易", "常": "经常的常", "武": "武术的武",
    "乔": "乔木的乔", "贺": "祝贺的贺", "赖": "依赖的赖", "龚": "龙共龚", "文": "文化的文", "小": "大小的小", "明": "明天的明", "建": "建设的建", "国": "国家的国",
    "军": "军队的军", "华": "中华的华", "英": "英雄的英", "秀": "秀气的秀", "兰": "兰花的兰", "芳": "芳香的芳", "桂": "桂花的桂", "玉": "玉石的玉", "梅": "梅花的梅",
    "红": "红色的红", "丽": "美丽的丽", "伟": "伟大的伟", "强": "强大的强", "志": "志气的志", "平": "和平的平", "春": "春天的春", "生": "生活的生", "德": "道德的德",
    "福": "幸福的福", "贵": "富贵的贵", "珍": "珍珠的珍", "凤": "凤凰的凤", "霞": "彩霞的霞", "燕": "燕子的燕", "静": "安静的静", "敏": "敏捷的敏", "娟": "娟秀的娟",
    "铁": "钢铁的铁", "柱": "柱子的柱", "大": "大小的大", "山": "高山的山", "海": "大海的海", "新": "新旧的新", "云": "白云的云", "飞": "飞机的飞", "鹏": "大鹏的鹏",
    "辉": "光辉的辉", "超": "超过的超", "杰": "杰出的杰", "涛": "波涛的涛", "磊": "三石磊", "洋": "海洋的洋", "勇": "勇敢的勇", "艳": "鲜艳的艳", "娜": "婀娜的娜",
}  # fmt: skip
SURNAMES = "".join(list(_COMMON)[: list(_COMMON).index("小")]) + "欧阳司马"
"""Characters that a name may begin with."""


def alone(text: str) -> str:
    """王小明 from 我叫王小明, 国王的王, 明天的明: what is explained decides between characters that sound the same.

    A text that is no name comes back without its beginning and marks.
    """
    told = _SURNAME_FIRST.match(text)
    found = told or _LEAD.match(text)
    parts = [one for one in _PARTS.split(found["rest"] if found else text) if one]
    if not parts:
        return _PARTS.sub("", text)
    name = parts[0]
    if len(name) > LONGEST_NAME and "的" in name:  # said without a pause: 张秀兰秀气的秀
        size = 4 if name.startswith(_DOUBLE) else 3
        name, parts = name[:size], [name, name[size:], *parts[1:]]
    if told and len(name) < 4 and not _same_sound(name[0], told["surname"]):
        name = told["surname"] + name
    for part in [*_PARTS.split((told["between"] or "") if told else ""), *parts[1:]]:
        name = _corrected(name, part)
    return name


def _corrected(name: str, part: str) -> str:
    """`name` with the characters that `part` explains: 明天的明, 弓长张."""
    meant = [_meant(word, sign) for word, sign in _EXPLAINED.findall(part)]
    meant += [sign for parts, sign in _COMPOSED.items() if part.startswith(parts)]
    for explained in filter(None, meant):
        place = next((at for at, sign in enumerate(name[:4]) if _same_sound(sign, explained)), None)
        if place is not None:
            name = name[:place] + explained + name[place + 1 :]
    return name


def _meant(word: str, sign: str) -> str:
    """The character of `word` that is meant: 明 of 明天的名, as words are heard better than single characters."""
    if sign in word:
        return sign
    return next((one for one in word if _same_sound(one, sign)), "")


def _same_sound(one: str, other: str) -> bool:
    return _sound(one) == _sound(other)


@lru_cache(maxsize=512)
def _sound(sign: str) -> str:
    return "".join(lazy_pinyin(sign))


def explanation(sign: str) -> str:
    """How `sign` is told apart: 王 → 国王的王; "" when it is not in the list."""
    return _COMMON.get(sign, "")
