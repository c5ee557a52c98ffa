"""Commands about what is kept: the map, what is due to be erased, and erasing it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kiosk_api.data_map_page import render
from kiosk_api.domain.erasure import OBSTACLE_ZH
from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.erasure_list import ErasureFile
from kiosk_api.persistence.data_map import load
from kiosk_api.services.base.context import Context
from kiosk_api.services.retention import erasing

MAP = "data-map"
COMMANDS = ("show-what-is-due", "erase-due", "repeat-erasures", "hold-case", "release-case", "erase-person-data")
DECISIONS = {"grant": True, "refuse": False}
MOST = 1_000


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    commands.add_parser(MAP, help="print handbook/operators/data-map.md from the map of what is kept")
    commands.add_parser("show-what-is-due", help="how many cases would be erased now, and what keeps the others")
    due = commands.add_parser("erase-due", help="erase cases whose period is over; the worker does it by itself")
    due.add_argument("--most", type=int, default=MOST, help=f"at most so many ({MOST})")
    again = commands.add_parser(
        "repeat-erasures", help="after a backup was restored: erase again what was erased since"
    )
    again.add_argument(
        "file", nargs="?", type=Path, help="a copy of erasures.log; the one of the data folder otherwise"
    )
    hold = commands.add_parser("hold-case", help="keep a case from being erased")
    release = commands.add_parser("release-case", help="end that")
    person = commands.add_parser("erase-person-data", help="record a petitioner's request to erase, and its decision")
    for one in (hold, release, person):
        one.add_argument("case_number")
        one.add_argument("--by", required=True, metavar="USERNAME", help="the officer who decided")
    for one in (hold, person):
        one.add_argument("--reason", required=True, help="without names and numbers")
    person.add_argument("what", choices=erasing.WHAT, help="who is told at messengers, or the whole case")
    person.add_argument("decision", choices=tuple(DECISIONS))


def print_map() -> int:
    """Needs no store."""
    print(render(load()), end="")
    return 0


def run(ctx: Context, given: argparse.Namespace) -> int:
    """Run one of these commands; returns the exit status."""
    try:
        return _RUN[given.command](ctx, given)
    except DomainError as refused:
        print(refused.detail, file=sys.stderr)
        return 1


def _show(ctx: Context, _given: argparse.Namespace) -> int:
    due = erasing.show_due(ctx)
    if due is None:
        print("没有定保存多少年（KIOSK_KEEP_CASES_YEARS），信访件一直留着，什么也不清除。")
        return 0
    print(f"保存{ctx.keep_cases_years}年已满、现在可以清除：{due.cases}件")
    for name, number in due.kept.items():
        print(f"  {OBSTACLE_ZH[name]}：{number}件")
    print("一件可能有几条原因。后台会自己清除，也可以用 erase-due。")
    return 0


def _erase_due(ctx: Context, given: argparse.Namespace) -> int:
    if ctx.keep_cases_years is None:
        return _show(ctx, given)
    left, done = given.most, 0
    while left > 0 and (batch := erasing.erase_due(ctx, min(left, erasing.BATCH))):
        left, done = left - batch, done + batch
    print(f"清除了{done}件。")
    return 0


def _repeat(ctx: Context, given: argparse.Namespace) -> int:
    if given.file and not given.file.is_file():
        print(f"没有这个文件：{given.file}", file=sys.stderr)
        return 2
    again, unknown = erasing.repeat_erasures(ctx, ErasureFile(given.file) if given.file else None)
    print(f"再清除{again}件；名单里有{unknown}行不在这个库里。")
    return 0


def _hold(ctx: Context, given: argparse.Namespace) -> int:
    erasing.hold_case(ctx, erasing.officer_of(ctx, given.by), given.case_number, given.reason)
    print("这一件留着，不清除。")
    return 0


def _release(ctx: Context, given: argparse.Namespace) -> int:
    ended = erasing.release_case(ctx, erasing.officer_of(ctx, given.by), given.case_number)
    print(f"解除了{ended}个保留的决定。")
    return 0


def _person(ctx: Context, given: argparse.Namespace) -> int:
    officer, granted = erasing.officer_of(ctx, given.by), DECISIONS[given.decision]
    erasing.erase_on_request(ctx, officer, given.case_number, given.what, granted=granted, reason=given.reason)
    print("已经记下并清除。" if granted else "已经记下，没有清除。请把理由告诉本人。")
    return 0


_RUN = {
    "show-what-is-due": _show,
    "erase-due": _erase_due,
    "repeat-erasures": _repeat,
    "hold-case": _hold,
    "release-case": _release,
    "erase-person-data": _person,
}
