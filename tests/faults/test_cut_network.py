"""The network between two processes is cut after the request has gone through: nobody loses a petition or hands it in twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kiosk_api.gateways.rasa import RasaAssistant
from kiosk_api.gateways.understanding import RasaUnderstanding
from tests.attacks.server import serving
from tests.channels.api_process import FakeRasa
from tests.factories import fresh_app, petition
from tests.faults import oracle
from tests.faults.cutting import HALF, SILENT, WAYS, WELL, cut_off

SILENCE_S = 0.5  # of a client that gives up
TURN_S = 1.0


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_answer_is_asked_for_again_under_the_same_key(tmp_path: Path, way: str) -> None:
    headers = {"Idempotency-Key": f"cut-{way}-0001"}
    with serving(fresh_app(tmp_path)) as served, cut_off(served.port) as cut:
        cut.way = way
        with (
            httpx.Client(base_url=cut.url, timeout=SILENCE_S if way == SILENT else 30, trust_env=False) as lost,
            pytest.raises(httpx.HTTPError),
        ):
            lost.post("/api/v1/petitions", json=petition(), headers=headers)
        cut.way = WELL
        with httpx.Client(base_url=cut.url, timeout=60, trust_env=False) as client:
            first = client.post("/api/v1/petitions", json=petition(), headers=headers)
            assert first.status_code == 201
            assert client.post("/api/v1/petitions", json=petition(), headers=headers).json() == first.json()
    answers = {headers["Idempotency-Key"]: first.json()}
    assert oracle.faults(f"sqlite:///{tmp_path / 'kiosk.db'}", answers, 1) == []


@pytest.mark.parametrize("way", WAYS)
def test_cut_off_from_the_assistant_the_chat_says_so_and_forms_go_on(tmp_path: Path, way: str) -> None:
    app = fresh_app(tmp_path)
    with FakeRasa(lambda _said: "您好，请讲。") as rasa, cut_off(int(rasa.url.rpartition(":")[2])) as cut:
        app.extensions["kiosk"] = replace(
            app.extensions["kiosk"],
            assistant=RasaAssistant(cut.url, TURN_S),
            understanding=RasaUnderstanding(cut.url, TURN_S),
        )
        client = app.test_client()
        assert not client.post("/api/v1/chat", json={"text": "你好"}).get_json()["degraded"]
        app.extensions["kiosk"].assistant._client.close()  # the next turn opens its own connection
        app.extensions["kiosk"] = replace(app.extensions["kiosk"], assistant=RasaAssistant(cut.url, TURN_S))
        cut.way = way
        away = client.post("/api/v1/chat", json={"text": "工地半夜打桩"}).get_json()
        assert away["degraded"] and away["replies"][0]["links"][0]["href"] == "/form"
        filed = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "cut-off-0001"})
        assert filed.status_code == 201
        cut.way = WELL
        assert not client.post("/api/v1/chat", json={"text": "你好"}).get_json()["degraded"]


def test_the_proxy_cuts_where_it_says(tmp_path: Path) -> None:
    with serving(fresh_app(tmp_path)) as served, cut_off(served.port) as cut:
        with httpx.Client(base_url=cut.url, timeout=60, trust_env=False) as client:
            assert client.get("/healthz").status_code == 200
            assert cut.passed_on >= 1
        cut.way = HALF
        with (
            httpx.Client(base_url=cut.url, timeout=60, trust_env=False) as client,
            pytest.raises(httpx.RemoteProtocolError),
        ):
            client.get("/healthz")
