"""Malformed requests are refused at every address, with the field at fault."""

from __future__ import annotations

import json
import os
import time
from http import HTTPStatus
from itertools import product
from typing import Any

import pytest

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.ports import StoreBusy
from tests.attacks.requests.target import OFFICER_CALLS, Target, calls
from tests.wall.permissions import PUBLIC

DEEP = 3_000
BODIES = {
    "half a surrogate pair": (rb'{"text": "\ud800"}', "text"),
    "half a pair in a key": (rb'{"\udfff": 1}', "body"),
    "half a pair far inside": (rb'{"a": [{"b": "x\udc00"}]}', "a.0.b"),
    "NUL": (rb'{"text": "a\u0000b"}', "text"),
    "not a number": (b'{"text": NaN}', "text"),
    "infinity": (b'{"text": -Infinity}', "text"),
    "too large": (b'{"text": 1e999}', "text"),
    "a huge integer": (b'{"text": ' + b"9" * 5_000 + b"}", "text"),
    "an integer past 2^53": (b'{"text": 9007199254740993}', "text"),
    "a key twice": (b'{"text": "a", "text": "b"}', "text"),
    "deep lists": (b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}", "body"),
    "deep objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "body"),
    "deep enough": (b'{"text": ' + b"[" * 30 + b"]" * 30 + b"}", "text"),
    "unclosed": (b"[" * 200_000, "body"),
    "not UTF-8": (b'{"text": "\xff\xfe"}', "body"),
    "UTF-16": ('{"text": "a"}'.encode("utf-16"), "body"),
    "a list": (b"[1]", "body"),
    "a string that holds JSON": (json.dumps('{"text": "a"}').encode(), "body"),
    "nothing": (b"", "body"),
    "a hundred thousand values": (b'{"text": [' + b"1," * 60_000 + b"1]}", "text"),
}
TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json2",
         "application/xml", "image/png")  # fmt: skip

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"


def takes_json(target: Target) -> list[str]:
    """Every call with a body in JSON: those of the contract and those of the bot."""
    document = target.client.get("/api/v1/openapi.json").get_json()
    found = [
        path.replace("{number}", target.case_number)
        for path, operations in document["paths"].items()
        if "application/json" in operations.get("post", {}).get("requestBody", {}).get("content", {})
    ]
    found += [address for _, address, _ in calls(target, "POST") if address.startswith("/internal/")]
    assert len(found) >= 22
    return found


def headers(target: Target) -> dict[str, str]:
    return {**OFFICER_CALLS, "X-Bot-Key": target.app.extensions["kiosk"].bot_key,
            "Idempotency-Key": "hostile-request"}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_an_invalid_body_is_refused_with_its_field(target: Target, what: str) -> None:
    body, field = BODIES[what]
    for path in takes_json(target):
        answer = target.client.post(path, data=body, content_type="application/json", headers=headers(target))
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert answer.mimetype == "application/problem+json", path
        fields = [one["field"] for one in answer.get_json()["errors"]]
        assert fields[0].split(".")[0] == field.split(".")[0], (path, fields)
        if field == "a.0.b":
            assert fields == [field]


def test_a_body_of_another_type_is_refused_with_415(target: Target) -> None:
    for path in takes_json(target):
        for kind in TYPES:
            answer = target.client.post(path, data=b'{"text": "a"}', content_type=kind, headers=headers(target))
            problem = answer.get_json()
            assert (answer.status_code, problem["code"]) == (415, "wrong_type"), (path, kind)
            assert problem["errors"][0]["field"] == "Content-Type"


def test_a_refusal_never_repeats_what_was_sent(target: Target) -> None:
    for body in ('{"我的秘密": NaN}', '{"我的秘密": 1, "我的秘密": 2}', '{"petitioner": {"我的秘密": 1}}',
                 '{"route_answers": {"我的秘密": 1}}'):  # fmt: skip
        for path in takes_json(target):
            answer = target.client.post(path, data=body.encode(), content_type="application/json",
                                        headers=headers(target))  # fmt: skip
            assert "我的秘密" not in answer.get_data(as_text=True), path


def test_hostile_forms_are_refused_on_every_page(target: Target) -> None:
    target.client.post("/desk/sign-in", data={"username": "office", "password": "invented-Password-1"})
    names = ("username", "password", "next", "code", "draft", "lookup_token", "facts", "mode", "back", "csrf",
             "action", "f_reason", "From", "Body")  # fmt: skip
    deep = '{"a":' * DEEP + "1" + "}" * DEEP
    for value in ("a\x00b", deep, "[" * 100_000, '{"a": "\\ud800"}', "￿" * 50, "%00"):
        for _, path, _ in calls(target, "POST"):
            if path.startswith(("/api/", "/internal/")):
                continue
            answer = target.client.post(path, data=dict.fromkeys(names, value))
            assert answer.status_code < 500, (path, value[:9])
            if "\x00" in value:
                assert 400 <= answer.status_code < 500, path


def test_hostile_addresses_are_refused_everywhere(target: Target) -> None:
    """Bytes that are no UTF-8, NUL, very long values and numbers past every limit."""
    target.client.post("/desk/sign-in", data={"username": "office", "password": "invented-Password-1"})
    queries = (f"page={10**22}", "page=-1", "page=%00", "q=%00", "code=%00", "next=%ff", "view=%ed%a0%80", "%00=1",
               "x=" + "1" * 9_000, "code=%ed%a0%80", "\xff\xfe=1")  # fmt: skip
    for method, path, rule in calls(target, "GET", "DELETE"):
        for query in queries:
            answer = target.client.open(path, method=method, query_string=query, headers=headers(target))
            assert answer.status_code < 500, (path, query[:20], answer.status_code)
        for argument in rule.arguments - {"filename"}:
            for value in ("%00", "%ff", "x" * 5_000, "٠" * 20, "XF٢٠٢٦٠٣٠٢-AAAA-AAAA-00", "..%2f..%2fetc", "\ud7ff"):
                hostile = str(rule).replace(f"<{argument}>", value)
                for other in rule.arguments:
                    hostile = hostile.replace(f"<{other}>", "x")
                answer = target.client.open(hostile, method=method, headers=headers(target))
                assert answer.status_code < 500, (hostile[:60], answer.status_code)
    target.sign_in_again()
    for page in (10**22, 0, "abc", "1_0"):
        answer = target.client.get(f"/api/v1/desk/cases?page={page}", headers=OFFICER_CALLS)
        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "page")


def test_hostile_headers_and_cookies_never_break_a_call(target: Target) -> None:
    names = ("Idempotency-Key", "X-Bundle", "X-Visit", "X-Upload-Link", "X-Bot-Key", "X-Chat-Session", "Authorization",
             "Accept-Encoding", "Cookie", "Range", "If-None-Match", "If-Modified-Since", "Sec-Fetch-Site", "Origin",
             "X-Twilio-Signature", "Accept-Language", "Forwarded")  # fmt: skip
    values = ("\xff\xfe", "x" * 8_000, "Bearer \xe9", "desk_session=\xff; view=\xff.\xff; desk_notice=done.\xff",
              "gzip;q=1e999, *;q=nan", "bytes=0-1e9", "Thu, 99 Jan 99999 99:99:99 GMT", "http://[::1", '"' * 50)  # fmt: skip
    for method, path, _ in calls(target, "GET", "POST", "DELETE"):
        for value in values:
            for sent in [names, *([name] for name in names if LONG)]:  # all at once; in full also one by one
                answer = target.client.open(path, method=method, headers=dict.fromkeys(sent, value))
                assert answer.status_code < 500, (method, path, sent, value[:20])
    for path, value in product(("/", "/api/v1/windows", "/desk", "/static/x", "/nowhere"), values):
        answer = target.client.get(path, headers={"Host": value})
        assert answer.status_code < 500, (path, value[:20])


def test_refusals_for_load_always_give_a_time_to_retry(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[Exception] = []

    def fail(_shelf: object) -> Any:
        raise raised[-1]

    monkeypatch.setattr(type(target.app.extensions["kiosk"].handbook), "index", fail)
    for error, status, wait in (
        (DomainError("too_many_tries", "x"), 429, 60), (DomainError("too_many_tries", "x", (), 7), 429, 7),
        (StoreBusy("x"), 503, 3), (RuntimeError("x"), 503, 3), (DomainError("speech_off", "x"), 503, 3),
    ):  # fmt: skip
        raised.append(error)
        answer = target.client.get("/api/v1/handbook")
        assert (answer.status_code, answer.headers["Retry-After"]) == (status, str(wait))


def test_every_call_that_is_not_public_requires_authentication(target: Target) -> None:
    stranger = target.app.test_client()
    closed = 0
    for method, path, rule in calls(target, "GET", "POST", "DELETE", "PUT", "PATCH"):
        if rule.endpoint in PUBLIC:
            continue
        closed += 1
        for extra in ({}, {"Authorization": "Bearer " + "x" * 43}, {"X-Bot-Key": "x"}, {"Cookie": "desk_session=x"}):
            answer = stranger.open(path, method=method, headers=extra, json={} if method == "POST" else None)
            refused = answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            sent_away = answer.status_code == HTTPStatus.SEE_OTHER and "/desk/sign-in" in answer.headers["Location"]
            assert refused or sent_away, (method, path, answer.status_code)
    assert closed >= 17
    assert {rule.endpoint for rule in target.app.url_map.iter_rules()} >= PUBLIC


def test_the_time_to_read_the_largest_body_is_bounded(target: Target) -> None:
    """Many small values are the most expensive case: 256 KiB of them take less than a second of CPU."""
    began = time.process_time()
    for body in (b'{"a":[' + b"[]," * 80_000 + b"[]]}", b'{"a":"' + b"\\u00e9" * 40_000 + b'"}', b"{" * 250_000):
        answer = target.client.post("/api/v1/route", data=body, content_type="application/json")
        assert 400 <= answer.status_code < 500
    assert time.process_time() - began < 3
