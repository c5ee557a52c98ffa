"""What a message does, as handlers take it: values, changes, wishes, questions, feelings."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Value:
    """A value for `field`; `words` is the clause it was cut from, `others` that it seems to be somebody else's."""

    field: str
    value: str
    words: str
    others: bool = False


@dataclass(frozen=True)
class Change:
    """Something known is wrong: which field (None when not said), and what instead (None when not said)."""

    field: str | None
    value: str | None
    words: str
    whole: bool = False  # the value takes the place of all that was said


@dataclass(frozen=True)
class Question:
    """`topic` is procedure, why, privacy, cost, identity, where, case or other."""

    topic: str
    words: str


@dataclass
class Meaning:
    """Everything that one message does; a handler takes out what it has dealt with."""

    values: list[Value] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    wants: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    feels: set[str] = field(default_factory=set)
    people: list[dict[str, str]] = field(default_factory=list)
    danger: str = ""
    refuses: bool = False
    yes: bool = False
    no: bool = False
    already_said: bool = False
    noise: bool = False
    for_another: bool = False
    secrecy: str = ""  # wanted, not_wanted
    chosen: str = ""  # a button that was offered
    understood: bool = False  # as it was read, before any handler took something out
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was understood."""
        return not (
            self.values or self.changes or self.wants or self.questions or self.feels or self.people
            or self.danger or self.refuses or self.yes or self.no or self.already_said or self.secrecy
            or self.chosen
        )  # fmt: skip
