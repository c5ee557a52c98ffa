"""Units as officers type them in a form: a name, another name or initials lead to units to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.units import Unit, plain
from kiosk_api.domain.workflow import RULE_OF, Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.organisation.choosing import units_named
from kiosk_api.services.organisation.units import UnitLine, line_of

SHOWN_MOST = 10
LOOKED_AT = 200  # so that enough are left where some do not fit
Fits = Callable[[str, str], bool]


@dataclass(frozen=True)
class UnitsRead:
    """`data` holds ids, `shown` what the form shows again, `found` the units to choose from by field."""

    data: dict[str, str]
    shown: dict[str, str]
    found: dict[str, list[UnitLine]] = field(default_factory=dict)
    problem: DomainError | None = None


def read_units(ctx: Context, action: str, typed: Mapping[str, str], chosen: Mapping[str, str], fits: Fits) -> UnitsRead:
    """What was typed into the unit fields of an action: the unit of exactly this name, or a choice of several.

    `fits` says of a field and a unit that was found whether to propose it."""
    read = UnitsRead(dict(typed), dict(typed))
    if action not in {one.value for one in Action} or not (named := units_named(Action(action), typed)):
        return read
    labels = {one.name: one.label for one in RULE_OF[Action(action)].fields}
    return _read(ctx, read, named, labels, chosen, fits)


def read_unit(ctx: Context, typed: Mapping[str, str], name: str, label: str, chosen: str) -> UnitsRead:
    """The same for the one unit field `name` of a form of its own; `chosen` is the id picked from what was found."""
    words = typed.get(name, "").strip()
    named, picked = ({name: words} if words else {}), {name: chosen}
    return _read(ctx, UnitsRead(dict(typed), dict(typed)), named, {name: label}, picked, lambda _name, _id: True)


def _read(
    ctx: Context,
    read: UnitsRead,
    named: Mapping[str, str],
    labels: Mapping[str, str],
    chosen: Mapping[str, str],
    fits: Fits,
) -> UnitsRead:
    errors = []
    with ctx.store.read() as records:
        for name, words in named.items():
            unit = records.units.by_id(chosen.get(name) or words)
            found = [] if unit else records.units.search(words, ctx.clock.now().date(), LOOKED_AT)
            found = [one for one in found if fits(name, one.id)][:SHOWN_MOST]
            unit = unit or _of_this_name(records, words, found)
            if unit is not None:
                read.data[name], read.shown[name] = unit.id, unit.name
            elif found:
                read.found[name] = [line_of(one) for one in found]
                detail = f"请从找到的单位里选“{labels[name]}”，再确认一次；没有要找的，请换个名称再找。"
                errors.append(FieldError(name, "choose_unit", detail))
    if not errors:
        return read
    return UnitsRead(read.data, read.shown, read.found, DomainError("incomplete", errors[0].detail, tuple(errors)))


def _of_this_name(records: Records, words: str, found: list[Unit]) -> Unit | None:
    """The only unit that is called exactly this, by its name or another one."""
    named = records.units.by_name(words)
    if named is not None:
        return named
    exact = [one for one in found if plain(words) in {plain(name) for name in one.names}]
    return exact[0] if len(exact) == 1 else None
