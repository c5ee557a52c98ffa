"""What changed requests of WeChat cost: `python -m tests.bench.wechat_mutants [HOW_MANY]`.

Prints how many were refused, the slowest (its own CPU time, and by the clock), and how much memory the process gained.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from tests.channels.fake_wechat import FakeWechat, environment, to_client
from tests.channels.mutated import HOSTILE, mutants
from tests.factories import START, fresh_app

BATCH = 1_000


def main(most: int) -> None:
    """Send them one by one to an application in this process."""
    platform, times, clocks = FakeWechat(lambda: START), [], []
    counts: dict[int, int] = {}
    changed = 0
    with tempfile.TemporaryDirectory() as folder:
        app = fresh_app(Path(folder), **environment("http://127.0.0.1:1"))
        post = to_client(app.test_client())
        for one in mutants(platform, 0, 200):  # everything is loaded
            post(one.address, one.body)
        gc.collect()
        gc.freeze()  # a collection of all modules takes 150 ms here, whatever is being done then
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for seed in range(1, most // BATCH + 1):
            for one in mutants(platform, seed, BATCH):
                began, cpu = time.perf_counter(), time.thread_time()
                status, _ = post(one.address, one.body)
                if status != 200:  # the same message in another wrapping is answered, and takes as long as any
                    times.append((time.thread_time() - cpu) * 1000)
                    clocks.append((time.perf_counter() - began) * 1000)
                counts[status] = counts.get(status, 0) + 1
                changed += status == 200 and one.is_changed
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        largest = 0
        for body in HOSTILE:
            address, _ = platform.request(platform.message("text", Content="x"))
            tracemalloc.start()
            post(address, body)
            largest = max(largest, tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    times.sort()
    print(f"{sum(counts.values())} changed requests; by status: {dict(sorted(counts.items()))}")
    print(f"accepted though a signed part was changed: {changed}")
    print(
        f"CPU of one: median {times[len(times) // 2]:.2f} ms, p99.9 {times[len(times) * 999 // 1000]:.2f}, most {times[-1]:.2f}"
    )
    print(f"by the clock: most {max(clocks):.1f} ms; memory gained by all: {(after - before) / 1024:.1f} MB")
    print(f"memory of the worst hostile document: {largest / 1e6:.2f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
