# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Whether an account is only about private people: nobody is asked then whether an official is to be reported."""

from __future__ import annotations

import re

from bot.dialogue.text import plain

_PRIVATE = re.compile(
    r"邻居|隔壁|楼上|楼下|对门|房东|二房东|租客|中介|物业|业委会|暖气|供暖|供热|开发商|老板|包工头|工头|经理|私企|网贷|平台|商家|店家|健身房|美容院|驾校|培训班|房子漏|噪音|吵|装修|狗"
)
# Wide on purpose: any sign of a public body or of a favour keeps the question.
_PUBLIC = re.compile(
    r"政府|机关|公家|官|领导|干部|书记|支书|村长|村委|村里|村上|村主任|大队|镇|乡|县|市里|市长|区里|区长|街道|社区|居委|主任|[局所站科处厅院校队组社]长|局里|会计|出纳|派出所|公安|警|城管|交警|执法|法院|法官|检察|纪委|"
    r"监管|监督|审批|公务|工作人员|办事员|办事处|窗口|信访|税务|工商|民政|社保|医保|低保|残联|国土|住建|环保|消防|国企|医院|医生|学校|老师|校方|关系|后台|靠山|保护伞|打招呼|送礼|红包|贿|好处费|回扣|塞[了给]?钱|条烟|两瓶酒|包庇|勾结|串通|腰包|贪|挪用|截留|套取|冒领|职权|点了头|上面|上头"
)


def is_only_private(account: str) -> bool:
    """Neighbours, landlords, firms and the like are named, and nothing that belongs to a public body."""
    said = plain(account)
    return bool(_PRIVATE.search(said)) and not _PUBLIC.search(said)
