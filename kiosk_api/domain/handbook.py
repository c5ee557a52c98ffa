"""What the handbook is made of: sections that answer, and topics it leaves to others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk_api.domain.statute import cite

UNCHECKED = "待本单位填写"  # stands in `checked_by` until somebody of the office has


@dataclass(frozen=True)
class Section:
    """One handbook section as the office publishes it; `laws` holds (law, article) pairs.

    `aliases` is what people call it, shown as words to search by; `asked` is more of what they say.
    """

    slug: str
    title: str
    booklet: str
    booklet_title: str
    articles: tuple[str, ...]
    aliases: tuple[str, ...]
    short_answer: str
    body_markdown: str
    checked_by: str
    checked_on: str
    review_by: str
    laws: tuple[tuple[str, str], ...] = ()
    file: str = ""
    asked: tuple[str, ...] = ()

    @property
    def ways_of_asking(self) -> tuple[str, ...]:
        """Title, aliases and everything else people say when they mean this section."""
        return (self.title, *self.aliases, *self.asked)

    @property
    def citation(self) -> str:
        """The articles it rests on, as people read them."""
        own = [cite(number) for number in self.articles]
        short = [label.partition("》")[2] for label in own[1:]]
        laws = dict.fromkeys(law for law, _ in self.laws)
        others = [
            f"《{law}》" + "、".join(f"第{number}条" for name, number in self.laws if name == law) for law in laws
        ]
        return "；".join(["、".join([*own[:1], *short]), *others])


@dataclass(frozen=True)
class Beyond:
    """A topic people ask about that the handbook does not hold, and whom to ask instead."""

    key: str
    name: str
    refer: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One way of asking; `place` counts sections first, then topics beyond."""

    text: str
    place: int


def phrases_of(sections: Sequence[Section], beyond: Sequence[Beyond]) -> tuple[Phrase, ...]:
    """Every way of asking for a section and every question beyond, in a fixed order."""
    found = [Phrase(text, place) for place, one in enumerate(sections) for text in one.ways_of_asking]
    found += [Phrase(text, len(sections) + place) for place, topic in enumerate(beyond) for text in topic.questions]
    return tuple(found)


def digest_of(phrases: Sequence[Phrase]) -> str:
    """Names a set of phrases; another set has another name."""
    return hashlib.sha256("\n".join(one.text for one in phrases).encode()).hexdigest()[:16]
