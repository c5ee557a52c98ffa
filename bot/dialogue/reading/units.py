"""Whom a clause complains of: an office with the words that belong to it, a post with its name, or who did it."""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.extraction import surname_led
from bot.dialogue.reading.spans import begin_of
from bot.dialogue.reading.times import time_in
from bot.dialogue.text import MARKS, aligned, without_particles

_OFFICES = (
    "有限责任公司", "股份有限公司", "有限公司", "分公司", "公司", "集团", "置业", "地产", "物业", "村委会", "村委", "居委会", "居委", "业委会",
    "管委会", "委员会", "街道办事处", "街道办", "办事处", "办公室", "征收办", "拆迁办", "征拆办", "征地办", "信访办", "低保办", "综治办", "安置办",
    "环保办", "党委", "纪委", "监委", "卫健委", "发改委", "教委", "住建委", "仲裁委", "人民政府", "政府", "派出所", "事务所", "卫生所", "供电所",
    "司法所", "国土所", "财政所", "管理所", "收费所", "村委员会", "信用社", "合作社", "供销社", "旅行社", "银行", "支行", "分行", "农商行", "保险", "中介", "开发商",
    "承包商", "供货商", "施工队", "工程队", "包工队", "建筑队", "施工方", "项目部", "指挥部", "大队", "中队", "支队", "总队", "城管", "交警", "法院", "检察院", "看守所", "监狱", "社保局", "医保局",
    "医院", "卫生院", "敬老院", "养老院", "福利院", "学院", "法庭", "学校", "中学", "小学", "初中", "高中", "幼儿园", "大学", "技校", "职校", "职高", "驾校",
    "培训班", "补习班", "中心", "煤矿", "砖厂", "工厂", "饭店", "酒店", "药店", "超市", "商场", "商城", "市场", "平台", "农场", "林场", "煤场", "沙场", "石场", "料场",
    "养殖场", "养猪场", "养鸡场", "屠宰场", "采石场", "搅拌站", "水管站", "加油站", "收费站", "兽医站", "农机站", "信用联社", "联社", "社保", "医保", "协会", "工地",
    "车间", "门店", "4S店", "组织部", "宣传部", "武装部", "殡仪馆", "图书馆", "健身房", "会所", "售楼部", "售楼处", "管理处", "工商所", "税务", "公安", "消防",
    "后勤", "民政", "残联", "妇联", "工会", "生态园", "度假村", "产业园", "俱乐部", "研究院", "美容院", "月子会所", "投资公司",
)  # fmt: skip
# What a firm deals in ends its name where no “company” follows; a name of its own stands before it.
_TRADES = re.compile(
    "包装|物流|快递|快运|配送|装饰|财富|理财|资本|投资|金融|公寓|钢构|重工|科技|实业|商贸|贸易|食品|家具|建材|服饰|制衣|纺织|印务|印刷|化工|"
    "汽贸|汽修|家政|传媒|教育|健身|旅游|地产|置业|建筑|建设|劳务|保洁|保安|环保|能源|电器|酒业|药业|牧业|农业|渔业|矿业"
)
_OWN_NAME = 2  # characters at least
_COMMON = re.compile(  # before a trade these are no name
    r"[我你他她它这那个些楼房屋车人们新旧网上门里外下做搞卖买送寄收学装修种养很好多少全没有不]|家里|自家|人家|农村|城市|学校|小区|社区|国家|义务|素质|学前|家庭|职业|基础|室内|室外|工程|安全|房产"
)
# The clause says how one came to deal with it: its words are no part of the name.
_TIES = re.compile(
    r"签[了的过合]|合同|投[进入了到]|交[给到]了?|租[的了在]|买的|存[进在]|打工|上班|干活|干了|做活|入职|贷的"
)
# One character ends a name of an office, where no other word is made of it and it is no beginning of another one.
_SHORT = (
    r"(?<![当结布格全骗败僵时饭残赌棋])局(?![部面势长限])|(?<![出进入开建办])厂(?![房家商长址])|(?<![场厕住无会诊])所(?![以有谓长需欠说得在])"
    r"|(?<![住出入后小大四])院(?![子长墙里落])|(?<![网车])站(?![在着住出起长])|(?<![开进关到])店(?![铺主员])|(?<![怎么咋承没难照代包举补])办(?![理法事好公完证成案不])"
    r"|(?<![采])矿(?![长石工])|(?<![旅])社(?![会保区员长])"
)
_OFFICE = re.compile("|".join(sorted(_OFFICES, key=len, reverse=True)) + "|" + _SHORT)
_OFFICE_TAIL = re.compile(r"(?:里头|里|那边|那帮人|的人|上)(?=不|没|欠|把|让|叫|说|收|受|干|出|$)")
_POSTS = (
    "包工头", "工头", "老板娘", "老板", "村主任", "村支书", "村书记", "副书记", "支书", "村长", "书记", "副主任", "主任", "副局长", "局长", "副所长", "所长",
    "中队长", "大队长", "队长", "组长", "社长", "副镇长", "镇长", "乡长", "县长", "区长", "市长", "厂长", "副校长", "校长", "院长", "站长", "科长", "处长",
    "项目经理", "总经理", "经理", "主管", "会计", "出纳", "房东", "班主任", "老师", "法官", "律师", "医生", "大夫", "护士长", "民警", "警察", "辅警", "监理",
    "园长", "董事长", "股东", "承包人", "网格员", "教练", "车主", "中间人", "二房东", "店主", "矿长", "行长", "管事的", "带班的", "干部", "邻居",
)  # fmt: skip
_POST = re.compile("|".join(sorted(_POSTS, key=len, reverse=True)))
_PUBLIC = re.compile(
    "书记|支书|村长|主任|[局所站队科处院校镇乡县区市]长|派出所|民警|警察|交警|辅警|公安|法官|法院|检察|城管|干部|政府|村委|会计|社区|居委|街道|纪委|当官|公务员"
)
_CALLED = re.compile(rf"(?:叫做?|姓|是|名叫|喊)?(?P<name>[老小]?[{HAN}·]{{1,3}})")
# After a post or a surname these are no part of a name but what was done, or where the clause goes on.
_NO_NAME = frozenset(
    "把给欠跑拖说打骂不没收拿的在就也都还又让叫来去和跟有从找卷躲扣占推赖要带一上下们他她它我你那这们是被对往为当管做干儿家带住，,。；;！!？?、 "
)
_DID = re.compile(
    r"拖欠|拖着|欠着?|不[给发退管认交还理让放赔修]|没[给发退交还赔]|跑[了路]|卷[款着走]|骗|强行|[霸侵多]?占|打[了我人伤]|收了|扣[了着我]|推[了脱倒]|赖账?|乱收|"
    r"把[我俺他她]|挖了|砸|拆了|让我|叫我|偷|污染|克扣|停了|断了|关了|开除|辞退|糊弄|敷衍|答应|承诺|吃拿|贪|挪用|瞒着|私自|非法|违法|违规"
)
_DOES = frozenset(
    "修建拆挖干收来去要说买卖做开租交给办搞弄种养了着过的"
)  # who did something is said before what was done
_ACCUSES = re.compile(
    rf"(?:要告|想告|告的?(?:就)?是|举报|投诉|反映的?(?:就)?是?|控告|状告|找的?是)(?P<who>[{HAN}·A-Za-z]{{2,12}})$"
)
_OPENERS = (
    "就是说", "就是", "那个", "这个", "是", "叫", "找", "告", "那", "就", "还不是", "嗯", "呃", "哦", "噢", "啊", "单位", "部门", "公司是", "名字", "涉及",
    "反映", "投诉", "举报", "要告", "主要", "应该", "好像", "因为", "结果", "后来", "可是", "但是", "听说", "我们", "我", "俺", "你们", "的", "被",
)  # fmt: skip
_NOBODY = frozenset((
    "我", "你", "他", "她", "它", "我们", "你们", "他们", "她们", "俺", "俺们", "咱", "咱们", "人家", "别人", "大家", "自己", "谁",
    "这个", "那个", "对方", "单位", "部门", "公司", "有人", "没人", "家里", "村里人", "领导", "上面", "上头", "政府里", "老百姓", "群众", "现在",
    "到现在", "一直", "钱", "工资", "工钱", "啥", "什么", "不知道", "不清楚",
))  # fmt: skip
# Words that stand before or behind a kind of office or a post and name none: “我们村的会计”, “派出所那边”.
_NO_OWN_NAME = sorted(
    (*_OFFICES, *_POSTS, "我们", "我", "你们", "你", "俺们", "俺", "咱们", "咱", "他们", "他", "这个", "这", "那个", "那边", "那帮", "那", "的", "里头",
     "里", "上头", "上", "们", "人", "本", "该", "原", "新", "老", "外地", "当地", "本地", "附近", "小区", "村", "镇", "乡", "局", "厂", "所", "院", "站",
     "店", "办", "矿", "社"), key=len, reverse=True,
)  # fmt: skip
_LONGEST_WHOLE, _LONGEST_SUBJECT = 30, 12  # characters


def unit_in(text: str, alone: bool) -> str | None:
    """The office or person in a clause that is known to name one; `alone` when it gives nothing else."""
    matched, typed = aligned(text)
    if alone and not _DID.search(matched) and not _TIES.search(matched) and (whole := _without_openers(matched, typed)):
        return whole
    found = _joined(matched, sorted([*_posts(matched), *_offices(matched), *_firms(matched)]))
    if found:
        start, end = max(found, key=lambda span: span[1] - span[0])
        return typed[start:end].strip(MARKS)
    start, end = _subject(matched) or _accused(matched) or (0, 0)
    return typed[start:end].strip(MARKS) or None


def names_public_office(text: str) -> bool:
    """Whether an office of the state or of a village, or somebody who holds one, is named."""
    return bool(_PUBLIC.search(aligned(text)[0]))


def names_a_post(text: str) -> bool:
    """Whether the clause begins with a post: “支书是…”, “那个老板叫…”."""
    matched = aligned(text)[0]
    return bool(_POST.match(matched, _after_openers(matched, 0, len(matched))))


def is_general(unit: str) -> bool:
    """Whether it says what kind of office or post, but not which: “派出所”, “我们老板”, “物业”."""
    rest = aligned(unit)[0]
    while rest and (word := next((one for one in _NO_OWN_NAME if rest.startswith(one)), "")):
        rest = rest.removeprefix(word)
    return not rest


def _without_openers(matched: str, typed: str) -> str | None:
    start = _after_openers(matched, 0, len(matched))
    value = without_particles(typed[start:].strip(MARKS)).removesuffix("的")
    return value if 2 <= len(value) <= _LONGEST_WHOLE and value not in _NOBODY else None


def _after_openers(matched: str, start: int, end: int) -> int:
    while True:
        while start < end and matched[start] in MARKS:
            start += 1
        opener = next((one for one in _OPENERS if matched.startswith(one, start, end)), "")
        if not opener or end - start - len(opener) < 2:
            return start
        start += len(opener)


def _offices(matched: str) -> list[tuple[int, int]]:
    found = []
    for one in _OFFICE.finditer(matched):
        start = begin_of(matched, one.start())
        tail = _OFFICE_TAIL.match(matched, one.end()) if start == one.start() else None
        end = tail.end() if tail else one.end()
        if end - start >= 2:
            found.append((start, _after_name(matched, end) if matched.startswith(("老", "小"), end) else end))
    return found


def _firms(matched: str) -> list[tuple[int, int]]:
    """“顺达配送”: a name of its own and the trade."""
    found = []
    for one in _TRADES.finditer(matched):
        start = begin_of(matched, one.start())
        if one.start() - start >= _OWN_NAME and not _COMMON.search(matched, start, one.start()):
            found.append((start, one.end()))
    return found


def _posts(matched: str) -> list[tuple[int, int]]:
    return [(begin_of(matched, one.start()), _after_name(matched, one.end())) for one in _POST.finditer(matched)]


def _after_name(matched: str, at: int) -> int:
    """Behind the name that follows a post, or `at` when none does."""
    found = _CALLED.match(matched, at)
    if not found:
        return at
    name = found["name"]
    if name[0] in "老小" and len(name) >= 2 and name[1] not in _NO_NAME:
        return found.start("name") + 2
    for length in (3, 2):
        part = name[:length]
        if len(part) == length and surname_led(part) and not set(part[1:]) & _NO_NAME:
            return found.start("name") + length
    return at


def _joined(matched: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """An office and its post are one: “城关派出所的李所长”."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and (start <= found[-1][1] or matched[found[-1][1] : start] == "的"):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _subject(matched: str) -> tuple[int, int] | None:
    """Who did it: the words before the first verb of what was done."""
    did = _DID.search(matched)
    if not did:
        return None
    start = _after_openers(matched, 0, did.start())
    when = time_in(matched[start : did.start()])
    if when and matched.startswith(when, start):
        start = _after_openers(matched, start + len(when), did.start())
    who = matched[start : did.start()].strip(MARKS)
    if not 2 <= len(who) <= _LONGEST_SUBJECT or who in _NOBODY or who[0] in "我俺咱他她你" or _DOES & set(who):
        return None
    return start, did.start()


def _accused(matched: str) -> tuple[int, int] | None:
    """“我要告张二狗”."""
    found = _ACCUSES.search(matched.rstrip(MARKS))
    if not found or found["who"] in _NOBODY:
        return None
    return found.span("who")
