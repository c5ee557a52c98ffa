"""Documents of what staff registered: without a name nobody is addressed, and the day is that of receipt."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from kiosk_api.services.staff import case_documents
from tests.desk import bearer, staff
from tests.documents.steps import approved, officer, words
from tests.factories import UNIT, petition

ANONYMOUS: dict[str, Any] = {
    "channel": "letter", "received_on": "2026-02-20", "reach": "not_at_all", "facts": "信里说路灯坏了没人修。",
}  # fmt: skip


def registered(app: Flask, **more: Any) -> str:
    client = app.test_client()
    headers = {**bearer(client), "Idempotency-Key": f"letter-{len(more)}"}
    answer = client.post("/api/v1/desk/petitions", json={**ANONYMOUS, **more}, headers=headers)
    return str(answer.get_json()["case_number"])


def text_of(app: Flask, number: str, kind: str) -> str:
    one = approved(app, "office", "lead", number, kind)
    return words(case_documents.document_file(app.extensions["kiosk"], officer(app, "office"), number, one.id))


@pytest.mark.parametrize("name", ["", "钱多米"])
def test_a_letter_is_told_by_the_day_of_its_receipt(app: Flask, name: str) -> None:
    number = registered(app, **({"petitioner": {"name": name}} if name else {}))
    staff(app, "office", number, "forward", unit=UNIT)
    text = text_of(app, number, "forwarding")
    assert "您于2026年2月20日提出的信访事项" in text
    assert ("钱多米：" in text) == bool(name) and "第1号：" not in text
    assert "您的请求" not in text  # none was stated


def test_a_repeat_is_answered_in_writing_without_the_number_of_the_other_case(app: Flask) -> None:
    client = app.test_client()
    first, again = (
        str(client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": f"told-{place}-twice"})
            .get_json()["case_number"]) for place in (1, 2)
    )  # fmt: skip
    staff(app, "office", first, "forward", unit=UNIT)
    staff(app, "unit", first, "accept", procedure="investigation")
    staff(app, "office", again, "decide_repeat", first=first, same="same")
    staff(app, "office", again, "decline_repeat", cause="being_handled", same_as=first, reason="同一事项正在办理",
          where_to_go="请用先前那件的回执查进度")  # fmt: skip
    text = text_of(app, again, "non_acceptance")
    assert "同一事项正在办理" in text and "请用先前那件的回执查进度" in text
    assert first not in text and again in text
