"""Whether a matter accuses somebody in office (Art. 30, 46): no, doubtful or yes.

In doubt it is treated as an accusation until an officer has decided.
"""

from __future__ import annotations

from enum import Enum

KEY = "accusation"  # of the question, and of its answer among a petition's `route_answers`
SAID_YES, SAID_NO, NOT_SURE = "yes", "no", "unsure"
# Shares of the reading: from the first on the citizen is asked, from the second on nobody needs to be.
ASKED_FROM, SURE_FROM = 0.19, 0.6


class Accusation(str, Enum):  # noqa: UP042 -- the benches read this with Python 3.10, which has no StrEnum
    """What is known of it; everything but `NO` is kept from the accused."""

    NO = "no"
    DOUBTFUL = "doubtful"
    YES = "yes"

    __str__ = str.__str__


def accusation_of(kind: str, share: float, answer: str | None) -> Accusation:
    """`kind` is the likeliest one, `share` that of an accusation, `answer` the citizen's own if there is one.

    A no is believed only where the reading was not sure: somebody may not know the word for what they tell.
    """
    if answer == SAID_YES:
        return Accusation.YES
    if answer == SAID_NO:
        return Accusation.DOUBTFUL if share >= SURE_FROM else Accusation.NO
    if share >= SURE_FROM:
        return Accusation.YES
    in_doubt = answer == NOT_SURE or share >= ASKED_FROM or kind == "accusation"
    return Accusation.DOUBTFUL if in_doubt else Accusation.NO


def state_of_case(kind: str, doubtful: bool) -> Accusation:
    """The same of a registered case."""
    if doubtful:
        return Accusation.DOUBTFUL
    return Accusation.YES if kind == "accusation" else Accusation.NO
