"""The Chinese label of each identifier."""

from __future__ import annotations

STATUS_LABELS = {
    "registered": "已登记",
    "reported": "已报请党委、政府决定",
    "forwarded": "已转送",
    "assigned": "已交办",
    "objected": "收件单位提出异议",
    "accepted": "已受理，正在办理",
    "declined": "不予受理",
    "concluded": "已办结，有处理意见",
    "answered": "已有答复",
    "settled": "已达成和解",
    "under_review": "正在复查",
    "reviewed": "已有复查意见",
    "rehandling": "原意见已撤销，正在重新办理",
    "under_reexamination": "正在复核",
    "reexamined": "已有复核意见，程序终结",
    "transferred": "已转交有关机关依法处理",
    "guided": "已说明应当向政法机关反映",
    "withdrawn": "已撤回",
    "closed": "已归档",
}
ACTION_LABELS = {
    "register": "登记",
    "report_for_decision": "报请本级党委、政府决定",
    "forward": "转送有权处理的单位",
    "assign": "交办，要求报告结果",
    "transfer": "转交政法机关或纪检监察机关",
    "guide": "释法引导，说明向哪里反映",
    "decide_repeat": "核对是不是同一事项",
    "decline_repeat": "同一事项，不再受理",
    "object": "收件单位提出异议",
    "uphold_objection": "同意异议，退回重新转送",
    "reject_objection": "不同意异议，由该单位办理",
    "decide_competence": "由共同上级或联席会议决定受理单位",
    "recall": "收回，另行处理",
    "accept": "受理并书面告知",
    "decline": "不予受理并说明去处",
    "request_extension": "申请延长办理期限",
    "extend": "批准延长办理期限",
    "refuse_extension": "不同意延期",
    "give_word": "告知办理进展",
    "hold_hearing": "开始听证",
    "end_hearing": "听证结束",
    "conclude": "办结，出具处理意见书",
    "answer_suggestion": "答复建议意见",
    "report_outcome": "反馈有关机关的办理结果",
    "mediate": "组织调解",
    "settle": "达成调解、和解协议",
    "report_execution": "报告执行情况",
    "closing_report": "提交办结报告",
    "deliver": "送达文书",
    "request_review": "申请复查",
    "decide_review": "作出复查意见",
    "request_reexamination": "申请复核",
    "decide_reexamination": "作出复核意见",
    "withdraw": "信访人撤回",
    "close": "归档",
    "rate": "信访人评价",
    "urge": "信访人催办",
    "add_material": "信访人补交材料照片",
    "renew_code": "当面核对身份，换发查询二维码，旧的作废",
    "supervise": "督办",
    "answer_supervision": "答复督办",
    "advise": "向单位提出建议",
    "answer_advice": "反馈建议采纳情况",
    "report_urgent": "重大紧急事项报告",
    "notify_organisation": "向组织部门通报",
    "step_aside": "回避",
    "correct_route": "更正窗口或领域",
    "decide_accusation": "定性质：是不是检举控告",
    "name_accused": "记明被检举的单位或人",
    "clear_accused": "更正：不是被检举的单位或人",
    "entrust": "确定承办人",
    "contact": "记录与信访人的联系",
    "note": "内部备注",
}
CALLBACK_STATE_LABELS = {
    "waiting": "等待回电",
    "answered": "已经答复",
    "missed": "打了几次，都没有打通",
    "withdrawn": "已经取消",
}
CALLBACK_STEP_LABELS = {
    "requested": "您留下了电话",
    "reached": "工作人员打通了您的电话",
    "not_reached": "工作人员打过电话，没有打通",
    "closed": "工作人员办结了这次回电",
    "withdrawn": "您取消了回电",
}
CALLBACK_TIME_LABELS = {"any": "都可以", "morning": "上午", "noon": "中午", "afternoon": "下午"}
HALL_CALL_LABELS = {
    "waiting": "已经通知大厅工作人员",
    "taken": "工作人员马上来",
    "over": "大厅里现在没有人应答",
}
DOMAIN_LABELS = {
    "urban_rural_construction": "城乡建设",
    "agriculture": "农村农业",
    "political_legal": "政法",
    "education_culture_sport": "教育文体",
    "labour_social_security": "劳动和社会保障",
    "civil_affairs": "民政",
    "party_government": "党务政务",
    "economy": "经济管理",
    "health": "卫生计生",
    "commerce_tourism": "商贸旅游",
    "environment": "环境保护",
    "transport": "交通运输",
    "discipline_supervision": "纪检监察",
    "land_resources": "国土资源",
    "science_industry": "科技与信息产业",
}
KIND_LABELS = {"appeal": "申诉求决", "suggestion": "建议意见", "accusation": "检举控告"}
HOT_FIELD_LABELS = {
    "land_requisition": "征地拆迁",
    "labour": "劳动社保",
    "rural_land": "农村土地",
    "fund_raising": "集资融资",
    "environment": "环境保护",
}
ROLE_LABELS = {
    "petitioner": "信访人",
    "petition_office": "信访部门",
    "responsible_unit": "有权处理机关",
    "unit_leader": "有权处理机关负责人",
    "supervisor": "信访部门负责人",
    "review_unit": "复查复核机关",
    "administrator": "账号管理员",
    "system": "系统",
}
OUTCOME_LABELS = {
    "supported": "支持",
    "explained": "解释说明",
    "not_supported": "不支持",
}
SUGGESTION_OUTCOME_LABELS = {
    "adopted": "采纳",
    "partly": "部分采纳",
    "not_adopted": "不采纳",
}
RATING_LABELS = {
    "satisfied": "满意",
    "fairly_satisfied": "基本满意",
    "dissatisfied": "不满意",
}
NOT_YET = {
    "rate": "还没有办理结果，有了结果就可以评价。",
    "urge": "这件事已经有了结果或者已经结束，不用再催了。",
    "withdraw": "这件事已经有了结果或者已经结束，不用撤回了。",
    "add_material": "这件事已经结束，不能再补照片。有新的情况，请重新反映或到窗口问。",
    "deliver": "现在没有等您确认收到的答复。",
    "request_review": "收到处理意见书以后，才可以申请复查。",
    "request_reexamination": "收到复查意见以后，才可以申请复核。",
}
PROXY_RELATION_LABELS = {
    "spouse": "配偶", "child": "子女", "parent": "父母", "relative": "其他亲属",
    "guardian": "监护人", "lawyer": "律师", "other": "其他受托人",
}  # fmt: skip
PROXY_CONSENT_LABELS = {
    "in_person": "当面同意", "by_phone": "电话同意", "in_writing": "书面委托书", "guardian": "我是监护人",
}  # fmt: skip
