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
DANGERS: dict[str, str] = {
    "life": "有人可能伤害自己",
    "crime": "有人正受到伤害或威胁",
    "fire": "有火情、泄漏或被困",
    "medical": "有人急需抢救",
}

DANGER = "您说的情况里{danger}，请先拨打110（公安）、119（消防）或120（急救）。"
DANGER_DOUBT = "要是现在有人有危险，请先拨打110、119或120。"
HEARD = "您说的事涉及{heard}，{why}"
NOTHING_HEARD = "这件事{why}"
PROPOSAL = "{opening}{basis}，建议到{door}（依据《信访工作条例》{articles}）。"
