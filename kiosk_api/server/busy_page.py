"""The page of a request that was refused because too many are waiting.

It keeps what was typed, tries again by itself a few times, and then waits for a finger. It needs nothing else from
this server: no style sheet, no script, no picture.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from html import escape
from typing import Any
from urllib.parse import parse_qsl

MOST_TRIES = 6  # by itself; then somebody presses the button
MOST_KEPT = 128 * 1024  # bytes of a form; no page of ours sends more
MOST_FIELDS = 200
PAUSE_S, SPREAD_S = 5.0, 3.0  # so that those who were refused together do not come back together
_CALLS = ("/api/", "/internal/", "/channels/", "/static/")
_TRIES = "busy_tries"
_SCRIPT = (
    "var again=function(){var f=document.forms[0];if(f){f.submit()}else{location.reload()}};"
    "document.getElementById('again').onclick=again;"
    "var ms=Number(document.body.getAttribute('data-ms'));if(ms)setTimeout(again,ms);"
)
_STYLE = (
    "body{font:1.5rem/1.6 sans-serif;max-width:40rem;margin:4rem auto;padding:0 1.5rem}"
    "button{font:inherit;padding:1rem 2rem;min-height:4rem}"
)
_KEPT = "您填的内容都在，不用重新填。"
_BY_ITSELF = "系统过几秒会自己再试，也可以按下面的按钮。"
_BY_HAND = "请过一会儿按下面的按钮再试，或请窗口工作人员帮忙。"
_ENGLISH = "Too many people are using the system just now. Nothing was handed in yet; what you wrote is kept."


def is_for_people(request: Any) -> bool:
    """Whether a browser shows the answer as a page. `request`: waitress's parser."""
    return "text/html" in request.headers.get("ACCEPT", "") and not str(request.path).startswith(_CALLS)


def tries_before(request: Any) -> int:
    """How often this browser has been refused within the last minute."""
    for part in request.headers.get("COOKIE", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == _TRIES and value.isdecimal() and len(value) < 4:
            return int(value)
    return 0


def page_headers(request: Any) -> list[tuple[str, str]]:
    """Those of a page that runs one script of ours and sends one form to us."""
    policy = f"default-src 'none'; script-src {_hash(_SCRIPT)}; style-src {_hash(_STYLE)}; form-action 'self'"
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", f"{policy}; base-uri 'none'; frame-ancestors 'none'"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Set-Cookie", f"{_TRIES}={tries_before(request) + 1}; Max-Age=60; Path=/; HttpOnly; SameSite=Strict"),
    ]


def busy_page(request: Any, detail: str) -> bytes:
    """The page, UTF-8. A form in it holds the fields that were sent, and its address where they go."""
    form = _form(request) if request.command == "POST" else ""
    by_itself = tries_before(request) < MOST_TRIES and (request.command != "POST" or form != "")
    ms = int(PAUSE_S * 1000) + secrets.randbelow(int(SPREAD_S * 1000) + 1) if by_itself else 0
    if request.command == "POST":
        kept = _KEPT if form else "请按浏览器的返回，您填的内容还在那一页。"
    else:
        kept = ""
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>系统正忙</title><style>{_STYLE}</style>"
        f'<body data-ms="{ms}"><h1>系统正忙</h1><p role="alert">{escape(detail)}{kept}</p>'
        f"<p>{_BY_ITSELF if by_itself else _BY_HAND}</p>{form}"
        f'<p><button id="again" type="button">再试一次 / Try again</button></p><p lang="en">{_ENGLISH}</p>'
        f"<script>{_SCRIPT}</script></body></html>"
    ).encode()


def _form(request: Any) -> str:
    """The sent fields as hidden ones; "" when they cannot be kept, as with pictures."""
    kind = request.headers.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    body = request.get_body_stream()
    sent = body.read(MOST_KEPT + 1)
    if kind != "application/x-www-form-urlencoded" or len(sent) > MOST_KEPT:
        return ""
    try:
        fields = parse_qsl(sent.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        return ""
    target = escape(str(request.path) + (f"?{request.query}" if request.query else ""))
    inputs = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields)
    return f'<form method="post" action="{target}">{inputs}</form>'


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
