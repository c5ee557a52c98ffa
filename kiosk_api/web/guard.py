"""Checks of every request before any blueprint handles it: path, query, headers and forms.

Bodies in JSON are checked where they are read (reading.py). A malformed cookie is ignored
by the code that reads it.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Flask, request

from kiosk_api.domain.actors import CITIZEN, Actor, act_as
from kiosk_api.domain.attachments import TOO_LARGE
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from kiosk_api.domain.typed import is_text
from kiosk_api.web.reading import CheckedRequest, not_text, place

LONGEST_IN_PATH = 200  # characters of one path parameter; the longest slug has some sixty
LONGEST_IN_QUERY = 8_000  # characters of one value; no server line is longer
_ADDRESS = "这个地址不完整，请回到首页重新选择。"
_TYPED_FORM = "application/x-www-form-urlencoded"
_FORMS = (_TYPED_FORM, "multipart/form-data")
_REPLACED = "\ufffd"  # the replacement of bytes in a path that are not UTF-8
_READS_ITS_OWN_FORM = ("attachments.add",)  # pictures are read into memory, with a limit of their own
_CLEANS_ITS_OWN_FORM = ("twilio.receive", "twilio.status")  # once its signature is checked; nobody sees a refusal
_LARGE_FORMS = {"desk.put_paper": MOST_PICTURE_BYTES + 64 * 1024}  # bytes: one picture and what wraps it


def install(app: Flask) -> None:
    """Check every request, and use CheckedRequest to read every body."""
    app.request_class = CheckedRequest
    app.before_request(_check)
    app.before_request(_acts)


def _acts() -> None:
    """A citizen acts until an officer has shown a session."""
    act_as(Actor(CITIZEN))


def _check() -> None:
    _check_utf8(request.query_string, "query")
    for name, value in (request.view_args or {}).items():
        _text(name, str(value), LONGEST_IN_PATH)
    for name, value in request.args.items(multi=True):
        _text(place((name,), "query"), name + value, LONGEST_IN_QUERY)
    most = _LARGE_FORMS.get(request.endpoint or "")
    if most and request.mimetype != _TYPED_FORM:  # what is typed is short, and slow to decode when it is not
        request.max_content_length = most
        if (request.content_length or 0) > most:
            raise DomainError("picture_too_large", TOO_LARGE)
    if request.mimetype in _FORMS and request.endpoint not in _READS_ITS_OWN_FORM:
        if request.mimetype == _TYPED_FORM:
            _check_utf8(request.get_data(), "form")
            if request.endpoint in _CLEANS_ITS_OWN_FORM:
                return
        for name, value in request.form.items(multi=True):
            if not is_text(name + value):
                raise not_text(place((name,), "form"))


def _check_utf8(encoded: bytes, whole: str) -> None:
    """Raise DomainError for bytes that are not UTF-8: Werkzeug would keep `%ff` as three characters."""
    try:
        unquote_to_bytes(encoded).decode()  # fast path: most requests are valid UTF-8
    except UnicodeDecodeError:
        for pair in encoded.split(b"&"):
            name, _, value = map(unquote_to_bytes, pair.partition(b"="))
            try:
                (name + b"=" + value).decode()
            except UnicodeDecodeError:
                raise not_text(place((name.decode(errors="replace"),), whole)) from None


def _text(field: str, value: str, most: int) -> None:
    if not is_text(value) or _REPLACED in value:
        raise not_text(field)
    if len(value) > most:
        raise DomainError("invalid_request", _ADDRESS, (FieldError(field, "too_long", _ADDRESS),))
