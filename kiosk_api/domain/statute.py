"""Every number of 信访工作条例 (2022, in force since 2022-05-01), once, beside its article.

The office's own choices are not law and are in policy.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["days", "working_days"]


@dataclass(frozen=True)
class Period:
    """A statutory period: `amount` natural or working days under `article`."""

    key: str
    amount: int
    unit: Unit
    article: str
    label: str


PERIODS: dict[str, Period] = {
    period.key: period
    for period in (
        Period("route", 15, "days", "22", "转送、交办或报告"),
        Period("notice", 15, "days", "23", "书面告知是否受理"),
        Period("objection", 5, "working_days", "23", "收件单位提出异议"),
        Period("conclude", 60, "days", "34", "办结并出具处理意见书"),
        Period("extension", 30, "days", "34", "延长办理（最多）"),
        Period("ask_review", 30, "days", "35", "您可以申请复查"),
        Period("review", 30, "days", "35", "作出复查意见"),
        Period("ask_reexamination", 30, "days", "36", "您可以申请复核"),
        Period("reexamination", 30, "days", "36", "作出复核意见"),
    )
}

MAX_REPRESENTATIVES = 5
"""Art. 20: people who come together about one matter choose at most five."""

ARTICLES: dict[str, str] = {
    "2": "适用于党委、人大、政府、政协、监察、法院、检察机关和群团、国有企事业单位",
    "5": "属地管理、分级负责，谁主管、谁负责；依法按政策解决问题",
    "11": "中央信访工作联席会议统筹协调全国信访工作",
    "13": "地方信访工作联席会议协调处理本地重要信访问题",
    "14": "信访部门受理、转送、交办、协调、督促检查",
    "15": "各单位、乡镇街道和村（社区）协调化解当地的信访事项",
    "17": "可以通过网络、书信、电话、传真、走访提出信访事项",
    "18": "公布信访渠道；任何人不得打击报复信访人",
    "19": "信访事项要写明姓名、住址、请求、事实、理由；口头提出的要如实记录",
    "20": "走访到有权处理的本级或上一级接待场所；多人走访推选代表，不超过5人",
    "21": "信访人可以查询、评价办理情况",
    "22": "信访部门登记，15日内转送、交办或报告",
    "23": "15日内书面告知；收错的单位5个工作日内提出异议",
    "24": "涉及几个单位的，协商受理；有争议的由共同上级决定",
    "25": "重大、紧急事项及时报告",
    "26": "信访人应当遵守法律、维护信访秩序",
    "27": "诉求合理的解决到位，生活困难的帮扶到位",
    "28": "不得推诿拖延；诉讼与信访分离；有利害关系的人员回避",
    "29": "建议意见要认真研究论证并回复",
    "30": "检举控告材料不得透露、转给被检举的人或单位",
    "31": "申诉求决事项按六种方式分别办理",
    "32": "处理意见书载明请求、事实理由、处理意见和依据",
    "33": "可以调解、和解，并制作协议书",
    "34": "60日内办结，情况复杂的经批准最多延长30日",
    "35": "30日内可以申请复查，复查机关30日内答复",
    "36": "30日内可以申请复核，复核机关30日内答复；复核后终结",
    "37": "调解优先；生活困难的可以申请社会救助、司法救助",
    "38": "专项督查",
    "39": "考核；履职不力的约谈、通报、挂牌督办",
    "40": "推诿、敷衍、拖延的，信访部门及时督办",
    "41": "编制年度报告",
    "42": "侵害群众权益引发信访、造成严重后果的，对责任人员严肃处理",
    "43": "信访部门不登记、不转送、不督办的要改正、追责",
    "44": "不登记、不受理、不告知的要改正、追责",
    "45": "推诿拖延、到期不办结、该支持不支持的要改正、追责",
    "46": "态度恶劣、泄露检举材料、打击报复的要追责",
    "47": "违反秩序的劝阻、批评、教育，情节严重的依法处理",
    "48": "外国人、无国籍人、外国组织的信访事项参照办理",
    "49": "由国家信访局负责解释",
    "50": "自2022年5月1日起施行",
}

_DIGITS = "零一二三四五六七八九"


def cite(article: str) -> str:
    """The article by its Chinese name, e.g. "22" → 《信访工作条例》第二十二条."""
    return f"《信访工作条例》{cite_short(article)}"


def cite_short(article: str) -> str:
    """The same where the regulation has been named: "22" → 第二十二条."""
    tens, ones = divmod(int(article), 10)
    text = ("" if tens <= 1 else _DIGITS[tens]) + ("十" if tens else "")
    return f"第{text}{_DIGITS[ones] if ones else ''}条"
