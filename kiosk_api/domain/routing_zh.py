# ruff: noqa: E501 -- one sentence a line; Chinese counts double in width
"""What the citizen reads about a proposed window: sentences only, no rule."""

from __future__ import annotations

DOOR: dict[str, str] = {
    "court": "法院窗口",
    "procuratorate": "检察院窗口",
    "public_security": "公安窗口",
    "discipline": "纪检监察窗口",
    "labour_arbitration": "劳动监察、劳动仲裁窗口",
    "administrative_reconsideration": "行政复议窗口",
    "petition_office": "信访窗口",
}
WHY: dict[str, str] = {
    "court": "这类事要按诉讼程序由法院处理",
    "procuratorate": "这类事由检察院按法律监督程序处理",
    "public_security": "这类情况先由公安机关按法律程序查处",
    "discipline": "反映公职人员违纪违法的，转纪检监察机关处理",
    "labour_arbitration": "还没有判决的劳动争议，先走劳动监察或劳动仲裁，不用先去法院",
    "administrative_reconsideration": "对行政机关的决定有意见，可以申请行政复议",
    "petition_office": "由信访部门登记后转给有权处理的单位",
}
ASK_PAIRS: dict[frozenset[str], str] = {
    frozenset({"court", "labour_arbitration"}): "这笔钱或这件事，法院已经判决过、或者仲裁已经裁决过吗？",
    frozenset({"court", "petition_office"}): "这件事现在有没有在法院打官司，或者法院已经判过了？",
    frozenset({"court", "procuratorate"}): "您是对法院的判决或执行有意见，还是想请检察院来监督？",
    frozenset({"court", "public_security"}): "您是想请公安机关查处对方，还是想让对方还钱、赔偿？",
    frozenset({"court", "administrative_reconsideration"}): "这个决定是法院作出的，还是政府部门作出的？",
    frozenset({"procuratorate", "public_security"}): "您报过案吗？公安机关有没有告诉您不立案？",
    frozenset({"public_security", "petition_office"}): "这件事里有没有人被骗、被打、被偷或者受到威胁？",
    frozenset({"discipline", "petition_office"}): "您是想反映某位干部个人违纪违法，还是想请部门把这件事办好？",
    frozenset({"labour_arbitration", "petition_office"}): "您和用人单位之间，是工资、合同、工伤、社保方面的争议吗？",
    frozenset({"administrative_reconsideration", "petition_office"}):
        "您手里有没有政府部门出的书面决定，比如处罚决定书、征收决定？",
    frozenset({"discipline", "public_security"}): "您要反映的人是干部、公职人员，还是一般的个人或公司？",
}
ASK_MORE = "请您再多说一点：是什么事，和哪个单位或什么人有关，您希望怎么解决？"

DANGER = "您说的情况里{danger}，请先拨打110（公安）、119（消防）或120（急救）。"
HEARD = "您说的事涉及{heard}，{why}"
NOTHING_HEARD = "这件事{why}"
PROPOSAL = "{opening}{basis}，建议到{door}（依据《信访工作条例》{articles}）。"
