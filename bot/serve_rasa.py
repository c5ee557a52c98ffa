"""`python -m bot.serve_rasa run …`: rasa without TensorFlow, telemetry and repeated checks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot import (
    frozen_heap,
    hang_guard,
    light_calls,
    quiet_logs,
    schema_checked_once,
    standby,
    turn_deadline,
    without_tensorflow,
)
from bot.train import EXTRA


def main() -> None:
    """Same arguments as `rasa`; the sentence encoder is loaded with the model, before serving."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    quiet_logs.install()
    without_tensorflow.install()
    from rasa.__main__ import main as rasa_main

    schema_checked_once.install()
    light_calls.install()
    turn_deadline.install()
    frozen_heap.install()
    hang_guard.install_in_rasa()
    sys.argv[1:] = [_serving(argument) for argument in sys.argv[1:]]
    standby.install()
    if standby.ORDERS_FD in os.environ:
        standby.load_rasa(*(sys.argv[sys.argv.index(name) + 1] for name in ("--model", "--endpoints")))
    rasa_main()


def _serving(argument: str) -> str:
    """A model folder means the archive its pointer names (see `bot.model_store`)."""
    if not (Path(argument) / "current.json").is_file():
        return argument
    from bot.model_store import ModelStore

    return str(ModelStore(Path(argument), EXTRA).current() or argument)


if __name__ == "__main__":
    main()
