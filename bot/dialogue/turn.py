"""One turn of a form: what is said, which slots change, what is asked next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.replies import Reply


@dataclass
class Turn:
    """`asks` is the slot the form waits for; None ends the form. `slots` None means cleared."""

    replies: list[Reply] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    asks: str | None = None
    moves: list[str] = field(default_factory=list)  # what was done, by name: for tests and figures

    def say(self, *replies: Reply) -> Turn:
        self.replies.extend(replies)
        return self
