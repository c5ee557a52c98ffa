"""An application whose petitioners are told at home over senders that keep what they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from kiosk_api.domain.notice_records import AttemptRow, NoticeRow
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.base.sending import Delivery, Lost, Outgoing, SendError
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from kiosk_api.services.staff import act_on_case
from tests.factories import START, fresh_app, petition

HOME = "https://xinfang.example"
PHONE = "+8613912345678"


class Kept:
    """Keeps what it sends; `fails` is raised by the next calls, in order; `knows` is what it says when asked."""

    def __init__(self, name: str, *, on: bool = True) -> None:
        self.name, self.on = name, on
        self.sent: list[tuple[str, Outgoing]] = []
        self.fails: list[SendError] = []
        self.knows: list[Delivery] = []
        self.asked: list[tuple[str, str, Lost | None]] = []

    def is_on(self) -> bool:
        return self.on

    def send(self, to: str, message: Outgoing) -> str:
        self.sent.append((to, message))
        if self.fails:
            raise self.fails.pop(0)
        return f"{self.name}-{len(self.sent)}"

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        self.asked.append((key, platform_id, lost))
        return self.knows.pop(0) if self.knows else Delivery.CANNOT_TELL


class Office:
    """An application with WeChat and text messages, and what happens in it."""

    def __init__(self, folder: Path, *, sms: bool = True, wechat: bool = True) -> None:
        self.app: Flask = fresh_app(folder, officers=True)
        self.sms, self.wechat = Kept("sms", on=sms), Kept("wechat", on=wechat)
        ctx: Context = self.app.extensions["kiosk"]
        office = {**ctx.office, "name": "清河县信访局"}
        self.ctx = replace(ctx, senders={"sms": self.sms, "wechat": self.wechat}, public_url=HOME, office=office)
        self.app.extensions["kiosk"] = self.ctx
        self.filed = 0

    def file(self, **changes: Any) -> dict[str, Any]:
        self.filed += 1
        headers = {"Idempotency-Key": f"telling-test-{self.filed:04}"}
        answer = self.app.test_client().post("/api/v1/petitions", json=petition(**changes), headers=headers)
        assert answer.status_code == 201, answer.get_json()
        return dict(answer.get_json())

    def act(self, number: str, username: str, action: str, **data: str) -> None:
        act_on_case.act(self.ctx, self.officer(username), number, action, data)

    def officer(self, username: str) -> Officer:
        with self.ctx.store.read() as records:
            found = records.officer_by_name(username)
        assert found is not None
        return found[0]

    def case_id(self, number: str) -> str:
        with self.ctx.store.read() as records:
            found = records.cases.marks_by_number(number)
        assert found is not None
        return found.id

    def bind(self, number: str, address: str = "oInvented-0001", language: str = "zh", proof: str = "token") -> None:
        mark = self.ctx.marks.mark("channel.user", f"wechat|{address}")
        with self.ctx.store.write() as records:
            records.case_links.add(
                self.case_id(number), mark, "wechat", address, language, proof, self.ctx.clock.now()
            )  # fmt: skip

    def unbind(self, address: str = "oInvented-0001") -> None:
        with self.ctx.store.write() as records:
            records.case_links.drop_of_user(self.ctx.marks.mark("channel.user", f"wechat|{address}"))

    def tell(self) -> None:
        """Everything that can be done now."""
        while True:
            done = [plan(self.ctx) > 0]
            done += [deliver_one(self.ctx, one.name, one) is not None for one in (self.sms, self.wechat)]
            if not any(done):
                return

    def later(self, **by: int) -> None:
        clock = self.ctx.clock
        assert isinstance(clock, SettableClock)
        clock.advance(timedelta(**by))

    def at(self, moment: datetime) -> None:
        self.later(seconds=int((moment - self.ctx.clock.now()).total_seconds()))

    def notices(self, number: str) -> list[tuple[NoticeRow, list[AttemptRow]]]:
        with self.ctx.store.read() as records:
            return records.petitioner_notices.of_case(self.case_id(number), 50)

    def states(self, number: str) -> dict[str, str]:
        return {one.kind.value: one.state.value for one, _ in self.notices(number)}


def in_the_morning() -> datetime:
    return START.replace(hour=8) + timedelta(days=1)
