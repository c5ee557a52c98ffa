"""Which window a matter belongs to: a proposal with its reason, never a refusal."""

from __future__ import annotations

from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.labels_zh import (
    DOMAIN_LABELS,
    HOT_FIELD_LABELS,
    KIND_LABELS,
    WINDOW_LABELS,
)
from kiosk_api.domain.routing import propose
from kiosk_api.domain.statute import cite

TEXT_MAX = 20_000


def route_matter(text: object) -> dict[str, Any]:
    """The answer to `POST /route`."""
    if not isinstance(text, str) or not text.strip():
        detail = "请说说是什么事，我们帮您看该去哪个窗口。"
        raise DomainError("invalid_request", detail, (FieldError("text", "required", detail),))
    if len(text) > TEXT_MAX:
        detail = f"内容太长了，请先写要紧的，不超过{TEXT_MAX}个字。"
        raise DomainError("invalid_request", detail, (FieldError("text", "too_long", detail),))
    found = propose(text)
    return {
        "window": found.window,
        "window_label": WINDOW_LABELS[found.window],
        "confidence": round(found.confidence, 3),
        "domain": found.domain,
        "domain_label": DOMAIN_LABELS[found.domain],
        "hot_field": found.hot_field,
        "hot_field_label": HOT_FIELD_LABELS[found.hot_field] if found.hot_field else None,
        "kind": found.kind,
        "kind_label": KIND_LABELS[found.kind],
        "reason": found.reason,
        "articles": list(found.articles),
        "article_labels": [cite(number) for number in found.articles],
        "alternatives": [
            {"window": window, "window_label": WINDOW_LABELS[window], "confidence": round(share, 3)}
            for window, share in found.alternatives
        ],
        "emergency": found.emergency,
        "ask": found.ask,
    }
