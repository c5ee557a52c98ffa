"""Reading the handbook and asking it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.handbook import Section
from kiosk_api.domain.limits import COMPARED_BY_MEANING_MAX, TEXT_MAX
from kiosk_api.domain.question_shapes import (
    is_about_own_case,
    questions_in,
    with_what_went_before,
)
from kiosk_api.domain.retrieval import Answer, clauses
from kiosk_api.domain.statute import cite
from kiosk_api.services.base.context import Context

REFER = "这个问题手册里没有写，我不敢乱答。您可以到信访窗口问工作人员；法律问题可以拨打12348公共法律服务热线。"
REFER_BEYOND = "这个问题手册里没有写，我不敢乱答。{refer}"
OWN_CASE = "这要看您自己那一件。请点“查进度”，输入编号和手机号后四位，就能看到每一步几号前要办好。"


def contents(ctx: Context, language: str = "zh") -> dict[str, Any]:
    """Booklets in order, each with its sections; `language` is zh or en."""
    booklets: dict[str, dict[str, Any]] = {}
    for one in _sections(ctx, language):
        booklet = booklets.setdefault(one.booklet, {"slug": one.booklet, "title": one.booklet_title, "sections": []})
        booklet["sections"].append(
            {
                "slug": one.slug,
                "title": one.title,
                "short_answer": one.short_answer,
                "articles": list(one.articles),
                "aliases": list(one.aliases),
            }
        )
    return {"booklets": list(booklets.values())}


def _sections(ctx: Context, language: str) -> tuple[Section, ...]:
    return ctx.handbook.english() if language == "en" else ctx.handbook.index().sections


def section(ctx: Context, slug: str, language: str = "zh") -> dict[str, Any]:
    """One section in full. Raises DomainError `section_not_found`."""
    for one in _sections(ctx, language):
        if one.slug == slug:
            return _in_full(ctx, one)
    raise DomainError("section_not_found", "手册里没有这一节，请回到目录重新选。")


def booklet(ctx: Context, slug: str) -> dict[str, Any]:
    """A whole booklet, to print. Raises DomainError `section_not_found`."""
    sections = [one for one in ctx.handbook.index().sections if one.booklet == slug]
    if not sections:
        raise DomainError("section_not_found", "没有这本手册，请回到目录重新选。")
    return {
        "slug": slug,
        "title": sections[0].booklet_title,
        "sections": [_in_full(ctx, one) for one in sections],
    }


def _in_full(ctx: Context, one: Section) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "title": one.title,
        "booklet": one.booklet,
        "booklet_title": one.booklet_title,
        "short_answer": one.short_answer,
        "html": ctx.render(one.body_markdown),
        "articles": [{"number": n, "label": cite(n)} for n in one.articles],
        "laws": [{"law": law, "number": n, "label": f"《{law}》第{n}条"} for law, n in one.laws],
        "citation": one.citation,
        "checked_by": one.checked_by,
        "checked_on": one.checked_on,
        "review_by": one.review_by,
    }


def ask(ctx: Context, question: str | None, before: str | None = None) -> dict[str, Any]:
    """The answer to `POST /handbook/ask`: the section's own words, choices, or a referral.

    `before` is what was asked just before, for a follow-up like 那复核呢. Several questions in one
    message are answered each; `parts` then holds them one by one.
    """
    if not question or not question.strip():
        detail = "请输入您想问的问题。"
        raise DomainError("invalid_request", detail, (FieldError("question", "required", detail),))
    asked = ctx.understanding.simplified(question[:TEXT_MAX])
    earlier = ctx.understanding.simplified(before[:TEXT_MAX]) if before is not None else ""
    parts = []
    for one in questions_in(asked):
        parts.append(_ask_one(ctx, with_what_went_before(one, earlier)))
        earlier = one
    return parts[0] if len(parts) == 1 else _together(parts)


def _ask_one(ctx: Context, question: str) -> dict[str, Any]:
    index = ctx.handbook.index()
    said = question[:COMPARED_BY_MEANING_MAX]
    near = ctx.nearness.near(index.digest, index.texts, [said, *clauses(said)])
    found = index.ask(question, near)
    if found.outcome != "answer":
        _remember_gap(ctx, found)
    if is_about_own_case(question):
        return {
            "outcome": "refer",
            "refer": OWN_CASE,
            "own_case": True,
            "citations": [citation(one) for one in found.sections[:1]],
        }
    if found.outcome == "answer":
        return {
            "outcome": "answer",
            "answer": found.sections[0].short_answer,
            "citations": [citation(found.sections[0])],
        }
    if found.outcome == "choices":
        return {
            "outcome": "choices",
            "citations": [citation(one) for one in found.sections],
            "choices": [{"question": one.title, "slug": one.slug} for one in found.sections],
        }
    return {"outcome": "refer", "citations": [], "refer": _referral(found)}


def _referral(found: Answer) -> str:
    if found.beyond is None:
        return REFER
    return REFER_BEYOND.format(refer=found.beyond.refer)


def _together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Several answers as one: each in its place, every citation, every choice."""
    lines = []
    for number, part in enumerate(parts, 1):
        said = part.get("answer") or part.get("refer") or "这个请在下面选一个最接近的。"
        lines.append(f"{number}. {said}")
    choices = [one for part in parts for one in part.get("choices", ())]
    outcomes = {part["outcome"] for part in parts}
    outcome = next(one for one in ("answer", "choices", "refer") if one in outcomes)
    whole: dict[str, Any] = {
        "outcome": outcome,
        "citations": [one for part in parts for one in part["citations"]],
        "parts": parts,
    }
    if choices:
        whole["choices"] = choices
    whole["refer" if outcome == "refer" else "answer"] = "\n".join(lines)
    return whole


def _remember_gap(ctx: Context, found: Answer) -> None:
    """Count by topic what was not answered, so that an editor sees it. No words are kept."""
    if found.beyond:
        topic = f"beyond:{found.beyond.key}"
    else:
        topic = found.nearest.slug if found.nearest else "-"
    ctx.tally.add(ctx.clock.now().date(), found.outcome, topic)


def gaps(ctx: Context, days: int = 30) -> list[dict[str, Any]]:
    """What was asked and not answered in the last days, most often first."""
    index = ctx.handbook.index()
    names = {one.slug: one.title for one in index.sections}
    names |= {f"beyond:{one.key}": f"（手册外）{one.name}" for one in index.beyond}
    with ctx.store.read() as unit:
        rows = unit.gaps_since(ctx.clock.now().date() - timedelta(days=days))
    return [
        {"topic": topic, "name": names.get(topic, "没有相近的内容"), "outcome": outcome, "times": n}
        for topic, outcome, n in rows
    ]


def citation(one: Section) -> dict[str, Any]:
    """Where an answer stands."""
    return {
        "title": one.booklet_title,
        "section": one.title,
        "article": one.citation,
        "url": f"/handbook/{one.slug}",
    }
