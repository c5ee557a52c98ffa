"""An approved document is handed over: the way, the day and the proof, recorded with the step of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.clocks import due_on
from kiosk_api.domain.documents import Delivery, DeliveryMethod, DeliverySheet, Document, DocumentKind, Paper
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import COMMENT_MAX
from kiosk_api.domain.policy import REFUSAL_NOTED
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.domain.workflow import Action
from kiosk_api.domain.workflow_review import METHODS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.documents.listing import deliveries_of
from kiosk_api.services.staff.case_documents import CaseDocuments, find, may_deliver, stay_aside, view_of
from kiosk_api.services.staff.reading_log import note_reading

_ON_ITS_WAY = (DeliveryMethod.POST, DeliveryMethod.ONLINE)
_NEEDS_NOTE = (DeliveryMethod.REFUSED, DeliveryMethod.FAILED)
_RIGHTS = {DocumentKind.OPINION: ("ask_review", "复查"), DocumentKind.REVIEW: ("ask_reexamination", "复核")}


@dataclass(frozen=True)
class _Stated:
    method: DeliveryMethod
    sent_on: date
    received_on: date | None
    note: str


def deliver(ctx: Context, officer: Officer, number: str, document_id: str, data: Mapping[str, str]) -> CaseDocuments:
    """Record that a document was sent, handed over, refused or not handed over; all in one transaction with the
    step of the workflow, from which the days to ask for review or re-examination run.

    `data`: method, sent_on, received_on, note, and `delivery` where an earlier sending ends. By post the day of
    receipt may be recorded later; online it is the day on which the petitioner confirms. Raises DomainError
    `incomplete` with every field, `forbidden`, `document_changed`, or what the workflow table refuses.
    """
    with ctx.store.write() as records:
        case, one = find(records, officer, number, document_id)
        if not one.is_approved:
            raise DomainError("not_allowed_now", "这份文书还没有批准，不能送达。")
        if not may_deliver(case, one, officer.role):
            raise DomainError("forbidden", "这份文书由作出决定的单位或者信访部门送达。")
        stay_aside(ctx, records, case, officer)
        open_one = _open(records, case, one, data.get("delivery", "").strip())
        said = _read(data, one, open_one, ctx.clock.now().date())
        if said.received_on is not None:
            stated = {
                "document": one.kind.value,
                "method": said.method.value,
                "received_on": said.received_on.isoformat(),
            }
            move(ctx, records, case, Action.DELIVER, officer.role, stated, officer.id, officer.unit or "")
        if open_one:
            records.documents.end_delivery(open_one.id, said.method, said.received_on, said.note)
        else:
            records.documents.add_delivery(
                one.id, said.method, said.sent_on, said.received_on, said.note, officer.id, ctx.clock.now()
            )
        return view_of(ctx, records, officer, case)


def delivery_sheet(ctx: Context, officer: Officer, number: str, document_id: str) -> bytes:
    """送达回证 as PDF: with the last day once the document was received, else with lines to write on."""
    with ctx.store.read() as records:
        case, one = find(records, officer, number, document_id)
        if not one.is_approved:
            raise DomainError("not_allowed_now", "这份文书还没有批准，没有送达回证。")
        paper = records.documents.paper(one.id)
        sent = deliveries_of(records, case, one)
        last_day = _last_day(records, one, sent[-1] if sent else None)
    note_reading(ctx, officer, case.id, "document")
    return ctx.document_writer.write_sheet(_sheet(case, one, paper, sent[-1] if sent else None, last_day))


def _open(records: Records, case: CaseRecord, one: Document, delivery_id: str) -> Delivery | None:
    """The sending that ends; None for a new one."""
    waiting = next((each for each in deliveries_of(records, case, one) if each.is_open), None)
    if delivery_id and (waiting is None or waiting.id != delivery_id):
        raise DomainError("document_changed", "这次送达刚刚有人记过了。请重新打开这件信访再看。")
    if waiting and not delivery_id:
        raise DomainError(
            "document_changed", "这份文书已经送出，还没有结果。请在那一次送达里记收到、拒收或者没有送到。"
        )
    return waiting


def _read(data: Mapping[str, str], one: Document, waiting: Delivery | None, today: date) -> _Stated:
    errors: list[FieldError] = []

    def wrong(name: str, code: str, detail: str) -> None:
        errors.append(FieldError(name, code, detail))

    def day(name: str, label: str) -> date | None:
        text = data.get(name, "").strip()
        if not text:
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            wrong(name, "invalid", f"“{label}”请填日期，比如 2026-01-31。")
            return None
        if found > today or (one.approved_at and found < one.approved_at.date()):
            wrong(name, "invalid", f"“{label}”应当在文书批准以后、今天以前。")
        return found

    method = next((each for each in DeliveryMethod if each.value == data.get("method", "").strip()), None)
    if method is None:
        wrong("method", "required", "请选送达方式。")
    sent_on, received_on = day("sent_on", "送出的日期"), day("received_on", "收到的日期")
    note = clean(data.get("note", "")).strip()
    if len(note) > COMMENT_MAX:
        wrong("note", "invalid", f"“凭证和说明”太长了，最多{COMMENT_MAX}个字。")
    if method in _NEEDS_NOTE and not says_something(note):
        wrong("note", "required", f"拒收或者没有送到的，请写明{REFUSAL_NOTED}（本单位规定）。")
    may_wait = method in _ON_ITS_WAY and waiting is None
    if method is DeliveryMethod.ONLINE and received_on:
        wrong("received_on", "invalid", "网上查看的，收到的日期是信访人自己确认的那一天，请不要填。")
    elif method is DeliveryMethod.ONLINE and waiting is not None:
        wrong("method", "invalid", "网上查看由信访人自己确认；改用别的方式的，请选那一种。")
    elif method and received_on is None and not may_wait and "received_on" not in {each.field for each in errors}:
        wrong("received_on", "required", "请填写收到、拒收或者知道没有送到的日期。")
    if errors or method is None:
        raise DomainError("incomplete", "还有几处需要补充，已填的内容都在。", errors)
    return _Stated(method, sent_on or received_on or today, received_on, note)


def _last_day(records: Records, one: Document, sent: Delivery | None) -> date | None:
    if one.kind not in _RIGHTS or sent is None or sent.received_on is None or sent.method is DeliveryMethod.FAILED:
        return None
    return due_on(_RIGHTS[one.kind][0], sent.received_on, records.calendar())


def _sheet(
    case: CaseRecord, one: Document, paper: Paper, sent: Delivery | None, last_day: date | None
) -> DeliverySheet:
    rows = [
        ("送达的文书", f"{paper.title}\n{paper.number}"),
        ("受送达人", case.petition.name),
        ("送达方式", dict(METHODS)[sent.method.value] if sent else "□当面　□邮寄　□其他"),
        ("送出日期", _day(sent.sent_on) if sent else _BLANK_DAY),
        ("收到日期", _day(sent.received_on) if sent and sent.received_on else _BLANK_DAY),
        ("受送达人签名", ""),
        ("送达人签名", ""),
        ("备注", sent.note if sent else ""),
    ]
    if one.kind in _RIGHTS and paper.body:
        what = _RIGHTS[one.kind][1]
        until = f"最后一天是{_day(last_day)}" if last_day else f"最后一天：{_BLANK_DAY}"
        rows.insert(5, (f"请求{what}", f"向{paper.body}请求{what}，{until}。"))
    return DeliverySheet(
        title="送达回证",
        issued_by=paper.issued_by,
        case_number=case.case_number,
        rows=tuple(rows),
        note="请受送达人收到文书后签名并写明日期。拒收的，由送达人写明在场的人和经过。",
    )


_BLANK_DAY = "　　　　年　　月　　日"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
