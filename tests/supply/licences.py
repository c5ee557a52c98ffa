"""`python -m tests.supply.licences FILE`: the list of licences, made from what is installed."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import tomllib

from tests.supply.components import SPELLED, Component, everything

TABLE = tomllib.loads(SPELLED.read_text(encoding="utf-8"))
ALLOWED = frozenset(TABLE["allowed"]["licences"])
REASONS: dict[str, str] = TABLE["reasons"]
KINDS = {
    "pypi": "Python packages",
    "npm": "npm packages (checks of scripts only; no page holds one)",
    "vendored": "Files in this tree",
}
HEAD = """# Licences of what we use

Made by `make licences` from the lock files and from what is installed; a test compares it. *service* is the API and its worker, *assistant* is
Rasa, *voice* the process that a bureau may add, *tests* never reaches a bureau. Which licences may be in, and why some others are, stands in `tests/supply/spelled.toml`.
Files that lie in this tree are named with their texts in [NOTICE](../../NOTICE). Debian's packages carry theirs in `/usr/share/doc`.
"""


def atoms(licence: str) -> set[str]:
    """The licences that an SPDX expression joins by AND and OR."""
    return {one for one in re.split(r"\s+(?:AND|OR)\s+|[()]", licence) if one}


def may_be_in(one: Component) -> bool:
    """Of an OR one choice is enough; of an AND every part has to be allowed."""
    choices = re.split(r"\s+OR\s+", one.licence.strip("()"))
    return one.name in REASONS or any(atoms(choice) <= ALLOWED for choice in choices)


def page(components: list[Component]) -> str:
    """The whole page; the same for the same components."""
    counts = Counter(atom for one in components for atom in atoms(one.licence))
    lines = [HEAD, "| licence | components |", "|---|---|"]
    lines += [f"| {licence} | {count} |" for licence, count in sorted(counts.items())]
    for kind, title in KINDS.items():
        lines += ["", f"## {title}", "", "| name | version | licence | where |", "|---|---|---|---|"]
        for one in components:
            if one.kind == kind:
                name = f"{one.name} (`{one.path}`)" if one.path else one.name
                lines.append(f"| {name} | {one.version} | {one.licence} | {', '.join(sorted(one.where))} |")
    lines += ["", "## Not on the list of those allowed, and why they are in", ""]
    lines += [f"- {name}: {reason}." for name, reason in sorted(REASONS.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(everything()), encoding="utf-8")
