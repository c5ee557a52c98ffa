"""What the dialogue reads in the answers of kiosk_api; the API publishes more than that.

Each class holds the members read of the schema of nearly the same name in /api/v1/openapi.json.
No member is counted on but those that identify a case, so an older API is understood as well.
"""

from __future__ import annotations

from typing import TypedDict


class Citation(TypedDict, total=False):
    """Where a rule is written."""

    title: str
    section: str
    article: str
    url: str


class SlugChoice(TypedDict, total=False):
    """A question that the handbook answers."""

    question: str


class Asked(TypedDict, total=False):
    """POST /handbook/ask. `outcome` is answer, choices or refer."""

    outcome: str
    answer: str
    choices: list[SlugChoice]
    refer: str
    own_case: bool
    citations: list[Citation]


class Choice(TypedDict):
    """A button under the question that decides between two windows."""

    key: str
    label: str


class RouteQuestion(TypedDict):
    """The question that decides between two windows, or, with the key `accusation`, whether it is one."""

    key: str
    text: str
    choices: list[Choice]


class Route(TypedDict, total=False):
    """POST /route. `ask` is None where one window is clear."""

    window: str
    window_label: str
    reason: str
    kind: str
    accusation: str
    ask: RouteQuestion | None


class Window(TypedDict, total=False):
    """One entry of GET /windows."""

    key: str
    label: str
    purpose: str
    where: str
    hours: str


class Office(TypedDict, total=False):
    """`office` of GET /windows; None for what the office has not filled in."""

    phone: str | None
    hours: str | None


class Deadline(TypedDict, total=False):
    """A legal time limit; `due_on` is an ISO date."""

    label: str
    article: str
    due_on: str
    state: str


class Registered(TypedDict, total=False):
    """201 of POST /petitions."""

    case_number: str
    lookup_token: str
    route: Route
    deadlines: list[Deadline]


class PublicTimelineItem(TypedDict, total=False):
    """One event of a case; `at` is an ISO time."""

    at: str
    label: str


class Permit(TypedDict, total=False):
    """Whether an action is open to the petitioner now, why not, and from which day."""

    allowed: bool
    reason: str
    until: str | None


class Decision(TypedDict, total=False):
    """A decision on a case; `at` is an ISO time, `last_day` an ISO date."""

    label: str
    at: str
    outcome_label: str
    where_to_go: str
    last_day: str | None
    in_force: bool


class Overdue(TypedDict, total=False):
    """The clock that ran out first; `since` is an ISO date."""

    since: str
    label: str


class CaseStands(TypedDict, total=False):
    """POST /cases/lookup. `can` holds a permit for each action."""

    case_number: str
    status: str
    status_label: str
    responsible_unit: str | None
    timeline: list[PublicTimelineItem]
    deadlines: list[Deadline]
    decisions: list[Decision]
    overdue: Overdue | None
    can: dict[str, Permit]


class CallbackLeft(TypedDict, total=False):
    """POST /callbacks: the code to look it up with, and until when the office wants to have rung."""

    code: str
    due_by: str


class Checked(TypedDict, total=False):
    """POST /internal/v1/fields/check: the stored form, or the sentence about what is wrong."""

    ok: bool
    value: str
    detail: str
