"""Run by the assistant's Python: reads {text, asked} a line, answers what the trained models make of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Waits for the training that may be going on, then answers until the input ends."""
    out = os.dup(1)
    os.dup2(2, 1)  # what training prints is no answer
    from bot import train

    train.main(["--out", str(ROOT / "var" / "models")])
    from bot.model_store import ModelStore, act_model_in, matter_model_in
    from bot.understanding.clauses import cut

    archive = ModelStore(ROOT / "var" / "models", train.EXTRA).current()
    assert archive is not None
    acts, matters = act_model_in(archive), matter_model_in(archive)
    with os.fdopen(out, "w", encoding="utf-8") as answers:
        for line in sys.stdin:
            given = json.loads(line)
            text = given["text"]
            clauses = [one.as_dict() for one in acts.read(cut(text), text, given["asked"])] if text.strip() else []
            matter = matters.read(text) if text.strip() else None
            found = {
                "clauses": clauses,
                "kinds": matter.kind if matter else None,
                "accuses": matter.accuses if matter else None,
                "dangers": matter.danger if matter else None,
                "matter": matter.as_dict() if matter else None,
            }
            answers.write(json.dumps(found) + "\n")
            answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
