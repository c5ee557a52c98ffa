"""What happened to each demonstration case: days after registration, who, what, with what data.

Who is "office", "unit", "leader", "review", "reexamine" (officers, through act_on_case) or "citizen".
"""

from __future__ import annotations

from typing import NamedTuple

TRIAL_UNIT = "青禾县人力资源和社会保障局"  # the unit of the first trial account, so that its list is not empty


_ALL_URGENT = "party_committee,government,department,joint_conference,superior_office,national_office"


class Step(NamedTuple):
    """One action. `data` may hold `report_in` or `received_in`, days from then, in place of a date; `unit` where it is
    not that of the course; and `as`, the unit of the officer who acts if it is another."""

    day: int
    who: str
    action: str
    data: dict[str, str]


class Course(NamedTuple):
    """A case's history: registered `days_ago`, handled by `unit`."""

    days_ago: int
    unit: str
    steps: tuple[Step, ...]


def forward(day: int) -> Step:
    """To the unit of the course."""
    return Step(day, "office", "forward", {})


def accept(day: int, procedure: str = "investigation", organ: str = "") -> Step:
    """Under one of the routes of Art. 31."""
    data = {"procedure": procedure, "organ": organ} if organ else {"procedure": procedure}
    return Step(day, "unit", "accept", data)


def deliver(day: int, who: str, document: str) -> Step:
    """Handed over on this very day."""
    return Step(day, who, "deliver", {"document": document, "method": "on_the_spot", "received_in": "0"})


def urge(day: int, comment: str) -> Step:
    """By the citizen."""
    return Step(day, "citizen", "urge", {"comment": comment})


def conclude(day: int, outcome: str, request: str, facts: str, finding: str, law: str, **more: str) -> Step:
    """An opinion in its four parts (Art. 32)."""
    data = {
        "outcome": outcome,
        "request": request,
        "facts_and_reasons": facts,
        "finding": finding,
        "legal_basis": law,
        **more,
    }
    return Step(day, "unit", "conclude", data)


def rate(day: int, office: str, unit: str, comment: str = "") -> Step:
    """Of the petition office and of the unit."""
    data = {"petition_office": office, "responsible_unit": unit}
    return Step(day, "citizen", "rate", {**data, "comment": comment} if comment else data)


# Requests to be called back: hours ago, what was left, the steps that followed at once.
CALLBACKS: tuple[tuple[int, dict[str, str], tuple[tuple[str, str], ...]], ...] = (
    (100, {"phone": "13900001031", "best_time": "上午", "about": "想问低保停发以后怎么申请"},
     (("not_reached", ""), ("reached", ""), ("closed", "说明了材料和窗口，他下周来。"))),
    (80, {"phone": "13900001032", "best_time": "中午"}, (("not_reached", ""),)),
    (2, {"phone": "13900001033", "best_time": "下午三点以后", "about": "眼睛不好，想请人帮着写"}, ()),
)  # fmt: skip

COURSES: dict[str, Course] = {
    "wages": Course(70, TRIAL_UNIT, (
        Step(1, "office", "assign", {"report_in": "50"}),
        accept(5),
        Step(20, "unit", "mediate", {
            "summary": "约谈总包和劳务公司，核对了五人的记工本。", "consent": "both",
        }),
        conclude(
            45, "supported", "支付拖欠工资23000元。",
            "记工本、工友证言和总包的付款记录一致，欠付属实。",
            "责令劳务公司付清，总包先行垫付；款项已在本意见作出前到账。",
            "《保障农民工工资支付条例》第三十条。",
        ),
        deliver(46, "unit", "opinion"),
        Step(48, "unit", "report_execution", {
            "carried_out": "done", "how": "23000元已经打到本人银行卡上，本人签字确认。",
        }),
        Step(49, "unit", "closing_report", {"report": "欠薪已付清，已约谈总包，要求按月足额支付。"}),
        rate(50, "satisfied", "satisfied", "钱拿到了，谢谢。"),
    )),
    "dust": Course(20, "青禾县生态环境局", (
        forward(2), accept(6, "duty", "青禾县生态环境局"),
        urge(12, "昨天夜里又排了，请快点管。"),
        Step(15, "office", "supervise", {
            "cause": "delay", "advice": "请夜间到现场采样，三日内回复。",
        }),
    )),
    "requisition": Course(98, "青禾县自然资源局", (
        forward(3), accept(10),
        Step(58, "unit", "request_extension", {
            "days": "30", "reason": "地块涉及两次征收批文，需要调取省里的档案。",
        }),
        Step(60, "leader", "extend", {}), deliver(61, "unit", "extension"),
    )),
    "enforcement": Course(12, "青禾县人民法院", (
        Step(1, "office", "transfer", {"reason": "判决生效后的执行问题，属于诉讼程序内事项。"}),
    )),
    "not_filed": Course(9, "青禾县人民检察院", (
        Step(2, "office", "transfer", {"reason": "请求立案监督，由检察机关依法办理。"}),
    )),
    "corruption": Course(6, "青禾县纪委监委", (
        Step(1, "office", "transfer", {"reason": "反映村干部冒领低保，按管理权限转送。"}),
    )),
    "heating": Course(3, "青禾县住房和城乡建设局", (forward(1), urge(2, "老人冻得睡不着，请尽快。"))),
    "school": Course(130, "青禾县教育局", (
        forward(2), accept(8),
        conclude(
            50, "explained", "就近入学。", "划片学校学位已满，开发区新校明年秋季开学。",
            "今年统筹到相邻学校并安排校车；明年新校开学后可以申请转回。",
            "《中华人民共和国义务教育法》第十二条。",
        ),
        deliver(52, "unit", "opinion"),
        Step(60, "citizen", "request_review", {"reason": "校车绕路，孩子路上要一个小时。"}),
        Step(85, "review", "decide_review", {
            "decision": "upheld", "opinion": "统筹安排有据，维持原意见；建议优化校车线路。",
        }),
        deliver(88, "review", "review"),
        Step(100, "citizen", "request_reexamination", {"reason": "线路一直没有优化。"}),
        Step(110, "reexamine", "hold_hearing", {}), Step(114, "reexamine", "end_hearing", {}),
    )),
    "bus": Course(40, "青禾县交通运输局", (
        forward(2), Step(6, "unit", "accept", {}),
        Step(25, "unit", "answer_suggestion", {
            "outcome": "adopted", "reason": "实地测量，最近车站距敬老院1.2公里。12路增设敬老院站，下月启用。",
        }),
        rate(28, "satisfied", "satisfied"),
    )),
    "contract_land": Course(25, "青禾县农业农村局", (
        forward(2),
        Step(5, "unit", "object", {"reason": "承包地权属争议应先由乡镇人民政府调解、处理。"}),
        Step(7, "office", "reject_objection", {
            "reason": "承包合同由贵局指导管理，请受理后会同乡镇办理。",
        }),
    )),
    "fund": Course(8, "青禾县地方金融工作局", (
        Step(0, "office", "report_urgent", {
            "recipients": _ALL_URGENT, "reported_to": "县委、县政府值班室",
            "summary": "涉及老年人较多，已同时通报公安机关核查。",
        }),
        forward(1),
    )),
    "clinic": Course(90, "青禾县卫生健康局", (
        forward(2), accept(9), urge(75, "已经两个多月了，没有人联系我。"),
        Step(80, "office", "supervise", {
            "cause": "delay", "advice": "已超过办结期限，请说明原因并限期答复。",
        }),
    )),
    "road": Course(1, "青禾县交通运输局", (
        Step(0, "office", "report_urgent", {
            "recipients": _ALL_URGENT, "reported_to": "县政府值班室", "summary": "已通知镇里封闭桥面，校车改道。",
        }),
        forward(0),
    )),
    "injury": Course(10, "青禾县人力资源和社会保障局", (
        forward(1), accept(4, "duty", "青禾县人力资源和社会保障局"),
    )),
    "penalty": Course(5, "青禾县市场监督管理局", (
        forward(1),
        Step(4, "unit", "decline", {
            "reason": "不服行政处罚决定，仍在行政复议期限内，应当先走复议程序。",
            "where_to_go": "青禾县人民政府行政复议机构（县政务中心三楼）",
        }),
    )),
    "allowance": Course(45, "青禾县民政局", (
        forward(1), accept(5),
        Step(20, "unit", "mediate", {
            "summary": "上门核对，残疾证有效，停发系信息未更新。", "consent": "both",
        }),
        Step(30, "unit", "settle", {
            "agreement": "本月起恢复两项补贴，并补发停发期间的部分。", "consent": "both",
        }),
        rate(33, "satisfied", "fairly_satisfied", "要是早点来看就好了。"),
    )),
    "property": Course(17, "", ()),
    "water": Course(14, "", ()),
    "deed": Course(95, "青禾县住房和城乡建设局", (
        forward(3), accept(8),
        conclude(
            58, "explained", "办理不动产证。", "开发商在建工程抵押尚未解除，已进入破产重整。",
            "协调管理人优先解除已售房屋抵押，预计明年上半年办理。",
            "《信访工作条例》第三十二条第二项。",
        ),
        deliver(60, "unit", "opinion"),
        Step(70, "citizen", "request_review", {"reason": "只有预计，没有准确时间。"}),
    )),
    "noise": Course(4, "", (
        Step(2, "citizen", "withdraw", {"reason": "社区已经和广场舞队说好了。"}),
    )),
}  # fmt: skip
