"""Take personal data out of a narrative before it may teach the classifier.

What the citizen entered as identity is removed by its value; numbers, names and addresses with a
recognisable form are removed by pattern. Words about the matter stay. This makes a text hard to trace, not anonymous in law: rows
stay on the bureau's machine (个人信息保护法 Art. 51: classify, de-identify, least authority).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kiosk_api.domain.typed import HAN

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
)
_TITLES = (
    "先生|女士|同志|老师|医生|大夫|主任|书记|局长|科长|处长|镇长|乡长|村长|所长|站长|队长|校长|院长|经理|老板|律师|法官|检察官|警官|师傅"
    "|总|某某|某"
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+"), "【邮箱】"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])|(?<!\d)\d{6}[ -]\d{8}[ -]\d{3}[\dXx](?![\dA-Za-z])|(?<!\d)\d{15}(?!\d)"),
     "【证件号】"),
    (re.compile(r"(?<![A-Za-z])(?:[A-Z]{3}\d{12}|[A-Z]{1,2}\d{7,10})(?!\d)|(?<![A-Za-z])[A-Z]{1,2}\d{6}[(（][0-9A]\s?[)）]"
                r"|[军兵士文武警海空南北沈济兰成广]字第?\d{4,10}号?"), "【证件号】"),
    (re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d){8}(?!\d)"), "【电话】"),
    (re.compile(r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?:[\s-]?(?:转|分机|ext\.?|#)\s?\d{1,6}|-\d{2,6})?(?!\d)"), "【电话】"),
    (re.compile(r"(?<!\d)\d{12,19}(?!\d)"), "【号码】"),
    (re.compile(r"XF\d{8}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}"), "【编号】"),
    (re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}"),
     "【车牌】"),
    (re.compile(r"(?:微信|QQ|qq|扣扣)号?(?:是|:|：)?\s*[A-Za-z0-9_-]{5,20}"), "【账号】"),
    (re.compile(r"(?:我叫|姓名(?:是|:|：)?|名叫|本人)\s*(?:[" + _SURNAMES + r"][" + HAN + r"]{1,2})(?=[,，。;；、\s]|$)"),
     "【姓名】"),
    (re.compile("(?<![" + HAN + "])[" + _SURNAMES + "][" + HAN + r"]{0,2}(?=" + _TITLES + ")"), "某"),
    (re.compile(r"(?<!\d)\d{1,12}(?:-\d{1,12}){0,5}\s*(?:号楼|栋|幢|单元|室|号院|户)"), "【门牌】"),
)  # fmt: skip


def scrub(text: str, known: Iterable[str]) -> str:
    """The text without the `known` values (names, numbers, addresses) and without such patterns.

    A name that is a part of a longer known value is taken out too; single characters never are.
    """
    for value in sorted({one.strip() for one in known if one and len(one.strip()) >= 2}, key=len,
                        reverse=True):  # fmt: skip
        text = text.replace(value, "【略】")
    for pattern, sign in _PATTERNS:
        text = pattern.sub(sign, text)
    return text
