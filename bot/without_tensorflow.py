"""Rasa without TensorFlow: no part of our pipeline uses it, its import costs 470 MB and 6 s.

Rasa 3.6 imports TensorFlow wherever a neural component is *defined*. `install()` puts inert
modules in its place, so those definitions load and are never run; it must be called before the
first `import rasa`. `check_config` refuses a pipeline that would need the real thing.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOTS = frozenset(
    {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "tf_keras", "tensorboard"}
)
WITHOUT_IT = frozenset({
    "bot.components.plain_text.PlainText", "bot.components.plain_text.OwnWords", "JiebaTokenizer",
    "bot.components.sentence_vectors.SentenceVectors", "CountVectorsFeaturizer",
    "LogisticRegressionClassifier", "bot.components.act_reader.ActReader", "bot.components.matter_classifier.MatterClassifier",
    "FallbackClassifier", "MemoizationPolicy", "RulePolicy",
})  # fmt: skip


class _InertType(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Inert

    def __getitem__(cls, key: Any) -> Any:
        return _Inert

    def __or__(cls, other: Any) -> Any:
        return _Inert

    def __ror__(cls, other: Any) -> Any:
        return _Inert


class _Inert(metaclass=_InertType):
    """Base class, annotation, decorator or constant: whatever a definition wants of TensorFlow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        return

    def __init_subclass__(cls, **kwargs: Any) -> None:
        return

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Inert


def _decorator(*args: Any, **kwargs: Any) -> Any:
    if len(args) == 1 and callable(args[0]):
        return args[0]
    return lambda function: function


class _InertModule(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _decorator if name == "function" else _Inert


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in ROOTS:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return


def check_config(config: Path) -> None:
    """Raises SystemExit when config.yml names a component not known to do without TensorFlow."""
    names = {
        line.split("name:", 1)[1].strip()
        for line in config.read_text(encoding="utf-8").splitlines()
        if "- name:" in line
    }
    if unknown := names - WITHOUT_IT:
        raise SystemExit(f"{', '.join(sorted(unknown))} may need TensorFlow: start rasa directly")


def install() -> None:
    """Put the inert modules in place, unless TensorFlow is already imported."""
    check_config(Path(__file__).resolve().parent / "config.yml")
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
