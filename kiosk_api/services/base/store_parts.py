"""Readiness of the parts that store petitions: store, disk, keys, worker, clock and calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk_api.domain.backups import is_old
from kiosk_api.domain.keys import KeyNote, file_name
from kiosk_api.domain.policy import CLOCK_AWAY
from kiosk_api.services.base.clock_watch import TRUSTED
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import disk_state
from kiosk_api.services.base.notice_health import channel_parts, only_shown
from kiosk_api.services.base.ports import Records, StoreBusy

WORKER_SILENT_AFTER = timedelta(seconds=30)
WRITE_EVERY = timedelta(seconds=5)
COUNTED_MOST = 1000
PROBE = "probe"  # heartbeat: the latest write that readiness tried


def store_parts(ctx: Context, now: datetime) -> tuple[dict[str, str], list[str]]:
    """The state of each part, and what somebody has to do."""
    parts: dict[str, str] = {"disk": disk_state(ctx), "backup": "ok"}
    missing: list[str] = []
    if is_old(last := ctx.last_backup(), now):
        parts["backup"] = "degraded"
        missing.append(f"last backup: {last.isoformat(timespec='minutes') if last else 'none'}; see `backup`")
    try:
        parts["schema"] = "ok" if ctx.store.check() == ctx.schema_head else "off"
        _try_to_write(ctx, now)
        with ctx.store.read() as records:
            _look(ctx, records, now, parts, missing)
        parts["store"] = "ok"
    except StoreBusy:
        parts["store"] = "off"
    return parts, missing


def _try_to_write(ctx: Context, now: datetime) -> None:
    """Write a row: only a write detects a held lock or a full disk. Raises StoreBusy."""
    with ctx.store.read() as records:
        last = records.last_beat(PROBE)
    with ctx.store.write() as records:
        if last is None or abs(now - last) >= WRITE_EVERY:
            records.beat(PROBE, now)


def _look(ctx: Context, records: Records, now: datetime, parts: dict[str, str], missing: list[str]) -> None:
    beat, believed = records.last_beat("worker"), records.last_beat(TRUSTED)
    # a heartbeat in the future is ignored: the clock was set back, or was ahead then
    parts["worker"] = _ok(beat is not None and abs(now - beat) < WORKER_SILENT_AFTER)
    parts["clock"] = _ok(believed is None or abs(now - believed) <= CLOCK_AWAY)
    calendar = records.calendar()
    parts["calendar"] = _ok(calendar.is_confirmed(now.year))
    if not calendar.is_confirmed(now.year + 1):
        missing.append(f"calendar year {now.year + 1} not confirmed")
    waiting = records.clocks.not_yet(COUNTED_MOST)
    parts["deadlines"] = _ok(waiting == 0)
    if waiting:
        some = f"{waiting} or more" if waiting == COUNTED_MOST else str(waiting)
        missing.append(f"cases whose deadlines are still to be computed: {some}; the worker does it, or `rebuild`")
    apart = records.quarantine_size()
    parts["records"] = _ok(apart == 0)
    if apart:
        missing.append(f"records that cannot be read: {apart}; see `quarantine`")
    parts |= channel_parts(ctx, records)
    if only_shown(ctx):
        missing.append("text messages go to the console of this machine: nobody receives them")
    lost, bare = ctx.keys_lost(), not_backed_up(records.key_notes())
    parts["keys"] = _ok(not lost and not bare)
    if lost:
        missing.append(f"key files gone from the disk: {', '.join(lost)}; restore them now")
    if bare:
        missing.append(f"keys not backed up: {', '.join(bare)}; see `backup-keys`")


def not_backed_up(notes: list[KeyNote]) -> list[str]:
    """Files of keys that rows still need and of which no copy is recorded."""
    return [
        file_name(note.purpose, note.number) for note in notes if note.backed_up_at is None and note.emptied_at is None
    ]


def _ok(well: bool) -> str:
    return "ok" if well else "degraded"
