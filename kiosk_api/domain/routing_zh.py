# ruff: noqa: E501 -- one sentence a line; Chinese counts double in width
"""Sentences for the citizen about a proposed window; no rules."""

from __future__ import annotations

DANGERS: dict[str, str] = {
    "life": "有人可能伤害自己",
    "crime": "有人正受到伤害或威胁",
    "fire": "有火情、泄漏或被困",
    "medical": "有人急需抢救",
}

DANGER = "您说的情况里{danger}，请先拨打110（公安）、119（消防）或120（急救）。"
DANGER_DOUBT = "要是现在有人有危险，请先拨打110、119或120。"
WITH_TERMS = "您说的事涉及{heard}，{why}"
WITHOUT_TERMS = "这件事{why}"
PROPOSAL = "{opening}{basis}，建议到{door}（依据《信访工作条例》{articles}）。"
