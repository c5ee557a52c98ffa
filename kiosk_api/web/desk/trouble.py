"""What an officer reads when the store fails: each page has its own words for a busy one."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy, StoreFull
from kiosk_api.web.errors import DESK_FULL, DESK_UNKNOWN


def trouble(error: StoreBusy, busy: DomainError, unknown: str = DESK_UNKNOWN) -> DomainError:
    """`busy`, unless the disk is full or nobody knows what became of the step."""
    if isinstance(error, OutcomeUnknown):
        return DomainError("outcome_unknown", unknown)
    return DomainError("store_full", DESK_FULL) if isinstance(error, StoreFull) else busy
