"""What a caller can know when the store fails."""

from __future__ import annotations


class StoreBusy(Exception):
    """The store could not be reached or written to in time; nothing was changed."""


class StoreFull(StoreBusy):
    """No disk space is left for the store, or the disk fails; nothing was changed."""


class OutcomeUnknown(StoreBusy):
    """The transaction was sent off to be committed and no answer came: it is stored as a whole, or not at all.

    Only asking again tells: the same Idempotency-Key gives the stored answer, or does it now.
    """
