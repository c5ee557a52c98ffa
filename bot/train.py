"""`python -m bot.train --out var/models`: train only when the content it is made of has changed."""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("bot/config.yml", "bot/domain", "bot/components", "bot/requirements.txt", "nlu_data")


def fingerprint(root: Path = ROOT) -> str:
    """SHA-256 over the paths and bytes of all training sources."""
    digest = hashlib.sha256()
    for source in SOURCES:
        top = root / source
        for path in sorted(top.rglob("*") if top.is_dir() else [top]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(root)).encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def up_to_date(out: Path, mark: str) -> bool:
    """Whether the model of this fingerprint is there, whole."""
    stamp = out / "current.sha256"
    return (stamp.is_file() and stamp.read_text().strip() == mark
            and (out / f"model-{mark[:12]}.tar.gz").is_file())


def train(out: Path, mark: str) -> Path:
    """Train into `out`; the stamp is written last and older models go."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    from bot import without_tensorflow

    without_tensorflow.install()
    import rasa
    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(level=logging.WARNING)
    configure_structlog(logging.WARNING)
    out.mkdir(parents=True, exist_ok=True)
    name = f"model-{mark[:12]}"
    result = rasa.train(
        domain="bot/domain", config="bot/config.yml",
        training_files=["nlu_data/intents", "nlu_data/rules.yml"],
        output=str(out), force_training=True, fixed_model_name=name)
    if result.code != 0 or not result.model:
        raise SystemExit(f"training failed with code {result.code}")
    (out / "current.sha256").write_text(mark + "\n", encoding="utf-8")
    for old in out.glob("*.tar.gz"):
        if old.name != f"{name}.tar.gz":
            old.unlink()
    return Path(result.model)


def main(argv: list[str] | None = None) -> int:
    """Exit 0 with a model in place, whatever was needed for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "models")
    args = parser.parse_args(argv)
    out = args.out.resolve()
    mark = fingerprint()
    if up_to_date(out, mark):
        print("model up to date")
        return 0
    print(f"trained {train(out, mark).name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
