"""The message of a notice: the same words for every way of sending, and what a template of WeChat is filled with."""

from __future__ import annotations

from urllib.parse import urlsplit

from kiosk_api.domain.labels_zh import ROLE_LABELS
from kiosk_api.domain.notice_records import NoticeRow
from kiosk_api.domain.notice_texts import CAREFUL_WHAT, LANGUAGES, WHAT, notice_text
from kiosk_api.domain.petitioner_notices import NOTICES
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.office import filled_in
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.sending import Outgoing

_TAIL = 4  # signs of a case number: enough to tell two receipts in one drawer apart
NOTHING_SAID = "-"  # platforms refuse an empty field
_LOCAL = ("localhost", "::1")


def message_of(ctx: Context, notice: NoticeRow, case: CaseRecord | None, key: str, language: str) -> Outgoing:
    """The message; a case that is kept confidential gets the careful words, also without a link."""
    said = NOTICES[notice.kind].said
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    careful = case is not None and case.confidential
    office = filled_in(ctx.office.get("name")) or ROLE_LABELS["petition_office"]
    tail = case.case_number.replace("-", "")[-_TAIL:] if case else ""
    link = "" if careful or case is None else look_up_page(ctx)
    what = CAREFUL_WHAT[spoken] if careful else WHAT[spoken][said]
    return Outgoing(
        key=key,
        text=notice_text(said, spoken, office, tail, link, careful=careful),
        template="progress" if careful else said.value,
        fields={
            "what": what,
            "number": NOTHING_SAID if careful or not tail else tail,
            "office": NOTHING_SAID if careful else office,
            "at": f"{notice.at:%Y-%m-%d %H:%M}",
        },
        link=link,
    )


def look_up_page(ctx: Context) -> str:
    """Where a case is looked up; "" while the office has no address that a phone reaches."""
    host = urlsplit(ctx.public_url).hostname or ""
    return "" if host in _LOCAL or host.startswith("127.") else f"{ctx.public_url}/status"
