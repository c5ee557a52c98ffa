"""`make dev`: which process reloads after which change, and why a change could not be loaded.

Standard library only. A change is loaded beside the process that serves. That process is replaced only
once the new one has loaded, so a syntax error leaves the old one running.
"""

from __future__ import annotations

import ipaddress
import subprocess
import sys
from pathlib import Path

from kiosk_api.source_tree import CODE_AND_FILES, SourceTree
from kiosk_api.supervised import Part

EXPLAIN_WITHIN_S = 60.0
MOST_ERROR = 4000  # characters of an error that are printed
NOTE = (
    "  reloading: API (kiosk_api/), worker (its code in kiosk_api/), action server (bot/actions, bot/dialogue); "
    "templates without a restart.\n"
    "  not reloaded: Rasa (other files of bot/ and nlu_data/ need training: start `make dev` again), "
    "migrations, the supervisor"
)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def reload_on_change(everything: list[Part], root: Path) -> None:
    """Let API, worker and action server follow their source files under `root`."""
    api, bot = root / "kiosk_api", root / "bot"
    for part in everything:
        if part.name == "api":
            part.sources = SourceTree((api,), CODE_AND_FILES)
            part.command = [*part.command, "--reload-templates"]
            part.explain = [sys.executable, "-c", "import kiosk_api.app"]
        elif part.name == "worker":
            part.sources = SourceTree((api,), leave_out=(api / "web", api / "server"))
            part.explain = [sys.executable, "-c", "import kiosk_api.cli"]
        elif part.name == "actions":
            part.sources = SourceTree((bot / "actions", bot / "dialogue"))
            part.explain = [part.command[0], "-c", "import bot.actions"]


def error_of(part: Part) -> str:
    """The traceback of importing this part's code; empty when the import succeeds.

    The logs keep no message of a failure, because a message may hold what a person typed. An import
    handles no person's data, so its message may be shown.
    """
    if not part.explain:
        return ""
    try:
        done = subprocess.run(
            part.explain,
            cwd=part.root,
            env=part.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=EXPLAIN_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stderr.decode(errors="replace").strip()[-MOST_ERROR:] if done.returncode else ""
