"""Everything that is installed is pinned, and checked against a hash or a signature, before it runs."""

from __future__ import annotations

import json
import re

import pytest

from tests.supply.components import LOCKS, NPM, ROOT, pins

ALL_LOCKS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("kiosk_api", "bot", "voice", "tests", ".ci")
    for path in (ROOT / folder).glob("*requirements.txt")
)
UNCHECKED = re.compile(
    r"allow-unauthenticated|trusted=yes|--force-yes|\bcurl\s+(?:-|http)|\bwget\s+(?:-|http)|no-verify|--insecure|npm install\b"
)


def test_every_lock_is_known() -> None:
    assert set(LOCKS) < set(ALL_LOCKS) and len(ALL_LOCKS) == 7


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_every_package_of_every_lock_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [
        line for line in re.sub(r"\\\n", " ", text).splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    found = list(pins(ROOT / lock))
    assert len(found) == len(lines) > 0
    assert not [name for name, _, hashes in found if not hashes]
    assert "://" not in re.sub(r"#.*", "", text)  # no address: the same file works behind any mirror


@pytest.mark.parametrize("lock", NPM)
def test_every_package_of_npm_has_its_hash(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"]
    inside = {path: one for path, one in packages.items() if path}
    assert inside and all(one["integrity"].startswith("sha512-") and one["version"] for one in inside.values())


def test_whatever_installs_insists_on_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^.*\bpip (?:install|sync)\b.*$", makefile, re.MULTILINE)
    for dockerfile in ("kiosk_api/Dockerfile", "bot/Dockerfile"):
        installs += re.findall(r"^.*\bpip install\b.*$", (ROOT / dockerfile).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(installs) == 4 and all("--require-hashes" in one for one in installs)


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / ".ci").glob("ensure_*.sh")))
def test_debian_s_packages_come_with_debian_s_signature(script: str) -> None:
    """apt checks each package against the archive's signed list; nothing is fetched past it."""
    text = (ROOT / ".ci" / script).read_text(encoding="utf-8")
    assert not UNCHECKED.search(re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE))
