"""Written documents of some demonstration cases: made from the decision, approved, and handed over as their case tells."""

from __future__ import annotations

from dataclasses import replace

from kiosk_api.domain.documents import KIND_OF
from kiosk_api.domain.workflow import Action, Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff import act_on_case, approve_documents, case_documents, deliver_documents

WRITTEN = {
    "wages": ("opinion",), "school": ("opinion", "review"), "penalty": ("non_acceptance",), "pond": ("extension",),
}  # fmt: skip
"""Approved and numbered: in the petitioner's hand where their case has a delivery, else still to be handed over."""
WAITING = {"injury": ("acceptance",)}
"""Made, and on the leader's table."""
_HEAD = {Role.PETITION_OFFICE: Role.SUPERVISOR, Role.RESPONSIBLE_UNIT: Role.UNIT_LEADER}


def act(ctx: Context, officer: Officer, key: str, number: str, action: str, data: dict[str, str]) -> None:
    """One step of the case `key` by an officer, with the document that tells it, where the case shows one."""
    document = _approved(ctx, officer, number, data["document"]) if action == Action.DELIVER else None
    if document is not None:
        deliver_documents.deliver(ctx, officer, number, document, data)
        return
    act_on_case.act(ctx, officer, number, action, data)
    kind = KIND_OF.get(Action(action))
    if kind in (*WRITTEN.get(key, ()), *WAITING.get(key, ())):
        _write(ctx, officer, number, kind in WRITTEN.get(key, ()))


def _write(ctx: Context, officer: Officer, number: str, approved: bool) -> None:
    """Of the latest decision."""
    place = max(one.event for one in case_documents.documents_view(ctx, officer, number).to_make)
    made = case_documents.make(ctx, officer, number, place, "").items[-1]
    if approved:
        role = _HEAD.get(officer.role, officer.role)
        head = replace(officer, id=f"{officer.id}-head", display_name="演示负责人", role=role)
        approve_documents.approve(ctx, head, number, made.id)


def _approved(ctx: Context, officer: Officer, number: str, kind: str) -> str | None:
    """The id of the latest approved document of a kind."""
    found = case_documents.documents_view(ctx, officer, number).items
    return next((one.id for one in reversed(found) if one.kind == kind and one.number), None)
