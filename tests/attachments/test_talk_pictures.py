"""Pictures sent within a conversation belong to its draft, and go with its petition."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.attachments.helpers import count_rows, later, listing, paper, send
from tests.factories import petition

TALK, OTHER = "talk-at-home-0000001", "talk-in-the-hall-001"


def opened(client: FlaskClient, talk: str = TALK) -> str:
    answer = client.post("/api/v1/attachments/bundles", headers={"X-Talk": talk})
    assert answer.status_code == 201
    return str(answer.get_json()["bundle_token"])


def as_bot(app: Flask, path: str, body: dict[str, Any], talk: str = TALK, **headers: str) -> dict[str, Any]:
    key = app.extensions["kiosk"].bot_key
    answer = app.test_client().post(path, json=body, headers={"X-Bot-Key": key, "X-Chat-Session": talk, **headers})
    return dict(answer.get_json())


def saved(app: Flask, talk: str = TALK, asked_for: bool = True) -> str:
    body = {"session_id": talk, "draft": {"facts": "半夜打桩"}, "asked_for": asked_for}
    return str(as_bot(app, "/internal/v1/drafts/save", body, talk)["resume_code"])


def registered(app: Flask, talk: str = TALK) -> int:
    return int(as_bot(app, "/api/v1/petitions", petition(), talk, **{"Idempotency-Key": f"talk-{talk}"})["attachments"])


def pictures_of(client: FlaskClient, talk: str) -> int:
    return int(listing(client, opened(client, talk)).get_json()["count"])


def test_a_conversation_has_one_bundle_however_often_it_asks(app: Flask, client: FlaskClient) -> None:
    assert opened(client) == opened(client) != opened(client, OTHER)
    assert count_rows(app, "attachment_bundles") == 2


def test_its_petition_takes_the_pictures_without_naming_them(app: Flask, client: FlaskClient) -> None:
    send(client, opened(client), paper())
    assert registered(app) == 1
    assert registered(app, OTHER) == 0
    assert count_rows(app, "attachment_bundles") == 0


def test_nobody_else_gets_pictures_by_naming_a_conversation(app: Flask, client: FlaskClient) -> None:
    send(client, opened(client), paper())
    answer = client.post(
        "/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "no-bot-here", "X-Chat-Session": TALK}
    )
    assert answer.get_json()["attachments"] == 0


def test_they_live_as_long_as_the_draft(app: Flask, client: FlaskClient) -> None:
    send(client, opened(client), paper())
    saved(app)
    later(app, days=6)
    assert pictures_of(client, TALK) == 1
    later(app, days=2)
    assert pictures_of(client, TALK) == 0


def test_whoever_takes_up_the_draft_by_its_code_gets_them_too(app: Flask, client: FlaskClient) -> None:
    send(client, opened(client, OTHER), paper())
    code = saved(app, OTHER)
    send(client, opened(client), paper(600, 800))
    draft = as_bot(app, "/internal/v1/drafts/load", {"resume_code": code})["draft"]
    assert draft == {"facts": "半夜打桩"}
    assert pictures_of(client, TALK) == 2
    assert registered(app) == 2


def test_more_than_a_case_may_hold_are_not_brought_together(app: Flask, client: FlaskClient) -> None:
    for talk, count in ((OTHER, 6), (TALK, 6)):
        for number in range(count):
            send(client, opened(client, talk), paper(500 + number, 600))
    as_bot(app, "/internal/v1/drafts/load", {"resume_code": saved(app, OTHER)})
    assert registered(app) == 6


def test_a_conversation_that_ends_leaves_none_but_what_was_kept_on_purpose(app: Flask, client: FlaskClient) -> None:
    for talk, keeps in ((TALK, False), (OTHER, True)):
        send(client, opened(client, talk), paper())
        saved(app, talk, asked_for=keeps)
        client.post("/api/v1/chat/end", json={"session_id": talk})
    assert count_rows(app, "attachments") == 1


def test_a_petition_given_up_leaves_none(app: Flask, client: FlaskClient) -> None:
    send(client, opened(client), paper())
    as_bot(app, "/internal/v1/drafts/discard", {"session_id": TALK})
    assert count_rows(app, "attachments") == 0
