"""Write an anchor once a day, and compare the record with the anchors there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, timedelta

from kiosk_api.domain.anchors import Anchor, Moved
from kiosk_api.domain.audit import Fault
from kiosk_api.services.base.context import Context

BATCH = 500  # chains of one query
EVERY = timedelta(days=1)
FOLDER = "anchors"  # as a fault names it


def is_due(ctx: Context) -> bool:
    """Whether the newest anchor is a day old; one from the future counts for nothing."""
    last, now = ctx.anchors.last_at(), ctx.clock.now()
    return last is None or not timedelta() <= now - last < EVERY


def anchor(ctx: Context) -> Anchor:
    """Write the next anchor. Raises OSError when the folder cannot be written."""
    numbers = ctx.anchors.numbers()
    number = numbers[-1] + 1 if numbers else 1
    previous = ctx.anchors.digest(numbers[-1]) if numbers else ""
    with ctx.store.read() as records, ctx.anchors.writing(number) as file:
        records.audit.snapshot()
        at = ctx.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        made = Anchor(number, at, *records.audit.totals(), previous)
        file.add(made.line())
        heads = records.audit.unanchored("", BATCH)
        while heads:
            for head in heads:
                file.add(Moved(head.stream, head.anchored, head.seq, head.hash.hex()).line())
            heads = records.audit.unanchored(heads[-1].stream, BATCH)
        key, signature = ctx.signatures.sign(file.digest())
        file.add(json.dumps({"key": key, "signature": signature.hex()}) + "\n")
    for part in _parts(ctx, number):
        with ctx.store.write() as records:
            records.audit.set_anchored([(one.stream, one.to) for one in part])
    return made


def compare(ctx: Context) -> Iterator[Fault]:
    """What does not fit: anchors that are missing or changed, and entries that an anchor names and the store lacks."""
    numbers, total, before = ctx.anchors.numbers(), None, ""
    for place, number in enumerate(numbers):
        name = f"{number:06}"
        if place and number != numbers[place - 1] + 1:
            yield Fault("anchor_missing", "", FOLDER, f"{numbers[place - 1] + 1:06}")
            total, before = None, ""
        try:
            head = _checked(ctx, number)
        except ValueError:
            head = None
        if head is None or (before and head.previous != before):
            yield Fault("anchor_changed", "", FOLDER, name)
            total, before = None, ""
            continue
        moved = 0
        for part in _parts(ctx, number):
            moved += sum(one.to - one.since for one in part)
            yield from _lacking(ctx, part)
        if (number == 1 or total is not None) and (total or 0) + moved != head.entries:
            yield Fault("anchor_incomplete", "", FOLDER, name)
        total, before = head.entries, ctx.anchors.digest(number)


def _lacking(ctx: Context, part: list[Moved]) -> Iterator[Fault]:
    with ctx.store.read() as records, records.audit.as_stored():
        for one in part:
            found = records.audit.hash_of(one.stream, one.to)
            if found is None or found.hex() != one.hash:
                what = "entry_missing" if found is None else "entry_changed"
                yield Fault(what, one.stream, "audit_entries", f"{one.stream}/{one.to}", one.to)


def _checked(ctx: Context, number: int) -> Anchor | None:
    """The head of an anchor whose signature is right. Raises ValueError where it is none."""
    head: Anchor | None = None
    last, digest = "", b""
    for last, digest in ctx.anchors.lines(number):  # noqa: B007  (the last of both)
        head = head or Anchor.read(last)
    try:
        end = json.loads(last)
        genuine = ctx.signatures.is_genuine(str(end["key"]), digest, bytes.fromhex(end["signature"]))
    except (KeyError, TypeError) as error:
        raise ValueError("no signature") from error
    return head if genuine and head and head.number == number else None


def _parts(ctx: Context, number: int) -> Iterator[list[Moved]]:
    """The chains that an anchor names, a batch at a time."""
    part: list[Moved] = []
    for line, _ in ctx.anchors.lines(number):
        if not line.startswith("{"):
            part.append(Moved.read(line))
        if len(part) == BATCH:
            yield part
            part = []
    if part:
        yield part
