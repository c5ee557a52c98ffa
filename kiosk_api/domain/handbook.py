"""Data of the handbook: sections with answers, and out-of-scope topics with a referral."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk_api.domain.statute import cite

UNCHECKED = "待本单位填写"  # value of `checked_by` until the office has checked the section


@dataclass(frozen=True)
class Section:
    """One handbook section as the office publishes it; `laws` holds (law, article) pairs.

    `aliases` are other names, shown as search words; `asked` are further example questions.
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
    def example_questions(self) -> tuple[str, ...]:
        """Title, aliases and further example questions: everything the search compares a question with."""
        return (self.title, *self.aliases, *self.asked)

    @property
    def citation(self) -> str:
        """The articles it is based on, in the form that people read."""
        own = [cite(number) for number in self.articles]
        short = [label.partition("》")[2] for label in own[1:]]
        laws = dict.fromkeys(law for law, _ in self.laws)
        others = [
            f"《{law}》" + "、".join(f"第{number}条" for name, number in self.laws if name == law) for law in laws
        ]
        return "；".join(["、".join([*own[:1], *short]), *others])


@dataclass(frozen=True)
class OutOfScopeTopic:
    """A topic that the handbook does not cover, and whom to ask instead."""

    key: str
    name: str
    refer: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One example question; `place` counts sections first, then out-of-scope topics."""

    text: str
    place: int


def phrases_of(sections: Sequence[Section], out_of_scope: Sequence[OutOfScopeTopic]) -> tuple[Phrase, ...]:
    """The example questions of all sections and out-of-scope topics, in a fixed order."""
    found = [Phrase(text, place) for place, one in enumerate(sections) for text in one.example_questions]
    found += [
        Phrase(text, len(sections) + place) for place, topic in enumerate(out_of_scope) for text in topic.questions
    ]
    return tuple(found)


def digest_of(phrases: Sequence[Phrase]) -> str:
    """A 16-digit hash of the phrases in their order."""
    return hashlib.sha256("\n".join(one.text for one in phrases).encode()).hexdigest()[:16]
