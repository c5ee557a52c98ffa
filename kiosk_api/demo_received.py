"""Five invented matters that staff registered: a letter, an anonymous one, several people at the window, a call about
a matter that was told before, and a fax that lay too long.

Every person, unit, place and number is made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from kiosk_api.domain.workflow import Role
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.register_received import register_received


class Received(NamedTuple):
    """Registered `days_ago`, having come `lay` days before that."""

    days_ago: int
    lay: int
    body: dict[str, Any]


RECEIVED: tuple[Received, ...] = (
    Received(3, 2, {
        "channel": "letter", "reach": "post",
        "petitioner": {"name": "沈阿婆", "address": "青禾县云台乡上湾村5组"},
        "request": "请修好村口的路灯。",
        "facts": "村口的三盏路灯坏了半年，天黑以后看不见路，前几天有人摔进沟里。我没有电话，请写信告诉我。",
    }),
    Received(2, 10, {
        "channel": "letter", "reach": "not_at_all", "unclear": ["address"],
        "facts": "信里说柳林街道一家小作坊夜里往河里倒黑水，没有写名字和住址，也没有说希望怎么解决。",
    }),
    Received(8, 0, {
        "channel": "visit", "reach": "phone", "people": 6,
        "petitioner": {"name": "曹大海", "phone": "13900001041", "address": "青禾县开发区锦绣园5栋301"},
        "representatives": [{"name": "邹小兰", "phone": "13900001042"}, {"name": "骆建平"}],
        "request": "请把地下车库的积水抽干，查清漏水的原因。",
        "facts": "小区地下车库一下雨就积水，两辆车泡坏了，物业和开发商互相推，六户人家一起来反映。",
    }),
    Received(1, 0, {
        "channel": "phone", "reach": "phone",
        "petitioner": {"name": "王淑芬", "phone": "13900001007", "address": "青禾县城关街道幸福里2栋501"},
        "request": "让供热公司把室温供到标准。",
        "facts": "她说家里最高只有十四度，老人孩子穿着羽绒服睡觉，热费没少交，供热公司说楼内管道堵，还是不修。",
    }),
    Received(1, 20, {
        "channel": "fax", "reach": "in_person",
        "petitioner": {"name": "童广田", "address": "青禾县石桥镇东街15号"},
        "request": "请说明店面门口的路什么时候修完。",
        "facts": "店门口的路挖开四个月没有回填，客人进不来，生意做不下去，问过施工队，说等通知。",
    }),
)  # fmt: skip


def register_all(ctx: Context) -> int:
    """Register them in the past; how many there are."""
    officer = Officer("demo-office", "demo", "演示", Role.PETITION_OFFICE, None)
    for place, one in enumerate(RECEIVED):
        clock = SettableClock(ctx.clock.now() - timedelta(days=one.days_ago))
        received_on = (clock.now() - timedelta(days=one.lay)).date().isoformat()
        body = {**one.body, "received_on": received_on}
        register_received(replace(ctx, clock=clock), officer, Submission(f"demo-received-{place}", body))
    return len(RECEIVED)
