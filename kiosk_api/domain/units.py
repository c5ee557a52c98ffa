"""Units of the public service: departments, streets, communities, grid cells and the windows' organs.

They form a tree by `parent_id`. The unit that reviews another's work (Art. 35, 36) is its superior, which is
the parent unless the table names another one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

UNLISTED = "unlisted"
KINDS = {
    "government": "人民政府",
    "petition_office": "信访部门",
    "court": "人民法院",
    "procuratorate": "人民检察院",
    "public_security": "公安机关",
    "discipline": "纪检监察机关",
    "party": "党委部门",
    "labour_arbitration": "劳动仲裁机构",
    "administrative_reconsideration": "行政复议机构",
    "department": "部门",
    "street": "乡镇、街道",
    "community": "村、社区",
    "cell": "网格",
    UNLISTED: "名册以外的单位",
}
"""Every kind and what it is called; the order is that of search results. `unlisted` is a name that an older
release stored and no list of units has."""
SMALL_KINDS = frozenset({"community", "cell"})
"""Kinds of which there are hundreds: found by search, left out of lists."""


@dataclass(frozen=True)
class Unit:
    """One unit. It works from `active_from` to `active_to`, both days included; afterwards its successor does."""

    id: str
    parent_id: str | None
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    superior_id: str | None = None
    successor_id: str | None = None
    active_from: date = date(2000, 1, 1)
    active_to: date | None = None

    def is_active(self, day: date) -> bool:
        """Whether it works on this day."""
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and every other name it is known by."""
        return (self.name, *self.aliases)


def plain(text: str) -> str:
    """Letters and digits only, in one spelling."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def same_unit(one: str, other: str) -> bool:
    """Whether two names may mean one unit: containment both ways, so that a shorter name is caught too."""
    left, right = plain(one), plain(other)
    return bool(left and right) and (left in right or right in left)


def rank(query: str, names: Sequence[str], initials: Sequence[Sequence[str]]) -> int | None:
    """How well a unit answers a query, 0 best; None when it does not.

    `initials` holds for each name, character by character, the letters that its readings begin with.
    Initials and names may leave characters out: 住建局 and zjj find 住房和城乡建设局.
    """
    wanted = plain(query)
    if not wanted:
        return None
    found = [_rank_of_name(wanted, plain(name)) for name in names]
    if wanted.isascii():
        found += [_rank_of_initials(wanted, letters) for letters in initials]
    return min((one for one in found if one is not None), default=None)


def _rank_of_name(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 2
    if wanted in name:
        return 3
    return 6 if len(wanted) > 1 and _within(wanted, [*name]) else None


def _rank_of_initials(wanted: str, letters: Sequence[str]) -> int | None:
    for start in range(len(letters) - len(wanted) + 1):
        if all(one in letters[start + place] for place, one in enumerate(wanted)):
            if start:
                return 5
            return 1 if len(wanted) == len(letters) else 4
    return 7 if len(wanted) > 1 and _within(wanted, letters) else None


def _within(wanted: str, letters: Sequence[str]) -> bool:
    """Whether the characters of `wanted` occur in this order, with others between them."""
    rest = iter(letters)
    return all(any(one in letter for letter in rest) for one in wanted)
