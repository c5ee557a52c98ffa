"""The application under attack: its addresses, an officer's session, a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.factories import START, fresh_app, petition

SESSION = "s" * 43
OFFICER_CALLS = {"Authorization": f"Bearer {SESSION}"}


@dataclass
class Target:
    """The application under attack: its addresses, an officer's session, a case."""

    app: Flask
    client: FlaskClient
    case_number: str
    lookup_token: str
    bundle_token: str

    def sign_in_again(self) -> None:
        """The desk session that OFFICER_CALLS carry, restored if an attack ended it."""
        ctx = self.app.extensions["kiosk"]
        mark = ctx.marks.mark("officer.session", SESSION)
        with ctx.store.write() as records:
            found = records.officer_by_name("office")
            assert found is not None
            records.close_session(mark)
            records.open_session(mark, found[0].id, START, START + timedelta(days=400))


def attacked(folder: Path) -> Target:
    """A fresh application over this folder, with an officer signed in and a case registered."""
    app = fresh_app(folder, officers=True, KIOSK_RATE_LIMITS="off")
    client = app.test_client()
    case = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "first-case"})
    bundle = client.post("/api/v1/attachments/bundles")
    target = Target(app, client, case.get_json()["case_number"], case.get_json()["lookup_token"],
                    bundle.get_json()["bundle_token"])  # fmt: skip
    target.sign_in_again()
    return target


def calls(target: Target, *methods: str) -> Iterator[tuple[str, str, Rule]]:
    """(method, address, rule) of everything the application serves."""
    values = {"number": target.case_number, "picture_id": "x", "callback_id": "x", "call_id": "x", "signal_id": "x", "document_id": "x", "slug": "x", "name": "x", "paper": "a4",
              "filename": "x", "version": "x", "_lost": "x", "notice_id": "x", "key": "x", "officer_id": "x", "session_id": "x"}  # fmt: skip
    adapter = target.app.url_map.bind("localhost")
    for rule in target.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & set(methods)):
            yield method, adapter.build(rule.endpoint, {one: values[one] for one in rule.arguments}, method), rule
