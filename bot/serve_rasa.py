"""`python -m bot.serve_rasa run …`: rasa without TensorFlow, telemetry and repeated checks."""

from __future__ import annotations

import os

from bot import frozen_heap, schema_checked_once, without_tensorflow


def main() -> None:
    """Same arguments as `rasa`; the sentence encoder is loaded with the model, before serving."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    without_tensorflow.install()
    from rasa.__main__ import main as rasa_main

    schema_checked_once.install()
    frozen_heap.install()
    rasa_main()


if __name__ == "__main__":
    main()
