"""`make mutation`: how many small faults in clocks, numbering, sign-in and encryption the near tests notice."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

LEAST = 0.80
"""The share that must be noticed."""


@dataclass(frozen=True)
class Group:
    """Modules, and the tests near to them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "clocks": Group(
        ("kiosk_api.domain.clocks", "kiosk_api.domain.calendar", "kiosk_api.domain.statute"),
        ("tests/domain/test_deadline_oracle.py", "tests/domain/test_workflow_table.py",
         "tests/domain/test_statute.py", "tests/domain/test_clocks_at_their_edges.py",
         "tests/domain/test_decisions.py", "tests/domain/test_oversight.py", "tests/domain/test_earlier_events.py",
         "tests/lives/test_lives.py", "tests/lives/test_model.py", "tests/web/test_case_clocks.py"),
    ),
    "numbering": Group(
        ("kiosk_api.domain.case_number", "kiosk_api.domain.codes_read"),
        ("tests/domain/test_case_number.py", "tests/domain/test_case_number_made.py", "tests/domain/test_codes_read.py",
         "tests/domain/test_codes_at_their_edges.py"),
    ),
    "auth": Group(
        ("kiosk_api.domain.access", "kiosk_api.domain.accounts", "kiosk_api.services.staff.sign_in",
         "kiosk_api.services.staff.accounts", "kiosk_api.services.staff.second_factor",
         "kiosk_api.services.staff.own_account", "kiosk_api.services.staff.manage_accounts",
         "kiosk_api.services.base.guesses", "kiosk_api.web.desk.session", "kiosk_api.web.gate",
         "kiosk_api.gateways.authenticator", "kiosk_api.gateways.passwords"),
        ("tests/web/test_accounts.py", "tests/web/test_account_pages.py", "tests/web/test_authenticator.py",
         "tests/web/test_sign_in.py", "tests/web/test_desk_session.py", "tests/web/test_cookies.py",
         "tests/web/test_desk_api.py",
         "tests/domain/test_access.py", "tests/domain/test_account_rules.py", "tests/domain/test_passwords.py",
         "tests/attacks/test_each_budget.py", "tests/attacks/test_same_answer.py"),
    ),
    "crypto": Group(
        ("kiosk_api.gateways.crypto", "kiosk_api.gateways.ciphers", "kiosk_api.gateways.keys", "kiosk_api.gateways.key_ring",
         "kiosk_api.domain.keys", "kiosk_api.persistence.codec"),
        ("tests/attacks/test_sealed_values.py", "tests/attacks/test_values_of_every_release.py",
         "tests/attacks/test_sm_algorithms.py", "tests/attacks/test_key_files.py", "tests/attacks/test_keys_at_rest.py", "tests/web/test_tokens.py"),
    ),
}  # fmt: skip


BESIDE = ("not put", "no answer in time", "control passed", "control failed")
"""Results that are in no figure."""


def run(name: str, workers: int, every: int, ends_at: float, again: bool) -> list[list[str]]:
    """Every result of a group. With `again`, what was noticed last time is kept, and all else is tried."""
    group = GROUPS[name]
    out = Path("var/mutation") / f"{name}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    before = list(json.loads(out.read_text())) if again else []
    kept = [one for one in before if one[1] == "noticed" or one[1].startswith("control")]
    asked = {"modules": group.modules, "out": str(out), "workers": workers, "every": every, "ends_at": ends_at,
             "noticed": [place for place, result in kept if result == "noticed"]}  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-s", "-p", "tests.mutation.plugin", "-p", "no:cacheprovider",
         *group.tests],
        env={**os.environ, "KIOSK_FAULTS": json.dumps(asked)}, check=True,
    )  # fmt: skip
    found = kept + json.loads(out.read_text())
    out.write_text(json.dumps(found, ensure_ascii=False, indent=0))
    return found


def report(name: str, results: list[list[str]]) -> bool:
    counted = Counter(result for _, result in results)
    put = sum(counted.values()) - sum(counted[one] for one in BESIDE)
    share = counted["noticed"] / put if put else 0
    print(f"{name}: {counted['noticed']} of {put} faults noticed, {share:.1%}; {dict(counted)}")
    return share >= LEAST and not counted["control failed"]


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("groups", nargs="*", default=list(GROUPS))
    given.add_argument("--workers", type=int, default=2)
    given.add_argument("--every", type=int, default=1, help="of so many faults, one")
    given.add_argument("--again", action="store_true", help="only what was not noticed, or not tried, last time")
    given.add_argument("--minutes", type=float, default=60, help="for all groups together")
    asked = given.parse_args()
    ends_at = time.time() + asked.minutes * 60
    results = {name: run(name, asked.workers, asked.every, ends_at, asked.again) for name in asked.groups}
    return 0 if all([report(name, found) for name, found in results.items()]) else 1


if __name__ == "__main__":
    sys.exit(main())
