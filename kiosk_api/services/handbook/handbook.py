"""Read the handbook and answer questions from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.handbook import Section
from kiosk_api.domain.limits import COMPARED_BY_MEANING_MAX, TEXT_MAX
from kiosk_api.domain.question_shapes import (
    complete_follow_up,
    is_about_own_case,
    parts_of_story,
    questions_in,
)
from kiosk_api.domain.retrieval import Answer
from kiosk_api.domain.statute import cite
from kiosk_api.services.base.as_json import OPTIONAL
from kiosk_api.services.base.context import Context

REFER = "这个问题手册里没有写，我不敢乱答。您可以到信访窗口问工作人员；法律问题可以拨打12348公共法律服务热线。"
REFER_OUT_OF_SCOPE = "这个问题手册里没有写，我不敢乱答。{refer}"
OWN_CASE = "这要看您自己那一件。请点“查进度”，输入编号和手机号后四位，就能看到每一步几号前要办好。"


@dataclass(frozen=True)
class SectionShort:
    """A section in a table of contents."""

    slug: str
    title: str
    short_answer: str
    articles: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """A booklet and its sections, in order."""

    slug: str
    title: str
    sections: list[SectionShort]


@dataclass(frozen=True)
class Around:
    """The booklet a section is in, and its neighbours there; None before the first and after the last."""

    booklet: Contents
    before: SectionShort | None
    after: SectionShort | None


@dataclass(frozen=True)
class ArticleLabel:
    """An article of the regulation, and how it is cited."""

    number: str
    label: str


@dataclass(frozen=True)
class LawLabel(ArticleLabel):
    """An article of another law."""

    law: str


@dataclass(frozen=True)
class SectionInFull:
    """A section with the articles and laws it cites; `html` is safe to show."""

    slug: str
    title: str
    booklet: str
    booklet_title: str
    short_answer: str
    html: str
    articles: list[ArticleLabel]
    laws: list[LawLabel]
    citation: str
    checked_by: str
    checked_on: str
    review_by: str


@dataclass(frozen=True)
class BookletInFull:
    """A whole booklet, to print."""

    slug: str
    title: str
    sections: list[SectionInFull]


@dataclass(frozen=True)
class Citation:
    """The section and articles that an answer is from."""

    title: str
    section: str
    article: str
    url: str


@dataclass(frozen=True)
class SlugChoice:
    """A section that the question may mean."""

    question: str
    slug: str


@dataclass(frozen=True)
class Asked:
    """A section's own words, choices, or a referral; for several questions, also each in `parts`."""

    outcome: str
    citations: list[Citation]
    answer: str = field(default="", metadata=OPTIONAL)
    choices: list[SlugChoice] = field(default_factory=list, metadata=OPTIONAL)
    refer: str = field(default="", metadata=OPTIONAL)
    own_case: bool = field(default=False, metadata=OPTIONAL)
    parts: list[Asked] = field(default_factory=list, metadata=OPTIONAL)


@dataclass(frozen=True)
class Gap:
    """A topic of unanswered questions, and their number."""

    topic: str
    name: str
    outcome: str
    times: int


def contents(ctx: Context, language: str = "zh") -> list[Contents]:
    """Booklets in order, each with its sections; `language` is zh or en."""
    booklets: dict[str, Contents] = {}
    for one in _sections(ctx, language):
        booklet = booklets.setdefault(one.booklet, Contents(one.booklet, one.booklet_title, []))
        booklet.sections.append(SectionShort(one.slug, one.title, one.short_answer, one.articles, one.aliases))
    return list(booklets.values())


def _sections(ctx: Context, language: str) -> tuple[Section, ...]:
    return ctx.handbook.english() if language == "en" else ctx.handbook.index().sections


def section(ctx: Context, slug: str, language: str = "zh") -> SectionInFull:
    """One section in full. Raises DomainError `section_not_found`."""
    for one in _sections(ctx, language):
        if one.slug == slug:
            return _in_full(ctx, one)
    raise DomainError("section_not_found", "手册里没有这一节，请回到目录重新选。")


def around(ctx: Context, slug: str, language: str = "zh") -> Around:
    """The neighbours of a section. Raises DomainError `section_not_found`."""
    for booklet_of in contents(ctx, language):
        slugs = [one.slug for one in booklet_of.sections]
        if slug in slugs:
            place = slugs.index(slug)
            before, after = booklet_of.sections[:place], booklet_of.sections[place + 1 :]
            return Around(booklet_of, before[-1] if before else None, after[0] if after else None)
    raise DomainError("section_not_found", "手册里没有这一节，请回到目录重新选。")


def booklet(ctx: Context, slug: str) -> BookletInFull:
    """A whole booklet, to print. Raises DomainError `section_not_found`."""
    sections = [one for one in ctx.handbook.index().sections if one.booklet == slug]
    if not sections:
        raise DomainError("section_not_found", "没有这本手册，请回到目录重新选。")
    return BookletInFull(slug, sections[0].booklet_title, [_in_full(ctx, one) for one in sections])


def _in_full(ctx: Context, one: Section) -> SectionInFull:
    return SectionInFull(
        slug=one.slug,
        title=one.title,
        booklet=one.booklet,
        booklet_title=one.booklet_title,
        short_answer=one.short_answer,
        html=ctx.render(one.body_markdown),
        articles=[ArticleLabel(n, cite(n)) for n in one.articles],
        laws=[LawLabel(n, f"《{law}》第{n}条", law) for law, n in one.laws],
        citation=one.citation,
        checked_by=one.checked_by,
        checked_on=one.checked_on,
        review_by=one.review_by,
    )


def ask(ctx: Context, question: str | None, before: str | None = None) -> Asked:
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
        parts.append(_ask_one(ctx, complete_follow_up(one, earlier)))
        earlier = one
    return parts[0] if len(parts) == 1 else _together(parts)


def _ask_one(ctx: Context, question: str) -> Asked:
    index = ctx.handbook.index()
    said = question[:COMPARED_BY_MEANING_MAX]
    near = ctx.nearness.near(index.digest, index.texts, [said, *parts_of_story(question)])
    found = index.ask(question, near)
    if found.outcome != "answer":
        _remember_gap(ctx, found)
    cited = [citation(one) for one in found.sections]
    if is_about_own_case(question):
        return Asked("refer", cited[:1], refer=OWN_CASE, own_case=True)
    if found.outcome == "answer":
        return Asked("answer", cited[:1], answer=found.sections[0].short_answer)
    if found.outcome == "choices":
        return Asked("choices", cited, choices=[SlugChoice(one.title, one.slug) for one in found.sections])
    return Asked("refer", [], refer=_referral(found))


def _referral(found: Answer) -> str:
    if found.out_of_scope is None:
        return REFER
    return REFER_OUT_OF_SCOPE.format(refer=found.out_of_scope.refer)


def _together(parts: list[Asked]) -> Asked:
    """Several answers combined into one, with every citation and every choice."""
    lines = []
    for number, part in enumerate(parts, 1):
        said = part.answer or part.refer or "这个请在下面选一个最接近的。"
        lines.append(f"{number}. {said}")
    outcomes = {part.outcome for part in parts}
    outcome = next(one for one in ("answer", "choices", "refer") if one in outcomes)
    whole = "\n".join(lines)
    return Asked(
        outcome,
        [one for part in parts for one in part.citations],
        answer="" if outcome == "refer" else whole,
        choices=[one for part in parts for one in part.choices],
        refer=whole if outcome == "refer" else "",
        parts=parts,
    )


def _remember_gap(ctx: Context, found: Answer) -> None:
    """Count an unanswered question by topic, for the editor. Its words are not stored."""
    if found.out_of_scope:
        topic = f"beyond:{found.out_of_scope.key}"
    else:
        topic = found.nearest.slug if found.nearest else "-"
    ctx.tally.add(ctx.clock.now().date(), found.outcome, topic)


def gaps(ctx: Context, days: int = 30) -> list[Gap]:
    """Topics of unanswered questions in the last days, most frequent first."""
    index = ctx.handbook.index()
    names = {one.slug: one.title for one in index.sections}
    names |= {f"beyond:{one.key}": f"（手册外）{one.name}" for one in index.out_of_scope}
    with ctx.store.read() as unit:
        rows = unit.gaps_since(ctx.clock.now().date() - timedelta(days=days))
    return [Gap(topic, names.get(topic, "没有相近的内容"), outcome, n) for topic, outcome, n in rows]


def citation(one: Section) -> Citation:
    """The section and articles that an answer is from."""
    return Citation(one.booklet_title, one.title, one.citation, f"/handbook/{one.slug}")
