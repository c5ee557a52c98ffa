"""Models of what a citizen is told of a case: decisions, who has it, what comes next."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from kiosk_api.domain.petitioner_notices import Said

DecisionKind = Literal[
    "forwarding", "report", "transfer", "guidance", "acceptance", "non_acceptance", "extension", "word", "opinion",
    "reply", "outcome", "settlement", "execution", "review", "reexamination", "supervision", "supervision_answer",
]  # fmt: skip


class NoticeSent(BaseModel):
    """A notice that really went out, and in a few words what for."""

    at: str
    channel: Literal["wechat", "whatsapp", "sms", "console"]
    label: str
    about: Said
    about_label: str


class Notices(BaseModel):
    """How the petitioner is told at home. `only_owed`: only what the Regulations owe them."""

    ways: list[str]
    way_labels: list[str]
    only_owed: bool
    sent: list[NoticeSent]


class Part(BaseModel):
    """A field that a decision states, what it is called, and whether its text is a date."""

    name: str
    label: str
    is_date: bool


class Promise(BaseModel):
    """What a decision promises next, and by when."""

    clock: str
    label: str
    day: str


class Document(BaseModel):
    """The approved document of a decision; `POST /cases/document` gives its PDF by this id."""

    id: str
    title: str
    number: str
    day: str


class Decision(BaseModel):
    """A decision owed to the petitioner; at most one of a case is `in_force`.

    `parts` lists the fields that were stated in reading order; `reason` and `where_to_go` are members of their
    own, the others are in `text` by name. `by` is the next word that it promises; `asks` what the petitioner may
    ask for next, `last_day` until when. `received_on` is when it was received in writing, or refused (`received_how`).
    """

    kind: DecisionKind
    label: str
    at: str
    outcome: str
    outcome_label: str
    text: dict[str, str]
    parts: list[Part]
    article: str
    article_label: str
    standing: Literal["in_force", "upholds", "replaced", "annulled", "past", "notice"]
    standing_label: str
    in_force: bool
    by: Promise | None
    asks: Literal["review", "reexamination", "remedy", ""]
    reason: str = ""
    where_to_go: str = ""
    last_day: str | None = None
    received_on: str | None = None
    received_how: Literal["on_the_spot", "post", "online", "refused", ""] = ""
    document: Document | None = None


class Holder(BaseModel):
    """Who has the case now."""

    unit: str
    phone: str | None


class NextStep(BaseModel):
    """What comes next, by when, and who has to act; `clock` is the clock's key."""

    clock: str
    what: str
    by: str
    who: str


class Overdue(BaseModel):
    """The clock that ran out first; `since` is the first day that was late."""

    since: str
    clock: str
    label: str


class OwnWords(BaseModel):
    """What the petitioner said; only by token, and only in the first days."""

    facts: str
    request: str


class CaseStep(BaseModel):
    """One step of a case in its order: `on` is the day it was done, `by` the last day for what goes on now, `days` how many
    the Regulations allow once the step before is done. One is `now` or `late`, beside what is to be
    carried out; `next` ones may follow."""

    key: str
    label: str
    state: Literal["done", "now", "late", "next"]
    on: str | None
    by: str | None
    days: int | None
    article: str
    article_label: str
