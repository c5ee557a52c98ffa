"""The whole petition on A4 paper, for the person who has just handed it in."""

from __future__ import annotations

from typing import Any

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import PROXY_RELATION_LABELS
from kiosk_api.domain.petition_fields import mask
from kiosk_api.domain.policy import COPY_WITHIN
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.find_case import find_by_token
from kiosk_api.services.cases.receipts import build_receipt

_LABELS = {
    "request": "希望怎么解决", "facts": "发生了什么事", "reasons": "理由", "place": "事情发生在哪里",
    "about_unit": "反映的单位或人", "amount": "涉及多少钱", "happened": "什么时候的事",
}  # fmt: skip


def petition_copy(ctx: Context, lookup_token: str) -> dict[str, Any]:
    """What build_receipt gives, and `person`, `said` (label, text pairs), `representatives`.

    Phone and ID numbers are down to their last four. Raises DomainError `case_not_found`, and
    `copy_closed` once COPY_WITHIN has passed.
    """
    receipt = build_receipt(ctx, lookup_token)
    with ctx.store.read() as records:
        case = find_by_token(ctx, records, lookup_token)
    if ctx.clock.now() - case.registered_at > COPY_WITHIN:
        raise DomainError(
            "copy_closed",
            "登记后30分钟内才能打印整份材料，免得捡到二维码的人看见您的姓名住址。"
            "要复印件，请带身份证到窗口；查进度、打回执不受影响。",
        )
    told = case.petition
    person = [("姓名", told.name), ("联系电话", mask("phone", told.phone)), ("住址", told.address)]
    if told.id_number:
        person.append(("身份证号", mask("id_number", told.id_number)))
    if told.proxy:
        relation = PROXY_RELATION_LABELS[told.proxy.relation]
        person.append(("代办人", f"{told.proxy.name}（{relation}），电话{mask('phone', told.proxy.phone)}"))
    return {
        **receipt,
        "person": person,
        "said": [(label, text) for name, label in _LABELS.items() if (text := getattr(told, name))],
        "representatives": [(one.name, mask("phone", one.phone)) for one in told.representatives],
        "confidential": case.confidential,
        "route_choice": case.route.get("citizen_choice_label"),
    }
