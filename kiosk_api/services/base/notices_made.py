"""Keep what is to be told, in the transaction of what happened."""

from __future__ import annotations

from datetime import datetime

from kiosk_api.domain.petitioner_notices import Due, NoticeKind, notices_of, occasion_of_document
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord


def keep_of_events(records: Records, case: CaseRecord, new: int, at: datetime) -> None:
    """What the last `new` events of a case give rise to."""
    first = len(case.events) - new
    due = [one for place in range(first, len(case.events)) for one in notices_of(case.events, place)]
    records.petitioner_notices.add(case.id, case.id, due, at)


def keep_of_document(records: Records, case_id: str, place: int, at: datetime) -> None:
    """The written document of the decision at `place` has been approved and can be had."""
    due = [Due(occasion_of_document(place), NoticeKind.DOCUMENT_READY, at)]
    records.petitioner_notices.add(case_id, case_id, due, at)


def keep_of_callback(records: Records, callback_id: str, kind: NoticeKind, at: datetime) -> None:
    """A request to be called back was taken in, or nobody answered the last call."""
    records.petitioner_notices.add(callback_id, None, [Due(kind.value, kind, at)], at)
