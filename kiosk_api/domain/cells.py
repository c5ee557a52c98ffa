"""Text in a CSV file that somebody opens with a spreadsheet."""

from __future__ import annotations

# Full-width signs too: a spreadsheet set up for Chinese treats them as half-width ones.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS_OUT = ("\t", "\r", "\n")


def as_cell(text: str) -> str:
    """`text`, quoted where a spreadsheet would run it as a formula (OWASP: CSV injection)."""
    begins = text.lstrip().startswith(_STARTS_A_FORMULA) or text.startswith(_BREAKS_OUT)
    return f"'{text}" if begins else text
