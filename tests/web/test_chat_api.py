"""The public chat API, with the assistant present and away."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient


def say(client: FlaskClient, **body: object):
    return client.post("/api/v1/chat", json=body)


def test_a_turn_gets_replies_and_a_session(app: Flask, client: FlaskClient) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "请问您贵姓？", "expects": "petitioner_name"}}]
    body = say(client, text="我要反映问题").get_json()
    assert len(body["session_id"]) >= 16
    assert body["replies"] == [{"text": "请问您贵姓？"}]
    assert body["expects"] == "petitioner_name"


def test_a_leading_slash_never_reaches_the_assistant_as_a_command(app: Flask, client: FlaskClient) -> None:
    say(client, text="/restart")
    assert app.extensions["kiosk"].assistant.received[0][1] == "／restart"


def test_with_the_assistant_away_the_form_is_offered(app: Flask, client: FlaskClient) -> None:
    app.extensions["kiosk"].assistant.messages = None
    answer = say(client, text="你好")
    body = answer.get_json()
    assert answer.status_code == 200 and body["degraded"]
    assert "没有收到" in body["replies"][0]["text"]
    assert body["replies"][0]["links"][0]["href"] == "/form"


def test_bad_input_is_explained(client: FlaskClient) -> None:
    for body in ({}, {"text": ""}, {"text": 5}, {"text": "好", "session_id": "短"}):
        answer = client.post("/api/v1/chat", json=body)
        assert answer.status_code == 422 and answer.get_json()["detail"]
    assert say(client, text="字" * 20_001).status_code == 422


def test_internal_addresses_need_the_bots_key(app: Flask, client: FlaskClient) -> None:
    body = {"field": "phone", "value": "１３９ 1234 5678"}
    assert client.post("/internal/v1/fields/check", json=body).status_code == 403
    headers = {"X-Bot-Key": app.extensions["kiosk"].bot_key}
    checked = client.post("/internal/v1/fields/check", json=body, headers=headers).get_json()
    assert checked == {"ok": True, "value": "+8613912345678", "masked": "**********5678"}


def test_a_draft_is_kept_and_found_by_conversation_and_by_code(app: Flask, client: FlaskClient) -> None:
    headers = {"X-Bot-Key": app.extensions["kiosk"].bot_key}

    def post(what: str, body: dict) -> dict:
        return client.post(f"/internal/v1/drafts/{what}", json=body, headers=headers).get_json()

    session = "s" * 20
    code = post("save", {"session_id": session, "draft": {"facts": "半截话"}})["resume_code"]
    assert post("load", {"session_id": session})["draft"] == {"facts": "半截话"}
    assert post("load", {"resume_code": code.lower()})["draft"] == {"facts": "半截话"}
    post("discard", {"session_id": session})
    assert post("load", {"session_id": session})["draft"] is None


def test_the_same_message_id_is_heard_once_and_answered_alike(app: Flask, client: FlaskClient) -> None:
    assistant = app.extensions["kiosk"].assistant
    assistant.messages = [{"custom": {"text": "请问您贵姓？", "expects": "petitioner_name"}}]
    sent = {"text": "我要反映问题", "session_id": "s" * 20, "message_id": "m" * 20}
    assert say(client, **sent).get_json() == say(client, **sent).get_json()
    assert len(assistant.received) == 1
    say(client, **{**sent, "message_id": "n" * 20})
    assert len(assistant.received) == 2


def test_an_empty_message_is_refused_even_with_the_id_of_one_that_was_answered(client: FlaskClient) -> None:
    sent = {"text": "我要反映问题", "session_id": "s" * 20, "message_id": "m" * 20}
    assert say(client, **sent).status_code == 200
    refused = say(client, **{**sent, "text": "  "})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "text")


def test_a_conversation_under_an_invented_name_is_refused_at_its_field(client: FlaskClient) -> None:
    refused = say(client, text="您好", session_id="too short")
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "session_id")


def test_a_command_of_the_assistants_own_reaches_it_as_text(app: Flask, client: FlaskClient) -> None:
    """Rasa takes what begins with a slash for an order that no sentence is read for."""
    assert say(client, text=" /restart", session_id="s" * 20).status_code == 200
    assert app.extensions["kiosk"].assistant.received[-1] == ("s" * 20, "／restart")


def test_a_message_of_the_assistant_without_anything_to_show_is_left_out(app: Flask, client: FlaskClient) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"expects": "phone"}}, {"text": "请留个电话。"}]
    answer = say(client, text="要人回电", session_id="s" * 20).get_json()
    assert answer["expects"] == "phone" and [one["text"] for one in answer["replies"]] == ["请留个电话。"]


def test_a_message_id_that_no_client_makes_is_refused_and_an_empty_one_is_none(client: FlaskClient) -> None:
    refused = say(client, text="我要反映问题", message_id="x" * 5000)
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "message_id")
    assert say(client, text="我要反映问题", message_id="").status_code == 200
