"""Every answer, refusals and failures included, carries the strict rules for browsers; no method but a route's own is served."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.attacks.requests.target import OFFICER_CALLS, attacked
from tests.factories import fresh_app
from tests.wall.asking import METHODS

RULES = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'")
CHARSET = re.compile(r"text/[\w.+-]+|application/(?:xml|[\w.+-]+\+xml|javascript)")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    target = attacked(tmp_path_factory.mktemp("hardened"))
    target.app.config["PROPAGATE_EXCEPTIONS"] = False
    return target.app


def address(rule: str) -> str:
    return re.sub(r"<[^>]+>", "x", rule)


def asked(app: Flask) -> Iterator[TestResponse]:
    """An answer of every route: to nobody, and to an officer."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & set(METHODS)):
            for headers in ({}, OFFICER_CALLS):
                yield client.open(address(rule.rule), method=method, headers=headers)
    for method, path in (("GET", "/nowhere"), ("GET", "/api/v1/nowhere"), ("PUT", "/"), ("GET", "/desk/nowhere")):
        yield client.open(path, method=method)


def faults(answer: TestResponse) -> list[str]:
    found = [name for name, value in RULES.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    found += [] if "sandbox" in policy else [part for part in POLICY if part not in policy]
    found += ["unsafe-eval"] if "unsafe-eval" in policy else []
    if "unsafe-inline" in policy and "sandbox" not in policy:
        found.append("unsafe-inline")
    found += [name for name in ("Referrer-Policy", "Permissions-Policy") if name not in answer.headers]
    found += ["CORS"] if "Access-Control-Allow-Origin" in answer.headers else []
    kind = answer.headers.get("Content-Type", "")
    if answer.data and (not kind or (CHARSET.match(kind) and "charset=utf-8" not in kind.lower())):
        found.append(f"Content-Type {kind}")
    if answer.request.path.startswith("/static/") and answer.status_code == 200:
        return found
    return found + ([] if answer.headers.get("Cache-Control") in ("no-store", "no-cache") else ["Cache-Control"])


def test_every_answer_binds_the_browser(app: Flask) -> None:
    wrong = [(one.request.method, one.request.path, one.status_code, faults(one)) for one in asked(app) if faults(one)]
    assert not wrong


def test_so_does_an_answer_of_a_failure(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_shelf: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(type(app.extensions["kiosk"].handbook), "index", fail)
    answer = app.test_client().get("/api/v1/handbook")
    assert answer.status_code == 503 and b"inside" not in answer.data and not faults(answer)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "PATCH", "INVENTED"])
def test_no_method_is_served_but_those_of_a_route(app: Flask, method: str) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or set()):
            assert client.open(address(rule.rule), method=method).status_code in (404, 405), rule


def test_reading_changes_nothing(app: Flask) -> None:
    """GET is for reading: whatever moves a case, an account or a draft is sent by POST or DELETE (ASVS 5.0, 3.5.3)."""
    words = (
        "take",
        "act",
        "step",
        "away",
        "back",
        "decide",
        "deliver",
        "withdraw",
        "urge",
        "rate",
        "register",
        "remove",
        "drop",
        "end_",
    )
    read = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.methods and not rule.methods & {"POST", "DELETE"}
    }
    named = {one for one in read if one.partition(".")[2].startswith(words)}
    assert named <= {
        "desk.registration",
        "desk_api.steps",
        "desk.delivery_sheet",
        "desk_api.delivery_sheet",
    }  # pages to read or print


def test_a_wrong_file_is_not_found_and_no_folder_is_listed(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    for path in (
        "/static/",
        "/static/js/",
        "/static/../app.py",
        "/static/.git/config",
        "/.git/config",
        "/static/js/core/",
        "/desk/../app.py",
    ):
        assert client.get(path).status_code in (303, 308, 404), path
