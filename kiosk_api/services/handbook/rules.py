"""The rules for every edition of the handbook; each fault is a message for its editor.

The text must agree with the law: cited articles exist, periods in prose are those of the
articles the section cites, no telephone number is invented, no review date has passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from kiosk_api.domain.handbook import OutOfScopeTopic, Section
from kiosk_api.domain.limits import ENGLISH_ANSWER_MAX, SHORT_ANSWER_MAX
from kiosk_api.domain.other_laws import LAWS, LIMITS
from kiosk_api.domain.statute import ARTICLES, PERIODS

ALIASES_MIN = 3
QUESTIONS_MIN = 3
NATIONAL_NUMBERS = frozenset({"110", "119", "120", "12348", "12345", "12333"})
_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_PERIOD = re.compile(r"(?<![\d第])(\d+|[一两二三六])(个工作日|日内|日以内|日|个月|年)(?!级|度|代|轻|老)")
_ENGLISH = re.compile(r"(?<!\d)(\d+) (?:idle )?(working days?|days?|months?|years?)")
_PLAIN_DATES = re.compile(r"(?<!\d)\d+月\d+日|(?:19|20)\d\d年")
_ARTICLE = re.compile(r"第(\d+)条")
_NUMBER = re.compile(r"(?<!\d)\d{3,}(?!\d)")
_UNITS = {"日": "days", "个工作日": "working_days", "个月": "months", "年": "years"}
_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "六": 6}
_PAGE = re.compile(r"[点按]“([^“”]+)”")
# Labels of buttons on the citizens' pages (a test looks for each in their source).
BUTTONS = frozenset({
    # the same place on every page
    "大字", "高对比", "念给我听", "别念了", "结束并清除", "找工作人员", "我还在，继续", "English", "中文",
    # first page
    "说给助手听", "自己填表", "查进度", "看手册", "找窗口", "核对回执",
    # talking, and an outage
    "发送", "确认提交", "再试一次", "带着这段话去填表", "现在再试一次", "现在再问一次", "不等了，回去看看",
    # form
    "下一步", "不填，跳过", "← 上一步", "修改", "提交", "把我填的交给工作人员",
    # keyboard
    "拼音", "手写", "字母", "数字", "标点", "重写", "收起键盘", "打开键盘",
    # pictures of papers
    "拍照", "拍下这张", "清楚，就用这张", "不清楚，重拍", "不要这张", "从U盘选照片", "用手机传", "手机传完了", "删掉这张",
    # receipt and status
    "打印回执", "打印整份材料（A4纸）", "打印答复全文（A4纸）", "我看过了", "用摄像头扫二维码", "查一查", "催办", "催一催", "评价", "提交评价", "撤回", "确定撤回",
    "补交材料照片", "申请复查", "提交复查申请", "核对",
    # handbook and windows
    "问一问", "打印这一节", "打印成A4纸", "打印这一本", "带到手机上看", "帮我看看",
})  # fmt: skip


def faults(
    sections: Sequence[Section], out_of_scope: Sequence[OutOfScopeTopic], today: date, english: Sequence[Section] = ()
) -> list[str]:
    """Every fault of an edition, by file; an empty list means it may be published."""
    found = [f"{one.file}: {fault}" for one in english for fault in _of_english(one)]
    found += [f"{one.file}: {fault}" for one in sections for fault in _of_section(one, today)]
    found += [f"网址代号 {slug} 用了两次" for slug, times in Counter(one.slug for one in sections).items() if times > 1]
    asked = Counter(text for one in sections for text in one.example_questions)
    asked.update(question for topic in out_of_scope for question in topic.questions)
    found += [f"问法“{text}”出现在两处，机器分不清" for text, times in asked.items() if times > 1]
    found += [
        f"not-answered.md: “{topic.name}”至少要有{QUESTIONS_MIN}种问法"
        for topic in out_of_scope
        if len(topic.questions) < QUESTIONS_MIN
    ]
    return found


# People ask both “会保密吗” and “会不会泄露”: a bare word would be right for one of them only.
_YES_OR_NO = re.compile(r"(?:不?(?:会|能|可以|要|用|行|是|对|需要|一定)|没?有|不)[。.,，:：；;!！]")


def _of_section(one: Section, today: date) -> Iterable[str]:
    if not _SLUG.fullmatch(one.slug):
        yield f"网址代号“{one.slug}”只能用小写字母、数字和短横"
    if not 10 <= len(one.short_answer) <= SHORT_ANSWER_MAX:
        yield f"简短回答要在10到{SHORT_ANSWER_MAX}个字之间，现在是{len(one.short_answer)}个"
    if _YES_OR_NO.match(one.short_answer):
        yield "简短回答不要以“会”“不会”“可以”这样的一个词开头：同一件事正着问、反着问都有，会答反"
    if len(one.aliases) < ALIASES_MIN:
        yield f"至少写{ALIASES_MIN}种人们的问法（aliases）"
    yield from _dates(one, today)
    yield from _citations(one)
    yield from _periods(one)
    text = _PLAIN_DATES.sub("", f"{one.short_answer}\n{one.body_markdown}")
    for number in sorted(set(_NUMBER.findall(text)) - NATIONAL_NUMBERS - {n for _, n in one.laws}):
        yield f"号码“{number}”不是全国统一的号码，不能写在手册里"
    for button in sorted(set(_PAGE.findall(text)) - BUTTONS):
        yield f"页面上没有“{button}”这个按钮"


def _of_english(one: Section) -> Iterable[str]:
    if not 10 <= len(one.short_answer) <= ENGLISH_ANSWER_MAX:
        yield f"英文简短回答最多{ENGLISH_ANSWER_MAX}个字符，现在是{len(one.short_answer)}个"
    allowed = _allowed(one)
    for amount, unit in _ENGLISH.findall(f"{one.short_answer}\n{one.body_markdown}"):
        kind = unit.replace(" ", "_").removesuffix("s") + "s"
        if (int(amount), kind) not in allowed:
            yield f"英文里的“{amount} {unit}”与所引条款的期限对不上"


def _dates(one: Section, today: date) -> Iterable[str]:
    try:
        checked, review = date.fromisoformat(one.checked_on), date.fromisoformat(one.review_by)
    except ValueError:
        yield "核对日期要写成 2026-11-23 这样"
        return
    if checked > today:
        yield "核对日期在将来"
    if review <= checked:
        yield "下次核对日期要晚于核对日期"
    if review < today:
        yield f"该重新核对了：{one.review_by} 已经过了"


def _citations(one: Section) -> Iterable[str]:
    if not one.articles:
        yield "没有写依据的条款（articles）"
    for number in one.articles:
        if number not in ARTICLES:
            yield f"《信访工作条例》第{number}条不在条款表里"
    for law, number in one.laws:
        if law not in LAWS:
            yield f"《{law}》不在引用的法律名单里"
        elif not 1 <= int(number) <= LAWS[law].articles:
            yield f"《{law}》没有第{number}条"
    cited = {*one.articles, *(number for _, number in one.laws)}
    for number in _ARTICLE.findall(one.body_markdown):
        if number not in cited:
            yield f"正文提到第{number}条，但没有写在依据里"


def _periods(one: Section) -> Iterable[str]:
    """Every period in prose is found in an article or a law that the section cites."""
    allowed = _allowed(one)
    text = _PLAIN_DATES.sub("", f"{one.short_answer}\n{one.body_markdown}")
    for amount, unit in _PERIOD.findall(text):
        kind = _UNITS[unit.removesuffix("以内").removesuffix("内")]
        number = _DIGITS.get(amount) or int(amount)
        if (number, kind) not in allowed:
            yield f"“{amount}{unit}”与所引条款的期限对不上"


def _allowed(one: Section) -> set[tuple[int, str]]:
    """Periods of the articles and laws that a section cites."""
    allowed: set[tuple[int, str]] = {
        (period.amount, period.unit) for period in PERIODS.values() if period.article in one.articles
    }
    allowed |= {(limit.amount, limit.unit) for limit in LIMITS if (limit.law, limit.article) in one.laws}
    return allowed
