"""A petitioner's own written documents as PDF."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.find_case import Identification, identify
from kiosk_api.services.documents.listing import documents_of


def own_document(ctx: Context, who: Identification, document_id: str, source: str) -> bytes:
    """The PDF of an approved document. It names the petitioner, so token and phone have to be given together.

    Raises DomainError as `identify` does, and `document_not_found`.
    """
    case_id = identify(ctx, who, source, both=True)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        if all(one.id != document_id for one in documents_of(records, case).values()):
            raise DomainError("document_not_found", "没有这份文书。请回到查进度的页面，再选一次。")
        return records.documents.file(document_id)
