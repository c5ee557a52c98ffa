"""The full name of a unit that petitions in its own name: 国营722厂工会, 第1025工程队."""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.phones import found_in
from bot.dialogue.text import MARKS, aligned, as_figures

_LEAD = re.compile(  # only with the word that joins it to the name: 为民超市, 本溪钢厂 and 单县医院 begin so themselves
    r"(?:(?:我们?|俺们?|咱们?|本)?(?:的|这个)?(?:单位|厂|公司|集体|名称|名字|姓名|全称|信访人|反映人|申请人)?(?:的)?(?:名称|全称|名字)?(?:就)?(?:是|叫做?|:|：|写)\s*)?"
)
_KINDS = (
    "厂", "公司", "工会", "协会", "学会", "商会", "联合会", "委员会", "业委会", "村委会", "居委会", "理事会", "基金会", "合作社", "供销社", "旅行社", "报社",
    "出版社", "工程队", "施工队", "建筑队", "运输队", "车队", "生产队", "大队", "村民小组", "学校", "小学", "中学", "大学", "幼儿园", "学院", "医院", "卫生院",
    "诊所", "研究所", "研究院", "设计院", "事务所", "商店", "门市部", "超市", "饭店", "酒店", "宾馆", "商行", "银行", "集团", "中心", "政府", "管理局", "办事处",
    "农场", "林场", "牧场", "渔场", "煤矿", "矿务局", "水电站", "工作室", "俱乐部", "清真寺", "教堂", "养老院", "敬老院", "福利院", "经营部", "服务部", "作坊",
    "维修部", "加工点", "养殖场", "砖厂", "分厂", "车间", "班组", "项目部", "党支部", "筹备组", "农民工集体", "全体职工", "全体业主",
)  # fmt: skip
_BODY = re.compile(rf"[{HAN}A-Za-z0-9·.&（）()\-—、“”\"]{{2,60}}")
_TAIL = re.compile(rf"(?:{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?:[（(][{HAN}A-Za-z0-9]{{1,16}}[）)])?$")
# In a sentence about a unit, and in no name of one.
_TOLD = re.compile(
    r"[我你您他她它们了吗呢吧的谁哪啥什么怎这那不没把欠骗告赔退跑]|被(?!服|单|面)|反映|投诉|举报|拖欠|工作的|上班|打工|干活|去过|找过|说是|住在"
)
_NUMBERED = re.compile(rf"(?<!\d)\d{{1,6}}(?!\d)[{HAN}]{{0,12}}?(?:{'|'.join(_KINDS)})")
_HAN = re.compile(f"[{HAN}]")
_LEAST_HAN = 2


def numbers_a_unit(text: str) -> bool:
    """Whether figures stand in the name of a unit: nothing before them is a person's name."""
    return bool(_NUMBERED.search(aligned(text)[0]))


def unit_name_of(text: str) -> str | None:
    """The name of a unit that the whole text is, as typed; None where anything else is said."""
    matched, typed = aligned(text.strip(MARKS))
    lead = _LEAD.match(matched)
    own = typed[lead.end() if lead else 0 :].strip(MARKS)
    said = matched[lead.end() if lead else 0 :].strip(MARKS)
    if not _BODY.fullmatch(own) or not _TAIL.search(said) or _TOLD.search(said):
        return None
    if len(_HAN.findall(own)) < _LEAST_HAN or _is_any(said) or found_in(as_figures(own)):
        return None
    return own


def _is_any(said: str) -> bool:
    """“村委会” is the name of none; 全体业主 says who speaks."""
    return bool(_TAIL.fullmatch(said)) and not said.startswith(("全体", "农民工"))
