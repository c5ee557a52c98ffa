"""Whether what came over Rasa's REST channel is a message of our assistant (bot/actions), or garbage."""

from __future__ import annotations

import json

_SHAPES: dict[str, type] = {
    "text": str, "expects": str, "danger": str, "options": list, "citations": list, "links": list,
    "case": dict, "callback": dict, "card": dict, "saved": dict,
}  # fmt: skip


def is_message(value: object) -> bool:
    """An object with `text`, or with `custom` whose members have the types that `services/chat/chat.py` reads;
    all of it can be written as JSON in UTF-8."""
    if not isinstance(value, dict) or not isinstance(value.get("text") or "", str):
        return False
    custom = value.get("custom") or {}
    if not isinstance(custom, dict):
        return False
    if not all(isinstance(custom[name], kind) for name, kind in _SHAPES.items() if custom.get(name)):
        return False
    if not all(_is_link(one) for one in custom.get("links") or ()):
        return False
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _is_link(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("label", "href"))
