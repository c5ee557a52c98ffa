"""After conversations that succeeded, were slow, failed or were killed, no file holds a word of them.

The routes of the API have a matrix of their own in tests/attacks/test_canaries.py; here Rasa and
its action server take part.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.attacks.canaries import (
    EVERYTHING,
    FACTS,
    NAME,
    PHONE,
    STREET,
    files_with_canaries,
    found_in,
)
from tests.stack import Stack
from tests.waiting import talks, wait_for

ANSWER = {
    "facts": f"我家门口{FACTS}，没人通知我们，也没有任何手续，找社区也不管",
    "request": "请查清楚是谁让锯的", "place": "跳过", "about_unit": "跳过",
    "petitioner_name": f"我叫{NAME}", "phone": PHONE, "address": f"清水镇{STREET}",
    "clarify": "说不清", "choice": "不是", "confirm": "确认提交",
}  # fmt: skip


def assert_nothing_left(stack: Stack) -> None:
    names = {path.name for path in (stack.data_dir / "log").iterdir()}
    assert {"api.log", "worker.log", "actions.log", "rasa.log"} <= names
    assert not files_with_canaries(stack.data_dir)
    assert not found_in(stack.client.get("/metrics").content)


def begin(stack: Stack) -> str:
    """A conversation that has reached the question for the name."""
    return str(stack.chat("我要反映问题")["session_id"])


def test_a_whole_conversation(stack: Stack) -> None:
    answer = stack.chat("我要反映问题")
    asked = []
    while not any(reply.get("case") for reply in answer["replies"]):
        asked.append(answer["expects"])
        assert asked.count(asked[-1]) == 1, asked
        answer = stack.chat(ANSWER[asked[-1]], answer["session_id"])
    assert {"facts", "petitioner_name", "phone", "address", "confirm"} <= set(asked)
    stack.client.post("/api/v1/petitions", json={"petitioner": {"name": f"{NAME}！！"}})
    stack.client.get("/nowhere", params={"x": "1"})
    assert_nothing_left(stack)


def test_a_message_that_fails_inside_rasa(stack: Stack) -> None:
    with httpx.Client(base_url=stack.rasa_url, timeout=30, trust_env=False) as rasa:
        for body in (
            {"sender": NAME, "message": [EVERYTHING]},
            {"sender": [NAME], "message": EVERYTHING},
            {"sender": NAME, "message": f"/{EVERYTHING}{{{EVERYTHING}}}"},
            EVERYTHING,
        ):
            rasa.post("/webhooks/rest/webhook", json=body)
        rasa.post("/webhooks/matter/read", json={"text": [EVERYTHING]})
        rasa.post("/webhooks/nearness/near", json={"digest": NAME, "parts": [EVERYTHING]})
        rasa.get(f"/{NAME}", params={"q": EVERYTHING})
    assert_nothing_left(stack)


def test_a_turn_while_the_action_server_hangs(stack: Stack) -> None:
    session = begin(stack)
    actions = stack.children()["actions"]
    os.kill(actions, signal.SIGSTOP)
    try:
        stack.chat(f"我叫{NAME}，{EVERYTHING}", session)
    finally:
        os.kill(actions, signal.SIGCONT)
    wait_for(lambda: talks(stack))
    assert_nothing_left(stack)


def test_a_turn_without_an_action_server(stack: Stack) -> None:
    session = begin(stack)
    old = stack.children()["actions"]
    os.kill(old, signal.SIGKILL)
    stack.chat(f"我叫{NAME}，{EVERYTHING}", session)
    wait_for(lambda: stack.children().get("actions", old) != old)
    wait_for(lambda: talks(stack))
    assert_nothing_left(stack)


def test_a_turn_during_which_rasa_is_killed(stack: Stack) -> None:
    session = begin(stack)
    children = stack.children()
    os.kill(children["actions"], signal.SIGSTOP)  # so that the turn is still running
    try:
        with ThreadPoolExecutor(1) as aside:
            turn = aside.submit(stack.chat, f"我叫{NAME}，{EVERYTHING}", session)
            os.kill(children["rasa"], signal.SIGKILL)
            turn.result(60)
    finally:
        os.kill(children["actions"], signal.SIGCONT)
    wait_for(lambda: stack.children().get("rasa", children["rasa"]) != children["rasa"])
    wait_for(lambda: talks(stack))
    assert_nothing_left(stack)


def test_logs_and_store_are_readable_by_the_service_only(stack: Stack) -> None:
    open_to_others = [
        path.relative_to(stack.data_dir).as_posix()
        for path in (stack.data_dir, *stack.data_dir.rglob("*"))
        if path.name != "supervisor.log" and path.stat().st_mode & 0o077  # the test's own file
    ]
    assert not open_to_others
