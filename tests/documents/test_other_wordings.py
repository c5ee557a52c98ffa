"""Documents of decisions that are seldom taken: sent to another procedure, an outcome reported, an opinion annulled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow_rows import RETURNED
from kiosk_api.services.staff import case_documents
from kiosk_api.services.staff.accounts import add_officer
from tests.desk import concluded, staff
from tests.documents.steps import officer, words
from tests.factories import PASSWORD, UNIT, register

COURT = "u-0012"


def newest(app: Flask, who: str, number: str, body: str = "") -> str:
    """The text of the draft for the latest decision that this officer may tell."""
    ctx, maker = app.extensions["kiosk"], officer(app, who)
    place = case_documents.documents_view(ctx, maker, number).to_make[-1].event
    made = case_documents.make(ctx, maker, number, place, body).items[-1]
    return words(case_documents.document_file(ctx, maker, number, made.id))


def test_a_matter_of_another_procedure_is_handed_on_with_its_reason_and_its_outcome_is_told(app: Flask) -> None:
    add_officer(app.extensions["kiosk"], "court", "responsible_unit", "经办丙", COURT, PASSWORD)
    number = str(register(app)["case_number"])
    staff(app, "office", number, "transfer", unit=COURT, reason="属于诉讼程序内事项", hear_by="2026-04-01")
    text = newest(app, "office", number)
    assert "属于诉讼程序内事项" in text and "第四款" in text and "2026年4月1日" in text
    staff(app, "court", number, "report_outcome", result="法院已经立案")
    assert "法院已经立案" in newest(app, "court", number)


@pytest.mark.parametrize(("procedure", "more"), [("arbitration", {}), ("", {"hear_by": "2026-04-20"})])
def test_another_route_names_its_own_term(app: Flask, procedure: str, more: dict[str, str]) -> None:
    number = str(register(app)["case_number"])
    kind = {} if procedure else {"kind": "suggestion"}
    if kind:
        staff(app, "office", number, "correct_route", window="petition_office", **kind)
    staff(app, "office", number, "forward", unit=UNIT)
    given = {"procedure": "arbitration", "organ": "青禾县仲裁委员会", "own_limit": "2026-06-30"} if procedure else more
    staff(app, "unit", number, "accept", **given)
    text = newest(app, "unit", number)
    assert ("2026年6月30日" if procedure else "2026年4月20日") in text


def test_an_opinion_that_was_annulled_is_handled_anew_and_nobody_is_sent_on(app: Flask) -> None:
    receipt = register(app)
    number = str(receipt["case_number"])
    concluded(app, number)
    ask = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678", "reason": "半夜还在打桩"}
    app.extensions["kiosk"].clock.advance(timedelta(days=1))
    sent = app.test_client().post("/api/v1/cases/review", json=ask, headers={"Idempotency-Key": "review-one"})
    assert sent.status_code == 200
    staff(app, "district", number, "decide_review", decision=RETURNED, opinion="原意见没有查夜间")
    text = newest(app, "district", number)
    assert "重新办理" in text and "请求复核" not in text


def test_who_reviews_without_a_unit_cannot_sign(app: Flask) -> None:
    """A document names its organ (Art. 35)."""
    receipt = register(app)
    number = str(receipt["case_number"])
    concluded(app, number)
    ask = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678", "reason": "半夜还在打桩"}
    app.test_client().post("/api/v1/cases/review", json=ask, headers={"Idempotency-Key": "review-one"})
    staff(app, "review", number, "decide_review", decision=RETURNED, opinion="原意见没有查夜间")
    with pytest.raises(DomainError, match="no_unit"):
        newest(app, "review", number)
