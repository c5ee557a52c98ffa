"""A document is approved by a leader who did not make it, and gets the next number of its kind and year."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask

from kiosk_api.domain.documents import DocumentKind
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff import approve_documents, case_documents
from tests.desk import OPINION, staff
from tests.documents.steps import approved, made, of_kind, officer
from tests.factories import UNIT, register


def forwarded(app: Flask, key: str = "documents-one") -> str:
    number = str(register(app, key)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    return number


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def test_only_the_head_of_its_own_side_approves_and_not_who_made_it(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    one = made(app, "office", number, "forwarding")
    for who in ("office", "unit", "leader"):
        assert refusal(lambda who=who: approve_documents.approve(ctx, officer(app, who), number, one.id)) == "forbidden"
    mine = made(app, "lead", number, "forwarding")
    assert refusal(lambda: approve_documents.approve(ctx, officer(app, "lead"), number, mine.id)) == "forbidden"
    again = made(app, "office", number, "forwarding")
    found = of_kind(approve_documents.approve(ctx, officer(app, "lead"), number, again.id), "forwarding")
    assert (found.state, found.number, found.approved_by) == ("approved", "青信访转字〔2026〕第1号", "负责人丙")


def test_a_version_that_was_made_anew_cannot_be_approved(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    old, lead = made(app, "office", number, "forwarding"), officer(app, "lead")
    new = made(app, "office", number, "forwarding")
    assert (old.version, new.version) == (1, 2)
    assert refusal(lambda: approve_documents.approve(ctx, lead, number, old.id)) == "document_changed"
    approve_documents.approve(ctx, lead, number, new.id)
    assert refusal(lambda: approve_documents.approve(ctx, lead, number, new.id)) == "document_changed"
    assert refusal(lambda: case_documents.make(ctx, officer(app, "office"), number, 1, "")) == "document_final"


def test_a_returned_document_says_why_and_is_made_anew(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    one, lead = made(app, "office", number, "forwarding"), officer(app, "lead")
    assert refusal(lambda: approve_documents.send_back(ctx, lead, number, one.id, " ")) == "incomplete"
    found = of_kind(approve_documents.send_back(ctx, lead, number, one.id, "单位名称不全"), "forwarding")
    assert (found.state, found.returned, found.number) == ("returned", "单位名称不全", None)
    assert refusal(lambda: approve_documents.approve(ctx, lead, number, one.id)) == "document_changed"
    assert approved(app, "office", "lead", number, "forwarding").number == "青信访转字〔2026〕第1号"


def test_numbers_run_by_kind_and_by_year(app: Flask) -> None:
    first, second = forwarded(app, "documents-a"), forwarded(app, "documents-b")
    staff(app, "unit", second, "accept", procedure="investigation")
    assert str(approved(app, "office", "lead", first, "forwarding").number).endswith("转字〔2026〕第1号")
    assert str(approved(app, "unit", "leader", second, "acceptance").number).endswith("受字〔2026〕第1号")
    assert str(approved(app, "office", "lead", second, "forwarding").number).endswith("转字〔2026〕第2号")
    third = forwarded(app, "documents-c")
    app.extensions["kiosk"].clock.advance(timedelta(days=320))
    assert str(approved(app, "office", "lead", third, "forwarding").number).endswith("转字〔2027〕第1号")


def test_many_at_once_get_every_number_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx, lead = app.extensions["kiosk"], officer(app, "lead")
    numbers = [forwarded(app, f"documents-{one}") for one in range(6)]
    ones = [(number, made(app, "office", number, "forwarding").id) for number in numbers]
    monkeypatch.setattr(type(ctx.document_writer), "write", lambda _self, paper, draft=False: paper.number.encode())
    monkeypatch.setattr(approve_documents, "_TRIES", 2)
    start, failed = threading.Barrier(len(ones)), []

    def run(number: str, document_id: str) -> None:
        start.wait()
        try:
            approve_documents.approve(ctx, lead, number, document_id)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=run, args=one) for one in ones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with ctx.store.read() as records:
        for number, document_id in ones:
            case = records.cases.by_number(number)
            assert case is not None
            (kept,) = records.documents.of_case(case.id)
            assert kept.number and records.documents.file(document_id) == kept.number.encode()  # drawn with its own
            numbers.append(kept.number)
        assert sorted(numbers[6:]) == [f"青信访转字〔2026〕第{one}号" for one in range(1, 7)]
        assert records.documents.last_number(DocumentKind.FORWARDING, 2026) == 6


def test_a_number_is_given_back_when_the_transaction_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    one, lead = made(app, "office", number, "forwarding"), officer(app, "lead")
    with ctx.store.read() as records:
        shelf = type(records.documents)
    with monkeypatch.context() as broken:
        broken.setattr(shelf, "add_approval", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            approve_documents.approve(ctx, lead, number, one.id)
    assert (
        of_kind(approve_documents.approve(ctx, lead, number, one.id), "forwarding").number == "青信访转字〔2026〕第1号"
    )


def test_the_file_is_sealed_and_its_digest_is_kept(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    one = approved(app, "office", "lead", number, "forwarding")
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
        assert case is not None
        (kept,) = records.documents.of_case(case.id)
        file = records.documents.file(one.id)
        assert kept.sha256 == sha256(file).hexdigest()
        assert ctx.document_writer.write(records.documents.paper(one.id)) == file  # the same paper, the same bytes
    for table in ("documents", "document_files"):
        with ctx.store._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"SELECT sealed FROM {table}").all()  # noqa: S608
        assert rows
        assert not any(b"%PDF" in row[0] or "钱多米".encode() in row[0] for row in rows)


def test_the_body_to_turn_to_has_to_be_named(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    with pytest.raises(DomainError) as caught:
        case_documents.make(ctx, officer(app, "unit"), number, 3, "…")
    assert [(one.field, one.code) for one in caught.value.errors] == [("body", "required")]


def test_who_stepped_aside_makes_and_approves_nothing(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], forwarded(app)
    one = made(app, "office", number, "forwarding")
    staff(app, "lead", number, "step_aside", interest="信访人是我的亲属")
    assert refusal(lambda: approve_documents.approve(ctx, officer(app, "lead"), number, one.id)) == "case_not_found"
