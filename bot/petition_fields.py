# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""The fields of a petition: one entry each, from which everything that names a field is derived.

A new field is one entry here and one slot in `bot/domain/forms.yml`. To be taken from an account as
well, it needs a reader in `particulars.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PetitionField:
    """One field (Art. 19). Sentences and patterns are empty where a field needs none."""

    name: str  # slot of the form and key of a kept draft
    path: str  # in the body of POST /api/v1/petitions
    label: str
    why: str  # what the field is for, and its article
    words: str = ""  # pattern: how people name the field when they correct it; empty: never corrected by name
    word_rank: int = 1  # where a message names several fields, the lowest is meant
    form_label: str = ""  # pattern: what other forms call it, in “label: value”
    question: str = ""
    again: tuple[str, ...] = ()  # the question once more, shorter
    example: str = ""
    buttons: tuple[str, ...] = ()
    guess_lead: str = ""  # goes before a doubtful value in the button that confirms it
    in_turn: bool = True  # asked by the form; otherwise only taken from what is said
    optional: bool = False
    free_text: bool = False  # any words are an answer
    needs_words: bool = False  # free text in which figures alone, a yes or a no are no answer
    signs: str = ""  # pattern: read as an answer even where the message looks like small talk
    masked: bool = False  # only the last four characters are shown


_WHO = "(?:信访|投诉|举报|反映|申请|申诉|来访|联系|收货|收件|登记|填表|本)"
FIELDS = (
    PetitionField(
        "facts",
        path="facts",
        label="事实经过",
        words=r"事实经过|事情经过|情况说明|事实|经过|内容|事情",
        word_rank=8,
        form_label=r"(?:事情|事件|问题|情况|投诉|举报|反映|信访)?(?:经过|内容|描述|说明|详情)|(?:主要)?(?:事实|事由)(?:与理由|和理由)?",
        question="请把事情说一说：什么时候、在哪里、发生了什么。怎么说都行，我一字不改地记。",
        again=(
            "那件事是怎么回事？什么时候、在哪里、发生了什么，您接着说。",
            "还差事情的经过。您想到哪儿说到哪儿。",
            "事情最早是怎么起的？想到一句说一句就行。",
        ),
        example="不用讲究格式。比如：去年3月我在某工地干了两个月，工钱一万二到现在没给，找过老板三次都没结果。",
        buttons=("怎么写", "先存着", "找人工"),
        why="写清事实，办的人才知道去查什么（《信访工作条例》第十九条）。",
        free_text=True,
        needs_words=True,
    ),
    PetitionField(
        "request",
        path="request",
        label="诉求",
        words=r"诉求|请求|要求",
        word_rank=7,
        form_label=r"(?:具体|主要|我的|信访)?(?:诉求|请求|要求)",
        question="您希望怎么解决？",
        again=("这件事，您想要个什么结果？", "还差一句您的要求，比如：把钱退给我。", "办成什么样，您就满意了？"),
        example="请说您想要的结果，比如：要求把工钱一万二付清。",
        buttons=("怎么写", "上一步", "找人工"),
        why="写清诉求，单位才能针对您要的给答复（《信访工作条例》第十九条）。",
        free_text=True,
        needs_words=True,
    ),
    PetitionField(
        "place",
        path="place",
        label="事发地点",
        words=r"事发地点|发生地点|事情发生的?地点|事发地|发生地|地点",
        word_rank=6,
        form_label=r"(?:事发|发生|问题)(?:地点|地址|位置)",
        question="这件事发生在什么地方？不清楚可以跳过。",
        again=(
            "是在哪儿发生的？说不清就点“跳过”。",
            "还差地点，可以跳过。",
            "哪个村、哪条路，或者哪个单位门口？可以跳过。",
        ),
        example="比如：城关镇和平村。不清楚就说“跳过”。",
        buttons=("跳过", "上一步", "找人工"),
        why="知道地点，才好找到该管的单位。这一项可以跳过。",
        optional=True,
        free_text=True,
        needs_words=True,
    ),
    PetitionField(
        "about_unit",
        path="about_unit",
        label="涉及单位",
        words=r"反映的?单位|涉及的?单位|被反映单位|被反映的?单位|单位",
        word_rank=5,
        form_label=r"(?:涉及|被反映|被投诉|被举报|责任)(?:单位|部门|公司|对象)",
        question="涉及哪个单位或哪个部门？不知道可以跳过。",
        again=(
            "这事是哪个单位、哪个人做的？可以跳过。",
            "还差反映的是谁，可以跳过。",
            "您要反映的是谁？不知道名称，说他们是干什么的也行，也可以跳过。",
        ),
        example="比如：某某镇政府、某某公司。不知道就说“跳过”，由我们来查。",
        buttons=("跳过", "上一步", "找人工"),
        why="知道涉及谁，才不会转错地方；检举控告的材料绝不会转给被反映的人或单位（第三十条）。可以跳过。",
        optional=True,
        signs=r"政府|公司|局|委|院|厂|队|所|站|社|厅|部|办|中心|学校|银行|物业|集团|工地|开发商|街道|村|镇|乡|县|区|市|"
        r"老板|书记|主任|干部|村长|法庭|矿|店|校",
    ),
    PetitionField(
        "petitioner_name",
        path="petitioner.name",
        label="姓名",
        words=r"姓名|名字|名儿",
        word_rank=2,
        form_label=rf"(?:{_WHO}人)?(?:姓名|名字)|{_WHO}人",
        question="请问您怎么称呼？请说您的真实姓名。",
        again=("怎么称呼您？", "还差您的姓名，比如：王小明。", "您姓什么、叫什么？"),
        example="请只说姓名，比如：王小明。",
        buttons=("为什么要姓名", "先存着", "找人工"),
        why="《信访工作条例》第十九条要求写明姓名，没有姓名就没法给您出书面答复。",
        guess_lead="我叫",
    ),
    PetitionField(
        "phone",
        path="petitioner.phone",
        label="电话",
        words=r"联系电话|电话号码|手机号码?|电话|手机|联系方式|号码",
        word_rank=3,
        form_label=rf"(?:{_WHO}人?)?(?:手机|电话|移动电话|联系方式)(?:号码?)?",
        question="您的联系电话是多少？有结果了我们好联系您。",
        again=("留哪个电话找您？", "还差您的电话，座机带上区号也行。", "能打通的号码是哪个？一个数一个数地说也行。"),
        example="请说一个能找到您的电话，比如：13912345678，读成“幺三九……”也可以。没有手机，留家人的或座机（带区号）都行。",
        buttons=("为什么要电话", "先存着", "找人工"),
        why="留电话是为了有事能联系到您；以后凭编号加电话后四位也能查。不会告诉无关的人。",
        masked=True,
    ),
    PetitionField(
        "address",
        path="petitioner.address",
        label="住址",
        words=r"联系地址|家庭地址|家庭住址|住址|地址",
        word_rank=4,
        form_label=r"(?:所在)?(?:地区|区域|省市区?|街道)|(?:详细|家庭|联系|通讯|通信|现|居住|收货|收件)?(?:住址|地址)|住处|邮编|邮政编码",
        question="您现在住在哪里？说到乡镇、村组，或者街道、门牌就行。",
        again=("您住在哪儿？", "还差您的住址，说到村组或者门牌。", "书面答复往哪儿送？说到村组或者门牌。"),
        example="请说住的地方，比如：城关镇和平村3组，或人民路12号2栋301。",
        buttons=("为什么要地址", "先存着", "找人工"),
        why="《信访工作条例》第十九条要求写明住址，书面答复要送到您手上。",
        guess_lead="地址是",
    ),
    PetitionField(
        "amount",
        path="amount",
        label="涉及金额",
        words=r"涉及金额|金额|钱数|数额",
        form_label=r"(?:涉及|涉案)?金额",
        question="涉及多少钱？",
        again=(
            "大概多少钱？可以跳过。",
            "钱数是多少？说个大概也行。",
        ),
        example="比如：一万二千元。不涉及钱就说“跳过”。",
        buttons=("跳过",),
        why="知道涉及多少钱，办的人好核对账目。可以跳过。",
        in_turn=False,
        optional=True,
        free_text=True,
    ),
    PetitionField(
        "happened",
        path="happened",
        label="时间",
        words=r"发生时间|时间|日期",
        form_label=r"(?:事发|发生)(?:时间|日期)",
        question="是什么时候的事？",
        again=(
            "哪一年、哪个月？可以跳过。",
            "大概什么时候？记不清可以跳过。",
        ),
        example="比如：去年3月。记不清就说“跳过”。",
        buttons=("跳过",),
        why="知道是什么时候的事，才好查记录，有的事还有时限。可以跳过。",
        in_turn=False,
        optional=True,
        free_text=True,
    ),
    PetitionField(
        "id_number",
        path="petitioner.id_number",
        label="身份证号",
        words=r"身份证号码?|身份证",
        word_rank=0,
        form_label=r"(?:居民)?(?:身份证|证件)(?:号码?)?",
        question="请说身份证号码。这一项可以不填，说“跳过”就行。",
        again=("身份证号是多少？可以跳过。", "身份证号可以不填，说“跳过”就行。"),
        example="身份证号码是18位。不想填就说“跳过”。",
        buttons=("跳过", "找人工"),
        why="身份证号可填可不填，只用来核实是您本人，屏幕上只显示后四位。",
        in_turn=False,
        optional=True,
        masked=True,
    ),
    PetitionField(
        "representatives",
        path="representatives",
        label="代表人",
        why="几个人为同一件事来，推选的代表连您在内不超过5名（《信访工作条例》第二十条），好跟代表联系。",
        in_turn=False,
        optional=True,
    ),
)
FIELD = {field.name: field for field in FIELDS}
ASKED_IN_TURN = tuple(field.name for field in FIELDS if field.in_turn)
OPTIONAL = frozenset(field.name for field in FIELDS if field.optional)
FREE_TEXT = frozenset(field.name for field in FIELDS if field.free_text)
# What happened and what is wanted: the citizen's own account, in which anything may be said.
NARRATIVE = FREE_TEXT - OPTIONAL
PERSONAL = frozenset(field.name for field in FIELDS if field.path.startswith("petitioner.")) - OPTIONAL
FIELD_WORDS = tuple(
    (field.name, field.words) for field in sorted(FIELDS, key=lambda field: field.word_rank) if field.words
)
FIELD_OF_PATH = {field.path: field.name for field in FIELDS}


def check_name(name: str) -> str:
    """What the API calls the field where it checks one value by itself: the last part of its path."""
    return FIELD[name].path.rpartition(".")[2]
