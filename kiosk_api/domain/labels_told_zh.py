"""The Chinese of what a petitioner is told of a case: decisions, their parts, and how they stand."""

from __future__ import annotations

DECISION_LABELS = {
    "forwarding": "转送、交办告知",
    "transfer": "转交告知",
    "acceptance": "受理告知",
    "non_acceptance": "不予受理告知",
    "extension": "延期告知",
    "opinion": "处理意见书",
    "settlement": "调解、和解协议",
    "review": "复查意见书",
    "reexamination": "复核意见书",
    "supervision": "督办",
    "supervision_answer": "督办答复",
    "report": "报请决定告知",
    "guidance": "释法引导",
    "word": "办理进展",
    "reply": "建议意见答复书",
    "outcome": "有关机关的办理结果",
    "execution": "执行情况",
}
PART_LABELS = {
    "unit": "交给哪个单位",
    "reason": "理由",
    "where_to_go": "向哪里提出",
    "days": "延长天数",
    "request": "您的诉求",
    "facts_and_reasons": "事实和理由",
    "finding": "处理意见",
    "legal_basis": "依据",
    "opinion": "意见",
    "agreement": "协议内容",
    "organ": "由哪个机关办",
    "own_limit": "该程序的期限",
    "bring": "要带的材料",
    "word": "进展",
    "result": "办理结果",
    "how": "怎样执行的",
    "new_outcome": "变更后的处理结果",
    "new_result": "变更后的处理意见",
    "examined_anew": "重新调查了什么",
    "remedy": "不服可以走的途径",
    "remedy_at": "不服向哪里提出",
    "remedy_by": "最晚哪一天提出",
    "feedback": "答复",
}
STANDING_LABELS = {
    "in_force": "现在有效",
    "upholds": "维持原来的意见",
    "replaced": "已被后面的决定代替",
    "annulled": "已经撤销",
    "past": "已有后面的决定",
    "notice": "",
}
ASKED_LABELS = {"review": "您申请了复查，正在复查", "reexamination": "您申请了复核，正在复核"}
"""How a decision stands while what the petitioner asked for is looked into."""
NOT_HANDED_OVER = {
    "refused": "文书送来时您没有收下",
    "failed": "文书没有送到您手上",
}
"""In the history, in place of the action's label."""
CHANNEL_LABELS = {"wechat": "微信", "whatsapp": "WhatsApp", "sms": "短信", "console": "短信（演示，不会真的发出）"}
"""How somebody at home is told."""
SENT_LABELS = {
    "wechat": "已发微信", "whatsapp": "已发WhatsApp消息", "sms": "已发短信", "console": "演示：没有真的发出短信",
}  # fmt: skip
ABOUT_LABELS = {
    "registered": "登记好了", "progress": "有新进展", "date_near": "您的最后一天快到了", "late": "有一步超期了", "rate": "请您评价",
    "callback_asked": "回电请求收到了", "callback_missed": "给您回电没有打通",
}  # fmt: skip
"""What a notice was for, on the page that tells the case anyway."""
STEP_LABELS = {
    "registered": "登记",
    "handed_over": "转给办理单位",
    "transferred": "转交有关机关",
    "guided": "说明该向哪里反映",
    "accepted": "受理",
    "declined": "不予受理",
    "handled": "办理",
    "rehandled": "重新办理",
    "answered": "答复",
    "settled": "达成协议",
    "carried_out": "落实",
    "review": "复查",
    "reexamination": "复核",
    "withdrawn": "您撤回了",
    "closed": "归档",
}
"""The steps of a case (steps.py)."""
YOU = "您"
REVIEWERS = {"under_review": "复查机关", "under_reexamination": "复核机关"}
"""Who decides, where the tree of units does not name it."""
