"""`python -m tests.on_postgresql`: the tests of the API once more, on PostgreSQL (`make test-postgresql`).

Left out is what is about SQLite itself; each line says why. Whatever else asks the store runs here as well.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
# Folders that ask no store, are about SQLite's own backups, or start processes over a SQLite file.
ELSEWHERE = {
    "backups",
    "bench",
    "ci",
    "contract",
    "conversations",
    "domain",
    "e2e",
    "faults",
    "handbook",
    "mutation",
    "simulated",
}
_PLANS = "reads SQLite's plan of a query"
_OWN = "starts processes over the SQLite file"
_FILE = "looks into the SQLite file, or locks it"
_EARLIER = "upgrades a SQLite file of an earlier release"
ABOUT_SQLITE = {
    "attachments/test_attachments_api.py::test_the_store_holds_no_pixel_and_no_token_in_clear": _FILE,
    "attacks/test_api_process.py": _OWN,
    "attacks/test_canaries.py": _FILE,
    "attacks/test_full_and_locked.py::test_a_locked_store_never_delays_health_and_is_reported": _FILE,
    "attacks/test_private_files.py": _FILE,
    "attacks/test_quiet_failures.py": _OWN,
    "attacks/test_readers.py": "asks no store",
    "attacks/test_sm_algorithms.py": _FILE,
    "attacks/test_nginx.py": "asks no store",
    "attacks/test_patterns.py": "asks no store",
    "audit/test_damages.py": "puts rows past the foreign keys",
    "channels/test_wechat_token.py::test_it_is_asked_for_once_and_kept_sealed": _FILE,
    "channels/test_wechat_token.py::test_two_processes_ask_once": _OWN,
    "data_map/test_map.py::test_what_has_a_period_is_purged_after_it": "puts rows past the foreign keys",
    "notices/test_kept.py::test_queries_of_the_worker_read_an_index_of_what_is_open": _PLANS,
    "notices/test_killed_workers.py": _OWN,
    "notices/test_migration_0023.py": _EARLIER,
    "retention/test_erasing.py::test_no_old_bytes_are_left_in_the_file": _FILE,
    "retention/test_kept.py::test_after_an_older_backup_is_restored_the_list_erases_again": _FILE,
    "wall/test_matrix.py": "puts the SQLite file back after each request",
    "load/test_shedding.py::test_a_burst_leaves_no_half_done_case_and_each_key_its_answer": _FILE,
    "web/test_oversight.py::test_each_list_is_read_off_an_index": _PLANS,
    "web/test_list_plans.py": _PLANS,
    "web/test_migrations.py": _EARLIER,
    "web/test_migrations_clocks.py": _EARLIER,
    "web/test_migrations_messengers.py": _EARLIER,
    "web/test_migrations_notices.py": _EARLIER,
    "web/test_migrations_oversight.py": _EARLIER,
    "web/test_migrations_people.py": _EARLIER,
    "web/test_petitions_api.py::test_a_locked_database_gives_503_and_the_same_key_works_afterwards": _FILE,
    "web/test_proxy.py::test_nothing_of_a_proxy_or_a_draft_is_readable_in_the_store_the_log_or_an_error": _FILE,
    "web/test_registering_reads_indexes.py": _PLANS,
}


def places() -> list[str]:
    """Every other folder that makes an application, so that a new one is not forgotten."""
    made = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("*/*.py") if _makes_one(path)}
    return sorted(made - ELSEWHERE)


def _makes_one(path: Path) -> bool:
    return "_app(" in path.read_text(encoding="utf-8")


def arguments(more: list[str]) -> list[str]:
    """What pytest is called with: all of it, or the paths and options that are given."""
    chosen = any(one.startswith("tests/") for one in more)
    some = [] if chosen else [f"tests/{one}" for one in places()]
    return [*some, *more, *(f"--deselect=tests/{one}" for one in ABOUT_SQLITE)]


if __name__ == "__main__":
    os.environ["KIOSK_TESTS_STORE"] = "postgresql"
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments(sys.argv[1:])])  # noqa: S606
