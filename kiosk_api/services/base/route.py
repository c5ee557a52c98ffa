"""A proposed window with its labels: as it is answered, and as it is stored with a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk_api.services.base.as_json import OPTIONAL, JsonObject, as_json


@dataclass(frozen=True)
class WindowShare:
    """Another window that is possible, with its share of 1."""

    window: str
    window_label: str
    confidence: float


@dataclass(frozen=True)
class DomainShare:
    """Another field of matters that is possible, with its share of 1."""

    domain: str
    domain_label: str
    confidence: float


@dataclass(frozen=True)
class AnswerChoice:
    """One answer to a question."""

    key: str
    label: str


@dataclass(frozen=True)
class RouteQuestion:
    """A question whose answer makes the proposal more certain."""

    key: str
    text: str
    choices: tuple[AnswerChoice, ...]


@dataclass(frozen=True)
class QuestionAnswered:
    """A question and its answer, both in words."""

    question: str
    answer: str


@dataclass(frozen=True)
class ReasonParts:
    """The reason in parts, for a text in another language."""

    opening: str
    danger: str
    heard: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Route:
    """A proposal, never a decision; `confidence` lies in 0..1."""

    window: str
    window_label: str
    confidence: float
    domain: str
    domain_label: str
    topic: str | None
    hot_field: str | None
    hot_field_label: str | None
    kind: str
    kind_label: str
    accusation: str  # no, doubtful or yes; "" in a case of a release that did not store it
    reason: str
    reason_parts: ReasonParts | None  # None in a case of a release that did not store them
    articles: tuple[str, ...]
    article_labels: tuple[str, ...]
    alternatives: tuple[WindowShare, ...]
    domain_alternatives: tuple[DomainShare, ...]
    emergency: bool
    ask: RouteQuestion | None
    answers: tuple[QuestionAnswered, ...]
    model: str


@dataclass(frozen=True)
class CaseRoute(Route):
    """The proposal as stored, with the window that the citizen chose and the one staff corrected to."""

    citizen_choice: str = field(default="", metadata=OPTIONAL)
    citizen_choice_label: str = field(default="", metadata=OPTIONAL)
    corrected_window: str = field(default="", metadata=OPTIONAL)

    def to_dict(self) -> JsonObject:
        """Plain values, for sealing."""
        return as_json(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CaseRoute:
        """From what is stored; what an earlier release did not store is empty."""
        parts, ask = values.get("reason_parts"), values.get("ask")
        plain: dict[str, Any] = {name: str(values.get(name, "")) for name in _TEXTS}
        plain |= {name: values.get(name) for name in ("topic", "hot_field", "hot_field_label")}
        plain |= {name: tuple(values.get(name, ())) for name in ("articles", "article_labels")}
        return cls(
            **plain,
            confidence=float(values.get("confidence", 0.0)),
            emergency=bool(values.get("emergency", False)),
            reason_parts=None if not parts else ReasonParts(
                parts.get("opening", ""), parts.get("danger", ""), tuple(parts.get("heard", ())), parts.get("why", "")
            ),
            alternatives=tuple(
                WindowShare(one["window"], one.get("window_label", ""), one["confidence"])
                for one in values.get("alternatives", ())
            ),
            domain_alternatives=tuple(
                DomainShare(one["domain"], one.get("domain_label", ""), one["confidence"])
                for one in values.get("domain_alternatives", ())
            ),
            ask=None if not ask else RouteQuestion(
                ask["key"], ask["text"], tuple(AnswerChoice(one["key"], one["label"]) for one in ask.get("choices", ()))
            ),
            answers=tuple(QuestionAnswered(one["question"], one["answer"]) for one in values.get("answers") or ()),
        )  # fmt: skip


_TEXTS = (
    "window", "window_label", "domain", "domain_label", "kind", "kind_label", "accusation", "reason", "model",
    "citizen_choice", "citizen_choice_label", "corrected_window",
)  # fmt: skip
