"""Free disk space of the store, and what is still accepted."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import DISK_FOR_PICTURES, DISK_LOW, DISK_STOP
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreFull

STORE_FULL = (
    "系统的存储空间满了，现在登记不了，您填的内容还没有提交。请不要关页面，"
    "把要紧的话抄下来或拍下来，到窗口交给工作人员，他们会当面登记。"
)


def free_bytes(ctx: Context) -> int:
    """Free bytes; 0 when the folder cannot be read."""
    try:
        return ctx.disk_free()
    except OSError:
        return 0


def disk_state(ctx: Context) -> str:
    """`ok`, `degraded` (somebody should check) or `off` (no petition is accepted)."""
    free = free_bytes(ctx)
    if free < DISK_STOP:
        return "off"
    return "ok" if free >= DISK_LOW else "degraded"


def require_room(ctx: Context) -> None:
    """Raise StoreFull before the disk is full: registered cases need space for further steps."""
    if free_bytes(ctx) < DISK_STOP:
        raise StoreFull("room")


def require_room_for_pictures(ctx: Context) -> None:
    """Raise DomainError `pictures_full` while there is still space for petitions."""
    if free_bytes(ctx) < DISK_FOR_PICTURES:
        raise DomainError("pictures_full", "现在存不下更多照片。请先不带照片提交，材料带到窗口交。")
