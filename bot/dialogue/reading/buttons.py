"""What the buttons under an open question send: read exactly, before any model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue.texts_zh import CHOICES, KEEP

DROP = "去掉代表"  # before the place of a representative in the list


def buttons(state: Mapping[str, Any]) -> tuple[str, ...]:
    """While a line of the card is being changed, or one of two values is chosen."""
    asked, pending = state.get("asked"), state.get("pending") or {}
    if asked == "owner":
        return tuple((pending.get("owner") or {}).get("buttons") or ())
    field = pending.get("change")
    if not field or field != asked:
        return ()
    if field == "representatives":
        return (KEEP, *(f"{DROP}{place}" for place, _ in enumerate(state.get("representatives") or (), 1)))
    return (KEEP, *CHOICES.get(f"change_{field}", ()))
