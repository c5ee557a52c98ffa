"""A case that goes its whole way with canaries in everything that is written about it: notes, decisions, documents, reasons."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.attacks.canaries import DECISION, EVERYTHING, NAME, NOTE, PHONE
from tests.desk import staff
from tests.documents.steps import approved
from tests.factories import UNIT

TEXTS = {
    "outcome": "not_supported", "request": DECISION, "facts_and_reasons": f"{DECISION}，{EVERYTHING}",
    "finding": DECISION, "legal_basis": DECISION,
}  # fmt: skip


def live(app: Flask, case: dict[str, Any]) -> None:
    """Forwarded, noted on, accepted, decided in writing, handed over, rated, and a review asked for; a call asked for."""
    number, client = str(case["case_number"]), app.test_client()
    who = {"lookup_token": case["lookup_token"], "phone_tail": PHONE[-4:]}
    staff(app, "office", number, "note", text=NOTE)
    staff(app, "office", number, "forward", unit=UNIT, note=NOTE)
    staff(app, "unit", number, "accept", procedure="investigation", note=NOTE)
    staff(app, "unit", number, "note", text=f"{NOTE}，{EVERYTHING}")
    staff(app, "unit", number, "conclude", **TEXTS)
    approved(app, "unit", "leader", number, "opinion")
    today = app.extensions["kiosk"].clock.now().date().isoformat()
    staff(app, "unit", number, "deliver", document="opinion", method="on_the_spot", received_on=today)
    for call, sent in (
        (
            "cases/rate",
            {**who, "petition_office": "satisfied", "responsible_unit": "dissatisfied", "comment": DECISION},
        ),
        ("cases/review", {**who, "reason": DECISION}),
        ("callbacks", {"phone": PHONE, "about": EVERYTHING, "best_time": "上午", "name": NAME}),
        ("handbook/ask", {"question": EVERYTHING}),
        ("chat", {"text": EVERYTHING, "session_id": "s" * 20}),
    ):
        answer = client.post(f"/api/v1/{call}", json=sent, headers={"Idempotency-Key": f"canary-{call}"})
        assert answer.status_code in (200, 201), (call, answer.get_json())
