"""The Chinese of notices at the desk: what they are about, how far they are, and why one was not told."""

from __future__ import annotations

NOTICE_KIND_LABELS = {
    "registered": "已登记",
    "forwarded": "已转送、交办",
    "reported": "已报请决定",
    "transferred": "已转交有关机关",
    "guided": "已释法引导",
    "accepted": "受理",
    "declined": "不予受理",
    "extended": "延期",
    "word": "办理进展",
    "urge_answered": "催办后的答复",
    "document_ready": "文书已批准，可以领取",
    "opinion": "处理意见",
    "reply": "建议意见的答复",
    "outcome": "有关机关的办理结果",
    "execution": "执行情况",
    "settled": "调解、和解",
    "reviewed": "复查意见",
    "reexamined": "复核意见",
    "supervised": "督办",
    "supervision_answered": "督办答复",
    "due": "申请复查、复核的最后一天快到",
    "overdue": "法定期限已过",
    "rating": "请信访人评价",
    "callback_asked": "回电请求已收到",
    "callback_missed": "回电没有打通",
}
NOTICE_STATE_LABELS = {
    "waiting": "等待发送",
    "underway": "正在发送",
    "told": "已通知",
    "untold": "未能通知",
    "doubtful": "不确定有没有发出",
    "needless": "不用再通知",
    "otherwise": "已用别的办法告知",
}
ATTEMPT_STATE_LABELS = {
    "waiting": "等待发送",
    "sending": "正在发送",
    "unknown": "正在向平台核实",
    "sent": "已发出",
    "delivered": "已送到手机",
    "refused": "平台不收",
    "failed": "没有送到",
    "dead": "多次没有发出，已停止",
    "doubtful": "核实不了，不再重发",
}
NOTICE_REASON_LABELS = {
    "channels_off": "没有开通短信、微信",
    "channel_off": "这个渠道已经关闭",
    "no_way": "没有可用的渠道（没有手机号，也没有绑定微信）",
    "not_wanted": "本人只要依法必须告知的",
    "past": "事情已经过去",
    "gone": "原来的请求已经删除",
    "said_in_talk": "登记时在对话里已经说了",
    "unbound": "本人已经解除绑定",
}
"""Reasons of the house; one that a platform gave is shown as its code."""
CHANNEL_STATE_LABELS = {"ok": "正常", "degraded": "最近发不出去", "off": "没有开通"}
ONLY_SHOWN = "只在本机演示，没有真的发出"
