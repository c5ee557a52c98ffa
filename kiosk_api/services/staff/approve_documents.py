"""A leader approves a document, which numbers it and makes it final, or returns it with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from kiosk_api.domain.documents import Approval, Document, Paper, approver, number_of
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notices_made import keep_of_document
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.documents.listing import latest
from kiosk_api.services.staff.case_documents import CaseDocuments, find, stay_aside, view_of

_TRIES = 3


class _NumberTaken(Exception):
    """Somebody else was given the number that this document was drawn with."""


def approve(ctx: Context, officer: Officer, number: str, document_id: str) -> CaseDocuments:
    """Give it the next number of its kind and year, and keep the PDF.

    Drawing takes a second, so it is done before the transaction, with the number that comes next; if another
    document takes that number meanwhile, it is drawn again. Raises DomainError `forbidden` for the wrong role
    or who made it, `document_changed` when there is a newer version or a decision already.
    """
    for left in reversed(range(_TRIES)):
        now = ctx.clock.now()
        with ctx.store.read() as records:
            one = _to_decide(ctx, records, officer, number, document_id)
            paper = records.documents.paper(one.id)
            serial = records.documents.last_number(one.kind, now.year) + 1
        final, file = _drawn(ctx, one, paper, now, serial)
        try:
            with ctx.store.write() as records:
                taken = records.documents.take_number(one.kind, now.year)  # first: who comes second waits here
                one = _to_decide(ctx, records, officer, number, document_id)
                if taken != serial:
                    if left:
                        raise _NumberTaken
                    final, file = _drawn(ctx, one, paper, now, taken)
                done = replace(
                    one, number=final.number, approved_by=officer.id, approved_at=now, sha256=sha256(file).hexdigest()
                )
                records.documents.approve(done, now.year, taken, final, file)
                records.documents.add_approval(Approval(one.id, True, officer.id, now, officer.display_name))
                keep_of_document(records, one.case_id, one.event, now)
                case, _ = find(records, officer, number, document_id)
                return view_of(ctx, records, officer, case)
        except _NumberTaken:
            continue
    raise AssertionError("the last try takes whatever number comes")


def send_back(ctx: Context, officer: Officer, number: str, document_id: str, reason: str) -> CaseDocuments:
    """Return it to be made anew. Raises as `approve` does, and `incomplete` without a reason."""
    said = clean(reason).strip()
    if not says_something(said) or len(said) > TEXT_MAX:
        detail = "退回要写明理由，经办人才知道改哪里。"
        raise DomainError("incomplete", detail, [FieldError("reason", "required", detail)])
    with ctx.store.write() as records:
        one = _to_decide(ctx, records, officer, number, document_id)
        given = Approval(one.id, False, officer.id, ctx.clock.now(), officer.display_name, said)
        records.documents.add_approval(given)
        case, _ = find(records, officer, number, document_id)
        return view_of(ctx, records, officer, case)


def _to_decide(ctx: Context, records: Records, officer: Officer, number: str, document_id: str) -> Document:
    case, one = find(records, officer, number, document_id)
    event = case.events[one.event]
    if officer.role is not approver(event):
        raise DomainError("forbidden", "这份文书由作出决定的单位的负责人批准。")
    if officer.id == one.made_by:
        raise DomainError("forbidden", "您自己做的文书，请由另一位负责人批准。")
    stay_aside(ctx, records, case, officer)
    newest = next(other for other in latest(records.documents.of_case(case.id)) if other.event == one.event)
    if newest.id != one.id:
        raise DomainError("document_changed", "这份文书刚刚重做过，还没有批准。请重新打开这件信访，看过新的一版再批。")
    if any(given.document_id == one.id for given in records.documents.approvals_of(case.id)):
        raise DomainError("document_changed", "这份文书刚刚有人批过了。请重新打开这件信访再看。")
    return one


def _drawn(ctx: Context, one: Document, paper: Paper, at: datetime, serial: int) -> tuple[Paper, bytes]:
    prefix = ctx.office["document_prefix"] or ""
    final = replace(paper, number=number_of(prefix, one.kind, at.year, serial), day=at.date())
    return final, ctx.document_writer.write(final)
