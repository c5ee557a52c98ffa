"""`make train EXTRA=`: a bureau's rows, before and after, swapped in only when not worse, rolled back.

Runs the real trainer in a copy of the project with few examples, so that it stays quick.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.understanding.extra import BadRows, held_back, read_extra, write_extra
from tests.stack import ROOT

PYTHON = ROOT / ".venv" / "bot" / "bin" / "python"
EVERY = 12
FILES = ("health.md", "labour_social_security.md", "court.md")


def write(path: Path, rows: list[tuple[str, str]], label: str = "label") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", label), *rows])
    return path


def thin(path: Path) -> None:
    """Leave a file the first example under each heading and every twelfth after it."""
    kept, place = [], 0
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        example = line.lstrip().startswith("- ") and "- intent:" not in line
        if not example or place % EVERY == 0:
            kept.append(line)
        place = place + 1 if example else 0
    path.write_text("".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy that is quickly trained."""
    folder = tmp_path_factory.mktemp("bureau")
    shutil.copytree(ROOT / "bot", folder / "bot")
    shutil.copytree(ROOT / "nlu_data", folder / "nlu_data")
    for path in (folder / "nlu_data" / "matters").glob("*.md"):
        if path.name not in FILES:
            path.unlink()
    for path in [*(folder / "nlu_data").rglob("*.md"), *(folder / "nlu_data").rglob("intents/*.yml")]:
        thin(path)
    yield folder
    shutil.rmtree(folder)


def train(bureau: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", "bot.train", "--out", str(bureau / "var" / "models"), *arguments],
        cwd=bureau, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(bureau)},
    )  # fmt: skip


def serving(bureau: Path) -> str:
    return str(json.loads((bureau / "var/models/current.json").read_text())["model"])


def test_a_bureaus_rows_are_learnt_and_can_be_taken_back(bureau: Path) -> None:
    assert train(bureau).returncode == 0
    first = serving(bureau)
    rows = [(f"{what}{where}，{when}，麻烦看一下", "civil_affairs") for what in (
        "殡仪馆骨灰寄存费", "烈士陵园没人管", "福利院老人换房间", "婚姻登记预约不上", "社区养老食堂停了")
        for where in ("城东", "城西", "老街", "新区", "河南岸") for when in ("上周", "昨天")]  # fmt: skip
    said = train(bureau, "--extra", str(write(bureau / "rows.csv", rows)))
    assert said.returncode == 0, said.stdout + said.stderr
    assert "before" in said.stdout
    assert "in place" in said.stdout
    second = serving(bureau)
    assert second != first
    kept = bureau / "var/training/extra.csv"
    assert oct(kept.stat().st_mode & 0o777) == "0o600"
    assert train(bureau).stdout.strip() == "model up to date"
    back = train(bureau, "--rollback")
    assert back.returncode == 0, back.stdout + back.stderr
    assert serving(bureau) == first
    assert not kept.exists()
    assert train(bureau).stdout.strip() == "model up to date"


@pytest.mark.long
def test_rows_that_make_it_worse_are_left_out(bureau: Path) -> None:
    if not (bureau / "var/models/current.json").exists():
        train(bureau)
    before = serving(bureau)
    pairs = [("公司三个月没发工资", "health"), ("医生误诊要赔偿", "labour_social_security")]
    rows = [(f"{text}，{n}号来过一次，说法{n % 7}", label) for n in range(15) for text, label in pairs]
    teach, measure = held_back(read_extra(write(bureau / "bad.csv", rows)))
    honest = {"health": "labour_social_security", "labour_social_security": "health"}
    mixed = [(one.text, str(one.domain)) for one in teach]
    mixed += [(one.text, honest[str(one.domain)]) for one in measure]
    said = train(bureau, "--extra", str(write(bureau / "bad.csv", mixed)))
    assert said.returncode == 1, said.stdout + said.stderr
    assert "not put in place" in said.stdout
    assert serving(bureau) == before


def test_a_rollback_without_an_earlier_model_is_reported(tmp_path: Path, bureau: Path) -> None:
    said = train(bureau, "--rollback", "--out", str(tmp_path))
    assert said.returncode == 2
    assert "no earlier model" in said.stderr


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("a,b\n1,2\n", "first line must name the columns"),
        ("text,label\n路灯坏了,月亮\n", "extra.csv:2: unknown window '月亮'"),
        ("text,domain\n路灯坏了,天文\n", "extra.csv:2: unknown field '天文'"),
        ("text,window,domain\n路灯坏了,,\n", "neither window nor field"),
        ("text,label\n,法院\n", "no rows"),
        ("text,window,kind\n路灯坏了,法院,坏\n", "unknown kind"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "extra.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadRows, match=complaint):
        read_extra(path)


def test_labels_by_usual_names_and_by_identifiers(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", [
        ("路灯坏了", "城乡建设"), ("被骗了", "police"), ("欠薪", "劳动仲裁"), ("判了不给", "court"),
        ("水污染", "environment")])  # fmt: skip
    found = read_extra(path)
    assert [(one.window, one.domain) for one in found] == [
        (None, "urban_rural_construction"),
        ("public_security", None),
        ("labour_arbitration", None),
        ("court", None),
        (None, "environment"),
    ]
    write_extra(tmp_path / "again.csv", found)
    assert [(o.text, o.window, o.domain) for o in read_extra(tmp_path / "again.csv")] == [
        (o.text, o.window, o.domain) for o in found
    ]


def test_a_text_is_always_held_back_or_never(tmp_path: Path) -> None:
    rows = [(f"第{n}件事，路灯坏了", "城乡建设") for n in range(200)]
    learn, measure = held_back(read_extra(write(tmp_path / "a.csv", rows)))
    again, _ = held_back(read_extra(write(tmp_path / "b.csv", rows[::-1])))
    assert {one.text for one in learn} == {one.text for one in again}
    assert 20 <= len(measure) <= 60
