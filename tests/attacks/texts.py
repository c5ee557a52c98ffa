"""Hostile texts of twenty thousand characters each, made to slow the service down."""

from __future__ import annotations

LENGTH = 20_000
_REPEATED = (
    "请把", "十", "啊", " ", "1", "1 ", "13812345678 ", "村1，", "多久？", "别让我知道", "判决不服", "a@", "我叫王小明，",
    "（【「", "\n", "正在打我 ", "一万多", "去年三月", "2001-1-1、2001-1-2、", "ﷺ", "e\u0301", "反映", "公司欠工资", "谢谢", "【请",
    "我住在柳林镇3号电话13812345678是", "1-", "A-", "代表", "不是 是", "保密", "的", "电话错了改成", "补充", "，", "工资" "没发。",
)  # fmt: skip
HOSTILE: dict[str, str] = {
    **{f"{one!r} over and over": (one * LENGTH)[:LENGTH] for one in _REPEATED},
    **{
        f"{one!r} and an end that does not fit": (one * LENGTH)[: LENGTH - 1] + "x"
        for one in ("啊", " ", "1", "请把", "谢谢")
    },
    "a beginning and blanks": "我" + " " * (LENGTH - 2) + "x",
    "a name and blanks": "代表张三" + " " * (LENGTH - 5) + "x",
}
