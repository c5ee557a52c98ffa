"""`make audit-dependencies`: asks pip-audit about every lock file, takes out what is waived, and says what could not be asked.

Ends with 1 when something is found that no waiver names, and with 2 when packages could not be looked up: an
audit that reached nothing must not look like one that found nothing. Waivers that are due for review are named and change nothing.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("kiosk_api/requirements.txt", "bot/requirements.txt", "voice/requirements.txt", "tests/requirements.txt")
WAIVERS = ROOT / "handbook/developers/waivers.toml"


def asked(lock: str) -> dict:
    """What pip-audit says of a lock file; raises SystemExit when it says nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", str(ROOT / lock), "--disable-pip", "--no-deps", "-f", "json", "--progress-spinner", "off"],
        capture_output=True, text=True, check=False,
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"{lock}: pip-audit gave no answer: {done.stderr.strip()[-300:]}") from None


def judged(found: dict, waivers: list[dict]) -> tuple[list[str], list[str], int]:
    """(faults that no waiver names, faults that one does, packages that could not be looked up)."""
    waived = {(one["package"], one["version"], fault) for one in waivers for fault in one["advisories"]}
    new, known, unknown = [], [], 0
    for package in found["dependencies"]:
        unknown += "skip_reason" in package
        for fault in package.get("vulns", ()):
            names = {fault["id"], *fault.get("aliases", ())}
            line = f"{package['name']} {package['version']}: {fault['id']} (fixed in {', '.join(fault.get('fix_versions', ())) or 'nothing yet'})"
            hit = any((package["name"], package["version"], name) in waived for name in names)
            (known if hit else new).append(line)
    return new, known, unknown


def due(waivers: list[dict], today: datetime.date) -> list[str]:
    """Waivers whose review date has passed."""
    return [f"{one['package']} {one['version']}: review was due on {one['review_by']}" for one in waivers if one["review_by"] < today]


def main() -> int:
    waivers = tomllib.loads(WAIVERS.read_text(encoding="utf-8"))["waiver"]
    print(*due(waivers, datetime.date.today()), sep="\n")
    status = 0
    for lock in LOCKS:
        new, known, unknown = judged(asked(lock), waivers)
        print(f"{lock}: {len(new)} not waived, {len(known)} waived, {unknown} could not be looked up", *new, sep="\n  ")
        status = max(status, 1 if new else 2 if unknown else 0)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
