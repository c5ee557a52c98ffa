"""Run by the bot's Python: JSON on stdin, sentence vectors' and jieba's view of it on stdout.

In: {"phrases": [...], "questions": [[part, ...], ...]}; out: {"near": [[[position, cosine], ...]],
"words": {text: [word, ...]}, "ms": [one reading each]}.
"""

from __future__ import annotations

import json
import logging
import sys
import time


def main() -> None:
    """One request, one answer."""
    given = json.load(sys.stdin)
    import jieba

    from bot.understanding.nearness import Nearness

    jieba.setLogLevel(logging.ERROR)
    known = Nearness()
    known.learn("bench", given["phrases"])
    near, spent = [], []
    for parts in given["questions"]:
        started = time.perf_counter()
        near.append(known.near("bench", parts))
        spent.append((time.perf_counter() - started) * 1000)
    texts = {*given["phrases"], *given.get("documents", []), *(one[0] for one in given["questions"])}
    json.dump({"near": near, "ms": spent, "words": {text: jieba.lcut(text) for text in texts}}, sys.stdout)


if __name__ == "__main__":
    main()
