"""Models of the public API's answers: published in openapi.json, and checked in the tests of every call."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from kiosk_api.domain.workflow import Action, Status
from kiosk_api.web.api.told_answers import CaseStep, Decision, Holder, NextStep, Notices, Overdue, OwnWords

Kind = Literal["appeal", "suggestion", "accusation"]
Accusation = Literal["no", "doubtful", "yes"]  # a doubtful one is treated as one until an officer decides


class FieldProblem(BaseModel):
    """What is wrong with one field, by its path in the request."""

    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457; `code` is stable, `detail` a sentence for the person in front of the screen."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem]


class Deadline(BaseModel):
    """A date by which somebody must act, with its article."""

    key: str
    label: str
    article: str
    article_label: str
    starts_on: str
    due_on: str
    state: Literal["running", "met", "missed", "overdue", "stopped", "lapsed"]
    provisional: bool


class WindowShare(BaseModel):
    window: str
    window_label: str
    confidence: float


class DomainShare(BaseModel):
    domain: str
    domain_label: str
    confidence: float


class Choice(BaseModel):
    key: str
    label: str


class RouteQuestion(BaseModel):
    """A question whose answer makes the proposal more certain."""

    key: str
    text: str
    choices: list[Choice]


class QuestionAnswered(BaseModel):
    question: str
    answer: str


class ReasonParts(BaseModel):
    opening: str
    danger: str
    heard: list[str]
    why: str


class RouteShown(BaseModel):
    """A proposed window with its reason; never a decision."""

    window: str
    window_label: str
    confidence: float
    domain: str
    domain_label: str
    topic: str | None
    hot_field: str | None
    hot_field_label: str | None
    kind: Kind
    kind_label: str
    accusation: Accusation
    reason: str
    reason_parts: ReasonParts
    articles: list[str]
    article_labels: list[str]
    alternatives: list[WindowShare]
    domain_alternatives: list[DomainShare]
    emergency: bool
    ask: RouteQuestion | None
    answers: list[QuestionAnswered]
    model: str


class OpeningNow(BaseModel):
    """Whether a window is open now: state, and the same in words."""

    state: Literal["open", "closed", "unknown"]
    words: str


class Route(RouteShown):
    """The answer of `POST /route`; `opening` is null where the window's hours are not published."""

    opening: OpeningNow | None


class RegisteredRoute(RouteShown):
    """The route as registered, with the window that the citizen chose, if any."""

    citizen_choice: str = ""
    citizen_choice_label: str = ""


class ReceiptLinks(BaseModel):
    url: str
    verify_code: str
    verify_url: str
    print_path: str


class Registered(BaseModel):
    """`POST /petitions`."""

    case_number: str
    lookup_token: str
    registered_at: str
    status: Status
    status_label: str
    kind: Kind
    accusation: Accusation
    domain: str
    route: RegisteredRoute
    window: str
    window_label: str
    deadlines: list[Deadline]
    attachments: int
    receipt: ReceiptLinks


class Problems(BaseModel):
    """What is wrong with the answers given so far; nothing when the list is empty."""

    errors: list[FieldProblem]


class LeftCode(BaseModel):
    """A code to read aloud, and how many minutes it is valid."""

    code: str
    minutes: int


class TimelineItem(BaseModel):
    """One line of the history."""

    at: str
    event: Action
    label: str
    article: str
    article_label: str


class PublicTimelineItem(TimelineItem):
    pictures: int = 0
    at_the_window: bool = False


class Opinion(BaseModel):
    """The written opinion with its four parts (Art. 32)."""

    outcome: str
    outcome_label: str
    request: str
    facts_and_reasons: str
    finding: str
    legal_basis: str
    concluded_at: str


class Permit(BaseModel):
    allowed: bool
    reason: str
    until: str | None


class Can(BaseModel):
    """What the petitioner may do next."""

    urge: Permit
    rate: Permit
    request_review: Permit
    request_reexamination: Permit
    withdraw: Permit
    confirm_receipt: Permit
    add_material: Permit


class GuessedAt(BaseModel):
    """Wrong tries by others at this case's phone number, and a notice for its owner."""

    times: int
    last_at: str
    sentence: str


class CaseStands(BaseModel):
    """The state of a case; nothing in it identifies the petitioner."""

    case_number: str
    status: Status
    status_label: str
    registered_at: str
    window: str
    responsible_unit: str | None
    holder: Holder
    next: NextStep | None
    overdue: Overdue | None
    own_words: OwnWords | None
    steps: list[CaseStep]
    decisions: list[Decision]
    timeline: list[PublicTimelineItem]
    deadlines: list[Deadline]
    opinion: Opinion | None
    pictures: int
    pictures_left: int
    guessed_at: GuessedAt | None
    notices: Notices
    can: Can


class PicturesAdded(CaseStands):
    """`POST /cases/attachments`."""

    added: int
    attachments: int


class SectionShort(BaseModel):
    slug: str
    title: str
    short_answer: str
    articles: list[str]
    aliases: list[str]


class Booklet(BaseModel):
    slug: str
    title: str
    sections: list[SectionShort]


class Contents(BaseModel):
    """`GET /handbook`."""

    booklets: list[Booklet]


class ArticleLabel(BaseModel):
    number: str
    label: str


class LawLabel(ArticleLabel):
    law: str


class SectionInFull(BaseModel):
    """`GET /handbook/{slug}`."""

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
