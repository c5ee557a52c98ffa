"""“我叫王小明”: a whole message that says who speaks, whatever has just been asked."""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue import extraction
from bot.dialogue.particulars import PLACE, UNIT
from bot.dialogue.reading.names import name_of
from bot.dialogue.surnames import NOT_NAMES
from bot.dialogue.text import bare

OF_OTHER_THINGS = frozenset({PLACE, UNIT, "phone", "address"})  # questions that an introduction does not answer
_INTRODUCES = re.compile(
    rf"(?:嗯|哦|好|那|对了)?(?:我|俺|咱|本人)?的?(?:名字|姓名|大名|全名)?就?(?:叫做?|名叫)(?P<name>[{HAN}]{{2,4}}?)[吧呀啊哈嘞]?"
)
_ENDS_NO_NAME = frozenset(
    "村镇乡县市区路街巷庄屯寨厂局院所站校店司组队部门社会来去说找管"
)  # places and units; what somebody is called to do


def introduced(text: str) -> str | None:
    """The name; None where anything is said beside it, or where no known surname leads it."""
    found = _INTRODUCES.fullmatch(bare(text))
    name = found["name"] if found else ""
    if not extraction.surname_led(name) or name[-1] in _ENDS_NO_NAME or name in NOT_NAMES or extraction.no_name(name):
        return None
    return name_of(text)
