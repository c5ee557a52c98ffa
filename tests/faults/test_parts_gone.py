"""Killed parts are restarted; while Rasa or the action server is away, nothing typed is lost."""

from __future__ import annotations

import os
import signal

from tests.factories import petition
from tests.stack import Stack
from tests.waiting import talks, wait_for


def test_chat_degrades_without_the_action_server_and_recovers(stack: Stack) -> None:
    old = stack.children()["actions"]
    os.kill(old, signal.SIGKILL)
    answer = stack.chat("我要反映问题")
    assert answer["degraded"] or answer["replies"]
    wait_for(lambda: stack.children().get("actions", old) != old)
    wait_for(lambda: talks(stack))


def test_a_killed_rasa_is_restarted(stack: Stack) -> None:
    old = stack.children()["rasa"]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: stack.children().get("rasa", old) != old)
    wait_for(lambda: talks(stack))


def test_with_rasa_hung_forms_still_submit_and_the_supervisor_replaces_it(stack: Stack) -> None:
    old = stack.children()["rasa"]
    os.kill(old, signal.SIGSTOP)
    answer = stack.chat("你好")
    assert answer["degraded"]
    assert answer["replies"][0]["links"][0]["href"] == "/form"
    registered = stack.client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "with-rasa-hung"})
    assert registered.status_code == 201
    wait_for(lambda: stack.client.get("/readyz").json()["parts"]["bot"] == "degraded")
    assert stack.client.get("/readyz").status_code == 200
    wait_for(lambda: stack.children().get("rasa", old) != old)
    wait_for(lambda: talks(stack))
    log = (stack.data_dir / "supervisor.log").read_text(encoding="utf-8")
    assert "rasa does not answer any more" in log


def test_an_api_killed_after_an_answer_has_lost_nothing(stack: Stack) -> None:
    headers = {"Idempotency-Key": "killed-right-after"}
    first = stack.client.post("/api/v1/petitions", json=petition(), headers=headers).json()
    old = stack.children()["api"]
    os.killpg(old, signal.SIGKILL)

    def answers() -> bool:
        try:
            return stack.client.get("/healthz").status_code == 200
        except Exception:
            return False

    wait_for(answers)
    again = stack.client.post("/api/v1/petitions", json=petition(), headers=headers).json()
    assert again == first
