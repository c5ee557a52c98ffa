"""Every route of the application, and a request to it with what a case can be named by."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk_api.web.desk.session import form_token
from tests.wall.rules import Ask
from tests.wall.world import House, white_picture

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
UNKNOWN = {"slug": "x", "name": "x", "paper": "a4", "filename": "x", "version": "x"}
RANDOM = re.compile(rb'name="key" value="[^"]{1,80}"')  # made anew for each page, and telling nothing
MOMENT = re.compile(r"Expires=[^;]{1,40}")  # of a cookie: the second in which the answer was made
MAKES_A_CODE = frozenset({
    "/api/v1/attachments/bundles", "/api/v1/desk/assist", "/api/v1/hall-calls", "/desk/assist",
})  # fmt: skip
"""Their answers hold a random code and name no case."""
OF_THE_HOUSE = frozenset({"/api/v1/terminal/health", "/readyz", "/metrics"})
"""How the machine is at this moment: the same for everybody, and no case or unit is named."""
PICTURE = "a picture"
"""In a form: a file is sent in its place."""
_DATED = ("Date", "Content-Length")
_WHITE = white_picture()


def routes(house: House) -> Iterator[tuple[str, Rule]]:
    for rule in house.app.url_map.iter_rules():
        for method in METHODS:
            if method in (rule.methods or ()):
                yield method, rule


def filled(value: Any, ids: dict[str, str]) -> Any:
    """The value with what stands in braces replaced."""
    if isinstance(value, dict):
        return {name: filled(one, ids) for name, one in value.items()}
    if value == PICTURE:
        return io.BytesIO(_WHITE), "paper.jpg"
    return value.format_map(ids) if isinstance(value, str) and "{" in value else value


def send(
    house: House, token: str, method: str, rule: Rule, ask: Ask, ids: dict[str, str], bot_key: str = ""
) -> TestResponse:
    """One request, in the desk session `token` or without one, with every name in braces filled in."""
    client = house.app.test_client()
    if token:
        client.set_cookie("desk_session", token, path="/desk")
    # an address that names anything else gets the number too: it might be taken for one
    values = {one: ids.get(one, UNKNOWN.get(one, ids["number"])) for one in rule.arguments}
    address = house.app.url_map.bind("localhost").build(rule.endpoint, values, method)
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    headers = {**bearer, **({"X-Bot-Key": bot_key} if bot_key else {}), **filled(ask.headers, ids)}
    form = None if ask.form is None else {"csrf": form_token(token), **filled(ask.form, ids)}
    return client.open(address, method=method, query_string=filled(ask.query, ids), headers=headers,
                       json=filled(ask.json, ids), data=form)  # fmt: skip


def told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    headers = sorted((name, MOMENT.sub("", value)) for name, value in answer.headers if name not in _DATED)
    path, body = answer.request.path, RANDOM.sub(b"", answer.data)
    if path in OF_THE_HOUSE:
        body = b"case" if b"XF2026" in body or b"s-01" in body else b""
    return answer.status_code, headers, b"" if path in MAKES_A_CODE else body
