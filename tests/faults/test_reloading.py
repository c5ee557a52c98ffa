"""`make dev`: a changed source file is loaded, and one that cannot be loaded leaves the old process running."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk_api import source_tree, supervised
from kiosk_api.config import Settings
from kiosk_api.programs import parts as all_parts
from kiosk_api.reloading import is_loopback, reload_on_change
from kiosk_api.source_tree import SourceTree
from kiosk_api.supervised import Part
from kiosk_api.supervisor import _watch
from tests.stack import ROOT
from tests.waiting import wait_for

PROGRAM = f"""
import sys, time
sys.path[:0] = [{str(ROOT)!r}, "."]
import code_under_change
from kiosk_api.standby import beat, serve_on_order
serve_on_order()
while True:
    open("serving.txt", "w").write(code_under_change.NAME)
    beat()
    time.sleep(0.05)
"""


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Part]:
    """A process that loads `code_under_change.py` and writes its NAME to a file."""
    supervised.adopt_orphans()
    write(tmp_path, "NAME = 'first'\n")
    made = Part(
        "loop",
        [sys.executable, "-B", "-c", PROGRAM],
        None,
        beats=True,
        root=tmp_path,
        sources=SourceTree((tmp_path,)),
        explain=[sys.executable, "-B", "-c", "import code_under_change"],
    )
    yield made
    made.close()


def write(folder: Path, code: str) -> None:
    (folder / "code_under_change.py").write_text(code, encoding="utf-8")


def serves(name: str, part: Part, folder: Path, executor: Executor) -> bool:
    _watch([part], folder, executor)
    serving = folder / "serving.txt"
    return (
        part.is_ready() and part.next_warm is None and serving.exists() and serving.read_text(encoding="utf-8") == name
    )


def test_a_change_is_loaded_and_served_by_another_process(
    tmp_path: Path, executor: Executor, part: Part, capsys: pytest.CaptureFixture[str]
) -> None:
    wait_for(lambda: serves("first", part, tmp_path, executor))
    assert part.active is not None
    old = part.active.pid
    write(tmp_path, "NAME = 'the second'\n")
    wait_for(lambda: serves("the second", part, tmp_path, executor))
    assert part.active is not None and part.active.pid != old
    assert part.failures == 0  # a replaced process is no failure and costs no pause
    assert "loop loads the change of code_under_change.py" in capsys.readouterr().out


def test_a_syntax_error_is_printed_and_the_old_process_goes_on(
    tmp_path: Path, executor: Executor, part: Part, capsys: pytest.CaptureFixture[str]
) -> None:
    wait_for(lambda: serves("first", part, tmp_path, executor))
    assert part.active is not None
    old = part.active.pid
    write(tmp_path, "NAME = = 'broken'\n")
    printed: list[str] = []

    def explained() -> bool:
        _watch([part], tmp_path, executor)
        printed.append(capsys.readouterr().err)
        return part.next_warm is None and "SyntaxError" in "".join(printed)

    wait_for(explained)
    assert "the change cannot be loaded" in "".join(printed)
    assert 'code_under_change.py", line 1' in "".join(printed)
    wait_for(lambda: serves("first", part, tmp_path, executor))  # it may be trying the broken one once more
    assert part.active is not None and part.active.pid == old
    write(tmp_path, "NAME = 'mended'\n")
    wait_for(lambda: serves("mended", part, tmp_path, executor))


def test_a_tree_sees_changed_new_and_deleted_files_of_its_kinds_only(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "web").mkdir()
    (tmp_path / "__pycache__").mkdir()
    one = tmp_path / "one.py"
    one.write_text("1", encoding="utf-8")
    tree = SourceTree((tmp_path,), leave_out=(tmp_path / "web",), clock=clock)

    def after_a_pause() -> int:
        clock.now += source_tree.POLL_EVERY_S
        return tree.version()

    start = tree.version()
    one.write_text("12", encoding="utf-8")
    assert tree.version() == start  # not read again so soon
    assert after_a_pause() == start + 1 and tree.changed == str(one)
    for ignored in ("page.html", "web/view.py", "__pycache__/two.py", "one.py~"):
        (tmp_path / ignored).write_text("x", encoding="utf-8")
    assert after_a_pause() == start + 1
    os.utime(one, (1, 1))
    assert after_a_pause() == start + 2
    one.unlink()
    assert after_a_pause() == start + 3


def test_a_tree_stops_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_tree, "MOST_FILES", 2)
    for number in range(4):
        (tmp_path / f"{number}.py").touch()
    tree = SourceTree((tmp_path,))
    assert len(dict(tree._walk())) == 2


def test_each_process_follows_its_own_code() -> None:
    with socket.socket() as door:
        everything = all_parts(Settings.from_env({}), door)
        reload_on_change(everything, ROOT)
    trees = {part.name: dict(part.sources._walk()) for part in everything if part.sources is not None}
    assert set(trees) == {"api", "worker", "actions"}  # Rasa needs training, not a restart
    named = {name: {str(Path(path).relative_to(ROOT)) for path in found} for name, found in trees.items()}
    assert {"kiosk_api/web/files.py", "kiosk_api/domain/statute.py"} <= named["api"]
    assert any(path.endswith(".css") for path in named["api"])
    assert not any(path.endswith(".html") for path in named["api"])
    assert "kiosk_api/worker.py" in named["worker"] and "kiosk_api/web/files.py" not in named["worker"]
    assert "bot/dialogue/turn.py" in named["actions"] and "bot/train.py" not in named["actions"]


@pytest.mark.parametrize(
    ("host", "yes"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.5", False)],
)
def test_loopback_addresses_are_recognised(host: str, yes: bool) -> None:
    assert is_loopback(host) is yes


def test_reloading_is_refused_where_others_reach_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk_api.cli", "run", "--reload"],
        cwd=ROOT,
        env={**os.environ, "KIOSK_HOST": "0.0.0.0", "KIOSK_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "KIOSK_HOST=0.0.0.0" in done.stderr
    assert not (tmp_path / "kiosk.db").exists()
