"""What a person at a messenger is called and says stands in no file and no log in a form that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api.services.base.sending import NotSent
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels.hear import LATE_TOPIC, hear
from kiosk_api.services.channels.incoming import Kind
from kiosk_api.services.channels.late import mend, send_answer
from tests.channels.messengers import KeptSender, SlowAssistant, message, parts_of
from tests.factories import fresh_app, register
from tests.waiting import wait_for

WHO, WORDS, SAID = "oCanaryOpenid7788", "青石巷的王大锤打人", "青石巷"
PHONE = "13912345678"


def test_nothing_readable_is_stored_or_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    app = fresh_app(tmp_path)
    case = register(app)
    sms, chat = KeptSender(), KeptSender()
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant, senders={"sms": sms, "wechat": chat})
    chat.fails = [NotSent("busy")]
    hear(ctx, desk, message(WORDS, 1, user=WHO), 0.0)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    deliver(ctx, {LATE_TOPIC: send_answer})
    mend(ctx)
    for number, text in enumerate((f"绑定 {case['case_number']} {PHONE}", WORDS, "English"), 2):
        hear(ctx, desk, message(text, number, user=WHO), 60)
    hear(ctx, desk, message(str(case["lookup_token"]), 9, user=WHO, kind=Kind.SCAN), 60)
    code = sms.sent[0][1].fields["code"]
    ctx.store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    logged = "".join(capfd.readouterr())
    for secret in (WHO, WORDS, SAID, PHONE, str(case["lookup_token"]), f"code {code}"):
        assert secret.encode() not in stored and secret not in logged
