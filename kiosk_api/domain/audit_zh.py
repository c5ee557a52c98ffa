"""What an entry of the record of changes says to people: who, what, of which kind of row; never its content."""

from __future__ import annotations

WHO = {
    "citizen": "群众（机器、手机或助手）",
    "staff": "工作人员",
    "worker": "后台",
    "operator": "维护人员（命令）",
    "service": "本服务",
}
DONE = {
    "inserted": "新增",
    "updated": "改动",
    "deleted": "删除",
    "adopted": "开始记录时已有",
    "rewriting": "打开改写",
    "begun": "记录开始",
}
ROWS = {
    "cases": "信访件",
    "events": "办理步骤",
    "attachments": "材料照片",
    "case_links": "绑定的微信或手机",
    "documents": "文书",
    "document_files": "文书定稿",
    "approvals": "文书审批",
    "deliveries": "送达",
    "case_clocks": "期限",
    "assignments": "承办人",
    "contacts": "联系记录",
    "supervisions": "督办",
    "advice": "建议",
    "accused": "回避的被检举方",
    "interests": "利害关系回避",
    "unit_notices": "给单位的提示",
    "notice_choices": "只收法定告知的选择",
    "officer_log": "阅看",
    "reading_reasons": "阅看理由",
    "erasures": "销毁",
    "legal_holds": "暂不销毁",
    "erasure_requests": "销毁申请",
}
REASONS = {"key_rotation": "换钥匙", "retention": "到期清理", "erasure": "销毁", "repair": "修复"}
