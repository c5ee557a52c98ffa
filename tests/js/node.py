"""The pages' own scripts under node: what they export can be called, without a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

ANSWERS = Path(__file__).with_name("answers.mjs")


def node_path() -> str:
    """The node that .ci/ensure_node.sh found, or one on the PATH."""
    for name in (os.environ.get("NODE"), "node", "nodejs"):
        path = shutil.which(name) if name else None
        if path:
            return path
    raise RuntimeError("No node: run .ci/ensure_node.sh as root, or install nodejs.")


class Scripts:
    """One node, as fresh as a page just loaded; it ends with the `with` block."""

    def __enter__(self) -> Scripts:
        # no proxies and no options of this machine: only the scripts count
        self._node = subprocess.Popen(
            [node_path(), str(ANSWERS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", env={"PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.communicate()

    def call(self, script: str, name: str, *given: object) -> Any:
        """What `name` of kiosk_api/web/static/js/`script` returns; raises with node's own trace."""
        assert self._node.stdin and self._node.stdout
        self._node.stdin.write(json.dumps([script, name, given]) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        assert line, f"node ended with {self._node.wait()}"
        answer = json.loads(line)
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["given"]
