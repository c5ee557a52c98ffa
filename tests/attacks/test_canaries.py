"""Nothing that people enter is in a log, metric, error or file, whatever route it takes.

The routes are those of the application, so that a new one is looked at by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from kiosk_api import cli
from tests.attacks.canaries import (
    CANARIES,
    DECISION,
    EVERYTHING,
    FACTS,
    ID_NUMBER,
    LATIN,
    NAME,
    NOTE,
    PHONE,
    STREET,
    files_with_canaries,
    found_in,
)
from tests.attacks.canary_life import live
from tests.attacks.failing import WAYS
from tests.factories import PASSWORD, fresh_app, petition

TYPED_BACK = ("desk.",)  # a refused form is returned to the officer with its values
BODY: dict[str, Any] = {
    "petitioner": {"name": NAME, "phone": PHONE, "address": STREET, "id_number": ID_NUMBER},
    "request": FACTS, "facts": EVERYTHING, "reasons": FACTS, "place": STREET, "about_unit": NAME,
    "text": EVERYTHING, "question": EVERYTHING, "answers": {"x": LATIN}, "consent": True,
    "session_id": f"session-{LATIN}", "case_number": LATIN, "phone_tail": "7009",
    "lookup_token": LATIN * 2, "comment": FACTS, "reason": FACTS, "field": "name", "value": NAME,
    "draft": {"petitioner_name": NAME, "facts": EVERYTHING}, "resume_code": LATIN,
    "username": NAME, "password": LATIN, "data": {"reason": FACTS}, "action": LATIN,
    "code": LATIN, "strokes": LATIN, "phone": PHONE, "From": PHONE, "Body": EVERYTHING,
    "best_time": FACTS, "about": EVERYTHING, "terminal": LATIN, "call": LATIN, "step": LATIN, "note": FACTS,
    "petition_office": LATIN, "responsible_unit": LATIN, "f_reason": DECISION, "f_text": NOTE, "f_finding": DECISION,
}  # fmt: skip


def addresses(app: Flask, number: str) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, path): each once with a canary in the path, once with a real case number."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule.startswith("/api/v1/openapi"):
            continue
        for filled in (LATIN, number) if rule.arguments else (LATIN,):
            path = re.sub(r"<(?:int:)[^>]+>", "1", rule.rule)
            path = re.sub(r"<[^>]+>", filled, path)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, path


def officer(app: Flask) -> tuple[FlaskClient, str]:
    """A client that is signed in at the desk, and the token its forms carry."""
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    page = client.get("/desk/").get_data(as_text=True)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf
    return client, csrf[1]


def requests_of(method: str, csrf: str, bot_key: str, once: str) -> Iterator[dict[str, Any]]:
    """Words in the query, as JSON, as a form, in headers, and as a body that is none of these."""
    headers = {"X-Bot-Key": bot_key, "Idempotency-Key": f"{LATIN}-{once}",
               "X-Chat-Session": f"session-{LATIN}", "User-Agent": LATIN}  # fmt: skip
    if method == "GET":
        yield {"query_string": {"q": EVERYTHING, "code": NAME, "view": LATIN}, "headers": headers}
        return
    flat = {name: one for name, one in BODY.items() if isinstance(one, str)}
    yield {"json": BODY, "headers": headers}
    yield {"data": {**flat, "csrf": csrf}, "headers": headers}
    yield {"data": EVERYTHING.encode(), "headers": headers, "content_type": "application/json"}


SHORT = {"as_usual", "store_fails", "helpers_fail"}
EACH_WAY = [pytest.param(one, marks=() if one.__name__ in SHORT else pytest.mark.long, id=one.__name__) for one in WAYS]


@pytest.mark.parametrize("how", EACH_WAY)
def test_no_route_leaves_personal_data_in_the_open(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    how: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = fresh_app(tmp_path, officers=True, KIOSK_RATE_LIMITS="off", TWILIO_AUTH_TOKEN="invented",
                    KIOSK_TERMINALS="127.0.0.1")  # fmt: skip
    app.config["PROPAGATE_EXCEPTIONS"] = False
    person = {"name": NAME, "phone": PHONE, "address": f"清水镇{STREET}", "id_number": ID_NUMBER}
    case = app.test_client().post(
        "/api/v1/petitions", json=petition(petitioner=person, facts=EVERYTHING, request=FACTS),
        headers={"Idempotency-Key": "canary-0001"},
    )  # fmt: skip
    assert case.status_code == 201, case.get_json()
    live(app, case.get_json())
    client, csrf = officer(app)
    bot_key, asked, wrong = app.extensions["kiosk"].bot_key, 0, []
    with how(app):
        for rule, method, path in addresses(app, case.get_json()["case_number"]):
            if rule.endpoint == "desk.sign_out":
                continue
            for number, given in enumerate(requests_of(method, csrf, bot_key, rule.endpoint)):
                answer = client.open(path, method=method, **given)
                asked += 1
                typed_back = rule.endpoint.startswith(TYPED_BACK)
                if answer.status_code >= 400 and not typed_back and found_in(answer.data):
                    wrong.append((method, rule.rule, number, found_in(answer.data)))
    assert asked > 100
    assert not wrong
    said = "".join(capfd.readouterr()) + caplog.text
    assert not found_in(said.encode())
    assert not found_in(app.test_client().get("/metrics").data)
    back_up(tmp_path, monkeypatch)
    assert not files_with_canaries(tmp_path)


def back_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store and keys as the commands copy them, beside the service as if an operator had left them there."""
    monkeypatch.setenv("KIOSK_DATA_DIR", str(folder))
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")  # the private half is never beside the store
    elsewhere.mkdir()
    for command in (["make-backup-key", elsewhere / "private.txt"], ["backup", folder / "backups"],
                    ["backup-keys", elsewhere / "keys"]):  # fmt: skip
        assert cli.main([str(one) for one in command]) == 0
    (made,) = (one for one in (folder / "backups").iterdir() if one.is_file())
    assert made.stat().st_size > 100_000


@pytest.mark.parametrize("canary", CANARIES)
def test_a_canary_in_a_file_is_found(canary: str) -> None:
    for code in ("utf-8", "utf-16-le"):
        assert canary in found_in(b"\0\1" + f"before {canary} after".encode(code))
