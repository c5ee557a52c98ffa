"""The office's own choices. None of these is law; a bureau may change each of them."""

from __future__ import annotations

from datetime import timedelta

URGE_INTERVAL = timedelta(days=3)
"""At least this long between two urges of one case."""

RATING_WINDOW = timedelta(days=30)
"""How long after a written result the handling can be rated."""

DUE_SOON = timedelta(days=3)
"""When a running deadline is shown to staff as nearly due."""
