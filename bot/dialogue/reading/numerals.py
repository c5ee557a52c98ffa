# ruff: noqa: E501  -- a table of Chinese words or patterns: breaking a line breaks the reading
"""How numbers are written: figures, Chinese numerals, and both in one; rough ones and pairs (三四千) too.

`NUMBER` is what counts as one number. `SIGNS` are the characters it is made of: a number that stands beside
more of them is a piece of another, and no reader may take it.
"""

from __future__ import annotations

ONES = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
ZERO = "零〇○"
SIGNS = rf"\d{ONES}{ZERO}几十百千万亿兆拾佰仟廿卅卌"
LARGE = "百千万亿佰仟wWkK"
# Bounded, so that no row of figures is tried again from each of its places; a longer one is no sum.
FIGURES = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,3}(?: \d{3}){1,3}|\d{1,12}(?:\.\d{1,6})?)"
_PAIR = "一、?二|一、?两|两、?三|二、?三|三、?[四五]|四、?五|五、?六|六、?七|七、?八|八、?九"
_POINT = rf"[{ONES}{ZERO}十]{{1,3}}点[{ONES}{ZERO}]{{1,4}}"
ONE = rf"(?:{FIGURES}|{_POINT}|{_PAIR}|[{ONES}几数])"
_MORE = "[多来余把几儿]?"
_BELOW_10_000 = (
    rf"(?:{ONE}?[千仟kK]{_MORE})?[零又]?(?:好?{ONE}?[百佰]{_MORE})?[零又]?"
    rf"(?:{ONE}?[十拾]{_MORE}|[廿卅卌]{_MORE})?[零又]?{ONE}?"
)
NUMBER = rf"(?:{_BELOW_10_000}[多来余]?个?亿{_MORE})?[零又]?(?:{_BELOW_10_000}[多来余]?个?[万wW]{_MORE})?[零又]?{_BELOW_10_000}"
# “三百五百”, “十万八万”: one or the other; “成千上万”.
TWINS = rf"{ONE}?十?(?P<unit>[百千万亿])(?:{ONE}|十)(?P=unit)|成[百千]上[百千万]"
READ_OUT = rf"[{ONES}{ZERO}]{{3,6}}"  # 三五〇〇
