"""Make everything that follows from petitions and events anew: after an upgrade, a repair, or a doubt.

It can be stopped at any time and run again; batches are short, so the service goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.errors import CaseErased, Unreadable
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records, StoreBusy
from kiosk_api.services.base.quarantine import quarantine_case, quarantine_record
from kiosk_api.services.cases.projection import facts_from_events, put_projection, set_facts
from kiosk_api.services.organisation.naming import current_unit

BATCH = 100


@dataclass
class Rebuilt:
    """How far it is: cases looked at, how many were different, how many do not open, and the last id."""

    cases: int = 0
    changed: int = 0
    unreadable: int = 0
    last: str = ""


def rebuild(ctx: Context, after: str = "") -> Iterator[Rebuilt]:
    """Every case after this id; the state of the work after each batch. A case that does not open goes into quarantine
    and stays as it is."""
    done = Rebuilt(last=after)
    with ctx.store.write() as records:
        done.changed += records.cases.mend_words()
    while True:
        with ctx.store.read() as records:
            ids = records.cases.ids(done.last, BATCH)
        if not ids:
            return
        broken: list[tuple[str, Exception]] = []
        with ctx.store.write() as records:
            calendar = records.calendar()
            for case_id in ids:
                try:
                    done.changed += _rebuild_one(ctx, records, case_id, calendar)
                except StoreBusy:
                    raise
                except CaseErased:  # nothing follows from its events any more
                    continue
                except Exception as error:
                    broken.append((case_id, error))
        for case_id, reason in broken:
            _set_apart(ctx, case_id, reason)
        done.cases, done.unreadable, done.last = done.cases + len(ids), done.unreadable + len(broken), ids[-1]
        yield done


def _rebuild_one(ctx: Context, records: Records, case_id: str, calendar: WorkCalendar) -> bool:
    records.clocks.hold(case_id)
    case = records.cases.by_id(case_id)
    assert case is not None  # cases are never deleted
    facts = facts_from_events(case)
    set_facts(case, facts)
    case.responsible_unit = current_unit(records, case.responsible_unit, ctx.clock.now().date())
    case.hot_field = case.route.hot_field
    restored = records.cases.restore(case, facts.urged)
    return put_projection(ctx, records, case, calendar) or restored


def _set_apart(ctx: Context, case_id: str, error: Exception) -> None:
    if isinstance(error, Unreadable):
        quarantine_record(ctx, error)
    else:
        quarantine_case(ctx, case_id, type(error).__name__)
