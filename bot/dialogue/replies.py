"""The one shape of every bot message: the `custom` payload of the chat contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Reply = dict[str, Any]


def option(label: str, value: str | None = None) -> dict[str, str]:
    """A button; its value comes back as the citizen's text."""
    return {"label": label, "value": value if value is not None else label}


def reply(
    text: str,
    *,
    options: Sequence[str | dict[str, str]] = (),
    citations: Sequence[dict[str, Any]] = (),
    case: dict[str, Any] | None = None,
    expects: str | None = None,
) -> Reply:
    """Payload {text, options, citations, case, expects}; a plain option is both label and value."""
    return {
        "text": text,
        "options": [option(item) if isinstance(item, str) else item for item in options],
        "citations": list(citations),
        "case": case,
        "expects": expects,
    }
