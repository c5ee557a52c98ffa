"""What the record of changes costs: registering, with and without it, in processor time.

`python -m tests.bench.audit --count 400` prints milliseconds a case and their ratio. Both ways take turns over the same
store, so that neither has the larger one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.factories import fresh_app, petition

ROUND = 20  # cases in a row, one way


def spent(count: int, folder: Path) -> dict[bool, float]:
    """Seconds of the processor for `count` cases each, by whether changes were recorded."""
    app = fresh_app(folder, KIOSK_RATE_LIMITS="off")
    store: Any = app.extensions["kiosk"].store
    recorded, client, found, number = store._recorded, app.test_client(), {True: 0.0, False: 0.0}, 0
    for turn in range(2 * (count // ROUND) + 2):
        with_record = turn % 2 == 0
        store._recorded = recorded if with_record else lambda _: nullcontext()
        began = time.process_time()
        for _ in range(ROUND):
            number += 1
            answer = client.post(
                "/api/v1/petitions", json=petition(), headers={"Idempotency-Key": f"bench-audit-{number}"}
            )
            assert answer.status_code == 201, answer.status_code
        if turn > 1:  # the first two load what is loaded once
            found[with_record] += time.process_time() - began
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=400)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        found = spent(count, Path(folder))
    each = {way: 1000 * seconds / (count // ROUND * ROUND) for way, seconds in found.items()}
    print(f"recorded {each[True]:.2f} ms, not recorded {each[False]:.2f} ms, ratio {each[True] / each[False]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
