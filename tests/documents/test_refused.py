"""What a document or its delivery is refused for, each with its field or reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff import case_documents
from kiosk_api.services.staff.deliver_documents import deliver
from tests.desk import OPINION, staff
from tests.documents.steps import approved, made, of_kind, officer
from tests.factories import UNIT, register


@pytest.fixture
def number(app: Flask) -> str:
    found = str(register(app)["case_number"])
    staff(app, "office", found, "forward", unit=UNIT)
    staff(app, "unit", found, "accept", procedure="investigation")
    staff(app, "unit", found, "conclude", **OPINION)
    return found


def fields(app: Flask, number: str, document: str, **data: str) -> list[tuple[str, str]]:
    with pytest.raises(DomainError) as caught:
        deliver(app.extensions["kiosk"], officer(app, "unit"), number, document, data)
    return [(one.field, one.code) for one in caught.value.errors]


def test_a_delivery_with_a_day_that_is_none_or_to_come_is_refused_at_its_field(app: Flask, number: str) -> None:
    document = approved(app, "unit", "leader", number, "opinion").id
    assert ("received_on", "invalid") in fields(app, number, document, method="on_the_spot", received_on="31.2.")
    assert fields(app, number, document, method="on_the_spot", received_on="2027-01-01")[0][0] == "received_on"


def test_what_the_petitioner_confirms_online_has_no_day_from_an_officer(app: Flask, number: str) -> None:
    document = approved(app, "unit", "leader", number, "opinion").id
    assert fields(app, number, document, method="online", received_on="2026-03-02") == [("received_on", "invalid")]


def test_a_letter_on_its_way_does_not_end_online(app: Flask, number: str) -> None:
    document = approved(app, "unit", "leader", number, "opinion").id
    sent = deliver(
        app.extensions["kiosk"], officer(app, "unit"), number, document, {"method": "post", "note": "邮件号 0001"}
    )
    waiting = of_kind(sent, "opinion").deliveries[0].id
    app.extensions["kiosk"].clock.advance(timedelta(days=2))
    assert fields(app, number, document, method="online", delivery=waiting) == [("method", "invalid")]
    assert fields(app, number, document, method="failed", delivery=waiting, received_on="2026-03-04") == [
        ("note", "required")
    ]


def test_the_head_of_a_unit_approves_and_does_not_deliver(app: Flask, number: str) -> None:
    document = approved(app, "unit", "leader", number, "opinion").id
    with pytest.raises(DomainError, match="forbidden"):
        deliver(
            app.extensions["kiosk"],
            officer(app, "leader"),
            number,
            document,
            {"method": "on_the_spot", "received_on": "2026-03-02"},
        )


def test_a_step_without_a_document_and_one_of_another_side_make_none(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
    assert case is not None
    places = {event.action.value: place for place, event in enumerate(case.events)}
    for who, place, code in (("unit", places["register"], "unknown_document"), ("unit", 99, "unknown_document"),
                             ("unit", places["forward"], "forbidden"), ("office", places["conclude"], "forbidden")):  # fmt: skip
        with pytest.raises(DomainError, match=code):
            case_documents.make(ctx, officer(app, who), number, place, "")


def test_a_suggestion_is_accepted_with_its_own_words(app: Flask) -> None:
    found = str(register(app)["case_number"])
    staff(app, "office", found, "correct_route", kind="suggestion", window="petition_office")
    staff(app, "office", found, "forward", unit=UNIT, hear_by="2026-04-01")
    staff(app, "unit", found, "accept", hear_by="2026-04-20")
    for who, kind in (("office", "forwarding"), ("unit", "acceptance")):
        assert made(app, who, found, kind, body="").title
