"""The receipt a citizen takes home, and the check whether a receipt is genuine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.case_number import parse_with_mac
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import STATUS_LABELS
from kiosk_api.domain.policy import RECEIPT_WORDS_FOR
from kiosk_api.domain.windows import window_label
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.shown import CallbackOnReceipt, Receipt
from kiosk_api.services.cases.case_view import citizens_deadlines
from kiosk_api.services.cases.find_case import find_by_token
from kiosk_api.services.cases.told import decisions_told, steps_told
from kiosk_api.services.organisation.naming import with_names


@dataclass(frozen=True)
class Verified:
    """Whether a printed code is genuine."""

    valid: bool
    case_number: str | None = None
    registered_at: datetime | None = None


def status_url(ctx: Context, lookup_token: str) -> str:
    """The address in the QR code; the token is in the fragment, which no server logs."""
    return f"{ctx.public_url}/r#{lookup_token}"


def receipt_code(ctx: Context, case: CaseRecord) -> str:
    """The signed code printed on the receipt."""
    return ctx.signer.sign(case.case_number, case.registered_at.isoformat())


def build_receipt(ctx: Context, lookup_token: str, callback: CallbackOnReceipt | None = None) -> Receipt:
    """Everything a receipt shows. Raises DomainError `case_not_found`.

    `request` and `facts` are None once RECEIPT_WORDS_FOR has passed: somebody who photographed the
    QR code must not be able to read the petition for ever.
    """
    with ctx.store.read() as records:
        case = with_names(records, find_by_token(ctx, records, lookup_token))
        calendar = records.calendar()
    code = receipt_code(ctx, case)
    url = status_url(ctx, lookup_token)
    in_words = ctx.clock.now() - case.registered_at <= RECEIPT_WORDS_FOR
    return Receipt(
        case_number=case.case_number,
        registered_at=case.registered_at,
        status=case.status,
        status_label=STATUS_LABELS[case.status.value],
        window=case.window,
        window_label=window_label(case.window),
        reason=case.route.reason,
        reason_parts=case.route.reason_parts,
        article_labels=case.route.article_labels,
        request=case.petition.request if in_words else None,
        facts=case.petition.facts if in_words else None,
        by_proxy=case.petition.proxy is not None,
        deadlines=citizens_deadlines(ctx, case, calendar),
        decisions=decisions_told(ctx, case, calendar),
        steps=steps_told(ctx, case, calendar),
        url=url,
        verify_code=code,
        verify_url=f"{ctx.public_url}/verify?code={code}",
        qr_svg=ctx.pictures.svg(url),
        qr_png=ctx.pictures.png_data_uri(url),
        where_to_turn=where_to_turn(ctx, case.window),
        office=ctx.office["name"],
        callback=callback,
    )


def where_to_turn(ctx: Context, window: str) -> list[str]:
    """Lines saying where to go and whom to call; placeholders until the bureau fills them in."""
    lines = []
    for one in ctx.windows:
        if one.key in (window, "petition_office"):
            known = [part for part in (one.where, one.hours) if not part.startswith("【请填写")]
            lines.append(f"{one.label}：{'，'.join(known) or one.where}")
    lines.append(f"咨询电话：{ctx.office['phone'] or '【请填写：单位电话】'}")
    return lines


def verify_receipt(ctx: Context, code: str) -> Verified:
    """Whether a printed code is genuine, in whatever way it was typed, pasted or scanned, also as the whole
    address; a wrong code reveals nothing about real cases."""
    try:
        number, mac = parse_with_mac(code)
    except DomainError:
        return Verified(valid=False)
    with ctx.store.read() as records:
        registered_at = records.cases.registered_on(number)
    stamp = registered_at.isoformat() if registered_at else ""
    if not ctx.signer.is_genuine(mac, number, stamp) or registered_at is None:
        return Verified(valid=False)
    return Verified(True, number, registered_at)
