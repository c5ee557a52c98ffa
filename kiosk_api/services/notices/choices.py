"""What a petitioner wants to be told at home: everything, or only what the Regulations owe them."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.case_view import citizen_view
from kiosk_api.services.cases.find_case import Identification, has_token, identify

ALL, OWED = "all", "owed"


def choose(ctx: Context, who: Identification, wanted: str | None, source: str) -> JsonObject:
    """Keep the choice for a case whose token is shown; the case as it stands. Raises `invalid_request`."""
    if wanted not in (ALL, OWED):
        raise _invalid("notices", "请选“有进展都告诉我”或者“只告诉我依法必须告知的”。")
    if not has_token(who):
        raise _invalid("lookup_token", "请用回执上的二维码打开页面再改。")
    case_id = identify(ctx, who, source)
    with ctx.store.write() as records:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        records.petitioner_notices.choose([case_id], only_owed=wanted == OWED, at=ctx.clock.now())
        return as_json(citizen_view(ctx, records, case, by_token=True))


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))
