"""How well the product's own voice is understood: pinyin errors of what a recogniser writes down.

`python -m tests.bench.voice.product [--few]`, in the environment of the voice: two numbers, sentences and share of
wrong syllables.
"""

from __future__ import annotations

import sys

from tests.bench.voice import engines, errors, sound
from tests.bench.voice.lists import sentences

ALLOWED = 0.05  # of the syllables, without tones
FEW = 12  # every so many sentences of a quick look


def error(listed: list[str]) -> tuple[float, list[tuple[str, str]]]:
    """(share of wrong syllables, (said, heard) of the sentences with one) in the voice and at the speed of the product."""
    wrong = many = 0
    unlike = []
    for said in listed:
        heard = engines.recognise(sound.for_listening(engines.speak(said)))
        found, syllables = errors.syllables(said, heard)
        wrong += found
        many += syllables
        if found:
            unlike.append((said, heard))
    return wrong / many, unlike


def table(*, few: bool) -> str:
    """Markdown: the share, and each sentence that was not understood whole."""
    listed = sentences("product.txt")[:: FEW if few else 1]
    share, unlike = error(listed)
    lines = [
        f"{len(listed)} sentences, {share:.1%} of the syllables wrong, {ALLOWED:.0%} allowed",
        "",
        "| said | heard |",
        "|---|---|",
    ]
    return "\n".join((*lines, *(f"| {said} | {heard} |" for said, heard in unlike)))


if __name__ == "__main__":
    spoken = sentences("product.txt")[:: FEW if "--few" in sys.argv else 1]
    sys.stdout.write(f"{len(spoken)} {error(spoken)[0]:.4f}\n")
