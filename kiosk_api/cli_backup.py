"""Commands: make-backup-key, backup, check-backup, restore, note-backup."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk_api.backups import PUBLIC_KEY, BackupFailed, Report, back_up
from kiosk_api.build import sqlite_file
from kiosk_api.config import Settings
from kiosk_api.gateways.backup_note import last_backup, note_backup, place_of_last, sync_folder
from kiosk_api.gateways.clock import SystemClock
from kiosk_api.gateways.sealed_file import key_name, new_pair, read_private, read_public
from kiosk_api.persistence.migrate import head
from kiosk_api.persistence.start_check import version_of_running
from kiosk_api.restoring import check_backup, restore

COMMANDS = ("make-backup-key", "backup", "check-backup", "restore", "note-backup")


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    pair = commands.add_parser("make-backup-key", help="make the pair of keys for backups; the private one goes away")
    pair.add_argument("to", type=Path, help="a new file for the private key, on another disk")
    pair.add_argument("--replace", action="store_true", help="for backups from now on; old ones need the old key")
    take = commands.add_parser("backup", help="write a sealed backup of the running store")
    take.add_argument("folder", type=Path, help="a folder, best on another disk")
    take.add_argument("--thin-out", action="store_true", help="then delete those the office's plan does not keep")
    check = commands.add_parser("check-backup", help="open a backup and check all of it")
    back = commands.add_parser("restore", help="put the store of a backup in place; the service must be stopped")
    back.add_argument("--replace", action="store_true", help="there is a store: keep it beside the restored one")
    for one in (check, back):
        one.add_argument("file", type=Path)
        one.add_argument("--key", type=Path, required=True, help="the file of the private key")
    check.add_argument("--keys", type=Path, help="a copy of the service's keys, to try them as well")
    commands.add_parser("note-backup", help="after a backup by other means (PostgreSQL): readiness counts from now")


def run(settings: Settings, given: argparse.Namespace) -> int:
    """Run one of these commands; returns the exit status."""
    try:
        if given.command == "make-backup-key":
            return _make_key(settings, given.to, given.replace)
        if given.command == "backup":
            return _backup(settings, given.folder.resolve(), given.thin_out)
        if given.command == "note-backup":
            note_backup(settings.data_dir, SystemClock().now())
            return 0
        private = _private_key(given.key)
        if given.command == "check-backup":
            _say(check_backup(settings, given.file, private, given.keys))
            return 0
        return _restore(settings, given.file, private, given.replace)
    except BackupFailed as failed:
        print(failed, file=sys.stderr)
        return 1


def say_last(settings: Settings) -> None:
    """Before a migration of a store with content: where the newest backup is, if a migration is due at all."""
    path = sqlite_file(settings.database_url)
    if path is None or not path.exists() or version_of_running(path) in (None, head()):
        return
    at, place = last_backup(settings.data_dir), place_of_last(settings.data_dir)
    if at is None:
        print(
            "升级以前还没有备份：升级以后不能退回。先停下，运行 backup 再升级最稳妥。 There is no backup to go back to."
        )
    else:
        when = at.isoformat(timespec="minutes")
        print(f"最近的备份：{when}，{place or '（用别的办法做的）'}。要退回旧版本就恢复它；以后登记的会丢。")


def _make_key(settings: Settings, target: Path, replace: bool) -> int:
    place, public_file = target.resolve(), settings.data_dir / PUBLIC_KEY
    if place.is_relative_to(settings.data_dir):
        raise BackupFailed(
            f"{place} 在数据目录里面：私钥不能和数据放在一起。请换到U盘上。 The private key must not be in the data folder."
        )
    if public_file.exists() and not replace:
        raise BackupFailed(
            "已经有备份用的公钥。要换，加上 --replace；以前的备份还要用以前的私钥。 "
            "There is a key already: --replace changes it; earlier backups still need their own."
        )
    private, public = new_pair()
    try:
        _write_new(place, f"# 打开备份的私钥，不要放在服务的机器上 · opens the backups, keep it elsewhere\n{private}\n")
        partial = public_file.with_name(f".{PUBLIC_KEY}.{os.getpid()}")
        partial.unlink(missing_ok=True)
        _write_new(partial, f"{public}\n")
        partial.replace(public_file)
        sync_folder(settings.data_dir)
    except OSError as error:
        raise BackupFailed(f"没有写成：{error.strerror or error}") from None
    print(
        f"备份钥匙 {key_name(read_public(public))}：私钥在 {place}，公钥在 {public_file}。\n"
        "请把私钥抄两份，放在两个地方，都不在这台机器上：丢了它，备份就打不开。现在做第一份备份：backup 目录"
    )
    return 0


def _write_new(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _private_key(path: Path) -> X25519PrivateKey:
    try:
        return read_private(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BackupFailed(f"{path}：{error.strerror}") from None
    except ValueError:
        raise BackupFailed(f"{path} 里没有备份的私钥。 This file holds no private key of backups.") from None


def _backup(settings: Settings, folder: Path, thin_out: bool) -> int:
    report = back_up(settings, folder, SystemClock().now(), thin_out=thin_out)
    _say(report)
    for name in report.removed:
        print(f"按保留办法删去旧备份：{name}")
    if folder.stat().st_dev == settings.data_dir.stat().st_dev:
        print(
            "提醒：备份和数据库在同一个磁盘上，磁盘坏了两样都没有，请再抄到别处。 "
            "The backup is on the disk of the store: copy it elsewhere.", file=sys.stderr,
        )  # fmt: skip
    return 0


def _restore(settings: Settings, file: Path, private: X25519PrivateKey, replace: bool) -> int:
    report, former = restore(settings, file, private, SystemClock().now(), replace=replace)
    _say(report)
    if former:
        print(f"原来的数据库留在 {former}，确认不用以后再删。")
    if report.version != head():
        print(f"这份备份是较早的版本（{report.version}）：启动以前先运行 migrate。")
    print(
        "启动以前运行 repeat-erasures（换了机器就给出最新的 .erasures 文件）：备份以后清除过的内容又回来了。再运行 verify-audit。"
    )
    print("已经恢复。这份备份以后登记的信访件不在里面：请看 handbook/operators/backup.md “恢复以后”。")
    return 0


def _say(report: Report) -> None:
    """One line of what is in a backup, one of how long each part took."""
    cases, events = report.rows.get("cases", 0), report.rows.get("events", 0)
    keys = "钥匙能打开抽查的内容" if report.keys_tried else "没有试钥匙"
    made = report.at.isoformat(timespec="seconds") if report.at else "?"
    print(f"{report.path}\n{made}，版本 {report.version}，{cases}件信访件，{events}条经过；检查通过，{keys}。")
    print("，".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items()))
