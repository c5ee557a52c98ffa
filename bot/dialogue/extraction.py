# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Names, numbers and addresses out of a message: own patterns, no entity model."""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue import codes, phones
from bot.dialogue.id_numbers import id_in
from bot.dialogue.surnames import DOUBLE, NOT_NAMES, SINGLE
from bot.dialogue.text import aligned, as_figures, bare, narrow, plain, spoken_digits

_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9})(?!\d)")
_NAME_LED = re.compile(
    r"(?:^|[,，。;；\s])(?:你好|您好)?(?:我的?(?:姓名|名字|全名)(?:是|叫|:|：|为)?|(?:姓名|名字|全名)(?:是|叫|:|：|为)"
    rf"|[我俺咱偶]叫做?|本人(?:是|叫)?|叫我?|[我俺]是|我姓名)\s*([{HAN}·•]{{2,15}}?)"
    r"(?=$|[,，。;；.!！\s(（\d]|我?的?(?:电话|手机|联系|号码)|家?住|住在|今年|身份证|我住|地址)"
)
_NAME_TAIL = re.compile(rf"^(?:就)?(?:我|俺|咱|名字|姓名)?(?:叫|是)?([{HAN}·•]{{2,15}})$")
_ADDRESS_LED = re.compile(
    r"(?:家住在?|我住在?|住在|住址(?:是|在|:|：|为)?|(?:家庭|联系|通讯)?地址(?:是|在|:|：|为)?|家在|我家在|居住在|现住|户籍在?)\s*"
    rf"([{HAN}A-Za-z0-9\-#号()（）、]{{4,80}})"
)
_ADDRESS_STOP = re.compile(r"(?:我?的?(?:联系)?(?:电话|手机|号码|身份证)|我叫|姓名|反映|想反映|我要).*$")
_PLACE_MARK = re.compile(
    r"[省市区县旗州盟镇乡村路街屯庄苑湾坝坪寨塘]|小区|社区|公寓|宿舍|工地|广场|大厦|花园|新城|家属院|单元|大道|胡同|"
    r"福利院|敬老院|医院|学校|大院|公园|[\d一二三四五六七八九十百]-*\s*[楼室院里道号组队弄巷栋幢]"
)
_NOT_AN_ADDRESS = re.compile(
    r"不想|我想|我要|不知道|怎么|为什么|凭什么|太麻烦|麻烦|告诉|不要|没有|不能|不会|可以|[了吗呢吧]$|填|登记|反映|投诉"
)
_NOT_IN_NAME = re.compile(
    r"[你您我他她它们吗呢么谁啥怎哪没这些什的不吧]|多少|几[个天次年]|电话|手机|地址|提交|确认|问题|反映|投诉|上访|信访|帮忙|办理|咨询"
)
_TAIL4 = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_RESUME = re.compile(r"(?<![0-9A-Za-z])([A-Za-z0-9]{3,6}(?:-[A-Za-z0-9]{3,6}){0,4})(?![0-9A-Za-z])")
_TITLE = re.compile(r"(先生|女士|同志|大爷|大妈|老师)$")
_MARKS = re.compile(r"[\s,，。.!！]+")
_SIGH = re.compile(r"(啊|呀|哦|哈|吧)$")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z .'\-]{3,40}")
_SHORT_HAN = re.compile(rf"[{HAN}]{{2,4}}")
_FIGURES = re.compile(r"\+?\d[\d\-()]{4,}")
_FIGURE = re.compile(r"\d")
_SPACED_ID = re.compile(r"(?<![0-9A-Za-z])\d(?:[ \-]{0,2}\d){16}[ \-]{0,2}[\dXx](?![0-9A-Za-z])")
_BETWEEN_SIGNS = re.compile(r"[ \-]+")
_LIST_MARKS = re.compile(r"[\s,，、;；/。]+")
_ANOTHERS_PHONE = re.compile(r"(他|她|它|老板|对方|经理|书记|主任|村长|包工头|队长)们?的?(?:电话|手机|号码)")
_POSTCODE = re.compile(r"(?:邮编:?)?\d{6}")
_LONGEST_LIST = 300  # characters: name, number and address one after another are no longer
_LABELLED_PHONE = re.compile(r"(?:电话|手机号?码?|联系方式|号码|联系电话)(?:号码)?(?:是|:|：|为)?\s*(?=[+\d])")


def surname_led(name: str) -> bool:
    """Two to four characters that begin with a common surname, in either script."""
    name = plain(name)
    if name in NOT_NAMES or not 2 <= len(name) <= 4:
        return False
    return name[:2] in DOUBLE and len(name) >= 3 or name[0] in SINGLE and len(name) <= 4


def no_name(name: str) -> bool:
    """Words that are in no name."""
    return bool(_NOT_IN_NAME.search(plain(name)))


def _clean_name(candidate: str) -> str:
    return _TITLE.sub("", candidate.strip("·• "))


def name_in(text: str) -> str | None:
    """A name introduced as one (我叫…, 姓名：…); 我是… only before a common surname."""
    matched, typed = aligned(text)
    found = _NAME_LED.search(matched)
    if not found:
        return None
    name = _clean_name(typed[found.start(1) : found.end(1)])
    lead = found.group(0)
    if len(name) < 2 or _NOT_IN_NAME.search(plain(name)) or name in NOT_NAMES:
        return None
    weak = "我是" in lead or "俺是" in lead or lead.lstrip(",，。;； ").startswith(("叫", "本人"))
    return None if weak and not surname_led(name) and "·" not in name else name


def bare_name(text: str) -> tuple[str, bool] | None:
    """(name, sure) when the whole message can be a name; sure with a lead-in or common surname."""
    if led := name_in(text):
        return led, True
    short = _MARKS.sub("", narrow(text)).replace("•", "·")
    short = _SIGH.sub("", short) if len(short) > 3 else short
    if surname_led(short) and not _NOT_IN_NAME.search(plain(short)):
        return short, True
    matched, typed = aligned(short)
    found = _NAME_TAIL.match(matched)
    if found:
        name = _clean_name(typed[found.start(1) : found.end(1)])
        if _NOT_IN_NAME.search(name) or name in NOT_NAMES or bare(name) in NOT_NAMES:
            return None
        if surname_led(name) or "·" in name:
            return name, True
        return (name, False) if 2 <= len(name) <= 4 else None
    if _LATIN_NAME.fullmatch(narrow(text)) and " " in narrow(text):
        return narrow(text), True
    return None


def mobile_in(text: str) -> str | None:
    """The one mobile number in the text, digits read out included; None when none or several."""
    if apart := phones.one_in(text):
        return apart if apart.isdigit() and len(apart) == 11 and apart[0] == "1" else None
    found = set(_MOBILE.findall(spoken_digits(text)))
    return found.pop() if len(found) == 1 else None


def phone_candidate(text: str) -> str | None:
    """What may be meant as a telephone number, its extension behind 转; else a run of at least five figures."""
    if number := phones.one_in(text) or mobile_in(text):
        return number
    runs = _FIGURES.findall(spoken_digits(text))
    return runs[0] if len(runs) == 1 else None


def address_in(text: str) -> str | None:
    """An address introduced as one (家住…, 地址：…)."""
    matched, typed = aligned(text)
    found = _ADDRESS_LED.search(matched)
    if not found:
        return None
    stop = _ADDRESS_STOP.search(found.group(1))
    end = found.start(1) + stop.start() if stop else found.end(1)
    value = typed[found.start(1) : end].strip("、 ")
    return value if len(value) >= 4 and _PLACE_MARK.search(plain(value)) else None


def looks_like_place(text: str) -> bool:
    """At least one character that addresses are made of."""
    said = plain(text)
    return bool(_PLACE_MARK.search(said)) and not _NOT_AN_ADDRESS.search(said)


def personal_facts(text: str) -> dict[str, str]:
    """Name, phone, address and ID the citizen introduced as their own in one message."""
    found: dict[str, str] = {}
    if name := name_in(text):
        found["petitioner_name"] = name
    own = _ANOTHERS_PHONE.search(plain(text))
    if (mobile := mobile_in(text)) and not own:
        led = _LABELLED_PHONE.search(spoken_digits(text))
        if led or len(narrow(text)) <= 60:
            found["phone"] = mobile
    if address := address_in(text):
        found["address"] = address
    if identity := id_in(text):
        found["id_number"] = identity
    return found


def _may_be_name(part: str, sure: bool) -> bool:
    if _NOT_IN_NAME.search(plain(part)) or looks_like_place(part) and "·" not in part:
        return False
    return surname_led(part) or "·" in part or (sure and bool(_SHORT_HAN.fullmatch(part)) and part not in NOT_NAMES)


def _with_whole_numbers(text: str) -> str:
    """Telephone and identity numbers without the blanks and dashes in them; every other blank as it stands."""
    figures = as_figures(text)
    if len(figures) != len(text):
        return text
    found = [(one.start, one.end, one.number) for one in phones.found_in(figures)]
    found += [(one.start(), one.end(), _BETWEEN_SIGNS.sub("", one.group())) for one in _SPACED_ID.finditer(figures)]
    for start, end, number in sorted(found, reverse=True):
        text = f"{text[:start]}{number}{text[end:]}"
    return text


def listed_facts(text: str, name_asked: bool = False) -> dict[str, str]:
    """“王小明 138… 柳林镇5组”: name, number and address one after another, nothing else.

    With `name_asked` the first words may be a name that no surname gives away.
    """
    joined = _with_whole_numbers(narrow(text))
    if len(joined) > _LONGEST_LIST:
        return {}
    parts = [part for part in _LIST_MARKS.split(joined) if part]
    found: dict[str, str] = {}
    for position, part in enumerate(parts):
        if identity := id_in(part):
            slot, value = "id_number", identity
        elif phone := phones.one_in(part) or mobile_in(part):
            slot, value = "phone", phone
        elif _may_be_name(part, sure=name_asked and position == 0):
            slot, value = "petitioner_name", part
        elif "address" in found and _POSTCODE.fullmatch(part):
            slot, value = "address", f"{found['address']} {part}"
        elif looks_like_place(part) and len(part) >= 4:
            slot, value = "address", found.get("address", "") + part
        else:
            return {}
        found[slot] = value
    return found if len(found) >= 2 else {}


def phone_tail_in(text: str) -> str | None:
    """Last four figures: from four figures alone or a whole number."""
    rest = codes.without_case(text)
    if number := phones.one_in(rest) or mobile_in(spoken_digits(rest)):
        return phones.tail(number)
    tails = _TAIL4.findall(spoken_digits(rest))
    return tails[-1] if tails else None


def resume_code_in(text: str) -> str | None:
    """A kept draft's code: letters and figures with at least one figure or hyphen."""
    if code := codes.resume_code_in(text):
        return code
    for found in _RESUME.finditer(codes.folded(text)):
        code = found.group(1)
        if len(code) >= 5 and (_FIGURE.search(code) or "-" in code):
            return code.upper()
    return None
