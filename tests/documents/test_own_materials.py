"""A petitioner's copy of their own case: all that is theirs, nothing that is not, and no trace of it on the way."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk_api.domain.erasure import Cause
from kiosk_api.services.cases import own_materials
from kiosk_api.services.staff import approve_documents
from tests.attachments.helpers import open_bundle, paper, send
from tests.desk import OPINION, staff
from tests.documents.steps import approved, made, officer
from tests.factories import UNIT, petition, register
from tests.stores import with_bytes


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    """With a picture, a proxy's number, a draft that was sent back, an approved opinion and a line for staff only."""
    client = app.test_client()
    bundle = open_bundle(client)
    send(client, bundle, paper())
    body = petition(attachments=bundle, representatives=[{"name": "孙二麦", "phone": "13798765432"}])
    filed = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "materials-0001"}).get_json()
    number = filed["case_number"]
    staff(app, "office", number, "forward", unit=UNIT, note="内部批注不给看")
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    draft = made(app, "unit", number, "opinion")
    approve_documents.send_back(app.extensions["kiosk"], officer(app, "leader"), number, draft.id, "退回的理由不给看")
    approved(app, "unit", "leader", number, "opinion")
    return dict(filed)


def asked(case: dict[str, Any], **changes: str) -> dict[str, str]:
    return {"lookup_token": case["lookup_token"], "phone_tail": "5678", **changes}


def fetch(app: Flask, case: dict[str, Any], **changes: str) -> TestResponse:
    return app.test_client().post("/api/v1/cases/materials", json=asked(case, **changes))


def opened(answer: TestResponse) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_copy_holds_what_was_said_what_was_decided_and_the_papers(app: Flask, case: dict[str, Any]) -> None:
    answer = fetch(app, case)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    kept = opened(answer)
    assert sorted(kept) == ["data.json", "documents/1.pdf", "index.html", "pictures/1.jpg"]
    assert kept["documents/1.pdf"].startswith(b"%PDF") and kept["pictures/1.jpg"].startswith(b"\xff\xd8")
    data = json.loads(kept["data.json"])
    assert data["stated"]["name"] == "钱多米" and data["stated"]["phone"].endswith("13912345678"[-8:])
    assert data["stated"]["facts"] == petition()["facts"]
    assert OPINION["finding"] in [one["text"].get("finding") for one in data["case"]["decisions"]]
    assert data["papers"] == [
        {"file": "pictures/1.jpg", "title": "材料照片1", "included": True},
        {"file": "documents/1.pdf", "title": "信访事项处理意见书", "included": True},
    ]
    page = kept["index.html"].decode()
    for word in ("钱多米", petition()["request"], OPINION["finding"], 'href="documents/1.pdf"', case["case_number"]):
        assert word in page


def test_nothing_for_staff_and_nobody_elses_number_is_in_it(app: Flask, case: dict[str, Any]) -> None:
    kept = opened(fetch(app, case))
    everything = b"".join(content for name, content in kept.items() if not name.startswith("pictures/")).decode(
        "utf-8", "replace"
    )
    for word in ("内部批注不给看", "退回的理由不给看", "经办乙", "负责人戊", "13798765432"):
        assert word not in everything
    assert "孙二麦" in everything and "5432" in everything


def test_what_the_petitioner_wrote_is_text_on_the_page(app: Flask) -> None:
    body = petition(facts='<script>alert("x")</script>工地每天半夜还在打桩，老人孩子睡不着，没人管。')
    case = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "materials-0002"})
    page = opened(fetch(app, case.get_json()))["index.html"].decode()
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_nobody_keeps_the_copy_on_the_way_and_its_name_tells_nothing(app: Flask, case: dict[str, Any]) -> None:
    client = app.test_client()
    for call in (lambda: fetch(app, case), lambda: client.post("/materials", data=asked(case))):
        answer = call()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="materials.zip"'
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Content-Encoding" not in answer.headers
        assert sorted(opened(answer)) == ["data.json", "documents/1.pdf", "index.html", "pictures/1.jpg"]


@pytest.mark.parametrize(
    "wrong", [{"phone_tail": "0000"}, {"phone_tail": ""}, {"lookup_token": "x" * 32}, {"lookup_token": ""}]
)
def test_token_and_phone_are_needed_together(app: Flask, case: dict[str, Any], wrong: dict[str, str]) -> None:
    refused = fetch(app, case, **wrong)
    assert refused.status_code in (404, 422) and b"PK" not in refused.data
    page = app.test_client().post("/materials", data=asked(case, **wrong))
    assert page.status_code == refused.status_code and b"PK" not in page.data


def test_wrong_tails_count_as_at_every_look_up(app: Flask, case: dict[str, Any]) -> None:
    seen = [fetch(app, case, phone_tail=f"{tail:04}").status_code for tail in range(8)]
    assert seen[0] == 404 and seen[-1] == 429


def test_a_case_is_copied_ten_times_an_hour_at_most(app: Flask) -> None:
    case = register(app, "materials-0003")
    seen = [fetch(app, case).status_code for _ in range(own_materials.COPIES.most + 1)]
    assert seen == [200] * own_materials.COPIES.most + [429]


def test_a_paper_that_does_not_open_or_no_longer_fits_is_named_and_the_rest_is_there(
    app: Flask, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = app.extensions["kiosk"]
    with ctx.store._engine.begin() as connection:
        damaged = with_bytes("UPDATE attachments SET sealed = x'0201020304' WHERE case_id IS NOT NULL")
        connection.exec_driver_sql(damaged)
    kept = opened(fetch(app, case))
    assert "pictures/1.jpg" not in kept and "documents/1.pdf" in kept
    assert "材料照片1：这一份没能放进来" in kept["index.html"].decode()
    assert json.loads(kept["data.json"])["papers"][0]["included"] is False
    monkeypatch.setattr(own_materials, "MOST_BYTES", 100)
    assert sorted(opened(fetch(app, case))) == ["data.json", "index.html"]


def test_an_erased_case_has_no_copy(app: Flask, case: dict[str, Any]) -> None:
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        identity = records.erasures.id_of(case["case_number"])
        records.erasures.erase(identity, ctx.clock.now(), Cause.REQUEST)
    assert fetch(app, case).status_code == 404  # nothing finds the person any more
