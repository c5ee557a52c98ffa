"""Citizens' text is never executed: in spreadsheets, in pages or in log lines."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kiosk_api import cli
from kiosk_api.domain.cells import as_cell
from tests.attacks.requests.target import OFFICER_CALLS, Target
from tests.factories import petition

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "＝1", "＠x", "\xa0=1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_execute_is_quoted(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "工地半夜打桩", "3-5号楼", "a=b", "'=1"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert as_cell(text) == text


def test_the_export_of_corrections_holds_no_formula(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": '=HYPERLINK("http://x")', "window": "court", "domain": "", "kind": ""}]
    monkeypatch.setattr(cli, "corrected_rows", lambda _ctx: iter(rows))
    cli._export_corrections(target.app.extensions["kiosk"], tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["text"].startswith("'=")


def test_markup_in_a_petition_is_text_on_every_page_that_shows_it(target: Target) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{191*977}}"
    answer = target.client.post(
        "/api/v1/petitions",
        headers={"Idempotency-Key": "markup-1"},
        json=petition(request=hostile, facts=hostile, reasons=hostile, place=hostile, about_unit=hostile),
    ).get_json()
    target.client.post("/desk/sign-in", data={"username": "office", "password": "invented-Password-1"})
    token = {"lookup_token": answer["lookup_token"]}
    pages = [target.client.get(f"/desk/cases/{answer['case_number']}"), target.client.post("/receipt", data=token),
             target.client.post("/receipt", data={**token, "paper": "a4"}),
             target.client.post("/form", data={"facts": hostile}),
             target.client.get("/desk", query_string={"q": hostile}, follow_redirects=True)]  # fmt: skip
    for page in pages:
        text = page.get_data(as_text=True)
        assert page.status_code == 200 and "<script>alert" not in text and "<img src=x" not in text
        assert "186607" not in text


def test_a_line_end_in_a_request_starts_no_line_in_the_log(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    forged = 'x\r\n{"event": "forged", "level": "error"}'
    for path in ("/api/v1/chat", "/api/v1/route", "/api/v1/handbook/ask", "/api/v1/desk/session"):
        target.client.post(path, json={"text": forged, "question": forged, "username": forged, "password": forged})
    target.client.get("/api/v1/desk/cases", query_string={"q": forged}, headers=OFFICER_CALLS)
    target.client.get("/" + forged.replace("\r\n", "%0d%0a"))
    said = capsys.readouterr()
    for line in (said.out + said.err).splitlines():
        assert line and json.loads(line)["event"] != "forged"


def test_our_own_pages_may_use_camera_and_microphone_and_nothing_that_locates_or_pays(target: Target) -> None:
    for path in ("/", "/status", "/u", "/desk/sign-in", "/api/v1/windows", "/nowhere"):
        policy = target.client.get(path).headers["Permissions-Policy"]
        assert "camera=(self)" in policy
        assert "microphone=(self)" in policy
        assert all(f"{name}=()" in policy for name in ("geolocation", "payment", "usb"))
