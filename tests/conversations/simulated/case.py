"""An invented case: who somebody is, what happened, what is wanted. The same seed is the same case."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
PHONE_HEADS = ("139", "138", "150", "186", "177", "199", "135", "152")


@lru_cache(maxsize=8)
def table(name: str) -> Any:
    """A file of `data/`."""
    return yaml.safe_load((DATA / f"{name}.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    """What is true. `tells` and `wants` hold the wordings to choose from; '' is what the person does not know."""

    matter: str
    tells: tuple[tuple[str, ...], ...]
    wants: tuple[str, ...]
    name: str
    phone: str
    address: str
    place: str
    unit: str
    sum: str
    day: str
    kin: str
    other: str
    other_name: str
    other_phone: str
    other_address: str


def invented(chance: random.Random) -> Case:
    """A case from a seeded source."""
    values = table("values")
    matter = chance.choice(table("matters"))
    pick = {
        "town": chance.choice(values["towns"]),
        "village": chance.choice(values["villages"]),
        "street": f"{chance.choice(values['streets'])}{chance.randint(1, 199)}号",
        "estate": chance.choice(values["estates"]),
        "brand": chance.choice(values["brands"]),
        "hospital": chance.choice(values["hospitals"]),
        "school": chance.choice(values["schools"]),
        "sum": chance.choice(values["sums"]),
        "day": chance.choice(values["days"]),
    }
    for field in ("place", "unit"):
        pick[field] = str(matter.get(field, "")).format(**pick)
    tells = tuple(tuple(one.format(**pick) for one in step) for step in matter["tells"])
    named = "".join("".join(step) for step in matter["tells"])
    return Case(
        matter=matter["key"],
        tells=tells,
        wants=tuple(one.format(**pick) for one in matter["wants"]),
        name=_name(chance),
        phone=_phone(chance),
        address=_address(chance),
        place=pick["place"],
        unit=pick["unit"],
        sum=pick["sum"] if "{sum}" in named else "",
        day=pick["day"] if "{day}" in named else "",
        kin=chance.choice(values["kin"]),
        other=chance.choice(values["others"]),
        other_name=_name(chance),
        other_phone=_phone(chance),
        other_address=_address(chance),
    )


def _name(chance: random.Random) -> str:
    values = table("values")
    if chance.random() < 0.03:
        return str(chance.choice(values["whole_names"]))
    return f"{chance.choice(values['surnames'])}{chance.choice(values['given'])}"


def _phone(chance: random.Random) -> str:
    return chance.choice(PHONE_HEADS) + "".join(str(chance.randrange(10)) for _ in range(8))


def _address(chance: random.Random) -> str:
    values = table("values")
    form = chance.randrange(3)
    if form == 0:
        return f"{chance.choice(values['towns'])}{chance.choice(values['villages'])}{chance.randint(1, 12)}组"
    if form == 1:
        return f"{chance.choice(values['streets'])}{chance.randint(1, 199)}号{chance.randint(1, 9)}栋{chance.randint(101, 999)}"
    return f"{chance.choice(values['estates'])}{chance.randint(1, 20)}栋{chance.randint(1, 4)}单元{chance.randint(101, 909)}"
