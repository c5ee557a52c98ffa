"""Model files are put together only out of the parts that are expected."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path
from typing import Any

import pytest

from kiosk_api.domain.spoken import recording_name
from voice import models
from voice.models import Joined, ModelMissing, check_voices, put_together
from voice.recordings import path_of, to_do

WHOLE = hashlib.sha256(b"onetwo").hexdigest()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages with a part each."""
    for name, content in (("a", b"one"), ("b", b"two")):
        (tmp_path / name).write_bytes(content)

    class Installed:
        def __init__(self, name: str) -> None:
            if name not in ("pa", "pb"):
                raise importlib.metadata.PackageNotFoundError(name)

        def locate_file(self, name: str) -> Path:
            return tmp_path / name

    monkeypatch.setattr(models.importlib.metadata, "distribution", Installed)
    return tmp_path


def joined(folder: Path, **changes: Any) -> tuple[Joined, ...]:
    return (Joined(folder / "made" / "model", (("pa", "a"), ("pb", "b")), WHOLE)._replace(**changes),)


def test_the_parts_make_the_whole_and_a_whole_one_stays(packages: Path) -> None:
    put_together(joined(packages))
    made = packages / "made" / "model"
    assert made.read_bytes() == b"onetwo"
    (packages / "a").unlink()
    put_together(joined(packages))  # nothing is read again
    made.write_bytes(b"half")
    with pytest.raises(ModelMissing, match="has no a"):
        put_together(joined(packages))


@pytest.mark.parametrize(("changes", "said"), [
    ({"sha256": "0" * 64}, "another file"), ({"parts": (("pc", "a"),)}, "not installed"), ({"parts": (("pa", "c"),)}, "has no c"),
])  # fmt: skip
def test_anything_else_is_refused_and_leaves_no_file(packages: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelMissing, match=said):
        put_together(joined(packages, **changes))
    assert not (packages / "made" / "model").exists()


def test_a_voice_that_is_missing_or_another_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="zf_xiaobei"):
        check_voices(tmp_path)
    (tmp_path / "zf_xiaobei.bin").write_bytes(b"another")
    with pytest.raises(ModelMissing, match="zf_xiaobei"):
        check_voices(tmp_path)


def test_a_spoken_sentence_has_the_name_that_the_api_looks_for(tmp_path: Path) -> None:
    sentence = "请 收好\n编号。"
    assert path_of(sentence, tmp_path).stem == recording_name(sentence)


def test_only_what_has_no_file_yet_is_spoken(tmp_path: Path) -> None:
    path_of("已经有了。", tmp_path).touch()
    assert to_do(["x\t已经有了。\n", "y\t还没有。\n", "还没有。\n", "\n"], tmp_path) == ["还没有。"]
