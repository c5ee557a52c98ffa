"""Commands for the care of keys and store: rotate, back up, quarantine, rebuild."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kiosk_api.config import Settings
from kiosk_api.domain.keys import AES, LASTING, SM, file_name
from kiosk_api.gateways.keys import copy_keys
from kiosk_api.opening import key_folder
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.key_care import rotate
from kiosk_api.services.base.quarantine import list_quarantined, retry_quarantined
from kiosk_api.services.base.store_parts import not_backed_up
from kiosk_api.services.cases.rebuild import Rebuilt, rebuild

SAY_EVERY = 50  # batches
FAMILY = {AES: "AES-256-GCM, HMAC-SHA256", SM: "SM4-GCM, HMAC-SM3"}
PURPOSE_OF = {
    "encryption": "encryption",
    "blind-index": "blind_index",
    "receipt": "receipt",
    "audit": "audit",
    "anchor": "anchor",
}

RESEALED = "后台会把旧内容逐批换成新钥匙。"
NOT_RESEALED = "以前用旧钥匙做的不用改，也不会改，旧钥匙要一直留着。"


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    keys = commands.add_parser("rotate-keys", help="use a new key from now on; old ones still read")
    keys.add_argument("purpose", nargs="?", choices=tuple(PURPOSE_OF), default="encryption")
    copy = commands.add_parser("backup-keys", help="copy the keys into a new folder and note it")
    copy.add_argument("to", type=Path, help="a folder that does not exist yet, on another disk")
    commands.add_parser("list-keys", help="which keys the store needs, and which are backed up")
    quarantine_list = commands.add_parser("quarantine", help="list what cannot be read")
    quarantine_list.add_argument("--retry", action="store_true", help="try again, after a repair")
    anew = commands.add_parser("rebuild", help="make lists, deadlines and states anew from petitions and events")
    anew.add_argument("--after", default="", metavar="ID", help="go on after this case, as an interrupted run said")


def run(ctx: Context, settings: Settings, given: argparse.Namespace) -> int:
    """Run one of these commands; returns the exit status."""
    if given.command == "rotate-keys":
        return _rotate(ctx, settings, PURPOSE_OF[given.purpose])
    if given.command == "backup-keys":
        return _back_up(ctx, settings, given.to)
    if given.command == "list-keys":
        return _list_keys(ctx, settings)
    if given.command == "rebuild":
        return _rebuild(ctx, given.after)
    return _quarantine(ctx, given.retry)


def _rotate(ctx: Context, settings: Settings, purpose: str) -> int:
    key = rotate(key_folder(settings.data_dir, settings.data.algorithm), ctx.store, purpose, ctx.clock.now())
    print(
        f"{file_name(purpose, key.number)}: 新钥匙已经启用，旧内容照样能读，服务不用重启。\n"
        f"{NOT_RESEALED if purpose in LASTING else RESEALED}请马上备份：backup-keys 目录"
    )
    return 0


def _back_up(ctx: Context, settings: Settings, target: Path) -> int:
    folder, target = key_folder(settings.data_dir), target.resolve()
    if target.is_relative_to(settings.data_dir):
        print(f"{target} 在数据目录里面，数据丢了钥匙也一起丢。请换到别的磁盘或U盘上。", file=sys.stderr)
        return 2
    if target.exists() or not target.parent.is_dir():
        print(f"请给一个还不存在的目录名，上一级要存在：{target}", file=sys.stderr)
        return 2
    keys = folder.found()
    try:
        copy_keys(folder.path, target)
    except OSError as error:
        print(f"没有备份成：{error.strerror or error}", file=sys.stderr)
        return 1
    with ctx.store.write() as records:
        records.keys_backed_up([key.id for key in keys], ctx.clock.now())
    print(f"{len(keys)}把钥匙已备份到 {target}。请和数据库备份分开保管，拿到它的人能读出全部信访件。")
    return 0


def _list_keys(ctx: Context, settings: Settings) -> int:
    """Print one tab-separated line per key: file, id, current or former, backed up or not, algorithms if on disk."""
    families = {key.id: FAMILY[key.algorithm] for key in key_folder(settings.data_dir).readable_keys()}
    with ctx.store.read() as records:
        notes = records.key_notes()
    newest = {note.purpose: note.number for note in notes}
    missing = not_backed_up(notes)
    for note in notes:
        name = file_name(note.purpose, note.number)
        state = "current" if note.number == newest[note.purpose] else "former"
        state = "no longer needed" if note.emptied_at else state
        backed_up = "not backed up" if name in missing else "backed up"
        print(f"{name}\t{note.id}\t{state}\t{backed_up}\t{families.get(note.id, '-')}")
    return 0


def _rebuild(ctx: Context, after: str) -> int:
    """Print how far it is, and where to go on if it is stopped."""
    done = Rebuilt()
    for place, done in enumerate(rebuild(ctx, after), 1):
        if place % SAY_EVERY == 0:
            print(f"已核对{done.cases}件，更正{done.changed}件。中断以后可以接着来：rebuild --after {done.last}")
    print(f"共核对{done.cases}件，更正{done.changed}件，读不出{done.unreadable}件。")
    if done.unreadable:
        print("读不出的请看 quarantine。", file=sys.stderr)
    return 1 if done.unreadable else 0


def _quarantine(ctx: Context, retry: bool) -> int:
    if retry:
        freed, left = retry_quarantined(ctx)
        print(f"恢复{freed}项，还有{left}项读不出。")
    for one in list_quarantined(ctx):
        print(f"{one.at.isoformat()}\t{one.case_number or '-'}\t{one.place}\t{one.row_id}\t{one.reason}")
    return 0
