"""`python -m bot.train`: train when the content has changed, add a bureau's rows, or roll back."""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import logging
import os
import sys
from pathlib import Path

from bot.training_steps import behind_one_line

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("bot/config.yml", "bot/domain", "bot/components", "bot/understanding", "bot/requirements.txt", "nlu_data")
EXTRA = ROOT / "var" / "training" / "extra.csv"
FEWEST_ROWS = 20


def fingerprint(root: Path = ROOT, extra: Path = EXTRA) -> str:
    """SHA-256 over the paths and bytes of all training sources, a bureau's rows included."""
    digest = hashlib.sha256()
    for source in SOURCES:
        top = root / source
        for path in sorted(top.rglob("*") if top.is_dir() else [top]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(root)).encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    if extra.is_file():
        digest.update(hashlib.sha256(extra.read_bytes()).digest())
    return digest.hexdigest()


def train(out: Path, mark: str) -> Path:
    """Train into `out` and return the archive; the serving model stays as it is."""
    out.mkdir(parents=True, exist_ok=True)
    with behind_one_line(out):
        _quiet_rasa()
        import rasa

        result = rasa.train(
            domain="bot/domain",
            config="bot/config.yml",
            training_files=["nlu_data/intents", "nlu_data/rules.yml"],
            output=str(out),
            force_training=True,
            fixed_model_name=f"model-{mark[:12]}",
        )
        if result.code != 0 or not result.model:
            raise SystemExit(f"training failed with code {result.code}")
    return Path(result.model)


def _quiet_rasa() -> None:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TQDM_DISABLE"] = "1"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    from bot import without_tensorflow

    without_tensorflow.install()
    import jieba
    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(level=logging.WARNING)
    jieba.setLogLevel(logging.WARNING)
    configure_structlog(logging.WARNING)


def learn(out: Path, rows: Path) -> bool:
    """Add a bureau's rows, compare before and after on rows held back, swap in when not worse."""
    from bot.model_store import ModelStore, matter_model_in
    from bot.understanding.compare import compare
    from bot.understanding.extra import held_back, read_extra, write_extra

    given = read_extra(rows)
    if len(given) < FEWEST_ROWS:
        raise SystemExit(
            f"{rows}: {len(given)} rows; with fewer than {FEWEST_ROWS} nothing can be held back to measure on"
        )
    store = ModelStore(out, EXTRA)
    if not store.is_current(fingerprint()):
        store.put(train(out, fingerprint()), fingerprint())
    before = matter_model_in(store.current() or out)
    teach, measure = held_back(given)
    kept = EXTRA.read_bytes() if EXTRA.is_file() else None
    earlier = read_extra(EXTRA) if EXTRA.is_file() else []
    write_extra(EXTRA, [*earlier, *teach])
    mark = fingerprint()
    archive = train(out, mark)
    report = compare(before, matter_model_in(archive), measure)
    print(report.table())
    if report.not_worse:
        store.put(archive, mark)
        print(f"in place: {archive.name}, made with {len(earlier) + len(teach)} rows of this bureau")
        return True
    archive.unlink()
    if kept is None:
        EXTRA.unlink()
    else:
        EXTRA.write_bytes(kept)
    print("worse than before: not put in place, the former model goes on serving")
    return False


def main(argv: list[str] | None = None) -> int:
    """Exit 0 with a model in place; 1 when a bureau's rows made it worse and were left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--extra", type=Path, help="CSV with text and label, window or domain")
    parser.add_argument("--rollback", action="store_true", help="let the former model serve again")
    args = parser.parse_args(argv)
    # before numpy is imported: two heads learn side by side, BLAS threads of each would only spin
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    out = args.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with (out / "train.lock").open("w") as lock:  # two starts at once learn once
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _learn_or_look(out, args.extra.resolve() if args.extra else None, rollback=args.rollback)


def _learn_or_look(out: Path, extra: Path | None, *, rollback: bool) -> int:
    from bot.model_store import ModelStore
    from bot.understanding.extra import BadRows

    try:
        if extra:
            return 0 if learn(out, extra) else 1
        store = ModelStore(out, EXTRA)
        if rollback:
            print(f"in place: {store.roll_back().name}")
            store.settle(fingerprint())
            return 0
    except (BadRows, LookupError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    mark = fingerprint()
    if store.is_current(mark):
        print("model up to date")
        return 0
    archive = train(out, mark)
    store.put(archive, mark)
    print(f"trained {archive.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
