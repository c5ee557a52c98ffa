"""What staff see: their lists, and one case with the actions open to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from kiosk_api.domain.access import scope_of
from kiosk_api.domain.errors import CaseUnreadable, DomainError
from kiosk_api.domain.labels_zh import (
    DOMAIN_LABELS,
    KIND_LABELS,
    ROLE_LABELS,
    STATUS_LABELS,
)
from kiosk_api.domain.limits import SEARCH_MAX
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Action, Role, Status, allowed
from kiosk_api.services.attachments.bundles import shown
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Filter, Records
from kiosk_api.services.base.records import CaseRecord, CaseRow, Officer
from kiosk_api.services.cases.case_view import deadline_list, opinion_of, state_of, timeline_item
from kiosk_api.services.cases.find_case import guessed_at

PAGE_SIZE = 20
MAY_RENEW = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
VIEWS = ("mine", "new", "due", "overdue", "urged", "all")
_MINE: dict[Role, list[Status]] = {
    Role.PETITION_OFFICE: [Status.REGISTERED, Status.OBJECTED],
    Role.SUPERVISOR: [Status.OBJECTED],
    Role.RESPONSIBLE_UNIT: [Status.FORWARDED, Status.ASSIGNED, Status.ACCEPTED],
    Role.REVIEW_UNIT: [Status.UNDER_REVIEW, Status.UNDER_REEXAMINATION],
}
_NEW = [Status.REGISTERED, Status.FORWARDED, Status.ASSIGNED]


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; everything that is given must hold. `q` is part of a case number
    or of a unit's name: what a petitioner said or is called is sealed and cannot be searched."""

    view: str = "mine"
    q: str = ""
    kind: str = ""
    status: str = ""


def list_cases(ctx: Context, officer: Officer, wanted: Wanted, page: int = 1) -> dict[str, Any]:
    """One page of a list, and how many each list holds of what is wanted."""
    if wanted.view not in VIEWS:
        raise DomainError("unknown_view", "没有这个列表。")
    number = max(1, page)
    with ctx.store.read() as records:
        rows = records.cases.page(_filters(ctx, officer, wanted), PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
        counts = {name: records.cases.count(_filters(ctx, officer, replace(wanted, view=name))) for name in VIEWS}
    return {
        "items": [_item(row) for row in rows[:PAGE_SIZE]],
        "page": number,
        "has_next": len(rows) > PAGE_SIZE,
        "counts": counts,
    }


def view_case(ctx: Context, officer: Officer, case_number: str) -> dict[str, Any]:
    """One case in full. Raises DomainError `case_not_found` when it is not theirs to see."""
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        return staff_view(ctx, records, officer, case)


def visible_case(records: Records, officer: Officer, case_number: str) -> CaseRecord:
    """The case, if this officer's role and unit give a right to see it."""
    try:
        case = records.cases.by_number(case_number)
    except CaseUnreadable as broken:
        if _may_see(officer, Status(broken.status), broken.unit, broken.kind):
            raise
        case = None
    if case is None or not _may_see(officer, case.status, case.responsible_unit, case.kind):
        raise DomainError("case_not_found", "没有这件信访事项，或者不在您的办理范围内。")
    return case


def staff_view(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> dict[str, Any]:
    """Everything an officer needs to act lawfully."""
    petition, now, calendar = case.petition, ctx.clock.now(), records.calendar()
    return {
        "case_number": case.case_number,
        "status": case.status.value,
        "status_label": STATUS_LABELS[case.status.value],
        "kind": case.kind,
        "kind_label": KIND_LABELS[case.kind],
        "domain_label": DOMAIN_LABELS[case.domain],
        "window": case.window,
        "window_label": window_label(case.window),
        "emergency": case.emergency,
        "petitioner": {
            "name": petition.name,
            "phone": petition.phone,
            "address": petition.address,
            "id_number": petition.id_number,
        },
        "request": petition.request,
        "facts": petition.facts,
        "reasons": petition.reasons,
        "place": petition.place,
        "about_unit": petition.about_unit,
        "amount": petition.amount,
        "happened": petition.happened,
        "representatives": [asdict(one) for one in petition.representatives],
        "proxy": asdict(petition.proxy) if petition.proxy else None,
        "assisted_by": str(case.events[0].data.get("assisted_by", "")) if case.events else "",
        "confidential": case.confidential,
        "pictures": [
            {**shown(row), "at": row.created_at, "later": row.created_at > case.registered_at}
            for row in records.attachments.of_case(case.id)
        ],
        "route": case.route,
        "responsible_unit": case.responsible_unit,
        "registered_at": case.registered_at.isoformat(),
        "timeline": [
            {**timeline_item(event), "actor": ROLE_LABELS[event.role.value], "data": dict(event.data)}
            for event in case.events
        ],
        "deadlines": deadline_list(ctx, case, calendar),
        "actions": [
            {
                "action": one.rule.action.value,
                "label": one.rule.label,
                "article": one.rule.article,
                "allowed": one.allowed,
                "reason": one.reason,
                "fields": [
                    {
                        "name": field.name,
                        "label": field.label,
                        "kind": field.kind,
                        "choices": [list(choice) for choice in field.choices],
                        "required": field.required,
                    }
                    for field in one.rule.fields
                ],
            }
            for one in allowed(state_of(case), officer.role, now, calendar)
        ],
        "opinion": opinion_of(case.events),
        "ratings": _ratings(case),
        "may_renew_code": officer.role in MAY_RENEW,
        "guessed_at": guessed_at(ctx, records, case.case_number),
    }


def _may_see(officer: Officer, status: Status, unit: str | None, kind: str) -> bool:
    return scope_of(officer.role, officer.unit).holds(unit=unit, status=status, kind=kind)


def _filters(ctx: Context, officer: Officer, wanted: Wanted) -> list[Filter]:
    """The role's scope, the view and the search, each a filter of its own: the store ANDs them."""
    scope = scope_of(officer.role, officer.unit)
    found: list[Filter] = []
    if scope.unit is not None:
        found.append(("unit", scope.unit))
    if scope.statuses is not None:
        found.append(("statuses", sorted(scope.statuses)))
    if scope.kinds is not None:
        found.append(("kinds", sorted(scope.kinds)))
    found += _view_filters(ctx, officer, wanted.view)
    if words := wanted.q.strip()[:SEARCH_MAX]:
        found.append(("words", words))
    if wanted.kind:
        found.append(("kinds", [wanted.kind]))
    if wanted.status:
        found.append(("statuses", [wanted.status]))
    return found


def _view_filters(ctx: Context, officer: Officer, view: str) -> list[Filter]:
    today = ctx.clock.now().date()
    views: dict[str, list[Filter]] = {
        "mine": [("statuses", _MINE.get(officer.role, []))],
        "new": [("statuses", _NEW)],
        "due": [("due_by", today + DUE_SOON)],
        "overdue": [("overdue_on", today)],
        "urged": [("urged", True)],
        "all": [],
    }
    return views[view]


def _item(row: CaseRow) -> dict[str, Any]:
    return {
        "case_number": row.case_number,
        "status": row.status.value,
        "status_label": STATUS_LABELS[row.status.value],
        "window_label": window_label(row.window),
        "domain_label": DOMAIN_LABELS[row.domain],
        "kind_label": KIND_LABELS[row.kind],
        "registered_at": row.registered_at.isoformat(),
        "next_deadline": row.next_due_on.isoformat() if row.next_due_on else None,
        "urged": row.urged,
        "emergency": row.emergency,
        "responsible_unit": row.responsible_unit,
        "unreadable": row.unreadable,
    }


def _ratings(case: CaseRecord) -> dict[str, str] | None:
    for event in reversed(case.events):
        if event.action is Action.RATE:
            return dict(event.data)
    return None
