"""Strokes in, characters out; a computer without the library says so; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.gateways.handwriting import ZinniaHandwriting
from kiosk_api.services.base.limits import Budget
from kiosk_api.services.base.terminal_ports import Handwriting
from kiosk_api.services.terminal import read_handwriting
from tests.factories import settings
from tests.handwriting import FRAME, SIGNS, FakeHandwriting, body, drawn


def use(app: Flask, handwriting: Handwriting) -> FlaskClient:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], handwriting=handwriting)
    return app.test_client()


def test_nine_of_ten_simple_signs_are_within_the_first_eight(client: FlaskClient) -> None:
    missed = {}
    for sign in SIGNS:
        answer = client.post("/api/v1/handwriting", json=body(sign))
        assert answer.status_code == 200, answer.text
        found = answer.get_json()["candidates"][:8]
        if sign not in found:
            missed[sign] = found
    assert len(missed) <= len(SIGNS) // 10, missed


@pytest.mark.parametrize("absent", ["real", "fake"])
def test_without_the_library_it_says_so_and_names_another_way(app: Flask, tmp_path: Path, absent: str) -> None:
    missing = ZinniaHandwriting(tmp_path / "none.model") if absent == "real" else FakeHandwriting(None)
    client = use(app, missing)
    assert client.get("/api/v1/handwriting").get_json() == {"available": False}
    answer = client.post("/api/v1/handwriting", json=body("人"))
    assert answer.status_code == 503
    assert answer.get_json()["code"] == "handwriting_off"
    assert "拼音" in answer.get_json()["detail"]


def test_a_file_that_is_no_model_counts_as_absent(tmp_path: Path) -> None:
    broken = tmp_path / "broken.model"
    broken.write_bytes(b"no model at all")
    handwriting = ZinniaHandwriting(broken)
    assert not handwriting.available()
    assert handwriting.read(FRAME, FRAME, [[(1, 1)]], 8) is None


def test_the_place_of_the_model_can_be_set(tmp_path: Path) -> None:
    chosen = settings(tmp_path, KIOSK_HANDWRITING_MODEL="/somewhere/else.model")
    assert chosen.handwriting_model == Path("/somewhere/else.model")


@pytest.mark.parametrize("handwriting", ["real", "fake"])
def test_both_recognisers_return_the_number_of_candidates_asked_for(tmp_path: Path, handwriting: str) -> None:
    real = ZinniaHandwriting(settings(tmp_path).handwriting_model)
    reader: Handwriting = real if handwriting == "real" else FakeHandwriting(["人", "入", "八"])
    assert reader.available()
    strokes = [[(x, y) for x, y in drawn(one)] for one in SIGNS["人"]]
    found = reader.read(FRAME, FRAME, strokes, 2)
    assert found is not None and len(found) == 2 and "人" in found


BAD: dict[str, dict[str, object]] = {
    "no strokes": {"strokes": []},
    "no list": {"strokes": "人"},
    "an empty stroke": {"strokes": [[]]},
    "a point of three": {"strokes": [[[1, 2, 3]]]},
    "half a pixel": {"strokes": [[[1.5, 2]]]},
    "true as a number": {"strokes": [[[True, 2]]]},
    "65 strokes": {"strokes": [[[1, 1]]] * 65},
    "5001 points": {"strokes": [[[1, 1]] * 5001]},
    "no width": {"width": None},
    "a huge frame": {"height": 5000},
}


@pytest.mark.parametrize("case", BAD)
def test_an_invalid_drawing_is_refused_with_a_message(client: FlaskClient, case: str) -> None:
    answer = client.post("/api/v1/handwriting", json=body("人") | BAD[case])
    assert answer.status_code == 422
    problem = answer.get_json()
    assert problem["code"] == "invalid_request" and "再写一遍" in problem["detail"]
    assert problem["errors"][0]["field"] == next(iter(BAD[case]))


def test_the_largest_drawing_allowed_is_read(client: FlaskClient) -> None:
    most = {"width": 4096, "height": 4096, "strokes": [[[1, 1]] * 78 for _ in range(64)]}
    assert client.post("/api/v1/handwriting", json=most).status_code == 200


def test_a_finger_that_leaves_the_frame_is_still_read(client: FlaskClient) -> None:
    outside = {"width": 10, "height": 10, "strokes": [[[-999999, 5], [999999, 5]]]}
    assert client.post("/api/v1/handwriting", json=outside).status_code == 200


def test_strokes_are_not_stored_or_logged(app: Flask, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mark = [[173, 171], [179, 193]]
    drawing = {"width": 1997, "height": 1999, "strokes": [mark]}
    assert app.test_client().post("/api/v1/handwriting", json=drawing).status_code == 200
    logged = "".join(capfd.readouterr())
    stored = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    for text in ("strokes", "173, 171", "[173,171]", '"width"'):
        assert text not in logged
        assert text.encode() not in stored


def test_outside_the_hall_strokes_have_a_budget_and_in_the_hall_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_handwriting, "STROKES", Budget("strokes", 2, timedelta(hours=1)))
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], rate_limits=True)
    client = use(app, FakeHandwriting(["人"]))
    home = {"REMOTE_ADDR": "192.0.2.9"}
    codes = [client.post("/api/v1/handwriting", json=body("人"), environ_base=home).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert [client.post("/api/v1/handwriting", json=body("人")).status_code for _ in range(3)] == [200] * 3
