"""A document is handed over in a recorded way; from receipt run the days to ask for review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.documents import DeliveryMethod, DocumentKind
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.history import WRITTEN_IN
from kiosk_api.domain.workflow_review import METHODS
from kiosk_api.services.staff.deliver_documents import deliver
from tests.desk import OPINION, staff
from tests.documents.steps import approved, made, of_kind, officer
from tests.factories import UNIT, register


@pytest.fixture
def receipt(app: Flask) -> dict[str, Any]:
    """A case with an approved opinion."""
    found = register(app)
    number = str(found["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    found["document"] = approved(app, "unit", "leader", number, "opinion").id
    app.extensions["kiosk"].clock.advance(timedelta(days=5))
    return found


def hand_over(app: Flask, receipt: dict[str, Any], who: str = "unit", **data: str) -> Any:
    found = deliver(app.extensions["kiosk"], officer(app, who), receipt["case_number"], receipt["document"], data)
    return of_kind(found, "opinion")


def refused(app: Flask, receipt: dict[str, Any], **data: str) -> DomainError:
    with pytest.raises(DomainError) as caught:
        hand_over(app, receipt, **data)
    return caught.value


def opinion(app: Flask, receipt: dict[str, Any]) -> dict[str, Any]:
    """The decision as the petitioner looks it up."""
    asked = {"lookup_token": receipt["lookup_token"]}
    found = app.test_client().post("/api/v1/cases/lookup", json=asked).get_json()
    return dict(next(one for one in found["decisions"] if one["kind"] == "opinion"))


def test_kinds_and_ways_are_those_of_the_workflow() -> None:
    assert {DocumentKind(one) for one in WRITTEN_IN.values()} == set(DocumentKind)
    assert [one.value for one in DeliveryMethod] == [key for key, _ in METHODS]


def test_handed_over_on_the_spot_the_days_run_from_receipt(app: Flask, receipt: dict[str, Any]) -> None:
    assert "last_day" not in opinion(app, receipt)
    one = hand_over(app, receipt, method="on_the_spot", received_on="2026-03-06")
    assert [(sent.method, str(sent.received_on)) for sent in one.deliveries] == [("on_the_spot", "2026-03-06")]
    assert (opinion(app, receipt)["received_on"], opinion(app, receipt)["last_day"]) == ("2026-03-06", "2026-04-05")


def test_by_post_receipt_is_recorded_later(app: Flask, receipt: dict[str, Any]) -> None:
    one = hand_over(app, receipt, method="post", note="邮件号 0001")
    assert one.deliveries[0].is_open
    assert "received_on" not in opinion(app, receipt)
    assert refused(app, receipt, method="post").code == "document_changed"
    app.extensions["kiosk"].clock.advance(timedelta(days=4))
    one = hand_over(app, receipt, delivery=one.deliveries[0].id, method="post", received_on="2026-03-10")
    assert (one.deliveries[0].is_open, str(one.deliveries[0].sent_on)) == (False, "2026-03-07")
    assert opinion(app, receipt)["last_day"] == "2026-04-09"


def test_online_it_is_received_when_the_petitioner_confirms(app: Flask, receipt: dict[str, Any]) -> None:
    assert [one.field for one in refused(app, receipt, method="online", received_on="2026-03-06").errors] == [
        "received_on"
    ]
    hand_over(app, receipt, method="online")
    sent = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678"}
    answer = app.test_client().post("/api/v1/cases/received", json=sent, headers={"Idempotency-Key": "received-1"})
    assert answer.status_code == 200
    assert (opinion(app, receipt)["received_how"], opinion(app, receipt)["received_on"]) == ("online", "2026-03-07")
    assert refused(app, receipt, method="on_the_spot", received_on="2026-03-07").code == "not_allowed_now"


def test_a_refusal_needs_who_was_there_and_counts_as_receipt(app: Flask, receipt: dict[str, Any]) -> None:
    assert [one.field for one in refused(app, receipt, method="refused", received_on="2026-03-06").errors] == ["note"]
    hand_over(app, receipt, method="refused", received_on="2026-03-06", note="社区两位工作人员在场，本人不收")
    assert opinion(app, receipt)["last_day"] == "2026-04-05"


def test_after_a_failure_nothing_runs_and_it_is_tried_again(app: Flask, receipt: dict[str, Any]) -> None:
    hand_over(app, receipt, method="failed", received_on="2026-03-06", note="地址没有这户")
    assert "last_day" not in opinion(app, receipt)
    one = hand_over(app, receipt, method="on_the_spot", received_on="2026-03-07")
    assert [sent.method for sent in one.deliveries] == ["failed", "on_the_spot"]
    assert opinion(app, receipt)["last_day"] == "2026-04-06"


def test_every_fault_is_told_at_once_and_nothing_is_half_done(app: Flask, receipt: dict[str, Any]) -> None:
    found = refused(app, receipt, method="pigeon", sent_on="gestern", received_on="2026-04-30", note="x" * 5_000)
    assert {one.field for one in found.errors} == {"method", "sent_on", "received_on", "note"}
    assert {one.field for one in refused(app, receipt, method="on_the_spot").errors} == {"received_on"}
    assert {one.field for one in refused(app, receipt, method="post", received_on="2026-03-01").errors} == {
        "received_on"
    }
    with app.extensions["kiosk"].store.read() as records:
        case = records.cases.by_number(receipt["case_number"])
        assert case is not None
        assert records.documents.deliveries_of(case.id) == []


def test_a_draft_is_not_handed_over(app: Flask) -> None:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    one = made(app, "office", number, "forwarding")
    with pytest.raises(DomainError) as caught:
        deliver(app.extensions["kiosk"], officer(app, "office"), number, one.id, {"method": "post"})
    assert caught.value.code == "not_allowed_now"


def test_the_workflow_has_the_last_word(app: Flask, receipt: dict[str, Any]) -> None:
    staff(
        app,
        "unit",
        receipt["case_number"],
        "deliver",
        document="opinion",
        method="on_the_spot",
        received_on="2026-03-06",
    )
    assert refused(app, receipt, method="on_the_spot", received_on="2026-03-07").code in (
        "incomplete",
        "not_allowed_now",
    )
    with app.extensions["kiosk"].store.read() as records:
        case = records.cases.by_number(receipt["case_number"])
        assert case is not None
        assert records.documents.deliveries_of(case.id) == []
