"""Walk every chain and compare it with the rows it is about and with the anchors; name what does not fit, the first fault first.

Memory holds the rows of one batch of cases, and once the rows of the tables that belong to no case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from kiosk_api.domain import audit
from kiosk_api.domain.audit import OFFICE, Entry, Fault, Head, Macs, Row
from kiosk_api.services.audit.anchor import compare
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records

CASES = 100  # chains of one batch
LOOKS = 3  # at a chain with a fault: on PostgreSQL a change between two queries must not look like one
MOST_FAULTS = 100
ENTRIES, HEADS, GUARD = "audit_entries", "audit_heads", "audit_guard"


@dataclass
class Verified:
    """How far it is: chains, entries and rows compared, and what does not fit."""

    chains: int = 0
    entries: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    last: str = ""


def verify(ctx: Context) -> Iterator[Verified]:
    """The state of the work after each batch; it ends early after `MOST_FAULTS` faults."""
    done = Verified()
    with ctx.store.read() as records, records.audit.as_stored():
        if records.audit.guard_is_open():
            done.faults.append(Fault("guard_open", OFFICE, GUARD, "1"))
        done.faults += [Fault("row_of_no_case", "", row.table, row.key) for row in records.audit.strays(MOST_FAULTS)]
    while len(done.faults) < MOST_FAULTS:
        with ctx.store.read() as records, records.audit.as_stored():
            streams = records.audit.streams(done.last, CASES)
            faults = check(records, ctx.macs, streams, done)
        for _ in range(LOOKS - 1):
            if not faults:
                break
            again = sorted({one.stream for one in faults})
            with ctx.store.read() as records, records.audit.as_stored():
                faults = check(records, ctx.macs, again, Verified())
        done.faults += faults
        if not streams:
            break
        done.last = streams[-1]
        yield done
    done.faults += islice(compare(ctx), MOST_FAULTS - len(done.faults)) if len(done.faults) < MOST_FAULTS else []
    yield done


def check(records: Records, macs: Macs, streams: list[str], done: Verified) -> list[Fault]:
    """The faults of these chains and of their rows, chain by chain; counts what it compares."""
    heads = records.audit.heads(streams)
    stored = records.audit.rows(streams)
    checks = {stream: ChainCheck(macs, stream) for stream in streams}
    for stream, entries in groupby(records.audit.entries(streams), key=lambda one: one.stream):
        for entry in entries:
            checks[stream].see(entry)
            done.entries += 1
    faults: list[Fault] = []
    for stream in streams:
        done.chains += 1
        done.rows += len(stored[stream])
        faults += checks[stream].end(heads.get(stream))
        faults += checks[stream].compare(stored[stream])
    return faults


class ChainCheck:
    """One chain: whether its entries follow each other, and what they say of each row."""

    def __init__(self, macs: Macs, stream: str) -> None:
        self._macs = macs
        self._stream = stream
        self._before = audit.START
        self._seq = 0
        self._fault: Fault | None = None
        self._said: dict[tuple[str, str], Entry] = {}

    def see(self, entry: Entry) -> None:
        """The next entry; what follows the first fault of a chain proves nothing about the chain."""
        if self._fault is None:
            if entry.seq != self._seq + 1:
                self._fail("entry_missing", self._seq + 1)
            else:
                made = audit.entry_hash(self._macs, self._before, entry)
                if made is None or made != entry.hash:
                    self._fail("entry_changed" if made else "key_unknown", entry.seq)
                else:
                    self._before, self._seq = entry.hash, entry.seq
        if entry.action == audit.DELETED:
            self._said.pop((entry.table, entry.key), None)
        elif entry.table:
            self._said[entry.table, entry.key] = entry

    def end(self, head: Head | None) -> list[Fault]:
        """The first fault of the chain, or what does not fit between its last entry and its head."""
        if self._fault is None and (head or self._seq):
            if head is None:
                self._fault = Fault("head_missing", self._stream, HEADS, self._stream, self._seq)
            elif head.seq != self._seq:
                what = "entry_missing" if isinstance(head.seq, int) and head.seq > self._seq else "entry_added"
                self._fail(what, self._seq + 1 if what == "entry_missing" else self._seq)
            elif head.hash != self._before:
                self._fault = Fault("head_changed", self._stream, HEADS, self._stream, self._seq)
        return [self._fault] if self._fault else []

    def compare(self, rows: list[Row]) -> list[Fault]:
        """Rows that were changed, added or removed without an entry."""
        faults, said = [], dict(self._said)
        for row in rows:
            entry = said.pop((row.table, row.key), None)
            if entry is None:
                faults.append(Fault("row_added", self._stream, row.table, row.key))
            elif audit.row_digest(self._macs, entry.key_id, row.content) != entry.digest:
                faults.append(Fault("row_changed", self._stream, row.table, row.key, entry.seq))
        missing = (Fault("row_missing", self._stream, one.table, one.key, one.seq) for one in said.values())
        return [*faults, *missing]

    def _fail(self, what: str, seq: int) -> None:
        self._fault = Fault(what, self._stream, ENTRIES, f"{self._stream}/{seq}", seq)
