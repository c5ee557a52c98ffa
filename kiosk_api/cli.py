"""Commands: migrate, worker, run, demo, officer accounts and the working-day calendar."""

from __future__ import annotations

import argparse
import csv
import secrets
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from kiosk_api import cli_audit, cli_backup, cli_care, cli_data, cli_sms, cli_store, cli_wechat, supervisor
from kiosk_api.app import build_context
from kiosk_api.config import Settings, SettingsError
from kiosk_api.demo import fill
from kiosk_api.domain.actors import OPERATOR, Actor, act_as
from kiosk_api.domain.cells import as_cell
from kiosk_api.domain.errors import DomainError, StartRefused
from kiosk_api.domain.units import UNLISTED
from kiosk_api.gateways.calendar_seed import seed_calendar
from kiosk_api.gateways.clock import SystemClock
from kiosk_api.gateways.handbook_files import (
    OUT_OF_SCOPE_FILE,
    HandbookError,
    load_english,
    load_out_of_scope,
    load_sections,
)
from kiosk_api.gateways.notify import HANDLERS
from kiosk_api.gateways.worker_figures import file_of, keep_writing
from kiosk_api.logs import configure_logging, keep_failures_quiet
from kiosk_api.notice_lanes import lanes
from kiosk_api.opening import check_start
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.private_files import make_private
from kiosk_api.sample.district import FILE as SAMPLE
from kiosk_api.sentences import list_sentences
from kiosk_api.services.audit.adopt import adopt
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.handbook.handbook import gaps
from kiosk_api.services.handbook.rules import faults
from kiosk_api.services.organisation.units import load_units
from kiosk_api.services.petitions.classify_again import classify_again
from kiosk_api.services.petitions.corrections import COLUMNS, corrected_rows
from kiosk_api.services.staff.accounts import FIRST_OFFICERS, add_officer
from kiosk_api.standby import beat, serve_on_order
from kiosk_api.worker import work

MOST_GAPS = 20
OUTCOMES = {"choices": "给了选择", "refer": "没有答"}


def main(arguments: list[str] | None = None) -> int:
    """Entry of `python -m kiosk_api.cli`; returns the exit status."""
    parser = argparse.ArgumentParser(prog="kiosk_api")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("migrate", "bring the store to the current schema; calendar, units and first officers included"),
        ("worker", "deliver outbox messages and check deadlines until SIGTERM"),
        ("demo", "fill the store with invented cases"),
        ("list-sentences", "print every fixed sentence and the file name of its recording"),
        ("check-handbook", "list faults of the handbook and questions it does not answer"),
    ):
        commands.add_parser(name, help=text)
    start = commands.add_parser("run", help="start and watch every process")
    start.add_argument("--reload", action="store_true", help="for development: load a source file when it changes")
    officer = commands.add_parser("add-officer", help="create a staff account")
    officer.add_argument("username")
    officer.add_argument("role")
    officer.add_argument("display_name")
    officer.add_argument("--unit", help="the id of a unit")
    rows = commands.add_parser("export-corrections", help="write what staff corrected as rows for `make train EXTRA=`")
    rows.add_argument("file", type=Path)
    day = commands.add_parser("calendar-day", help="mark a day: holiday, make_up or ordinary")
    day.add_argument("day", type=date.fromisoformat)
    day.add_argument("kind", choices=("holiday", "make_up", "ordinary"))
    day.add_argument("source")
    year = commands.add_parser("confirm-year", help="confirm that a year's holidays are entered")
    year.add_argument("year", type=int)
    year.add_argument("source")
    units = commands.add_parser("load-units", help="make the units those of a CSV file, or say what is wrong with it")
    units.add_argument("file", type=Path)
    cli_backup.add_commands(commands)
    cli_store.add_commands(commands)
    cli_care.add_commands(commands)
    cli_data.add_commands(commands)
    cli_audit.add_commands(commands)
    cli_wechat.add_commands(commands)
    cli_sms.add_commands(commands)
    given = parser.parse_args(arguments)
    configure_logging()
    act_as(Actor(OPERATOR))
    try:
        settings = Settings.from_env()
        make_private(settings.data_dir)
        return _do(given, settings)
    except (SettingsError, StartRefused) as error:
        print(error, file=sys.stderr)
        return 2


def _do(given: argparse.Namespace, settings: Settings) -> int:
    if given.command == "run":
        return supervisor.run(given.reload)
    if given.command == "migrate":
        return _migrate(settings)
    if given.command == "check-handbook":
        return _check_handbook(settings)
    if given.command in cli_backup.COMMANDS:
        return cli_backup.run(settings, given)
    if given.command in cli_store.COMMANDS:
        return cli_store.run(settings, given)
    if given.command == "worker":
        check_start(settings.database_url)
    if given.command == cli_data.MAP:
        return cli_data.print_map()
    ctx = build_context(settings)
    if given.command == "worker":
        return _work(settings)
    if given.command in ("rotate-keys", "backup-keys", "list-keys", "quarantine", "rebuild"):
        return cli_care.run(ctx, settings, given)
    if given.command in cli_data.COMMANDS:
        return cli_data.run(ctx, given)
    if given.command in cli_audit.COMMANDS:
        return cli_audit.run(ctx, given)
    if given.command in cli_wechat.COMMANDS:
        return cli_wechat.run(ctx, settings, given.command)
    if given.command in cli_sms.COMMANDS:
        return cli_sms.run(ctx, settings, given)
    if given.command == "demo":
        return _demo(ctx)
    if given.command == "add-officer":
        password = secrets.token_urlsafe(12)
        try:
            add_officer(ctx, given.username, given.role, given.display_name, given.unit, password)
        except DomainError as refused:
            print(refused.detail, file=sys.stderr)
            return 1
        print(f"{given.username}: {password}")
    elif given.command == "load-units":
        return _load_units(ctx, given.file)
    elif given.command == "export-corrections":
        print(f"{_export_corrections(ctx, given.file)} rows in {given.file}")
    elif given.command == "list-sentences":
        for name, sentence in list_sentences(settings):
            print(f"{name}\t{sentence}")
    elif given.command == "calendar-day":
        with ctx.store.write() as records:
            records.set_calendar_day(given.day, given.kind, given.source)
    elif given.command == "confirm-year":
        with ctx.store.write() as records:
            records.confirm_year(given.year, given.source, ctx.clock.now())
    return 0


def _export_corrections(ctx: Context, path: Path) -> int:
    """Write the rows to a file that only its owner may read; returns their number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in corrected_rows(ctx):
            writer.writerow({name: as_cell(text) for name, text in row.items()})
            written += 1
    return written


def _load_units(ctx: Context, path: Path) -> int:
    """Load a list of units; print every problem by line, and change nothing when there is one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        print(f"读不了这个文件：{error.strerror}", file=sys.stderr)
        return 1
    done = load_units(ctx, content)
    for one in done.problems:
        print(f"第{one.line}行 {one.column}：{one.detail}", file=sys.stderr)
    if done.problems:
        print(f"共{len(done.problems)}处要改，什么都没有写入。改好以后再装一次。", file=sys.stderr)
        return 1
    print(f"{done.units}个单位已经装入，{done.ended}个停用，{done.inherited}件信访件转给了承接单位。")
    return 0


def _check_handbook(settings: Settings) -> int:
    """Print faults by file. Without any, the running service shows the new edition within seconds."""
    citizens = settings.handbook_dir / "citizens"
    try:
        sections, out_of_scope = load_sections(citizens), load_out_of_scope(citizens / OUT_OF_SCOPE_FILE)
        english = load_english(settings.handbook_dir / "citizens-en", citizens, sections)
    except (HandbookError, OSError, ValueError) as fault:
        print(f"读不了：{fault}")
        return 1
    found = faults(sections, out_of_scope, SystemClock().now().date(), english)
    for fault_text in found:
        print(fault_text)
    if found:
        print(f"共{len(found)}处要改。改好以前，正在运行的服务可能还是旧的内容。")
        return 1
    print(
        f"没有问题：{len(sections)}节，{sum(len(one.example_questions) for one in sections)}种问法。"
        "正在运行的服务几秒钟内换成新的。"
    )
    try:
        missing = gaps(build_context(settings))[:MOST_GAPS]
    except StoreBusy:
        return 0
    if missing:
        print("最近30天问到、没有答上的（次数，最相近的内容）：")
    for gap in missing:
        print(f"  {gap.times:4d}  {gap.name}（{OUTCOMES[gap.outcome]}）")
    return 0


def _migrate(settings: Settings) -> int:
    """Migrate the schema; add the calendar and the first officers if they are missing."""
    check_start(settings.database_url, must_be_current=False)
    cli_backup.say_last(settings)
    engine = make_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    ctx = build_context(settings)
    with ctx.store.write() as records:
        seed_calendar(records, ctx.clock.now())
        listed = any(unit.kind != UNLISTED for unit in records.units.all())
    if not listed:
        load_units(ctx, SAMPLE.read_bytes())
    for username, role, name, unit in FIRST_OFFICERS:
        with ctx.store.read() as records:
            known = records.officer_by_name(username) is not None
            known = known or (unit is not None and records.units.by_id(unit) is None)  # the bureau has its own units
        if not known:
            password = secrets.token_urlsafe(9)
            _write_password(settings, f"{username}\t{password}\t{name}\t{role}\t{unit or ''}\n")
            add_officer(ctx, username, role, name, unit, password)
    adopt(ctx)
    ctx.store.close()
    return 0


def _write_password(settings: Settings, line: str) -> None:
    """Before the account is made: an end in between must leave no account whose password nobody knows. The last
    line of a name counts."""
    path = settings.data_dir / "first-officers.txt"
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write(line)


def _work(settings: Settings) -> int:
    """Run the worker; it ends between two rounds on SIGTERM or SIGINT."""
    ctx = build_context(settings)
    ctx.store.close()
    serve_on_order()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keep_writing(ctx, file_of(settings.data_dir, settings.figures.worker_name), stop)
    with lanes(ctx, stop):
        work(ctx, {**HANDLERS, "read_later": classify_again}, stop, beat)
    return 0


def _demo(ctx: Context) -> int:
    """Fill an empty store with invented cases; never mix them with real ones."""
    filled = fill(ctx)
    if not filled:
        print("库里已经有信访件，没有写入演示数据：真件和演示件不能混在一起。要看演示，请另设一个 "
              "KIOSK_DATA_DIR（空目录）。 The store already holds cases; nothing was written. Try the "
              "demonstration with another, empty KIOSK_DATA_DIR.", file=sys.stderr)  # fmt: skip
        return 1
    print(f"{filled} invented cases registered")
    return 0


if __name__ == "__main__":
    keep_failures_quiet()
    raise SystemExit(main())
