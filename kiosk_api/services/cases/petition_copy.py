"""The whole petition on A4 paper, for the person who has just handed it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import PROXY_RELATION_LABELS
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS, PetitionField, mask
from kiosk_api.domain.policy import COPY_WITHIN
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.shown import Receipt
from kiosk_api.services.cases.find_case import find_by_token
from kiosk_api.services.cases.receipts import build_receipt


@dataclass(frozen=True)
class PetitionCopy(Receipt):
    """A receipt with who petitions and what they said, as (label, text) and (name, phone) pairs."""

    person: list[tuple[str, str]]
    said: list[tuple[str, str]]
    representatives: list[tuple[str, str]]
    confidential: bool
    route_choice: str


def petition_copy(ctx: Context, lookup_token: str) -> PetitionCopy:
    """The copy of a case that has just been registered.

    Phone and ID numbers show only their last four digits. Raises DomainError `case_not_found`, and
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
    petition = case.petition
    person = _rows(petition, PERSON_FIELDS)
    if petition.proxy:
        relation = PROXY_RELATION_LABELS[petition.proxy.relation]
        person.append(("代办人", f"{petition.proxy.name}（{relation}），电话{mask('phone', petition.proxy.phone)}"))
    return PetitionCopy(
        **vars(receipt),
        person=person,
        said=_rows(petition, MATTER_FIELDS),
        representatives=[(one.name, mask("phone", one.phone)) for one in petition.representatives],
        confidential=case.confidential,
        route_choice=case.route.citizen_choice_label,
    )


def _rows(petition: Petition, fields: Iterable[PetitionField]) -> list[tuple[str, str]]:
    """(label, text) of what was stated, numbers down to their last four."""
    return [(field.label, mask(field.name, text)) for field in fields if (text := getattr(petition, field.name))]
