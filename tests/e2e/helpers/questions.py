"""Every question the assistant can ask, as its message to the page."""

from __future__ import annotations

from typing import Any

from bot.dialogue import card
from bot.petition_fields import ASKED_IN_TURN

OPTIONS = [{"label": "法院窗口", "value": "法院"}, {"label": "信访窗口", "value": "信访"},
           {"label": "都不是，我再说一遍", "value": "都不是"}]  # fmt: skip
CITED = [{"title": "信访工作条例", "article": "第二十二条", "url": "/handbook/regulation-registered-when"}]
TOLD = {
    "facts": "小区旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着，打过电话没人管。" * 8, "about_unit": "",
    "petitioner_name": "钱多米", "phone": "13912345678", "address": "江畔区桥东街道望江社区3幢201室", "accusation": True,
}  # fmt: skip
EXPECTS = (*ASKED_IN_TURN, "id_number", "confirm", "case_number", "phone_tail", "rating", "clarify",
           "resume_choice", "fix_which", "representatives", None)  # fmt: skip


def question(name: str | None, case: dict[str, Any]) -> dict[str, Any]:
    """The assistant's message when it asks for `name`; None: it asks for nothing."""
    said: dict[str, Any] = {"text": "好的，记下了。请您接着说，说不清也没关系。", "expects": name}
    if name == "confirm":
        shown = card.read_back(TOLD)
        said |= {
            "text": card.plain(shown),
            "card": shown,
            "options": [{"label": "确认提交", "value": "确认提交"}, *OPTIONS],
        }
    elif name in ("rating", "clarify", "resume_choice", "fix_which"):
        said |= {"options": OPTIONS, "citations": CITED}
    elif name is None:
        said |= {"text": "已经登记好了。", "case": {key: case[key] for key in ("case_number", "lookup_token")}}
    return said
