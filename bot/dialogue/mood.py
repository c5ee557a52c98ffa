# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Anger at the office, and filing for somebody else: both change how the bot replies."""

from __future__ import annotations

import re

from bot.dialogue.text import plain

# Anger at us, not a matter: whole short outbursts only, so that no account is ever lost in one.
_ANGER = re.compile(
    r"^(你们?|就你们?|问你们?).{0,8}(骗子|骗人|不管|不干人事|吃干饭|废物|垃圾|没(个)?屁?用|糊弄|敷衍|踢皮球|摆设|坑人|欺负人)"
    r".{0,8}$|^.{0,4}(气死我了|气死人|烦死了|啥都不管|什么都不管|有个屁用|滚蛋?|什么玩意儿?|破机器|破系统|没完没了|问问问|烦不烦|有完没完)"
    r"[了啊吧吗呀!！。?？]*$"
)
_LONGEST_OUTBURST = 22
_RELATIVE = (
    r"(?:妈妈?|爸爸?|母亲|父亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|儿子|女儿|儿媳妇?|女婿|孙子|孙女|老公|老婆|丈夫|妻子|爱人|老伴|"
    r"哥哥?|姐姐?|弟弟?|妹妹?|婆婆|公公|岳父|岳母|叔叔?|姑姑?|舅舅?|姨妈?|大爷|大妈|邻居|朋友|亲戚|老乡|工友|同事|侄子|外甥)"
)
_FOR_ANOTHER = re.compile(
    rf"(?:替|帮|代|代替|代表)(?:着)?(?:我们?|俺|咱|一个|一位)?(?:家里?的?)?(?:老)?{_RELATIVE}[^,，。]{{0,6}}(?:反映|登记|申诉|问|办|填|写|来|说|报|投诉|举报|信访|递)"
    rf"|(?:是|不是我是|其实是)(?:我|俺)(?:家)?(?:老)?{_RELATIVE}的(?:事|案子|问题)|(?:我|俺)是(?:他|她)的?{_RELATIVE}.{{0,4}}(?:他|她)(?:自己|本人)?(?:不方便|来不了|不识字|不会|住院|走不动)"
    r"|替(?:别人|人家|他人|他|她)(?:来)?(?:反映|登记|办|填|问|写|说)"
)


def is_outburst(text: str) -> bool:
    """A short cry of anger at the office or the machine."""
    said = plain(text)
    return len(said) <= _LONGEST_OUTBURST and bool(_ANGER.search(said))


def speaks_for_another(text: str) -> bool:
    """The person at the kiosk files for somebody else."""
    return bool(_FOR_ANOTHER.search(plain(text)))
