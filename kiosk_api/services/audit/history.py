"""What was done to a case, by whom and when, from the record of changes; nothing of its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from kiosk_api.domain import audit_zh
from kiosk_api.domain.audit import Entry
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import ACTION_LABELS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records


@dataclass(frozen=True)
class Change:
    """One entry as people read it; `reason` is empty where nothing that is kept was rewritten."""

    seq: int
    at: datetime
    who: str
    done: str
    what: str
    reason: str


def history_of(ctx: Context, case_number: str) -> list[Change]:
    """Every entry of a case, the oldest first. Raises DomainError `case_not_found`."""
    with ctx.store.read() as records:
        case_id = records.erasures.id_of(case_number)
        if case_id is None:
            raise DomainError("case_not_found", "没有这件信访事项。")
        steps, names = records.audit.actions_of(case_id), _Names(records)
        zone = ctx.clock.now().tzinfo
        return [_change(entry, steps, names, zone) for entry in records.audit.entries([case_id])]


def _change(entry: Entry, steps: dict[str, str], names: _Names, zone: tzinfo | None) -> Change:
    at = datetime.strptime(entry.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).astimezone(zone)
    what = audit_zh.ROWS.get(entry.table, entry.table)
    if entry.key in steps:
        labels = {str(action): label for action, label in ACTION_LABELS.items()}
        what = f"{what}：{labels.get(steps[entry.key], steps[entry.key])}"
    reason = audit_zh.REASONS.get(entry.reason or "", "")
    return Change(entry.seq, at, names.of(entry), audit_zh.DONE.get(entry.action, entry.action), what, reason)


class _Names:
    """Names of officers, each looked up once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[str, str] = {}

    def of(self, entry: Entry) -> str:
        if not entry.actor:
            return audit_zh.WHO.get(entry.actor_kind, entry.actor_kind)
        if entry.actor not in self._known:
            account = self._records.accounts.by_id(entry.actor)
            self._known[entry.actor] = f"{account.display_name}（{account.username}）" if account else entry.actor
        return self._known[entry.actor]
