"""Commands for the record of changes."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.audit.anchor import anchor
from kiosk_api.services.audit.history import history_of
from kiosk_api.services.audit.verify import Verified, verify
from kiosk_api.services.base.context import Context

COMMANDS = ("verify-audit", "anchor-audit", "show-case-history")
SAY_EVERY = 50  # batches
WHAT = {
    "entry_changed": "这一条记录被改过",
    "entry_missing": "从这一条起，记录缺了",
    "entry_added": "这一条记录是后来加的",
    "key_unknown": "这一条记录写的钥匙不认识",
    "head_changed": "链尾被改过",
    "head_missing": "链尾不见了",
    "row_changed": "这一行被改过，没有记录",
    "row_missing": "这一行不见了，没有记录",
    "row_added": "这一行是后来加的，没有记录",
    "row_of_no_case": "这一行所属的信访件不存在",
    "anchor_missing": "少了这一号锚",
    "anchor_changed": "这一号锚被改过",
    "anchor_incomplete": "写这一号锚的时候，有的链被瞒过去了",
    "guard_open": "保护开关没有关上，现在什么都没有受保护",
}


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    history = commands.add_parser("show-case-history", help="what was done to a case, by whom and when; no content")
    history.add_argument("number", help="the case number")
    commands.add_parser("anchor-audit", help="write a signed anchor of every chain now, as the worker does each day")
    commands.add_parser("verify-audit", help="compare every row with the record of changes; name what does not fit")


def run(ctx: Context, given: argparse.Namespace) -> int:
    """Run one of these commands; returns the exit status."""
    if given.command == "show-case-history":
        return _history(ctx, given.number)
    return _anchor(ctx) if given.command == "anchor-audit" else _verify(ctx)


def _history(ctx: Context, number: str) -> int:
    """Print a tab-separated line per entry: number, time, who, what was done, to what, why it was rewritten."""
    try:
        changes = history_of(ctx, number)
    except DomainError as refused:
        print(refused.detail, file=sys.stderr)
        return 1
    for one in changes:
        print(f"{one.seq}\t{one.at.isoformat()}\t{one.who}\t{one.done}\t{one.what}\t{one.reason}".rstrip())
    return 0


def _anchor(ctx: Context) -> int:
    """Print the number of the new anchor, where it is, and the public key that checks it."""
    try:
        made = anchor(ctx)
    except OSError as error:
        print(f"没有写成：{ctx.anchors.path}：{error.strerror or error}", file=sys.stderr)
        return 1
    print(f"第{made.number}号锚：{made.chains}条链，{made.entries}条记录，在 {ctx.anchors.path}。")
    print(f"验证用的公钥（Ed25519）：{ctx.signatures.public()}")
    return 0


def _verify(ctx: Context) -> int:
    """Print a tab-separated line per fault, the first one first: what, table, key, entry."""
    done = Verified()
    for place, done in enumerate(verify(ctx), 1):
        if place % SAY_EVERY == 0:
            print(f"已核对{done.chains}条链、{done.entries}条记录。")
    for fault in done.faults:
        entry = "-" if fault.seq is None else str(fault.seq)
        print(f"{fault.what}\t{fault.table}\t{fault.key}\t{entry}\t{WHAT[fault.what]}")
    print(f"共核对{done.chains}条链、{done.entries}条记录、{done.rows}行，对不上{len(done.faults)}处。")
    if done.faults:
        print("第一处就是最先要看的地方。先不要改动数据库，见 handbook/operators/audit.md。", file=sys.stderr)
    return 1 if done.faults else 0
