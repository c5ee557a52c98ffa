"""A person's name in a clause that is known to give one: what opens, explains and closes it is no part of it."""

from __future__ import annotations

import re

from bot.characters import DOTS, HAN, visible
from bot.dialogue import extraction
from bot.dialogue.reading.any_script import in_any_script
from bot.dialogue.reading.unit_names import numbers_a_unit, unit_name_of
from bot.dialogue.surnames import DOUBLE, NOT_NAMES, SINGLE
from bot.dialogue.text import MARKS, aligned, plain

_DOTS = str.maketrans(dict.fromkeys(DOTS, "·"))
_POINT = re.compile(rf"(?<=[{HAN}])\s*\.\s*(?=[{HAN}])")
_DOTTED = re.compile(rf"[{HAN}]{{1,12}}(?:\s?·\s?[{HAN}]{{1,12}}){{1,4}}")
# “姓欧阳，叫修远”, “姓王，单名一个伟字”: the surname, and behind it what goes with it.
_APART = re.compile(
    rf"姓(?P<surname>[{HAN}]{{1,2}}?)(?:氏)?[,，、。;；\s]{{0,3}}(?:我|俺|本人)?(?:的)?(?:单名|大名|名字|名叫|名为|名|叫做?)(?!我|俺)(?:就|只)?(?:是|叫做?|为|:|：)?"
    rf"(?:一?个|一?个?单?字)?[\s“”\"'‘’]{{0,2}}(?P<given>[{HAN}]{{1,4}})"
)
_ONLY_SURNAME = re.compile(rf"(?:我|俺|本人|免贵|他|她|的|就|嗯|好|哦){{0,4}}姓(?P<one>[{HAN}]{{1,2}})(?:氏)?")
_GIVEN_BEHIND = re.compile(r"(?:我|俺|本人)?(?:的)?(?:单名|大名|名字|名|叫)(?!我|俺)")
# “我就叫丹”, “姓名：丹”: one character, and nothing but the words that introduce it.
_ONE = re.compile(
    rf"(?:好|嗯|哦)?[,，]?(?:我|俺|本人)?(?:的)?(?:名字|姓名|名儿|全名)?(?P<only>就|只)?(?:一个字|单名)?[,，]?(?:叫做?|名叫|是|:|：)(?P<one>[{HAN}])(?:字|这一个字|一个字)?"
)
_NO_ONE_SIGN = frozenset(
    "好行是对嗯哦啊呃额不没有无你我他她它俺咱谁啥的了吗呢吧在中成可要能会去来这那哪就都也还先再说写填改问看听等停走滚喂哎唉一二三四五六七八九十零〇"
)
_JOINS_LETTERS = re.compile(rf"(?<=[{HAN}])[\s:：]*(?=[^\W\d_{HAN}])")
_BEHIND_LETTERS = re.compile(r"电话|手机|号码|身份证|家?住|今年|地址|来?反映|要求|[,，。;；\n]")
_KANA = re.compile("[\u3040-\u30ff]")
_OPENERS = (
    "改成", "改为", "改", "好吧", "好的", "好嘞", "那好", "那行", "那中", "那成", "行吧", "中吧", "可以", "要得", "好", "行", "中", "成", "哦", "噢", "喔", "呃", "额", "嗯", "啊", "哎", "诶",
    "那就", "那", "就", "写", "填", "记", "登", "登记", "用", "名字", "姓名", "大名", "全名", "真名", "本名", "我的", "我", "俺", "咱", "偶", "本人", "叫做", "叫", "是", "姓",
    "为", "名叫", "写成", "写的", "你写", "你就写", "给我写", "请叫我", "喊我", "称呼我", "申请人", "登记人", "信访人", "反映人", "联系人", "当事人", "就写", "麻烦写", "同志",
    "告诉你", "跟你说", "实名", "不怕", "老实说", "说了吧", "的", "了", "他", "她", "您", "你",
)  # fmt: skip
_CLOSERS = (
    "就行了", "得了", "就行", "就好", "就是了", "就是我", "是我", "就这个", "这个名", "先生", "女士", "同志", "大爷", "大妈", "吧", "呀", "啊", "哦", "哈", "嘛", "呗", "的", "了", "呢", "嘞",
    "噻", "撒", "啦",
)  # fmt: skip
_KIN = re.compile(
    r"(?:我|俺|咱|他|她)?(?:们)?(?:家)?(?:的)?(?:家父|家母|家严|家慈|先父|先母|内人|爱人|老伴儿?|老公|老婆|丈夫|妻子|媳妇儿?|对象|爸爸?|妈妈?|父亲|母亲|爹|娘|老爹|老娘|老爸|老妈|"
    r"爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|儿子|女儿|闺女|儿媳妇?|女婿|孙子|孙女|哥哥?|姐姐?|弟弟?|妹妹?|叔叔?|婶婶?|舅舅?|姑姑?|姨妈?|侄子|侄女|外甥)"
    r"(?:的)?(?:名字|姓名|大名)?(?:就)?(?:叫做?|是|名叫|:|：)?"
)
_AS_WRITTEN = {  # how people spell out a surname when they say it
    "弓长张": "张", "立早章": "章", "口天吴": "吴", "双口吕": "吕", "木子李": "李", "十八子李": "李", "耳东陈": "陈", "禾呈程": "程", "双木林": "林",
    "草头黄": "黄", "大肚黄": "黄", "三横王": "王", "三划王": "王", "三画王": "王", "水王汪": "汪", "言午许": "许", "古月胡": "胡", "走肖赵": "赵", "文刀刘": "刘",
    "卯金刀刘": "刘", "木易杨": "杨", "日京景": "景", "人未余": "余", "干勾于": "于", "人则俞": "俞", "四维罗": "罗", "两点水冯": "冯", "马冯": "冯", "耳关郑": "郑",
    "草头蒋": "蒋", "草头薛": "薛", "草头苏": "苏", "草头董": "董", "草头范": "范", "双人徐": "徐", "余旁徐": "徐", "言射谢": "谢", "女兆姚": "姚", "水番潘": "潘",
    "京尤就": "就", "白水泉": "泉", "日月明": "明", "西早覃": "覃", "米田番": "番", "山今岑": "岑", "示申神": "神", "土申坤": "坤", "尸至屋": "屋", "广龙庞": "庞",
    "竹头管": "管", "金戈钱": "钱", "三点水沈": "沈", "三点水江": "江", "三点水汪": "汪", "十口田": "田", "口木杏": "杏", "立里童": "童", "立青靖": "靖", "言皆谐": "谐",
}  # fmt: skip
_EXPLAINED = re.compile("|".join(sorted(_AS_WRITTEN, key=len, reverse=True)))
_OF_A_WORD = re.compile(rf"[,，、\s（(]?[{HAN}]{{1,4}}的(?P<one>[{HAN}])(?:字)?[)）]?(?=$|[,，、。\s)）{HAN}])")
_ENDS = re.compile(r"[,，。;；:：!！?？\s\d(（\"“”'~～…]|电话|手机|号码|身份证|家?住|今年|地址|来反映|反映|要求|不怕")
_SURNAME = re.compile(rf"(?:姓|字?[旁头]的?)(?P<one>[{HAN}]{{1,2}})(?=$|[,，。的吧呀啊])")
_IN_NO_NAME = frozenset(
    "的了在是有就都也很还把被给跟说要想会能写读改打听名字姓叫做旁头点个两三"
)  # of one that no surname leads
_NOT_GIVEN = frozenset("叫姓是的了在写打读念那这就个字头旁边名改")
_ALL_HAN = re.compile(rf"[{HAN}]+")
_SPACED = re.compile(rf"[{HAN}](?:\s+[{HAN}]){{1,3}}")  # “王 强”
_CALLED_SO = re.compile(  # how one is called, and no name for a letter
    "[老小大阿][^大小老阿]|.{1,2}(?:先生|女士|同志|师傅|大爷|大妈|大姐|大哥|大嫂|大叔|大娘|大伯|大婶|阿姨|老师|老板|奶奶|爷爷|[姐哥叔婶嫂总工伯爷])"
)
_BEFORE, _BEHIND = "叫是名字写人记填为登姓妈爸娘爹任师民工主员生系做，、 ", frozenset("就是的在住电今我也不来要说")
_EDGE = MARKS + "\"“”'‘’（）()"
_NAMED_WITHIN = 300  # characters from the beginning of a clause
_LONGEST, _USUAL, _UNLED = 40, 4, 6  # characters of a name: with a dot, led by a surname, by none


def name_of(text: str) -> str | None:
    """The name, dots written as ·, else as typed."""
    typed = _POINT.sub("·", visible(text).translate(_DOTS)).strip(_EDGE)
    if dotted := _DOTTED.search(typed):
        return _part_of_dotted("".join(dotted.group().split()))
    if other := _other_script(text) or unit_name_of(text):
        return other
    if numbers_a_unit(text):
        return None
    if whole := _apart(typed) or _one_character(typed):
        return whole
    if _SPACED.fullmatch(typed):
        typed = "".join(typed.split())
    typed = _without_explanations(typed)
    own = _stripped(typed)
    parts = [part for part in _ENDS.split(own) if part]
    names = [found for part in parts if (found := _plain_name(part))]
    led = next((one for one in names if extraction.surname_led(one)), None) or _led_by_surname(own)
    if led or len(parts) != 1:
        return led
    return names[0] if names else None


def name_alone(text: str) -> str | None:
    """The name that a whole message is, by its signs alone: in another script, with dots, sign by sign, or of a unit."""
    joined = "".join(text.split())
    if _SPACED.fullmatch(visible(text).strip(_EDGE)) and extraction.surname_led(joined) and _plain_name(joined):
        return joined
    return _other_script(_POINT.sub("·", text)) or unit_name_of(text)


def only_surname_in(text: str) -> str | None:
    """The surname of “我姓欧阳，”, where the given name is still to come."""
    matched, typed = aligned(text)
    said = matched.strip(_EDGE)
    found = _ONLY_SURNAME.fullmatch(said)
    if not found or len(found["one"]) > 1 and found["one"] not in DOUBLE:
        return None
    at = matched.find(said)
    return typed[at + found.start("one") : at + found.end("one")]


def with_surname(surname: str, text: str) -> str | None:
    """The whole name where only a given name was still to come: 欧阳 and “叫修远” → 欧阳修远; “王小明” stays."""
    name, said = name_of(text), plain(text).strip(_EDGE)
    given = said[found.end() :] if (found := _GIVEN_BEHIND.match(said)) else said
    if name and (name.startswith(surname) or says_whole_name(name)):
        return name
    if (
        1 <= len(given) <= 3
        and _ALL_HAN.fullmatch(given)
        and not (set(given) & _NOT_GIVEN or given in NOT_NAMES or extraction.no_name(given))
    ):
        return surname + (name or given) if given not in _NO_ONE_SIGN else None
    return name


def says_whole_name(name: str) -> bool:
    """Three characters or more from a common surname on."""
    return len(name) >= 3 and extraction.surname_led(name)


def says_given_name(text: str) -> bool:
    """“叫修远”, “名字是懿”: behind a surname the rest of the name."""
    return bool(_GIVEN_BEHIND.match(plain(text).strip(_EDGE)))


def may_be_one_character(text: str) -> bool:
    """One Chinese character that is no answer of another kind."""
    own = visible(text).strip(_EDGE)
    return len(own) == 1 and bool(_ALL_HAN.fullmatch(own)) and plain(own) not in _NO_ONE_SIGN | SINGLE


def _other_script(text: str) -> str | None:
    """A name that holds letters of another script, without the Chinese words before and behind: “我叫Mike”."""
    typed = _BEHIND_LETTERS.split(text, maxsplit=1)[0].strip(_EDGE)
    if not (border := _JOINS_LETTERS.search(typed)):
        return in_any_script(_stripped(typed))
    own = _stripped(typed[: border.start()] + "一一").removesuffix("一一").strip(_EDGE)
    rest = _stripped(typed[border.end() :])
    if plain(own) in {"", *SINGLE, *DOUBLE} or _KANA.match(rest) and len(own) <= _USUAL:
        return in_any_script(own + rest)
    return None


def _apart(typed: str) -> str | None:
    """“姓欧阳，叫修远” → 欧阳修远; “姓林，叫林小雪” → 林小雪."""
    matched, same = aligned(typed)
    said = _EXPLAINED.sub("", _OF_A_WORD.sub("", matched))
    if not (found := _APART.search(said)):
        return None
    surname, given = (
        same[found.start(one) : found.end(one)] if said == matched else found[one] for one in _APART.groupindex
    )
    if found["surname"] not in SINGLE | DOUBLE and len(surname) > 1:
        return None
    given = _stripped(given)
    given = given.removesuffix("字") if len(given) > 1 else given
    whole = given if given.startswith(surname) and len(given) > len(surname) else surname + given
    said = plain(given)
    if (
        len(given) > 3
        and whole != given
        or set(said) & _NOT_GIVEN
        or _calls_so(said, surname)
        or said in NOT_NAMES
        or extraction.no_name(given)
    ):
        return None
    return whole


def _calls_so(given: str, surname: str) -> bool:
    """“叫老王”, “叫小王”, “叫王师傅” is no given name, 小明 is one."""
    return bool(_CALLED_SO.fullmatch(given)) and (given[0] == "老" or given.endswith(surname) or len(given) > 2)


def _one_character(typed: str) -> str | None:
    found = _ONE.fullmatch(plain(typed))
    if not found or found["one"] in _NO_ONE_SIGN or found["one"] in SINGLE and not found["only"]:
        return None
    matched, same = aligned(typed)
    return same[found.start("one")] if len(matched) == len(same) else found["one"]


def surname_as_written(text: str) -> str | None:
    """The surname that its parts name (“口天吴”, “禾字旁的程”), or that is said alone (“我姓屈”)."""
    said = plain(text)
    if found := _EXPLAINED.search(said):
        return _AS_WRITTEN[found.group()]
    alone = _SURNAME.search(said)
    return alone["one"] if alone and (alone["one"] in SINGLE or alone["one"] in DOUBLE) else None


def _part_of_dotted(name: str) -> str | None:
    name = _stripped(name)
    return name if 2 <= len(name) <= _LONGEST else None


def _without_explanations(typed: str) -> str:
    """“张建国，建设的建，国家的国” → 张建国; “弓长张，张建国” → 张建国; “弓长张建国” → 张建国."""
    matched, same = aligned(typed)
    if len(matched) == len(same) and (found := _EXPLAINED.search(matched)):
        surname = same[found.end() - 1]
        rest = _stripped(same[found.end() :].lstrip(_EDGE + "的"))
        before = same[: found.start()]
        if surname in before and _plain_name(before):
            return before
        same = rest if rest.startswith(surname) else surname + rest
    explained = list(_OF_A_WORD.finditer(same))
    for one in reversed(explained):
        at = same.rfind(one["one"], one.start(), one.end("one") - 1)
        if at >= 0:
            same = same[: one.start() if same[one.start()] in _EDGE else at] + "，" + same[one.end() :]
    return same.strip(_EDGE)


def _stripped(typed: str) -> str:
    """The words without what opens and closes a name."""
    own = typed[:_NAMED_WITHIN].strip(_EDGE)
    while True:
        kin = _KIN.match(own)
        opener = kin.group() if kin and len(own) - kin.end() >= 2 else _opener(own)
        closer = next((one for one in _CLOSERS if own.endswith(one) and len(own) - len(one) >= 2), "")
        if closer and extraction.surname_led(own) and len(own) == 3 and len(closer) == 1 and closer in "了的":
            closer = ""
        if not opener and not closer:
            return own
        own = own[len(opener) : len(own) - len(closer)].strip(_EDGE)


def _opener(own: str) -> str:
    """What opens the name; a surname that is such a word as well stays where only one character would be left."""
    for one in sorted(_OPENERS, key=len, reverse=True):
        rest = own[len(one) :].lstrip(_EDGE)
        if not own.startswith(one) or len(rest) < 2:
            continue
        if own[0] in SINGLE and len(own) <= 3 and not extraction.surname_led(rest):
            continue
        return one
    return ""


def _plain_name(part: str) -> str | None:
    own = _stripped(part)
    led = extraction.surname_led(own)
    if not 2 <= len(own) <= (_USUAL if led else _UNLED) or not _ALL_HAN.fullmatch(own):
        return None
    said = plain(own)
    if (_NOT_GIVEN if led else _IN_NO_NAME) & set(said[1:] if led else said):
        return None
    if (
        said in NOT_NAMES
        or said in DOUBLE
        or said in _OPENERS
        or said[0] in "姓叫"
        or _CALLED_SO.fullmatch(said)
        or extraction.no_name(own)
    ):
        return None
    return own


def _led_by_surname(own: str) -> str | None:
    """The two or three characters from a surname on that a word leads to; best where they end the words."""
    said = plain(own)
    if len(said) != len(own) or _CALLED_SO.fullmatch(said):
        return None
    found = []
    for start in range(len(said) - 1):
        if start and said[start - 1] not in _BEFORE:
            continue
        longest = 4 if said[start : start + 2] in DOUBLE else 3
        for length in range(longest, 1, -1):
            name = own[start : start + length]
            if (
                len(name) == length
                and not set(name[1:]) & _BEHIND
                and extraction.surname_led(name)
                and _plain_name(name)
            ):
                found.append((start + length == len(own), name))
                break
    return max(found, key=lambda one: one[0])[1] if found else None
