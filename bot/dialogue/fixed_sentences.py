"""The assistant's own fixed sentences, one a line, for the voice that speaks them beforehand.

    python -m bot.dialogue.fixed_sentences

They are cut as the pages cut what they read aloud; what holds a value of the moment is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.dialogue import texts_zh

_SENTENCE = re.compile(
    r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+"
)  # as in static/js/core/sentences.js


def fixed_sentences() -> Iterator[str]:
    """Each once."""
    seen = set()
    for text in _texts((texts_zh.TEXT, texts_zh.ASK, texts_zh.EXAMPLE, texts_zh.WHY, texts_zh.EMERGENCY)):
        if "{" in text:
            continue
        for sentence in (one.strip() for one in _SENTENCE.findall(" ".join(text.split()))):
            if sentence and sentence not in seen:
                seen.add(sentence)
                yield sentence


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _texts(tuple(found.values()))
    elif isinstance(found, list | tuple | frozenset | set):
        for one in found:
            yield from _texts(one)


if __name__ == "__main__":
    print(*fixed_sentences(), sep="\n")
