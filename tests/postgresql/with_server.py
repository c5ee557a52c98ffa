"""`python -m tests.postgresql.with_server MODULE [ARGUMENTS]`: run a module with `--url` of an empty database on a server
that lives as long as it does, such as `tests.faults.killing --kills 500` or `tests.faults.same_keys`."""

from __future__ import annotations

import subprocess
import sys

from tests.postgres_server import server


def main(arguments: list[str]) -> int:
    """The exit status of the module."""
    url = server().url(server().make())
    return subprocess.run([sys.executable, "-m", *arguments, "--url", url], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
