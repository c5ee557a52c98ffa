"""Further pictures for a case that is registered already, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.policy import MOST_PICTURES
from tests.attachments.helpers import add_to, count_rows, open_bundle, paper, register, send


def look(client: FlaskClient, case: dict[str, Any]) -> dict[str, Any]:
    """The case as its petitioner sees it."""
    answer = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]})
    return dict(answer.get_json())


def test_pictures_can_be_added_to_a_case_later_with_token_and_tail_together(app: Flask, client: FlaskClient) -> None:
    case = register(client, "late").get_json()
    token = open_bundle(client)
    send(client, token, paper())
    who = {"lookup_token": case["lookup_token"], "phone_tail": "5678", "attachments": token}

    def add(key: str, **changes: Any) -> Any:
        return client.post("/api/v1/cases/attachments", json={**who, **changes},
                           headers={"Idempotency-Key": f"attach-later-{key}"})  # fmt: skip

    assert add("tail", phone_tail="0000").status_code == 404
    assert add("none", phone_tail="").status_code == 422
    assert add("empty", attachments="").get_json()["errors"][0]["field"] == "attachments"
    bare = open_bundle(client)
    assert add("bare", attachments=bare).get_json()["errors"][0]["field"] == "attachments"
    done = add("good")
    assert done.status_code == 200
    answer = done.get_json()
    assert (answer["case_number"], answer["added"], answer["attachments"]) == (case["case_number"], 1, 1)
    line = answer["timeline"][-1]
    assert (line["event"], line["article"], line["pictures"]) == ("add_material", "19", 1)
    assert add("good").get_json() == done.get_json()
    assert add("again").status_code == 422  # the bundle is used up
    assert count_rows(app, "attachments") == 1
    more = open_bundle(client)
    for _ in range(MOST_PICTURES):
        send(client, more, paper(40, 40))
    refused = add("much", attachments=more)
    assert refused.status_code == 422 and "还能放9张" in refused.get_json()["detail"]
    assert [one["event"] for one in look(client, case)["timeline"]] == ["register", "add_material"]
    withdrawn = client.post("/api/v1/cases/withdraw", json={**who, "attachments": None},
                            headers={"Idempotency-Key": "attach-withdraw"})  # fmt: skip
    assert withdrawn.status_code == 200
    assert add("over", attachments=more).get_json()["code"] == "not_allowed_now"


def test_a_case_says_how_many_pictures_it_has_and_when_it_can_hold_no_more(
    client: FlaskClient,
) -> None:
    token = open_bundle(client)
    for _ in range(MOST_PICTURES - 1):
        send(client, token, paper(40, 40))
    case = register(client, "full", attachments=token).get_json()
    seen = look(client, case)
    assert (seen["pictures"], seen["pictures_left"]) == (MOST_PICTURES - 1, 1)
    assert seen["can"]["add_material"] == {"allowed": True, "reason": "", "until": None}
    last = open_bundle(client)
    send(client, last, paper(40, 40))
    added = add_to(client, case, last, "last-one")
    permit = added.get_json()["can"]["add_material"]
    assert not permit["allowed"] and "放不下" in permit["reason"]
    assert added.get_json()["pictures_left"] == 0
