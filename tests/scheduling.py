"""Which tests go to one worker, one after the other, and which wait until the assistant is trained.

Whatever talks to the running stack stays with the worker that started it, and so do tests that share what took long to
make. (xdist puts the groups of
its markers into the ids of tests, which pytest 9.2 no longer allows.)
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "stack": ("tests/conversations/", "tests/faults/", "tests/e2e/journeys/test_journey.py"),
    "patterns": ("tests/attacks/test_patterns.py",),
    "postgresql": ("tests/postgresql/",),  # one server is enough
    "voice": ("tests/voice/process/", "tests/e2e/speaking/"),  # one voice process, some 700 MB
    "rebuild": ("tests/web/test_rebuild.py",),  # one set of lives
}

# They read messages with the trained models. Early in a run of the whole suite each worker would wait for the training,
# and half of the machine with it.
TRAINED = (
    "tests/bot/test_learning_from_a_bureau.py",  # the longest of them
    "tests/e2e/journeys/test_at_home.py",
    "tests/e2e/pages/test_record_card.py",
    "tests/e2e/pages/test_readme_pictures.py",
    "tests/attacks/test_readers.py",
    "tests/bot/",
    "tests/contract/",
)
AFTER_TRAINING = ("tests/faults/", "tests/handbook/", "tests/js/", "tests/lives/", "tests/notices/",
                  "tests/organisation/", "tests/understanding/", "tests/wall/", "tests/web/")  # fmt: skip
"""Hundreds of short tests, which fill the last minute of all workers evenly."""


def group_of(nodeid: str) -> str:
    """The group of a test, or the test itself."""
    for name, places in TOGETHER.items():
        if nodeid.startswith(places):
            return name
    return nodeid


def turn_of(nodeid: str) -> int:
    """When a test comes: first what needs no model and takes long, then what needs one, then the many short ones."""
    for turn, place in enumerate(TRAINED, 1):
        if nodeid.startswith(place):
            return turn
    return 1 + len(TRAINED) if nodeid.startswith(AFTER_TRAINING) else 0


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Groups first, the largest at the very beginning; then each test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
