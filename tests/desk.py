"""Actions of officers, for tests about something else."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.act_on_case import act
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import OFFICERS, PASSWORD, UNIT

OPINION = {
    "outcome": "supported",
    "request": "停止夜间施工",
    "facts_and_reasons": "经查，工地夜间施工属实",
    "finding": "已责令停止",
    "legal_basis": "噪声污染防治法",
}


def with_officers(app: Flask) -> None:
    """Add officers to an application without any."""
    for username, role, name, unit in OFFICERS:
        add_officer(app.extensions["kiosk"], username, role, name, unit, PASSWORD)


def staff(app: Flask, who: str, number: str, action: str, **data: str) -> dict[str, Any]:
    """One step on a case by the officer `who`."""
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, who, PASSWORD, "test")
    return act(ctx, officer, number, action, data)


def concluded(app: Flask, number: str) -> None:
    """A case with an opinion that the petitioner has in hand."""
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    delivered(app, "unit", number, "opinion")


def delivered(app: Flask, who: str, number: str, document: str) -> None:
    """A document handed over today."""
    today = app.extensions["kiosk"].clock.now().date().isoformat()
    staff(app, who, number, "deliver", document=document, method="on_the_spot", received_on=today)


def bearer(client: FlaskClient) -> dict[str, str]:
    """The header of an officer who has signed in over the staff API."""
    token = client.post("/api/v1/desk/session", json={"username": "office", "password": PASSWORD}).get_json()["token"]
    return {"Authorization": f"Bearer {token}"}


def seen_by_staff(client: FlaskClient, number: str) -> dict[str, Any]:
    """A case as the staff API shows it."""
    return dict(client.get(f"/api/v1/desk/cases/{number}", headers=bearer(client)).get_json())
