# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""“我想举报我们镇长贪污”: a wish to register that already says what about."""

from __future__ import annotations

import re

from bot.dialogue.text import faithful, narrow, said_count

_WISH = re.compile(
    r"(我们?|俺)?(要|想|来|是来){0,4}(向|跟|和)?(你们|政府|领导|信访局)?(实名)?"
    r"(反映|举报|投诉|检举|控告|告状|告|信访|上访|申诉|登记|提|说|写|递|交|报|办){1,4}(一下|一个|一份|一件|点|个|件)?"
    r"(问题|情况|事情|事儿?|意见|建议|材料|信访件?|人|单位|新的)?|讨个?(说法|公道)|找政府|解决|你们|管不管|管管|我的案子|一?件事情?|一个事|这个?事?|那就?"
    r"|你好|您好|麻烦|帮我|给我|请|怎么|还有|有|要|想|嗯|可以|是的|吧"
)


def beyond_the_wish(text: str) -> str | None:
    """The whole message when it says more than that something is to be registered."""
    return faithful(text) if said_count(_WISH.sub("", narrow(text))) >= 4 else None
