"""Which tests go to one worker, one after the other, when two workers share the suite.

Whatever talks to the running stack stays with the worker that started it, and so do tests that share what took long to
make. (xdist puts the groups of
its markers into the ids of tests, which pytest 9.2 no longer allows.)
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "stack": ("tests/conversations/", "tests/faults/", "tests/e2e/journeys/test_journey.py"),
    "patterns": ("tests/attacks/test_patterns.py",),
    "postgresql": ("tests/web/test_postgresql.py",),  # one server is enough
    "rebuild": ("tests/web/test_rebuild.py",),  # one set of lives
}


def group_of(nodeid: str) -> str:
    """The group of a test, or the test itself."""
    for name, places in TOGETHER.items():
        if nodeid.startswith(places):
            return name
    return nodeid


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Groups first, the largest at the very beginning; then each test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
