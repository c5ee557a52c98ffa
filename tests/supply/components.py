"""Everything that this project takes from others: pinned packages, npm's lock, and files kept in the tree.

Versions and hashes come from the lock files, licences from what is installed in the environments that `make` makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

import tomllib

ROOT = Path(__file__).resolve().parents[2]
VENDORED = Path(__file__).with_name("vendored.toml")
SPELLED = Path(__file__).with_name("spelled.toml")
# lock file → (environment, where it runs); the first two are what a bureau runs
LOCKS = {
    "kiosk_api/requirements.txt": ("api", "service"),
    "bot/requirements.txt": ("bot", "assistant"),
    "voice/requirements.txt": ("voice", "voice"),
    "tests/requirements.txt": ("test", "tests"),
}
NPM = ("package-lock.json", ".ci/icons/package-lock.json")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([\w.!+-]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NotInstalled(Exception):
    """An environment does not hold what its lock file names; `make setup` brings it up to date."""


@dataclass
class Component:
    """One thing of others. `where` names the programs that use it; `purl` is a package URL without a host."""

    kind: str  # pypi, npm or vendored
    name: str
    version: str
    licence: str
    where: set[str]
    hashes: list[str] = field(default_factory=list)
    path: str = ""

    @property
    def purl(self) -> str:
        """Package URL (purl-spec); of a vendored file the generic type."""
        kind = "generic" if self.kind == "vendored" else self.kind
        return f"pkg:{kind}/{self.name.replace('@', '%40')}@{self.version}"


def pins(lock: Path) -> Iterator[tuple[str, str, list[str]]]:
    """(name, version, hashes) of every package in a requirements file."""
    for block in re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8")).splitlines():
        if found := _PIN.match(block):
            yield normal(found[1]), found[2], sorted(_HASH.findall(block))


def normal(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(environment: str) -> dict[tuple[str, str], Message]:
    """The metadata of every package of an environment, by (name, version)."""
    found = {}
    reader = HeaderParser()
    for path in (ROOT / ".venv" / environment).glob("lib/python3.*/site-packages/*.dist-info/METADATA"):
        read = reader.parsestr(path.read_text(encoding="utf-8", errors="replace"))
        found[normal(read["Name"]), read["Version"]] = read
    return found


def licence_of(read: Message) -> str:
    """What the package says of its licence: its expression, else its classifiers, else its free line."""
    if expression := read.get("License-Expression"):
        return str(expression)
    classifiers = sorted(
        one.rpartition(" :: ")[2] for one in read.get_all("Classifier", []) if one.startswith("License :: ")
    )
    classifiers = [one for one in classifiers if one != "OSI Approved"]
    return "; ".join(classifiers) or (read.get("License") or "").strip().partition("\n")[0][:60] or "not stated"


def spelled(name: str, said: str) -> str:
    """The SPDX expression for what a package says; by its name where it says nothing or too much."""
    table = tomllib.loads(SPELLED.read_text(encoding="utf-8"))
    return str(table["packages"].get(name) or table["words"].get(said) or said)


def packages() -> list[Component]:
    """Every pinned package; one in several environments at one version stands once."""
    found: dict[tuple[str, str], Component] = {}
    for lock, (environment, where) in LOCKS.items():
        known = installed(environment)
        for name, version, hashes in pins(ROOT / lock):
            if (name, version) not in known:
                raise NotInstalled(f"{name} {version} is in {lock} and not in .venv/{environment}: run `make setup`")
            one = found.setdefault(
                (name, version),
                Component("pypi", name, version, spelled(name, licence_of(known[name, version])), set()),
            )
            one.where.add(where)
            one.hashes = sorted({*one.hashes, *hashes})
    return list(found.values())


def npm() -> list[Component]:
    """Every package of npm's locks; none of them is in a page."""
    found = {}
    for lock in NPM:
        for path, one in json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"].items():
            if path:
                name = path.rpartition("node_modules/")[2]
                found[name, one["version"]] = Component(
                    "npm", name, one["version"], one.get("license", "not stated"), {"tests"}, [one["integrity"]]
                )
    return list(found.values())


def vendored() -> list[Component]:
    """Files of others in this tree."""
    return [
        Component("vendored", one["name"], one["version"], one["licence"], {"service"}, path=one["path"])
        for one in tomllib.loads(VENDORED.read_text(encoding="utf-8"))["vendored"]
    ]


def everything() -> list[Component]:
    """All of them, in one order."""
    return sorted((*packages(), *npm(), *vendored()), key=lambda one: (one.kind, one.name, one.version))
