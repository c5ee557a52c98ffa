"""When something happened, in the words of a clause that is known to say so."""

from __future__ import annotations

import re

from bot.dialogue.text import aligned

_DIGIT = "[零〇一二两三四五六七八九十几\\d]"
_DAY_OF_WEEK = "[一二三四五六日天]"
# What times are made of, the longer words first; a time is a row of them.
_PARTS = (
    r"(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?", rf"{_DIGIT}{{2,4}}年(?![多半前后来以了])", "大前年", "上前年", "今年", "去年", "前年", "头年", "旧年", "那年",
    "当年", "本年", "同年", rf"(?<!{_DIGIT})年[前后]", "年初", "年底", "年末", "年头", "过年", "开年", "开春", "立春", "入春", "入夏", "入秋", "入冬", "春天", "夏天",
    "秋天", "冬天", "春上", "春季", "夏季", "秋季", "冬季", "上半年", "下半年", "腊月", "冬月", "正月", "闰月", "春节", "除夕", "元宵", "清明", "五一", "端午",
    "中秋", "国庆", "十一(?=[,，。前后]|长假|假期|$)", "元旦", "重阳", "双十一", "暑假", "寒假", "放假", "开学", "麦收", "秋收", "收麦", "收稻", "月初", "月中", "月底", "月末", "上旬",
    "中旬", "下旬", "伏天", r"[上这本当下]个?月", "前几个月", rf"{_DIGIT}{{1,3}}月(?:份|初(?![一二三四五六七八九十])|底|中旬|上旬|下旬|末)?(?![多前])", r"大年(?:初[一二三四五六七]|三十)",
    "初[一二三四五六七八九十]", "(?<=月)(?:[二三]?十|廿)[一二三四五六七八九]?", rf"(?<!\d){_DIGIT}{{1,3}}[号日](?![楼院线门店机])", rf"[上这本下头前](?:个|一)?(?:礼拜|星期|周){_DAY_OF_WEEK}?", rf"(?:礼拜|星期|周){_DAY_OF_WEEK}",
    r"大?[昨前](?:天|儿个?|[晚夜](?!上))", "今儿个?", "今[天早晚]", "当[天晚]", "那[天晚]", "前两天", "前几天", "头几天", "这几天", "前些天", "前些日子", "前阵子", "前一阵",
    "前段时间", "上回", "上次", "早上", "早晨", "清早", "上午", "中午", "晌午", "下午", "傍晚", "晚上", "夜里", "半夜", "凌晨", "后半夜", "前半夜", "大半夜",
    rf"{_DIGIT}{{1,3}}[点时](?:多|半|钟|来钟)?(?![儿名份])",
)  # fmt: skip
_NUMBER = rf"(?:小半|大半|半|(?:好|十)?{_DIGIT}{{1,3}})"
_SPAN = (
    rf"(?:有|都|快|已经|将近|大概|差不多|前后|整整){{0,2}}{_NUMBER}(?:来|多)?(?:年|个(?:多|来)?月|天|个?(?:星期|礼拜)|周)(?:多|半|来)?"
    r"(?:以前|之前|前|了|来)?"
)
_ONE = "|".join(_PARTS)
_TIME = re.compile(
    rf"(?:打从|自打|自从|打|从)?(?:{_ONE})(?:的|,|，|、)?(?:(?:{_ONE})的?){{0,5}}(?:起|开始|那会儿|的时候|前后|左右|以前|之前|以来|前(?![年天几])|后(?!来))?"
)
_LASTS = re.compile(_SPAN)
_EVERY = re.compile(r"每年?$|一(?:年到头|天到晚)")
_EDGE = " \t\n,，。.;；、的"


def time_in(text: str) -> str | None:
    """The longest time that is named; how long something has lasted where no day, month or year is."""
    matched, typed = aligned(text)
    for pattern in (_TIME, _LASTS):
        found = [one.span() for one in pattern.finditer(matched) if not _EVERY.search(matched, 0, one.start())]
        if found:
            start, end = max(found, key=lambda span: span[1] - span[0])
            return typed[start:end].strip(_EDGE)
    return None
