"""Where a name of a place or an office begins: read backwards from its last word to what only leads to it."""

from __future__ import annotations

_LONGEST = 18  # characters before the last word
# Words that lead to a name and are no part of it; single characters also occur in names, see _PARTS_OF_NAMES.
_LEADS = (
    "是", "被", "给", "跟", "和", "找", "向", "对", "把", "让", "叫", "告", "在", "到", "去", "从", "问", "就", "说", "由", "与", "替",
    "帮", "求", "骂", "想", "请", "我", "你", "他", "她", "俺", "咱", "们", "这", "那", "个", "都", "也", "还", "又", "要", "了", "过",
    "着", "的", "因", "为", "但", "可", "欠", "往", "归", "经", "跑", "回", "进", "离", "住", "按", "等", "等着", "其中", "所以", "结果",
    "后来", "现在", "当时", "以前", "昨天", "今天", "前天", "那天", "去年", "前年", "今年", "年底", "年初", "个月", "月份", "上午", "下午",
    "晚上", "半夜", "举报", "投诉", "反映", "控告", "状告", "起诉", "不服", "属于", "负责", "找到", "听说", "一个", "一家", "哪个", "某",
    "单位", "部门", "对方", "涉及", "主要", "应该", "好像", "可能", "听", "拿", "收到", "通知", "派", "受", "凭", "托", "嫌", "恨", "怪",
    "做", "干", "打工", "上班", "种", "开", "买", "卖", "租", "位于", "附近",
)  # fmt: skip
_PARTS_OF_NAMES = (
    "和平", "和谐", "和顺", "和睦", "和田", "和县", "和兴", "和美", "祥和", "永和", "太和", "人和", "仁和", "丰和", "向阳", "向前", "向荣",
    "向东", "对外", "就业", "给水", "成都", "丰都", "首都", "都江", "都匀", "还建", "青年", "少年", "老年", "自由", "帮扶", "从化", "请愿",
    "要塞", "过境", "高就", "个体", "个旧", "可可", "长可", "经济", "经开", "经营", "经侦", "经贸", "开发", "开元", "开封", "开平", "开鲁", "开县",
    "新开", "回民", "回龙", "回族", "先进", "进贤", "进出口", "武进", "离石", "钟离", "住建", "住房", "居住", "安居", "为民", "有为", "无为", "干部",
    "干渠", "余干", "电视", "听涛", "种子", "种业", "种植", "买卖", "租赁", "受灾", "到家", "在建", "打铁", "恒大", "等级", "按揭", "通知书", "派出",
    "我爱", "爱我", "那曲", "那坡", "这边", "求是", "告成", "说唱", "问津", "问政", "欠发达", "跑马", "往来", "了望", "也门",
    "的士", "目的地", "拿云", "开州", "开江", "开化", "开阳", "里的", "镇上的", "镇的", "村的", "县的", "区的", "市的", "因私", "做市", "对口", "公告", "广告", "听证", "要素",
)  # fmt: skip
_IN_NAMES = frozenset("·-#（）()")


def begin_of(text: str, end: int) -> int:
    """Where a name that goes on up to `end` begins: after a mark, a blank or a word that leads to it."""
    start, furthest = end, max(0, end - _LONGEST)
    while start > furthest:
        kept = next((one for one in _PARTS_OF_NAMES if text.endswith(one, furthest, start)), "")
        if kept:
            start -= len(kept)
            continue
        if not is_of_a_name(text[start - 1]) or any(text.endswith(one, furthest, start) for one in _LEADS):
            break
        start -= 1
    return start


def is_of_a_name(character: str) -> bool:
    """Letters, figures and the few marks that names hold."""
    return character.isalnum() or character in _IN_NAMES
