"""Eight more invented matters, whose lives went badly or took long: returned twice and decided above, changed and annulled
on review, extended too late, recalled, not delivered, closed for good, and answered by a court.

Every person, unit, place and number is made up; 青禾县 is no real county.
"""

from __future__ import annotations

from typing import Any

from kiosk_api.demo_matters import matter
from kiosk_api.demo_steps import Course, Step, accept, conclude, deliver, forward, rate, urge

_HOUSING, _LAND, _TOWNSHIP = "青禾县住房和城乡建设局", "青禾县自然资源局", "青禾县云台乡人民政府"
_CIVIL, _EDUCATION, _FARMING = "青禾县民政局", "青禾县教育局", "青禾县农业农村局"
_HEALTH, _COURT = "青禾县卫生健康局", "青禾县人民法院"

MATTERS: tuple[dict[str, Any], ...] = (
    matter(
        "wall", "彭桂芳", "1051", "云台乡大坪村3组", "把压坏的围墙修好。",
        "修路的大车把我家围墙压倒了一段，施工队说找乡里，乡里说找修路的单位，三个月没人管。",
        place="云台乡大坪村",
    ),
    matter(
        "subsidy", "石有田", "1052", "河口镇矿山新村11号", "补发前年少发的种粮补贴。",
        "前年我种了十二亩水稻，只按七亩发的补贴。村里的登记表上写的是十二亩，我有照片。",
        place="河口镇",
    ),
    matter(
        "low_rent", "尹秋菊", "1053", "城关街道建设路12号", "恢复我的公租房资格。",
        "说我名下有一辆车，把公租房资格取消了。那辆车五年前就报废了，我有报废证明。",
    ),
    matter(
        "pond", "柳根生", "1054", "柳林街道后河村2组", "赔偿修渠挖断的鱼塘。",
        "去年修水渠把我的鱼塘挖断了，跑了一塘鱼，说好年底赔，到现在没有说法。",
        place="柳林街道后河村",
    ),
    matter(
        "funeral", "白志清", "1055", "石桥镇西街31号", "退还多收的公墓管理费。",
        "公墓合同写的是二十年一交，今年忽然要一年一交，还多收了两百元。",
    ),
    matter(
        "transfer_school", "夏雨晴", "1056", "开发区锦绣园6栋501", "答复孩子转学的申请。",
        "孩子随我工作调动转学，材料交了两个月，学校和局里都说在研究。",
    ),
    matter(
        "vaccine", "江红梅", "1057", "城关街道向阳小区5栋102", "查清打错的疫苗。",
        "孩子三岁该打的针打成了另一种，医院说没有影响，可是不肯写书面的说明。",
    ),
    matter(
        "deposit", "雷开明", "1058", "城关街道菜市口3号", "请法院尽快执行退还的押金。",
        "判决让对方退我门面押金两万元，申请执行半年了，没有消息。",
        about_unit=_COURT,
    ),
)  # fmt: skip

_TRACKED = "《信访工作条例》第三十二条。"

COURSES: dict[str, Course] = {
    # returned twice: then the common superior decides (Art. 24)
    "wall": Course(46, _TOWNSHIP, (
        Step(3, "office", "forward", {"unit": _HOUSING}),
        Step(6, "unit", "object", {"as": _HOUSING, "reason": "农村道路施工不归本局管理。"}),
        Step(8, "office", "uphold_objection", {"reason": "同意，改送。"}),
        Step(10, "office", "forward", {"unit": _LAND}),
        Step(13, "unit", "object", {"as": _LAND, "reason": "不涉及用地审批。"}),
        Step(15, "office", "uphold_objection", {"reason": "同意，报请共同的上一级决定。"}),
        urge(20, "围墙还倒着，猪都跑了。"),
        Step(22, "office", "decide_competence", {
            "decided_by": "common_superior", "decider": "青禾县人民政府", "unit": _TOWNSHIP,
            "reason": "由乡人民政府牵头，组织施工单位修复。",
        }),
        accept(24),
    )),
    # changed on review, not carried out, and supervised for that (Art. 35, 40)
    "subsidy": Course(150, _FARMING, (
        forward(2), accept(8),
        conclude(
            50, "not_supported", "补发五亩的种粮补贴。", "按村里上报的七亩发放，手续齐全。",
            "不支持补发请求。", _TRACKED,
        ),
        deliver(52, "unit", "opinion"),
        Step(60, "citizen", "request_review", {"reason": "村里的登记表写的是十二亩。"}),
        Step(85, "review", "decide_review", {
            "decision": "changed", "opinion": "登记表原件载明十二亩，原意见认定事实有误，予以变更。",
            "new_outcome": "supported", "new_result": "按十二亩补发前年的种粮补贴差额。",
        }),
        deliver(87, "review", "review"),
        Step(148, "office", "supervise", {
            "cause": "refusal", "advice": "复查意见到期没有执行，请三日内补发并书面说明。",
        }),
    )),
    # annulled on review and handled anew (Art. 35)
    "low_rent": Course(140, _HOUSING, (
        forward(2), accept(6),
        conclude(
            45, "not_supported", "恢复公租房资格。", "系统显示名下有机动车一辆。",
            "不符合保障条件，不支持。", _TRACKED,
        ),
        deliver(46, "unit", "opinion"),
        Step(60, "citizen", "request_review", {"reason": "车早就报废了，没有人看我的证明。"}),
        Step(80, "review", "decide_review", {
            "decision": "returned", "opinion": "没有核实报废证明，事实不清，撤销原意见，责令重新办理。",
        }),
        deliver(82, "review", "review"),
        conclude(
            120, "supported", "恢复公租房资格。", "车辆管理机构确认该车五年前已注销。",
            "恢复公租房保障资格，下月起按原标准租住。", _TRACKED,
            examined_anew="重新调取了车辆注销记录，并当面核对了报废证明。",
        ),
        deliver(122, "unit", "opinion"),
        Step(130, "unit", "report_execution", {"carried_out": "done", "how": "资格已恢复，租约已续签。"}),
        rate(132, "satisfied", "fairly_satisfied", "跑了四个月，总算弄清楚了。"),
    )),
    # extended when it was late already: more time does not undo that (Art. 34)
    "pond": Course(95, _LAND, (
        forward(3), accept(9),
        Step(74, "unit", "request_extension", {"days": "20", "reason": "鱼塘损失要请第三方评估。"}),
        Step(75, "leader", "extend", {}), deliver(76, "unit", "extension"),
        urge(78, "说好年底赔，现在又要拖。"),
    )),
    # sent to the wrong unit, and taken back (Art. 22)
    "funeral": Course(11, _CIVIL, (
        Step(1, "office", "forward", {"unit": _HEALTH}),
        Step(4, "office", "recall", {"reason": "公墓由民政部门管理，前次转错了，收回重转。"}),
        forward(5), accept(8),
    )),
    # the opinion did not reach the citizen: the 30 days have not begun (Art. 35)
    "transfer_school": Course(80, _EDUCATION, (
        forward(2), accept(7),
        conclude(
            55, "explained", "答复转学申请。", "接收学校本学期该年级已满。",
            "下学期优先安排，八月底前书面通知。", _TRACKED,
        ),
        Step(60, "unit", "deliver", {"document": "opinion", "method": "failed", "received_in": "0"}),
    )),
    # reviewed, heard, re-examined: closed for good (Art. 36)
    "vaccine": Course(175, _HEALTH, (
        forward(2), accept(6),
        conclude(
            40, "explained", "查清打错的疫苗。", "接种记录显示两种疫苗可以替代。",
            "由接种门诊当面说明，并出具书面说明。", _TRACKED,
        ),
        deliver(42, "unit", "opinion"),
        Step(50, "citizen", "request_review", {"reason": "没有人说为什么会打错。"}),
        Step(75, "review", "decide_review", {"decision": "upheld", "opinion": "替代接种符合规范，维持。"}),
        deliver(77, "review", "review"),
        Step(90, "citizen", "request_reexamination", {"reason": "门诊的管理没有查。"}),
        Step(100, "reexamine", "hold_hearing", {}), Step(102, "reexamine", "end_hearing", {}),
        Step(118, "reexamine", "decide_reexamination", {
            "decision": "upheld", "opinion": "听证查明门诊已整改，接种替代符合规范，维持复查意见。",
        }),
        deliver(120, "reexamine", "reexamination"),
        Step(170, "office", "close", {}),
    )),
    # a court answered; the window is rated, not the judgment
    "deposit": Course(50, _COURT, (
        Step(2, "office", "transfer", {"reason": "生效判决的执行，属于诉讼程序内的事项。"}),
        Step(30, "office", "report_outcome", {"result": "法院回复：已查控对方账户，正在办理划拨。"}),
    )),
}  # fmt: skip
