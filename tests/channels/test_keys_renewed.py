"""After both keys were replaced a person is the same, their talk goes on, and leaving still ends what is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api import cli
from kiosk_api.domain.messengers import Proof
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.channels.incoming import Kind
from tests.channels.messengers import WHO, message, parts_of
from tests.factories import START, fresh_app, register

PATIENT, SILENT = 120.0, "oInvented-0002"


def test_people_are_found_under_new_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    app = fresh_app(tmp_path)
    number = str(register(app)["case_number"])
    ctx, desk = parts_of(app)
    hear(ctx, desk, message("你好"), PATIENT)
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        assert case is not None
        for who in (WHO, SILENT):
            mark = messenger_mark(ctx, "wechat", who)
            records.case_links.add(case.id, mark, "wechat", who, "zh", Proof.TOKEN, START)
    former = str(messenger_mark(ctx, "wechat", WHO))
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    for purpose in ("encryption", "blind-index"):
        assert cli.main(["rotate-keys", purpose]) == 0
    assert hear(ctx, desk, message("你好"), PATIENT).texts  # a repetition: it is found under the former key
    hear(ctx, desk, message("在吗", 2), PATIENT)
    received = ctx.assistant.received  # type: ignore[attr-defined]
    assert [text for _, text in received] == ["你好", "在吗"] and len({session for session, _ in received}) == 1
    walk = Renewal()
    assert any(not renew(ctx, walk) for _ in range(200))  # it ends
    with ctx.store.read() as records:
        assert records.channel_users.find(former) is None
        links = [records.case_links.of_user(str(messenger_mark(ctx, "wechat", who))) for who in (WHO, SILENT)]
    assert [len(one) for one in links] == [1, 1]
    hear(ctx, desk, message("", 3, kind=Kind.LEFT), PATIENT)
    with ctx.store.read() as records:
        assert [one.address for one in records.case_links.of_case(case.id)] == [SILENT]
