"""Fast conversations must wait, evicted ones are deleted, and sign-ins use bounded memory."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk_api.gateways.passwords import Argon2Passwords
from kiosk_api.services.base.ports import PasswordsBusy
from kiosk_api.services.chat.sessions import TURNS_AT_ONCE, ChatSessions

SESSION = "a-conversation-of-somebody"
HERE, ELSEWHERE = "198.51.100.1", "203.0.113.1"
MOST_KIB = 128 * 1024  # of memory for all passwords that are checked at a time
MOST_TURNS = 200  # what one source may have at once, whatever the exact figure


def say(client: FlaskClient, session_id: str, source: str = HERE) -> TestResponse:
    return client.post("/api/v1/chat", json={"text": "你好", "session_id": session_id},
                       environ_base={"REMOTE_ADDR": source})  # fmt: skip


def test_a_conversation_that_is_too_fast_is_refused_with_a_time_to_retry(app: Flask) -> None:
    seconds = [0.0]
    app.extensions["chat_sources"] = ChatSessions(now=lambda: seconds[0])
    client, assistant = app.test_client(), app.extensions["kiosk"].assistant
    assert TURNS_AT_ONCE <= MOST_TURNS
    assert {say(client, SESSION).status_code for _ in range(TURNS_AT_ONCE)} == {200}
    refused = say(client, SESSION)
    assert (refused.status_code, refused.get_json().get("code")) == (429, "too_many_chats")
    assert "没有收到" in refused.get_json()["detail"]
    wait_s = int(refused.headers["Retry-After"])
    assert 1 <= wait_s <= 60
    assert len(assistant.received) == TURNS_AT_ONCE  # refused turns never reach the bot
    assert say(client, "a-conversation-of-a-neighbour", ELSEWHERE).status_code == 200
    seconds[0] += wait_s
    assert say(client, SESSION).status_code == 200


def test_a_conversation_evicted_by_its_own_source_is_deleted_in_the_assistant(
    app: Flask,
) -> None:
    app.extensions["chat_sources"] = ChatSessions(limited=False, most_of_one=2)
    client, assistant = app.test_client(), app.extensions["kiosk"].assistant
    say(client, "a-neighbours-talk-0", ELSEWHERE)
    for number in range(2):
        say(client, f"a-terminals-talk-{number}")
    assert assistant.forgotten == []
    say(client, "a-terminals-talk-2")
    assert assistant.forgotten == ["a-terminals-talk-0"]
    assert list(app.extensions["chat_sources"]) == [
        "a-neighbours-talk-0", "a-terminals-talk-1", "a-terminals-talk-2"]  # fmt: skip


def test_simultaneous_password_checks_use_bounded_memory() -> None:
    passwords, inside = Argon2Passwords(wait_s=0.05), 0
    with ExitStack() as held:
        while inside < 100:
            try:
                held.enter_context(passwords._turn())
            except PasswordsBusy:
                break
            inside += 1
    assert 1 <= inside <= 2
    assert inside * passwords._hasher.memory_cost <= MOST_KIB
    with pytest.MonkeyPatch.context() as patched, passwords._turn():  # all slots were released
        patched.setattr(passwords, "_wait_s", 30.0)
        assert passwords.matches(passwords.hash("invented-Password-2"), "invented-Password-2")
