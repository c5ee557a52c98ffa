"""Read JSON bodies: size-limited and strict, with errors that name the field.

Every blueprint reads bodies through `CheckedRequest.get_json`; pages that carry JSON in a form
field use `read_json`. Accepted is UTF-8 text without lone surrogates or NUL, with numbers that
every client can represent, no duplicate keys and a limited depth. What nobody can see in a text is taken
out here, once for every call (typed.py).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from flask import Request

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.typed import NOT_TEXT, clean, is_text

DEEPEST = 20  # the deepest body in the API has four levels
MOST_VALUES = 30_000  # a drawn character has at most 5,000 points, about 15,000 values
LARGEST_NUMBER = 2**53 - 1  # JavaScript cannot represent larger integers exactly
_DIGITS_READ = 20
_AS_IT_IS = ("password",)
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
FORMAT = "提交的格式不对，请用页面上的按钮提交；还不行，请找窗口工作人员帮忙。"
_NUMBER = "这一项的数字不对，请重新填写。"
_TWICE = "这一项写了两次，请只留一次。"
_TYPES = "请用 JSON 提交（Content-Type: application/json）。"


class _DuplicateKey(dict[str, Any]):
    """Raised for an object with a duplicate `key`."""

    key = ""


class CheckedRequest(Request):
    """Flask's request, with a body that is read and checked once."""

    def _get_file_stream(self, *_args: Any, **_named: Any) -> BytesIO:
        """A file of a form stays in memory: no paper of a citizen is written to disk unsealed."""
        return BytesIO()

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The body. Raises DomainError `bad_json`, `wrong_type` or `invalid_request`."""
        if "kiosk.json" not in self.environ:
            if self.mimetype and not self.is_json:
                raise DomainError("wrong_type", _TYPES, (FieldError("Content-Type", "wrong_type", _TYPES),))
            self.environ["kiosk.json"] = read_json(self.get_data(cache=False))
        return self.environ["kiosk.json"]


def read_json(data: bytes | str) -> dict[str, Any]:
    """The object in `data`. Raises DomainError with a FieldError that names its place."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        body = json.loads(text, parse_int=_number, parse_constant=float, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise _refused("bad_json", "body", "unreadable", FORMAT) from None
    if not isinstance(body, dict):
        raise _refused("bad_json", "body", "not_an_object", FORMAT)
    for count, (path, depth, value) in enumerate(_walk(body), 1):
        if depth > DEEPEST or count > MOST_VALUES:
            raise _refused("bad_json", path, "too_deep" if depth > DEEPEST else "too_many", FORMAT)
        _check(path, value)
    _clean(body)
    return body


def not_text(field: str) -> DomainError:
    """The error for text that `is_text` refuses."""
    return _refused("invalid_request", field, "not_text", NOT_TEXT)


def place(parts: Iterable[str | int], whole: str = "body") -> str:
    """`representatives.0.name`; a key that does not look like a field name is not repeated in an answer."""
    known = [str(one) for one in parts if isinstance(one, int) or _PLAIN_NAME.fullmatch(one)]
    return ".".join(known) or whole


def _check(path: str, value: Any) -> None:
    if isinstance(value, str):
        if not is_text(value):
            raise not_text(path)
    elif isinstance(value, _DuplicateKey):
        raise _refused("bad_json", _under(path, value.key), "twice", _TWICE)
    elif isinstance(value, dict):
        if not all(map(is_text, value)):
            raise not_text(path)
    elif isinstance(value, float) and math.isnan(value):
        raise _refused("bad_json", path, "not_a_number", _NUMBER)
    elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        raise _refused("invalid_request", path, "out_of_range", _NUMBER)


def _clean(body: dict[str, Any]) -> None:
    """Clean every text in `body`; a password is taken as it is."""
    waiting: list[dict[str, Any] | list[Any]] = [body]
    while waiting:
        inside = waiting.pop()
        for key, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
            if isinstance(value, str) and key not in _AS_IT_IS:
                inside[key] = clean(value)  # type: ignore[index]
            elif isinstance(value, dict | list):
                waiting.append(value)


def _walk(body: dict[str, Any]) -> Iterator[tuple[str, int, Any]]:
    """(path, depth, value) of everything in `body`, without recursion."""
    waiting: list[tuple[str, int, Any]] = [("body", 0, body)]
    while waiting:
        path, depth, value = waiting.pop()
        yield path, depth, value
        if depth > DEEPEST:
            continue
        if isinstance(value, dict | list) and len(value) > MOST_VALUES:  # checked before a path is built for each
            raise _refused("bad_json", path, "too_many", FORMAT)
        if isinstance(value, dict):
            waiting += [(_under(path, key), depth + 1, one) for key, one in value.items()]
        elif isinstance(value, list):
            waiting += [(_under(path, index), depth + 1, one) for index, one in enumerate(value)]


def _under(path: str, key: str | int) -> str:
    """The path of a member."""
    name = place((key,), "")
    return path if not name else name if path == "body" else f"{path}.{name}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    marked = _DuplicateKey(found)
    marked.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return marked


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS_READ else math.inf


def _refused(code: str, field: str, fault: str, detail: str) -> DomainError:
    return DomainError(code, detail, (FieldError(field, fault, detail),))
