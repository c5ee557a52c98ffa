"""The project's own accounts of matters, read from `nlu_data/matters/*.md`.

A `##` heading is one invented situation with its labels; each bullet is one account of it in another voice:

    ## labour_social_security/工资福利 | labour_arbitration | appeal | labour | also=court
    - elder: …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WINDOWS = ("court", "procuratorate", "public_security", "discipline", "labour_arbitration",
           "administrative_reconsideration", "petition_office")  # fmt: skip
KINDS = ("appeal", "suggestion", "accusation")
NO_HOT_FIELD = "-"
OFFICIAL, NOBODY = "official", "nobody"
DANGERS = ("life", "crime", "fire", "medical")
NO_DANGER = "none"
_BULLET = re.compile(r"^- (\w+): (.+)$")


@dataclass(frozen=True)
class Matter:
    """One account. `situation` is shared by all accounts of one story; None is an unknown label."""

    text: str
    situation: str
    window: str | None = None
    domain: str | None = None
    topic: str | None = None
    kind: str | None = None
    hot_field: str | None = None
    also: frozenset[str] = frozenset()
    voice: str = "plain"

    @property
    def accuses(self) -> str | None:
        """Whether somebody in office is accused; None where that is not known, as of a firm's wrongdoing.

        Learnt apart from the kind: what firms and neighbours are reported for sounds like many an appeal.
        """
        if self.kind is None:
            return None
        if self.kind != "accusation":
            return NOBODY
        return OFFICIAL if "discipline" in (self.window, *self.also) else None


def read_matters(folder: Path) -> list[Matter]:
    """All accounts under `folder`, in file order. Raises ValueError naming file and line."""
    return [matter for path in sorted(folder.glob("*.md")) for matter in _read(path)]


def _read(path: Path) -> Iterator[Matter]:
    labels: dict[str, object] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if line.startswith("## "):
            labels = _labels(line[3:], where)
        elif line.startswith("- "):
            if not labels or not (found := _BULLET.match(line)):
                raise ValueError(f"{where}: not an account of a situation")
            yield Matter(text=found[2], voice=found[1], **labels)  # type: ignore[arg-type]


def _labels(heading: str, where: str) -> dict[str, object]:
    parts = [part.strip() for part in heading.split("|")]
    try:
        subject, window, kind, hot_field, *rest = parts
        domain, topic = subject.split("/")
    except ValueError:
        raise ValueError(f"{where}: heading needs domain/topic | window | kind | hot") from None
    also = frozenset(part.removeprefix("also=") for part in rest)
    if not {window, *also} <= set(WINDOWS) or kind not in KINDS:
        raise ValueError(f"{where}: unknown window or kind")
    return {
        "situation": where,
        "window": window,
        "domain": domain,
        "topic": topic,
        "kind": kind,
        "hot_field": hot_field,
        "also": also,
    }


def read_dangers(path: Path) -> list[tuple[str, str]]:
    """(text, danger or `none`) from `nlu_data/emergencies.md`: a `##` heading names the danger."""
    found, danger = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            danger = line[3:].strip()
            if danger not in (*DANGERS, NO_DANGER):
                raise ValueError(f"{path.name}:{number}: unknown danger {danger}")
        elif line.startswith("- "):
            found.append((line[2:].strip(), danger))
    return found
