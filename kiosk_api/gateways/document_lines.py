"""Chinese text broken into lines: a closing mark never begins one, an opening mark never ends one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’…—％%,.;:?!)]}·～")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{")


def broken(text: str, width: float, measure: Callable[[str], float], indent: float = 0.0) -> list[str]:
    """The lines of one paragraph; `indent` is kept free on the first. Widths are in the unit of `measure`."""
    lines, line, room = [], "", width - indent
    for piece in _pieces(text):
        hangs = piece[0] in _NOT_FIRST and measure(line[:-1]) <= room  # at most two, in the margin
        if not line or hangs or measure(line + piece) <= room:
            line += piece
        else:
            kept = line.rstrip()
            carried = ""
            while len(kept) > 1 and kept[-1] in _NOT_LAST:
                kept, carried = kept[:-1], kept[-1] + carried
            lines.append(kept)
            line, room = carried + piece.lstrip(), width
        while measure(line) > room and len(line) > 1 and line[-1] not in _NOT_FIRST:  # a number longer than a line
            cut = _most(line, room, measure)
            lines.append(line[:cut])
            line, room = line[cut:], width
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """Chinese characters one by one, runs of letters and digits whole."""
    run = ""
    for sign in text:
        if sign.isascii() and not sign.isspace() and sign not in _NOT_FIRST and sign not in _NOT_LAST:
            run += sign
            continue
        if run:
            yield run
            run = ""
        yield sign
    if run:
        yield run


def _most(line: str, room: float, measure: Callable[[str], float]) -> int:
    """How many characters fit, at least one."""
    fits = 1
    while fits < len(line) and measure(line[: fits + 1]) <= room:
        fits += 1
    return fits
