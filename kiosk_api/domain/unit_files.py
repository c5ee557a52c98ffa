"""A list of units as a CSV file that a bureau edits: read it whole, or say of every line what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.typed import is_text
from kiosk_api.domain.units import KINDS, UNLISTED, Unit

COLUMNS = ("id", "parent_id", "kind", "name", "aliases", "superior_id", "successor_id", "active_from", "active_to")
MOST_PROBLEMS = 500
NAME_MAX, ALIASES_MAX = 100, 20
FIRST_DAY = date(2000, 1, 1)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_GIVEN_KINDS = {kind: label for kind, label in KINDS.items() if kind != UNLISTED}


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with a line, counted as a spreadsheet counts (the heading is line 1), and in which column."""

    line: int
    column: str
    detail: str


def decoded(content: bytes) -> str | None:
    """The text of a file saved by a spreadsheet: UTF-8, or the Chinese encoding of older programs."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_units(text: str) -> tuple[list[Unit], list[LineProblem]]:
    """Every unit of a file, and every problem, at most MOST_PROBLEMS; with a problem the units are of no use."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            return [], [LineProblem(1, name, f"缺少“{name}”这一列。") for name in missing]
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return [], [LineProblem(reader.line_num, "", "这一行不是完整的CSV，请用表格软件重新保存。")]
    problems: list[LineProblem] = []
    units: dict[str, tuple[int, Unit]] = {}
    for line, row in rows:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        found = _problems_of_row(cells)
        if None in row:
            found.append(("", "这一行的格数比标题多，请检查逗号。"))
        if cells["id"] in units:
            found.append(("id", f"编号“{cells['id']}”在第{units[cells['id']][0]}行已经用过。"))
        problems += [LineProblem(line, column, detail) for column, detail in found]
        if not found:
            units[cells["id"]] = (line, _unit(cells))
    known = {cells.get("id", "").strip() for _, row in rows for cells in (_texts(row),)}
    problems += _problems_of_tree(units, known)
    problems.sort(key=lambda one: one.line)
    return [unit for _, unit in units.values()], problems[:MOST_PROBLEMS]


def _texts(row: Mapping[str | None, object]) -> dict[str, str]:
    return {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}


def _problems_of_row(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """(column, sentence) of what is wrong with one line alone."""
    found = []
    if not _ID.fullmatch(cells["id"]):
        found.append(("id", "编号要用1到32个小写字母、数字或连字符，比如 u-0137。"))
    if cells["kind"] not in _GIVEN_KINDS:
        found.append(("kind", f"没有“{cells['kind'][:20]}”这个类别，可用的有：{'、'.join(_GIVEN_KINDS)}。"))
    if not cells["name"] or len(cells["name"]) > NAME_MAX or not is_text(cells["name"]):
        found.append(("name", f"名称要填写，最多{NAME_MAX}个字。"))
    aliases = _split(cells["aliases"])
    if len(aliases) > ALIASES_MAX or any(len(one) > NAME_MAX or not is_text(one) for one in aliases):
        found.append(("aliases", f"别名用分号隔开，最多{ALIASES_MAX}个，每个最多{NAME_MAX}个字。"))
    days = {name: _day(cells[name]) for name in ("active_from", "active_to")}
    found += [(name, "日期要写成 2026-01-31 这样。") for name, day in days.items() if cells[name] and day is None]
    start, end = days["active_from"] or FIRST_DAY, days["active_to"]
    if end and end < start:
        found.append(("active_to", "停用日期不能早于启用日期。"))
    if cells["successor_id"] and not cells["active_to"]:
        found.append(("active_to", "写了承接单位的，要写停用日期。"))
    return found


def _unit(cells: Mapping[str, str]) -> Unit:
    return Unit(
        id=cells["id"],
        parent_id=cells["parent_id"] or None,
        kind=cells["kind"],
        name=cells["name"],
        aliases=tuple(_split(cells["aliases"])),
        superior_id=cells["superior_id"] or None,
        successor_id=cells["successor_id"] or None,
        active_from=_day(cells["active_from"]) or FIRST_DAY,
        active_to=_day(cells["active_to"]),
    )


def _problems_of_tree(units: Mapping[str, tuple[int, Unit]], known: set[str]) -> Iterable[LineProblem]:
    """What is wrong between lines: unknown units, circles, two units of one name."""
    names = Counter(unit.name for _, unit in units.values() if unit.active_to is None)
    links: dict[str, Callable[[Unit], str | None]] = {
        "parent_id": lambda unit: unit.parent_id,
        "superior_id": lambda unit: unit.superior_id,
        "successor_id": lambda unit: unit.successor_id,
    }
    for line, unit in units.values():
        if unit.active_to is None and names[unit.name] > 1:
            yield LineProblem(line, "name", f"有{names[unit.name]}个单位都叫“{unit.name}”，请写全称区分开。")
        for column, link in links.items():
            other = link(unit)
            if other is None:
                continue
            if other not in known:
                yield LineProblem(line, column, f"文件里没有编号为“{other[:32]}”的单位。")
            elif _goes_round(unit, link, units):
                yield LineProblem(line, column, "这样会绕成一个圈，请检查上下级和承接关系。")


def _goes_round(
    unit: Unit, link: Callable[[Unit], str | None], units: Mapping[str, tuple[int, Unit]]
) -> bool:  # fmt: skip
    seen, at = {unit.id}, link(unit)
    while at is not None and at in units:
        if at in seen:
            return at == unit.id
        seen.add(at)
        at = link(units[at][1])
    return False


def _split(aliases: str) -> list[str]:
    return [one.strip() for one in aliases.replace("；", ";").split(";") if one.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
