"""Which tables are recorded, in which chain, and why the others are not. A table without a rule fails a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Table

from kiosk_api.persistence import (
    account_tables,
    clock_tables,
    document_tables,
    erasure_tables,
    oversight_tables,
    people_tables,
    petitioner_notice_tables,
    tables,
    wall_tables,
)
from kiosk_api.persistence.channel_tables import case_links


@dataclass(frozen=True)
class Rule:
    """How a table is recorded. `case`: the column that names the case; `document_id` leads to it; "" is the office's
    chain. A row whose case is empty is not recorded. `but`: columns that are not, `files`: large columns."""

    table: Table
    case: str = "case_id"
    but: frozenset[str] = frozenset()
    files: bool = False
    batch: int = 200

    @property
    def name(self) -> str:
        return str(self.table.name)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.primary_key.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        return _columns(self.table, self.but)

    @property
    def plain(self) -> tuple[str, ...]:
        """The columns that cost little to read."""
        return tuple(one for one in self.columns if not (self.files and one == "sealed"))


@cache
def _columns(table: Table, but: frozenset[str]) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in but)


# What the worker notes for itself, over and over, and makes anew: the day of its next look, how far the sweep has come.
_PROGRESS = frozenset({"recheck_on"}), frozenset({"stage"})
# A code is used up: noted at each sign-in, worthless a minute later.
_STEP = frozenset({"last_step"})

_OF_CASES = (
    Rule(tables.cases, "id", but=_PROGRESS[0]),
    Rule(tables.events),
    Rule(tables.attachments, files=True, batch=4),
    Rule(case_links),
    Rule(document_tables.documents),
    Rule(document_tables.document_files, "document_id", files=True, batch=20),
    Rule(document_tables.approvals, "document_id"),
    Rule(document_tables.deliveries, "document_id"),
    Rule(clock_tables.case_clocks, but=_PROGRESS[1]),
    Rule(people_tables.assignments),
    Rule(oversight_tables.contacts),
    Rule(oversight_tables.supervisions),
    Rule(oversight_tables.advice),
    Rule(wall_tables.accused),
    Rule(wall_tables.interests),
    Rule(wall_tables.unit_notices),
    Rule(petitioner_notice_tables.notice_choices),
    Rule(erasure_tables.erasures),
    Rule(erasure_tables.legal_holds),
    Rule(erasure_tables.erasure_requests),
    Rule(account_tables.officer_log),
    Rule(account_tables.reading_reasons),
)
_OF_THE_OFFICE = (
    Rule(tables.officers, ""),
    Rule(account_tables.officer_roles, ""),
    Rule(account_tables.officer_apps, "", but=_STEP),
    Rule(people_tables.absences, ""),
    Rule(tables.units, ""),
    Rule(tables.calendar_days, ""),
    Rule(tables.calendar_years, ""),
    Rule(tables.handovers, ""),
    Rule(tables.callbacks, ""),
    Rule(tables.danger_signals, ""),
    Rule(tables.quarantine, ""),
)
RULES = {rule.name: rule for rule in (*_OF_CASES, *_OF_THE_OFFICE)}

NOT_RECORDED = {
    "allowances": "counts tries, changes with every request, and expires",
    "assist_codes": "expire within the hour; what is filed with one is an event",
    "attachment_bundles": "of before there is a case; a picture is recorded when a case takes it",
    "audit_entries": "the record itself",
    "audit_guard": "empty outside a transaction; verified to be",
    "audit_heads": "the record itself",
    "channel_messages": "answers on their way, kept for hours",
    "channel_users": "of conversations, changed with every message; bound cases are case_links",
    "clock_warnings": "that a date has passed, noted by the sweep of a whole night; follows from case_clocks",
    "document_numbers": "a counter; each number stands in its document and is unique there",
    "drafts": "of before there is a case; the citizen's own",
    "hall_calls": "a bell that rings, kept for a day",
    "handbook_gaps": "counts without a person or a case",
    "heartbeats": "changes every five seconds",
    "idempotency": "answers to repeated requests, kept for days",
    "key_notes": "written before there is a key to record with; each row is a MAC that every start compares",
    "notice_attempts": "each try of a platform; what is owed stands in events, documents and deliveries",
    "officer_sessions": "changes with every page; signing in is noted by what is done",
    "outbox": "work on its way, kept for days; its result is an event or a row that is recorded",
    "petitioner_notices": "as notice_attempts; a million may be made in a night",
    "platform_tokens": "of messengers, replaced by the hour",
}
