"""A worker may die at any moment: no notice is lost, none goes out under two keys, and none is sent again unasked."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kiosk_api.domain.notice_attempts import State
from kiosk_api.domain.notice_records import NoticeState
from kiosk_api.domain.petitioner_notices import NoticeKind
from kiosk_api.domain.policy import NOTICE_TRIES
from kiosk_api.services.base.context import Context
from tests.factories import fresh_app
from tests.notices.killed_workers import MOODS
from tests.notices.platform import Platform, running_platform

ROOT = Path(__file__).resolve().parents[2]
SEED = 19


def told_after_kills(folder: Path, kills: int) -> tuple[Context, Platform]:
    chance = random.Random(SEED)
    with running_platform() as platform:
        platform.moods.extend(chance.choice(MOODS) for _ in range(kills))
        command = [
            sys.executable,
            "-m",
            "tests.notices.killed_workers",
            str(folder),
            platform.url,
            str(kills),
            str(SEED),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    return fresh_app(folder).extensions["kiosk"], platform


def check(ctx: Context, platform: Platform) -> int:
    with ctx.store.read() as records:
        ids = records.cases.ids("", 10_000)
        found = {one: records.petitioner_notices.of_case(one, 20) for one in ids}
    keys: Counter[str] = Counter()
    delivered = platform.delivered()
    for told in found.values():
        assert [notice.kind for notice, _ in told] == [NoticeKind.REGISTERED], "a notice was lost, or came twice"
        [(notice, attempts)] = told
        assert len(attempts) == 1, "it was tried under two keys"
        if attempts[0].attempt.state is State.DEAD:  # its every try met a death or a refusal: an officer tells it
            assert notice.state is NoticeState.UNTOLD
            assert (attempts[0].attempt.tries, delivered[attempts[0].id]) == (NOTICE_TRIES, 0)
            continue
        assert attempts[0].attempt.state is State.SENT
        assert notice.state is NoticeState.TOLD
        keys[attempts[0].id] += 1
    assert delivered.keys() == keys.keys(), "what the platform sent is not what was to be told"
    assert platform.sent_again_unasked() == []
    again = {key for key, times in delivered.items() if times > 1}
    forgotten = {key for what, key, mood in platform.seen if what == "send" and mood == "forgotten"}
    assert again <= forgotten, "it was sent twice although the platform knew of it"
    return len(keys)


def test_no_notice_is_lost_and_none_is_sent_twice_when_workers_are_killed(tmp_path: Path) -> None:
    assert check(*told_after_kills(tmp_path, 40)) > 0


@pytest.mark.long
def test_the_same_with_a_thousand_kills(tmp_path: Path) -> None:
    assert check(*told_after_kills(tmp_path, 1_000)) > 0
