# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Near-certain commands: whole-message patterns only, so that no account is ever mistaken for one."""

from __future__ import annotations

import re

from bot.dialogue import assent
from bot.dialogue.text import bare, unpunctuated

_ME = r"(我|我要|我想|我想要|请|请帮我|帮我|给我|麻烦|那|那就|还是|能不能|可以)?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("back", _ME + r"(返回|退回|回到|回|退)?(上一步|上一项|上一个|上一题|上一页)(重填|重新填|填错了)?"
             r"|返回|退回去?|回退|倒回去|back"),
    ("cancel", _ME + r"(取消|取消登记|取消填写|取消提交|不填|不填写|不登记|不办|不弄|不写|不报|不提交|"
               r"放弃|放弃登记|退出|算|不反映|不想填|不想弄|不想登记)(了|掉)?(不填了|不弄了|不办了|不登记了)?"
               r"|算了(我)?(不|别)(填|弄|办|登记|写|反映|搞|报)了?"),
    ("save", _ME + r"(先|先把它|帮我)?(存着|存一下|存起来|保存|保存一下|存草稿|存下来)"
             r"|" + _ME + r"(下次|改天|回头|待会|等会|过会|明天|稍后|以后|晚点|有空)(儿)?(再|来|接着|继续)+"
             r"(填|弄|写|说|办)?|先放着|先放一放|先不填了?"),
    ("start_over", _ME + r"(全部|从头|统统|都)?(重新开始|重新填|重新来|从头开始|从头来|从头填|重填|清空重来|"
                   r"清空重填|全部重来)(一遍|一份|一次)?"),
    ("human", _ME + r"(找|转|叫|换|接|联系|来|喊|要)?(一)?(个|位)?(人工|真人|活人|工作人员|值班人员|接待人员|"
              r"接待员|客服|人工客服|人工服务|人工窗口|值班员|你们领导|办事员)(来|帮忙|帮我|说|谈|服务)?"
              r"|(我)?(不想|不要|不愿)(跟|和|同)(机器|机器人|电脑|你)(说|讲|聊)(话|了)?"
              r"|(我要|我想|让我)(和|跟|同)(人|真人|活人)(说|讲|谈|聊|说话)"),
    ("help", r"帮助|help|怎么填|怎么写|咋填|咋写|咋弄|怎么弄|怎么用|怎么操作|怎么说|(我)?(不会|不知道|不懂|不晓得)"
             r"(怎么|咋)?(填|写|弄|用|操作|说|讲)(啥|什么)?|这个?(怎么|咋)(填|写|弄)|(该|要|应该)(怎么|咋)?(填|写|说)"
             r"(什么|啥)?|写(什么|啥)|举个例子|能举个例子吗|给个例子"),
    ("repeat", r"再说一遍|(再)?重复一遍|没听清楚?|没听懂|听不懂|没看懂|看不懂|什么意思|啥意思|(你)?(刚才)?说什么|什么|啥"),
    ("why", r"(你|你们)?(为什么|为啥|干嘛|干吗|凭什么|怎么|咋)(还)?(要|得|需要|非要|必须)?(填|问|留|写|提供|知道|给|登记|晓得)?"
            r"(这个|这些|我家|我们?|俺家|俺)?(的)?(姓名|名字|电话|手机|手机号|号码|地址|住址|地点|单位|这个|这些)?(呢|啊)?"
            r"|(等(会儿|一?下|等)|先等等|诶|哎|那|可是|不是)?(你|你们|恁)?(问|要|填|写|留)(我们?的?|俺们?的?)?"
            r"(这个|这些|电话|手机号?|地址|住址|姓名|名字|身份证号?码?|单位|地点)"
            r"(干嘛|干吗|干啥|干什么|做什么|做啥子?|弄啥|搞啥|有什么用处?|有啥用处?|有用吗)(呢|啊|呀|嘛)?"),
    ("review", r"(我|让我|给我|我要|我想)?(看看|看一下|看下|查看|给我看看)?(你|我)?(都|已经|刚才|到现在)?(都)?(填|记|登记)(下|好)?了?"
               r"(些)?(什么|哪些|啥)(内容|东西)?|(我|让我|给我|我要|我想)?(看看?|查看|看一下)(我)?(已经|已|都)?(填|记)(下|好)?的?(内容|东西)?|"
               r"查看已填内容?|(我要|我想)?(看看?|查看|看一下)(全部|所有)?(记录|记下的)|seeall"),
    ("full_text", r"(我要|我想)?看看?全文|看看?(完整|全部)(的)?内容|全文"),
    ("write_into_record", r"(就)?(写|记|填|加)(进去|上去|上|到事实里|进事实里|进诉求里)|就写这个|就这样写|就记这个"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_SKIP = re.compile(
    r"没有?|没得|没了|没有了|没有哦|跳过|略过|略|无|暂无|不填|不用|不用填|不用写|不需要|不知道|不晓得|不清楚|不记得|"
    r"不记得了|记不清|记不清了|说不清|说不上来|下一步|下一个|下一项|不方便|不想说|不写|没有单位|没有地点|先不填|pass|skip"
)
_CONTINUE = re.compile(
    r"(我要|我想|好)?(接着|继续)(上次|刚才)?(的)?(填|办|写|来|弄|登记|填写)?|接着来|恢复|找回|继续上次的?(填写|登记)?"
)
_NO = re.compile(
    r"不对|有错|有错的|错了|不是|不正确|改|修改|修改一下|改一下|我要改|我要修改|要改|有问题|不行|写错了|填错了|有个地方错了|"
    r"有一处错了|有地方要改|我想改一下|需要修改|不|先不|别|等等|等一下|慢着"
)


def command(text: str) -> str | None:
    """The command this whole message is, or None. Never matches part of a longer account."""
    plain = bare(text)
    if not plain or len(plain) > 24:
        return None
    whole = unpunctuated(text)
    for name, pattern in _COMPILED:
        if pattern.fullmatch(plain) or pattern.fullmatch(whole):
            return name
    return None


def is_skip(text: str) -> bool:
    """没有 / 跳过 / 不知道: leaves an optional question empty."""
    return bool(_SKIP.fullmatch(bare(text)))


def is_continue(text: str) -> bool:
    """接着填: go on with the kept draft."""
    return bool(_CONTINUE.fullmatch(bare(text)))


def is_yes(text: str) -> bool:
    """A plain yes; anything longer or mixed is not one."""
    return assent.agrees(text)


def is_no(text: str) -> bool:
    """A plain no to the read-back: something is to be changed."""
    return bool(_NO.fullmatch(bare(text)))
