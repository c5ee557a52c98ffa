"""Which window a matter belongs to: a proposal with its reason, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.labels_zh import (
    DOMAIN_LABELS,
    HOT_FIELD_LABELS,
    KIND_LABELS,
)
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.routing import KEYWORDS, RouteProposal, propose
from kiosk_api.domain.routing_questions import readable_answers
from kiosk_api.domain.statute import cite
from kiosk_api.domain.windows import window_label
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.route import (
    AnswerChoice,
    CaseRoute,
    DomainShare,
    QuestionAnswered,
    ReasonParts,
    Route,
    RouteQuestion,
    WindowShare,
)


def route_matter(ctx: Context, text: str | None, answers: object = None) -> Route:
    """The answer to `POST /route`. `answers`: the answers to earlier `ask` questions, by key."""
    if not text or not text.strip():
        detail = "请说说是什么事，我们帮您看该去哪个窗口。"
        raise DomainError("invalid_request", detail, (FieldError("text", "required", detail),))
    if len(text) > TEXT_MAX:
        detail = f"内容太长了，请先写要紧的，不超过{TEXT_MAX}个字。"
        raise DomainError("invalid_request", detail, (FieldError("text", "too_long", detail),))
    given = answers_of(answers)
    found = propose(ctx.understanding.simplified(text), ctx.understanding.read(text), given)
    return as_route(found, given)


def answers_of(raw: object) -> dict[str, str]:
    """Question key → answer key; anything invalid is left out, since answers are optional."""
    if not isinstance(raw, Mapping):
        return {}
    return {str(key)[:40]: str(value)[:40] for key, value in list(raw.items())[:8]}


def is_by_keywords(route: Route) -> bool:
    """Whether the classifier was away when this proposal was made."""
    return route.model == KEYWORDS


def with_choice(route: Route, window: str | None) -> CaseRoute:
    """The proposal to store, with the window that the citizen chose."""
    proposed = {one.name: getattr(route, one.name) for one in fields(Route)}
    if not window:
        return CaseRoute(**proposed)
    return CaseRoute(**proposed, citizen_choice=window, citizen_choice_label=window_label(window))


def as_route(found: RouteProposal, answers: Mapping[str, str]) -> Route:
    """The proposal with its labels."""
    ask, reason = found.ask, found.reason
    return Route(
        window=found.window,
        window_label=window_label(found.window),
        confidence=round(found.confidence, 3),
        domain=found.domain,
        domain_label=DOMAIN_LABELS[found.domain],
        topic=found.topic,
        hot_field=found.hot_field,
        hot_field_label=HOT_FIELD_LABELS[found.hot_field] if found.hot_field else None,
        kind=found.kind,
        kind_label=KIND_LABELS[found.kind],
        accusation=found.accusation.value,
        reason=reason.sentence,
        reason_parts=ReasonParts(reason.opening, reason.danger, reason.terms, reason.why),
        articles=found.articles,
        article_labels=tuple(cite(number) for number in found.articles),
        alternatives=tuple(
            WindowShare(window, window_label(window), round(share, 3)) for window, share in found.alternatives
        ),
        domain_alternatives=tuple(
            DomainShare(name, DOMAIN_LABELS[name], round(share, 3)) for name, share in found.domain_alternatives
        ),
        emergency=found.emergency,
        ask=RouteQuestion(ask.key, ask.text, tuple(AnswerChoice(one.key, one.label) for one in ask.choices))
        if ask
        else None,
        answers=tuple(QuestionAnswered(question, answer) for question, answer in readable_answers(answers)),
        model=found.model,
    )
