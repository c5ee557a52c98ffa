"""Which decision on a case is in force now.

At most one is. A review or re-examination that upholds leaves the decision in force that it upholds; one
that changes the result takes its place; one that annuls is itself in force until the matter has been
handled anew (Art. 35, 36).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Event

Standing = Literal["in_force", "upholds", "replaced", "annulled", "past", "notice"]
"""`past` is a step on the way that a later decision followed; a `notice` decides nothing by itself."""

ON_THE_WAY = frozenset({A.ACCEPT, A.TRANSFER})
"""In force only until there is a result."""
RESULTS = frozenset({
    A.DECLINE, A.DECLINE_REPEAT, A.CONCLUDE, A.SETTLE, A.GUIDE, A.ANSWER_SUGGESTION, A.REPORT_OUTCOME,
})  # fmt: skip
REVIEWS = frozenset({A.DECIDE_REVIEW, A.DECIDE_REEXAMINATION})
ENDS_WITHOUT = frozenset({A.WITHDRAW})
"""The matter is taken back: nothing that was under way is in force any longer."""

GOES_BACK = frozenset({A.RECALL, A.UPHOLD_OBJECTION})
"""The office has it again: what the unit said is past, but not that its opinion was annulled."""


def standings(events: Sequence[Event]) -> list[Standing]:
    """The standing of each event's decision, in the order of the events."""
    found: list[Standing] = ["notice"] * len(events)
    now: list[int] = []  # the decision in force, then those that uphold it

    def give_way(to: Standing) -> None:
        for place in now:
            found[place] = "past" if _on_the_way(events[place]) else to
        now.clear()

    for place, event in enumerate(events):
        if event.action in REVIEWS and event.data.get("decision") == "upheld":
            found[place] = "upholds"
            now.append(place)
            continue
        if event.action in ENDS_WITHOUT:
            if now and _on_the_way(events[now[0]]):
                give_way("past")
            continue
        if event.action in GOES_BACK:
            if now and not _annuls(events[now[0]]):
                give_way("past")
            continue
        if event.action not in ON_THE_WAY | RESULTS | REVIEWS:
            continue
        give_way("annulled" if _annuls(event) else "replaced")
        found[place] = "in_force"
        now.append(place)
    return found


def _annuls(event: Event) -> bool:
    return event.action in REVIEWS and event.data.get("decision") == "returned"


def _on_the_way(event: Event) -> bool:
    return event.action in ON_THE_WAY or _annuls(event)
