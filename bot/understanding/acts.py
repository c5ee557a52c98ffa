"""What a clause of a message does, and the project's own examples of it, read from `nlu_data/acts/*.md`.

A heading gives the question or questions that are open; each bullet is a message, its clauses and their acts:

    ## asked: request, facts
    - 我在城东工地干活 / 去年腊月就停了 | gives.facts gives.place / gives.facts gives.happened
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import petition_fields

_NAMES = {"petitioner_name": "name", "representatives": "representative"}
FIELDS = (*(_NAMES.get(field.name, field.name) for field in petition_fields.FIELDS), "on_behalf_of", "case_number")
ACTS = (
    *(f"gives.{field}" for field in FIELDS),
    "corrects", "refuses",
    "asks.procedure", "asks.why", "asks.privacy", "asks.cost", "asks.identity", "asks.where", "asks.case", "asks.other",
    "wants.person", "wants.stop", "wants.save", "wants.back", "wants.restart", "wants.status", "wants.urge",
    "wants.advice_only", "wants.register",
    "feels.anger", "feels.despair", "feels.thanks", "feels.greeting", "feels.insult",
    "danger", "yes", "no", "already_said", "noise", "filler",
)  # fmt: skip
ASKED = ("none", *(one for one in FIELDS[:-2] if one != "representative"), "confirm", "stop_check", "owner",
         "case_number", "phone_tail", "rating", "listening")  # fmt: skip
ANY = "*"
# Questions of the dialogue that are called otherwise here.
_CALLED = {"petitioner_name": "name", "rating_office": "rating", "rating_unit": "rating", "fix_which": "confirm"}


@dataclass(frozen=True)
class Example:
    """One message: `clauses` as typed, the acts of each, and the questions it may answer."""

    clauses: tuple[str, ...]
    acts: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...]
    where: str


def question(asked: str) -> str:
    """One of ASKED for the dialogue's name of the open question; `none` for what is no question of ours."""
    name = _CALLED.get(asked, asked)
    return name if name in ASKED else "none"


def read_examples(folder: Path) -> list[Example]:
    """All examples under `folder`, in file order. Raises ValueError naming file and line."""
    return [one for path in sorted(folder.glob("*.md")) for one in _read(path)]


def calm_messages(examples: Sequence[Example]) -> list[str]:
    """Every second message in which nobody is in danger or despairs: what an answer to a question sounds like."""
    calm = [one for one in examples if not {"danger", "feels.despair"} & {act for acts in one.acts for act in acts}]
    return ["，".join(one.clauses) for one in calm[::2]]


def _read(path: Path) -> Iterator[Example]:
    asked: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if line.startswith("## asked:"):
            asked = _contexts(line.removeprefix("## asked:"), where)
        elif line.startswith("- "):
            words, bar, acts = line[2:].rpartition(" | ")
            clauses = tuple(part.strip() for part in words.split(" / "))
            labels = tuple(tuple(part.split()) for part in acts.split(" / "))
            if not bar or not asked or len(clauses) != len(labels):
                raise ValueError(f"{where}: needs a heading, and as many acts as clauses")
            if unknown := {act for one in labels for act in one} - set(ACTS):
                raise ValueError(f"{where}: unknown acts {sorted(unknown)}")
            yield Example(clauses, labels, asked, where)


def _contexts(text: str, where: str) -> tuple[str, ...]:
    found = tuple(text.replace(",", " ").split())
    if found == (ANY,):
        return ASKED
    if not found or set(found) - set(ASKED):
        raise ValueError(f"{where}: unknown question among {found}")
    return found
