"""Training behind one line of progress: what Rasa and its libraries say goes to a log."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.progress import END_LINES, Progress, end_of, private_log

# step → the seconds it takes on two cores when nothing else runs
STEPS = {"libraries": 10.0, "rules": 5.0, "sentence vectors": 20.0, "requests": 10.0, "matters": 100.0, "acts": 60.0}
# Rasa reports when a component begins to learn, in this order. Making the vectors trains nothing and
# is not reported; it follows the tokenizer, whose start is taken for its own.
BEGINS = {
    "MemoizationPolicy": "rules",
    "JiebaTokenizer": "sentence vectors",
    "LogisticRegressionClassifier": "requests",
    "MatterClassifier": "matters",
    "ActReader": "acts",
}
_HOOK = "rasa.engine.training.hooks"
_STARTING = re.compile(r"Starting to train component '(\w+)'")


class _Steps(logging.Handler):
    """Moves the line on when a component begins."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        begun = _STARTING.match(record.getMessage())
        if begun and begun[1] in BEGINS:
            self._progress.begin(BEGINS[begun[1]])


@contextmanager
def behind_one_line(out: Path) -> Iterator[None]:
    """Standard output and errors of this process and of the C libraries in it go to `out`/train.log.

    Its last lines are shown when the work fails; the fault itself goes on to the caller.
    """
    path = out / "train.log"
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(number) for number in (1, 2)]
    logger = logging.getLogger(_HOOK)
    level = logger.level
    failed = True
    with private_log(path) as log, os.fdopen(os.dup(1), "w", encoding="utf-8") as screen:
        progress = Progress(STEPS, screen, out / "train-times.json")
        steps = _Steps(progress)
        logger.addHandler(steps)
        logger.setLevel(logging.INFO)
        for number in (1, 2):
            os.dup2(log.fileno(), number)
        try:
            with progress.beat():
                progress.begin("libraries")
                yield
            progress.done()
            failed = False
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, former in zip((1, 2), kept, strict=True):
                os.dup2(former, number)
                os.close(former)
            logger.removeHandler(steps)
            logger.setLevel(level)
            progress.clear()
            if failed:
                sys.stderr.write(f"training failed; the last {END_LINES} lines of {path}:\n{end_of(path)}")
