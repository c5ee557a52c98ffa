"""A case's pictures for staff who may see the case."""

from __future__ import annotations

from kiosk_api.services.attachments.bundles import PictureShown, one_of, shown
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.reading_log import note_reading
from kiosk_api.services.staff.sight import visible_case


def case_picture(ctx: Context, officer: Officer, case_number: str, picture_id: str) -> tuple[str, bytes]:
    """Type and bytes of one. Raises DomainError `case_not_found` or `attachment_not_found`."""
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        row = one_of(records.attachments.of_case(case.id), picture_id)
        found = row.mime, records.attachments.content(row.id)
    note_reading(ctx, officer, case.id, "picture")
    return found


def place_of_picture(ctx: Context, officer: Officer, case_number: str, picture_id: str) -> tuple[int, PictureShown]:
    """Which one it is of the case's pictures, from 1, and its size. Raises as `case_picture` does."""
    with ctx.store.read() as records:
        rows = records.attachments.of_case(visible_case(records, officer, case_number).id)
        row = one_of(rows, picture_id)
        return rows.index(row) + 1, shown(row)
