"""Reading the handbook and asking it."""

from __future__ import annotations

from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.retrieval import Section
from kiosk_api.domain.statute import cite
from kiosk_api.services.context import Context

QUESTION_MAX = 20_000


def contents(ctx: Context) -> dict[str, Any]:
    """Booklets in order, each with its sections."""
    booklets: dict[str, dict[str, Any]] = {}
    for one in ctx.handbook.sections:
        booklet = booklets.setdefault(
            one.booklet, {"slug": one.booklet, "title": one.booklet_title, "sections": []}
        )
        booklet["sections"].append(
            {
                "slug": one.slug,
                "title": one.title,
                "short_answer": one.short_answer,
                "articles": list(one.articles),
            }
        )
    return {"booklets": list(booklets.values())}


def section(ctx: Context, slug: str) -> dict[str, Any]:
    """One section in full. Raises DomainError `section_not_found`."""
    for one in ctx.handbook.sections:
        if one.slug == slug:
            return {
                "slug": one.slug,
                "title": one.title,
                "booklet": one.booklet,
                "booklet_title": one.booklet_title,
                "short_answer": one.short_answer,
                "html": ctx.render(one.body_markdown),
                "articles": [{"number": n, "label": cite(n)} for n in one.articles],
                "checked_by": one.checked_by,
                "checked_on": one.checked_on,
            }
    raise DomainError("section_not_found", "手册里没有这一节，请回到目录重新选。")


def ask(ctx: Context, question: object) -> dict[str, Any]:
    """The answer to `POST /handbook/ask`: the section's own words, choices, or a referral."""
    if not isinstance(question, str) or not question.strip():
        detail = "请输入您想问的问题。"
        raise DomainError("invalid_request", detail, (FieldError("question", "required", detail),))
    found = ctx.handbook.ask(question[:QUESTION_MAX])
    if found.outcome == "answer":
        return {
            "outcome": "answer",
            "answer": found.sections[0].short_answer,
            "citations": [citation(found.sections[0])],
        }
    if found.outcome == "choices":
        return {
            "outcome": "choices",
            "citations": [],
            "choices": [{"question": one.title, "slug": one.slug} for one in found.sections],
        }
    return {
        "outcome": "refer",
        "citations": [],
        "refer": "这个问题手册里没有写，我不敢乱答。您可以到信访窗口问工作人员；"
        "法律问题可以拨打12348公共法律服务热线。",
    }


def citation(one: Section) -> dict[str, Any]:
    """Where an answer stands."""
    return {
        "title": one.booklet_title,
        "section": one.title,
        "article": "、".join(cite(number) for number in one.articles),
        "url": f"/handbook/{one.slug}",
    }
