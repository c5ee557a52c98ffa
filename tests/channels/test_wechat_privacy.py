"""Nothing that names a person, nothing they said and no key of the account reaches a log, an error body or the disk in clear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk_api.services.base.sending import Outgoing, SendError
from kiosk_api.services.channels.late import send_answer
from tests.channels.fake_wechat import AES_KEY, TOKEN, FakeWechat, environment, to_client
from tests.channels.wechat_calls import CUSTOM, PERSON, SECRET, SERVER_ERROR, STABLE_TOKEN, TEMPLATE, serving
from tests.factories import START, fresh_app

WORDS = "邻居王小明占了我家的地"
FORM = '{"any": {"id": "T-news", "fields": {"what": "thing2"}}}'


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


def test_logs_errors_and_the_store_hold_none_of_it(
    platform: FakeWechat, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app = fresh_app(tmp_path, **environment(platform.url, WECHAT_TEMPLATES=FORM))
    ctx, post = app.extensions["kiosk"], to_client(app.test_client())
    sender, bodies = ctx.senders["wechat"], []
    ctx.assistant.messages = [{"custom": {"text": "字" * 3000 + WORDS}}]
    platform.text(post, WORDS)
    with ctx.store.write() as records:
        waiting = records.claim_messages(START, 60, 9)
    for one in waiting:
        send_answer(ctx, one)
    assert platform.said
    for path in (CUSTOM, TEMPLATE):
        platform.fail(path, 45015, -1, SERVER_ERROR)
        for number in range(3):
            message = Outgoing(f"{path}{number}", WORDS, "progress" if path == TEMPLATE else "", {"what": WORDS})
            with pytest.raises(SendError) as failed:
                sender.send(PERSON, message)
            bodies.append(repr(failed.value))
    platform.forget_token()
    platform.fail(STABLE_TOKEN, 40125)
    with pytest.raises(SendError) as failed:
        sender.send(PERSON, Outgoing("k", WORDS, "progress", {"what": WORDS}))
    bodies.append(repr(failed.value))
    for fields in ({"MsgId": "x"}, {"FromUserName": f"{PERSON} x"}):
        bodies.append(platform.push(post, {**platform.message("text", Content=WORDS), **fields}).body)
    bodies.append(platform.text(post, WORDS, mode="plain").body)
    said, logged = capfd.readouterr()
    kept = b"".join(one.read_bytes() for one in tmp_path.glob("kiosk.db*"))
    for secret in (PERSON, WORDS, "王小明", SECRET, TOKEN, AES_KEY, "token-1-", platform.access_token or "token-2-"):
        assert secret not in said + logged + "".join(bodies), secret
        assert secret.encode() not in kept, secret
