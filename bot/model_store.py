"""Which trained model serves, which served before it, and the bureau's rows each was made with.

`current.json` in the model folder is the only pointer: a model is put in place by writing it, and
taken back by writing it again. The last KEPT models stay for that.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.understanding.act_model import ActModel
from bot.understanding.model import MatterModel

KEPT = 3
_MATTER_FILES = ("features.json", "heads.npz", "version.json")
_ACT_FILES = ("acts.json", "acts.npz")


@dataclass
class ModelStore:
    """`folder` holds archives and the pointer; `extra` is the file of bureau rows in use."""

    folder: Path
    extra: Path
    state: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        pointer = self.folder / "current.json"
        self.state = json.loads(pointer.read_text(encoding="utf-8")) if pointer.is_file() else {}

    def current(self) -> Path | None:
        """The archive that serves, None before the first training."""
        name = self.state.get("model")
        path = self.folder / name if name else None
        return path if path and path.is_file() else None

    def is_current(self, mark: str) -> bool:
        """Whether the serving model is the one settled on for these sources."""
        return self.current() is not None and self.state.get("mark") == mark

    def put(self, model: Path, mark: str) -> None:
        """Let `model` serve; the former one can be had back."""
        history = [name for name in self._history() if name != model.name][: KEPT - 1]
        if self.extra.is_file():
            shutil.copyfile(self.extra, self._rows_of(model.name))
        self._write(model.name, mark, history)
        for old in self.folder.glob("model-*"):
            if old.name.split(".")[0] not in {n.split(".")[0] for n in (model.name, *history)}:
                old.unlink()

    def roll_back(self) -> Path:
        """Let the former model serve, with its rows; raises LookupError if there is none.

        Call `settle` afterwards, or the next start trains again.
        """
        history = [name for name in self._history()[1:] if (self.folder / name).is_file()]
        if not history:
            raise LookupError("there is no earlier model to go back to")
        rows = self._rows_of(history[0])
        if rows.is_file():
            shutil.copyfile(rows, self.extra)
        else:
            self.extra.unlink(missing_ok=True)
        self._write(history[0], "", history[1:])
        return self.folder / history[0]

    def settle(self, mark: str) -> None:
        """The serving model is the one wanted for these sources."""
        self._write(self.state["model"], mark, self.state["earlier"])

    def _history(self) -> list[str]:
        now = [self.state["model"]] if self.state.get("model") else []
        return now + list(self.state.get("earlier", []))

    def _rows_of(self, name: str) -> Path:
        return self.folder / f"{name.split('.')[0]}.extra.csv"

    def _write(self, name: str, mark: str, earlier: list[str]) -> None:
        self.state = {"model": name, "mark": mark, "earlier": earlier}
        fresh = self.folder / "current.json.new"
        fresh.write_text(json.dumps(self.state, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self.folder / "current.json")


def matter_model_in(archive: Path) -> MatterModel:
    """The matter model inside a Rasa archive."""
    with _unpacked(archive, "MatterClassifier", _MATTER_FILES) as folder:
        return MatterModel.load(folder)


def act_model_in(archive: Path) -> ActModel:
    """The reader of acts inside a Rasa archive."""
    with _unpacked(archive, "ActReader", _ACT_FILES) as folder:
        return ActModel.load(folder)


@contextmanager
def _unpacked(archive: Path, component: str, names: tuple[str, ...]) -> Iterator[Path]:
    with TemporaryDirectory() as name, tarfile.open(archive) as files:
        folder = Path(name)
        for member in files.getmembers():
            short = Path(member.name).name
            if short in names and component in member.name:
                source = files.extractfile(member)
                assert source is not None
                (folder / short).write_bytes(source.read())
        yield folder
