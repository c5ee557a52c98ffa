"""`python -m bot.train` says where it is and nothing else; the libraries' noise is in its log.

Rasa is a fake one that is as noisy as the real one, so that this stays quick.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.stack import ROOT

PYTHON = ROOT / ".venv" / "bot" / "bin" / "python"
NOISE = ("Processed rules", "MovedIn20Warning", "ConvergenceWarning", "Your Rasa model is trained", "from C")
RASA = """
import logging, os, sys, types, warnings
from pathlib import Path
warnings.warn("MovedIn20Warning")
logger = logging.getLogger("rasa.engine.training.hooks")

def train(output, fixed_model_name, **_):
    for name in ("MemoizationPolicy", "JiebaTokenizer", "LogisticRegressionClassifier", "MatterClassifier", "ActReader"):
        logger.info(f"Starting to train component '{name}'.")
        sys.stderr.write("Processed rules: 0%\\rProcessed rules: 100%\\n")
    warnings.warn("ConvergenceWarning")
    print("Your Rasa model is trained")
    os.write(1, b"from C\\n")
    if "FAKE_FAULT" in os.environ:
        raise ValueError(os.environ["FAKE_FAULT"])
    path = Path(output) / (fixed_model_name + ".tar.gz")
    path.write_bytes(b"model")
    return types.SimpleNamespace(code=int(os.environ.get("FAKE_CODE", "0")), model=str(path))
"""


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    folder = tmp_path / "fake"
    (folder / "rasa" / "utils").mkdir(parents=True)
    (folder / "rasa" / "__init__.py").write_text(RASA, encoding="utf-8")
    (folder / "rasa" / "utils" / "__init__.py").touch()
    (folder / "rasa" / "utils" / "log_utils.py").write_text("def configure_structlog(level): pass\n")
    return folder


def train(fake: Path, out: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", "bot.train", "--out", str(out)], cwd=ROOT, capture_output=True, text=True,
        check=False, env={"PYTHONPATH": f"{fake}:{ROOT}", "PYTHONUTF8": "1", **env},
    )  # fmt: skip


def test_only_progress_and_the_outcome_are_said(fake: Path, tmp_path: Path) -> None:
    done = train(fake, tmp_path / "models")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    *steps, outcome = done.stdout.splitlines()
    assert re.fullmatch(r"trained model-[0-9a-f]{12}\.tar\.gz", outcome)
    named = [re.fullmatch(r"\[(\d)/6\] ([a-z ]+) … (about \d+ (?:s|min) left|a little longer)", one) for one in steps]
    assert [one and one[2] for one in named] == [
        "libraries",
        "rules",
        "sentence vectors",
        "requests",
        "matters",
        "acts",
    ]
    log = tmp_path / "models" / "train.log"
    said = log.read_text(encoding="utf-8")
    assert [one for one in NOISE if one not in said] == []
    assert oct(log.stat().st_mode & 0o777) == "0o600"
    again = train(fake, tmp_path / "models")
    assert (again.stdout, again.stderr) == ("model up to date\n", "")


def test_a_failure_shows_the_end_of_the_log(fake: Path, tmp_path: Path) -> None:
    done = train(fake, tmp_path, FAKE_CODE="3")
    assert done.returncode == 1
    assert f"training failed; the last 30 lines of {tmp_path}/train.log:" in done.stderr
    assert "ConvergenceWarning" in done.stderr and "Processed rules: 0%" not in done.stderr
    assert done.stderr.endswith("training failed with code 3\n")
    assert "Your Rasa model is trained" not in done.stdout
    assert not (tmp_path / "current.json").exists()


def test_an_exception_is_shown_with_its_traceback(fake: Path, tmp_path: Path) -> None:
    done = train(fake, tmp_path, FAKE_FAULT="no such component")
    assert done.returncode == 1
    assert "from C" in done.stderr
    assert done.stderr.rstrip().endswith("ValueError: no such component")
