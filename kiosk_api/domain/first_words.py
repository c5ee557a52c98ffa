"""The first words of a matter, by which staff tell one line of a list from another.

They are what the petitioner asks for, or else what happened; names, numbers and addresses are taken out. What is, or may
be, an accusation and what is to be kept secret shows none: it is read by opening it, which is recorded (decision 0034).
"""

from __future__ import annotations

from kiosk_api.domain.petition import Petition
from kiosk_api.domain.scrub import scrub
from kiosk_api.domain.typed import one_line

FIRST_WORDS = 40
_READ = 200
"""Characters that are looked at: a number that begins within the first words ends within these."""


def first_words(petition: Petition) -> str:
    """At most FIRST_WORDS characters on one line, with a sign where more follow."""
    said = one_line((petition.request or petition.facts)[:_READ])
    people = [(one.name, one.phone) for one in petition.representatives]
    people += [(petition.proxy.name, petition.proxy.phone)] if petition.proxy else []
    known = [
        petition.name,
        petition.phone,
        petition.address,
        petition.id_number or "",
        *(text for one in people for text in one),
    ]
    plain = scrub(said, known)
    if len(plain) <= FIRST_WORDS:
        return plain
    begun = plain[:FIRST_WORDS]
    if begun.rfind("【") > begun.rfind("】"):  # a sign for what was taken out is not cut in two
        begun = begun[: begun.rfind("【")]
    return begun + "…"


def may_be_listed(kind: str, doubtful: bool, confidential: bool) -> bool:
    """Whether a list may show them at all."""
    return kind != "accusation" and not doubtful and not confidential
