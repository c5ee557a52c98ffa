"""Pictures, places, menu entries, kept drafts: each kind of message does what it is for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from kiosk_api.domain.attachments import NOT_A_PICTURE, TOO_LARGE
from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.policy import MOST_PICTURE_BYTES, MOST_PICTURES
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.channels.incoming import Kind
from kiosk_api.services.channels.talk import session_of
from kiosk_api.services.chat.drafts import save_draft
from kiosk_api.services.petitions.submit_petition import submit_petition
from tests.channels.messengers import WHO, SlowAssistant, message, parts_of
from tests.factories import fresh_app, petition
from tests.waiting import wait_for

PATIENT = 120.0


class Chat:
    """One person at a messenger."""

    def __init__(self, app: Flask) -> None:
        self.ctx, self.desk = parts_of(app)
        self.said = 0

    def say(self, text: str, kind: Kind = Kind.TEXT, **more: Any) -> str:
        self.said += 1
        return "\n".join(hear(self.ctx, self.desk, message(text, self.said, kind=kind, **more), PATIENT).texts)

    @property
    def heard(self) -> list[str]:
        assistant: Any = self.ctx.assistant
        return [text for _, text in assistant.received]

    @property
    def session(self) -> str:
        with self.ctx.store.read() as records:
            person = records.channel_users.find(messenger_mark(self.ctx, "wechat", WHO))
        assert person is not None
        return session_of(person)

    def picture(self, data: bytes) -> str:
        return self.say("", Kind.PICTURE, fetch=lambda: data)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return Chat(fresh_app(tmp_path))


def photo(shade: int = 120) -> bytes:
    made = BytesIO()
    picture = Image.new("RGB", (300, 200), (shade, 200, 30))
    picture.paste((0, 0, 0), (20, 20, 200, 40))
    picture.save(made, "JPEG")
    return made.getvalue()


def test_pictures_go_with_the_petition_of_the_talk(chat: Chat) -> None:
    assert "一共1张" in chat.picture(photo()) and "30分钟" in chat.picture(photo(90))
    save_draft(chat.ctx, chat.session, {"facts": "修路占地"})
    assert chat.picture(photo(60)) == word("picture_kept", "zh", count=3, most=MOST_PICTURES)
    case = submit_petition(chat.ctx, Submission("messenger-test", petition()), "t", chat.session)
    with chat.ctx.store.read() as records:
        stored = records.cases.by_number(case["case_number"])
        assert stored is not None and len(records.attachments.of_case(stored.id)) == 3


def test_each_refusal_of_a_picture_has_its_sentence(chat: Chat) -> None:
    def gone() -> bytes:
        raise OSError("gone")

    assert chat.picture(b"%PDF-1.7") != "" and chat.picture(b"no picture") == NOT_A_PICTURE
    assert chat.picture(b"\xff\xd8\xff" + bytes(MOST_PICTURE_BYTES)) == TOO_LARGE
    assert chat.say("", Kind.PICTURE, fetch=gone) == word("picture_lost", "zh")
    assert chat.say("", Kind.PICTURE) == word("only_text", "zh")
    for _ in range(MOST_PICTURES):
        chat.picture(photo())
    assert "最多" in chat.picture(photo()) and chat.heard == []


def test_a_place_is_said_in_words(chat: Chat) -> None:
    chat.say("城关镇和平村", Kind.PLACE)
    assistant: Any = chat.ctx.assistant
    assistant.messages = [{"custom": {"text": "在哪里？", "expects": "place"}}]
    chat.say("你好")
    chat.say("城关镇和平村", Kind.PLACE)
    assert chat.heard == ["地点：城关镇和平村", "你好", "城关镇和平村"]


def test_voice_menu_entries_and_choices_are_heard_as_words(chat: Chat) -> None:
    chat.say("我要反映问题", Kind.VOICE)
    chat.say("查进度", Kind.PRESS)
    assert chat.heard == ["我要反映问题", "查进度"]


@pytest.mark.parametrize("kind", [Kind.SCAN, Kind.TEXT, Kind.JOINED])
def test_a_drafts_code_is_taken_up_by_scanning_or_pasting_its_address(chat: Chat, kind: Kind) -> None:
    chat.say("https://xinfang.example/m#AB2C-DE7F", kind)
    assert chat.heard == ["接着填 AB2C-DE7F"]


def test_who_joins_or_scans_something_unknown_is_welcomed(chat: Chat) -> None:
    assert chat.say("", Kind.JOINED) == chat.say("poster", Kind.SCAN) == word("welcome", "zh")
    assert chat.heard == []


def test_words_that_follow_a_leave_at_once_begin_a_new_conversation(tmp_path: Path) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(fresh_app(tmp_path), assistant=assistant)
    hear(ctx, desk, message("你好", 1), 0.01)
    hear(ctx, desk, message("", 2, kind=Kind.LEFT), 0.01)
    hear(ctx, desk, message("我又来了", 3), 0.01)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    assert assistant.received == ["你好", "我又来了"]


@pytest.mark.parametrize("faces", ["[微笑]", "[强][强] [OK]"])
def test_the_small_pictures_of_the_platform_are_no_answer_to_a_question(chat: Chat, faces: str) -> None:
    assert chat.say(faces) == word("only_faces", "zh")
    assert chat.heard == []


@pytest.mark.parametrize("text", ["[微笑]好的", "[8栋]", "[" * 200 + "]" * 200, "[微笑]" * 3 + "修灯"])
def test_words_between_them_are_heard(chat: Chat, text: str) -> None:
    chat.say(text)
    assert chat.heard == [text]
