"""进度: where the cases stand that a person at a messenger is bound to."""

from __future__ import annotations

from datetime import date

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Option, Person, plainly
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.cases.case_view import CitizenView, citizen_view
from kiosk_api.services.channels.answer import Answer
from kiosk_api.services.channels.said import Said, asking

_ASKS = frozenset({
    "进度", "查进度", "查看进度", "我的进度", "办理进度", "查一下进度", "到哪一步了", "怎么样了", "办得怎么样了", "status", "progress",
})  # fmt: skip
SHOWN_MOST = 3
ANOTHER = "查进度"


def asks(text: str) -> bool:
    """Whether a message asks for nothing but the progress."""
    return plainly(text) in _ASKS


def cases_of(ctx: Context, records: Records, person: Person) -> Said | None:
    """The latest cases and the way to any other; None for somebody who is bound to none."""
    shown = []
    for link in records.case_links.of_user(person.mark)[:SHOWN_MOST]:
        case = records.cases.by_id(link.case_id)
        if case is not None:
            shown.append(_told(citizen_view(ctx, records, case), person.language))
    if not shown:
        return None
    other = Option(word("status_other", person.language), ANOTHER, 1)
    return asking(Answer(tuple(shown), (other,)), person, ctx.clock.now())


def _told(view: CitizenView, language: str) -> str:
    lines = [word("status", language, number=view.case_number, day=_day(view.registered_at.date(), language),
                  status=view.status_label)]  # fmt: skip
    if view.holder.unit:
        lines.append(word("status_holder", language, unit=view.holder.unit))
    if view.next:
        lines.append(word("status_next", language, what=view.next.what, by=_day(view.next.by, language)))
    if view.overdue:
        lines.append(word("status_overdue", language, label=view.overdue.label))
    if view.decisions:
        lines.append(word("status_whole", language))
    return "".join(lines) if language == "zh" else " ".join(lines)


def _day(day: date, language: str) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else day.isoformat()
