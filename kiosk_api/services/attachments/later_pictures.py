"""Add pictures to a case: at its registration, or later as further material (Art. 19)."""

from __future__ import annotations

from kiosk_api.domain.attachments import EXPIRED, bundle_error, bundle_token
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import MOST_PICTURES
from kiosk_api.domain.workflow import Action, Role
from kiosk_api.services.attachments.bundles import bundle_mark
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission, once
from kiosk_api.services.base.ports import Records
from kiosk_api.services.cases.case_view import citizen_view
from kiosk_api.services.cases.find_case import Identification, identify
from kiosk_api.services.cases.move_case import move


def take_into_case(ctx: Context, records: Records, token: str, case_id: str, code: str = "invalid_petition") -> int:
    """Move the bundle's pictures to the case, within the caller's transaction; returns how many.

    Raises DomainError `code` with an error on `attachments` when the bundle is gone, or when the
    case would hold too many.
    """
    mark = bundle_mark(ctx, token)
    if records.attachments.bundle(mark, ctx.clock.now()) is None:
        raise DomainError(code, EXPIRED, (bundle_error(),))
    had = len(records.attachments.of_case(case_id))
    coming = len(records.attachments.in_bundle(mark))
    if had + coming > MOST_PICTURES:
        detail = (
            f"这件事已经有{had}张照片，一共最多{MOST_PICTURES}张，还能放{MOST_PICTURES - had}张。其余的请带到窗口交。"
        )
        raise DomainError(code, detail, (FieldError("attachments", "too_many_pictures", detail),))
    return records.attachments.give_to_case(mark, case_id)


def add_to_case(ctx: Context, who: Identification, bundle: str | None, sent: Submission, source: str) -> JsonObject:
    """Further pictures for a case that is still open; needs token and phone tail together.

    Answers as `POST /cases/lookup` does, with `added` and the number the case now has. Raises
    WorkflowError when the table does not allow it; nothing is taken then.
    """
    case_id = identify(ctx, who, source, both=True)
    token = bundle_token({"attachments": bundle})
    if token is None:
        raise _no_pictures()

    def do(records: Records) -> JsonObject:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        count = len(records.attachments.in_bundle(bundle_mark(ctx, token)))
        move(ctx, records, case, Action.ADD_MATERIAL, Role.PETITIONER, {"count": str(count)})
        added = take_into_case(ctx, records, token, case_id, "invalid_request")
        if not added:
            raise _no_pictures()
        view = citizen_view(ctx, records, case)
        return {**as_json(view), "added": added, "attachments": view.pictures}

    return once(ctx, "add_attachments", sent.key, {"case": case_id, "body": dict(sent.body)}, do)


def _no_pictures() -> DomainError:
    detail = "请先拍好或选好照片，再点提交。"
    return DomainError("invalid_request", detail, (FieldError("attachments", "required", detail),))
