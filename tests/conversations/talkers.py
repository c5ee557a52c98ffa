"""Whoever talks to the running stack: a page of the kiosk, the page of a phone, a text message, WeChat.

A messenger's adapter runs in the test's own process over the stack's store and assistant, as a second process of the API
would. What was asked and offered is read from the store, since a plain message does not say it.
"""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from twilio.request_validator import RequestValidator

from kiosk_api.domain.messengers import Option
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.channels.answer import Answer, restored
from kiosk_api.services.channels.plain_text import WECHAT, parts
from tests.channels.fake_wechat import AWAY, FakeWechat, to_client
from tests.stack import Stack
from tests.waiting import wait_for

HOME = "https://xinfang.example"
TWILIO_SECRET = "invented"


@dataclass
class HeardBack:
    """What came back for a message."""

    said: str
    expects: str | None = None
    options: list[str] = field(default_factory=list)
    has_case: bool = False


class Talker(ABC):
    """One citizen; remembers what was shown."""

    def __init__(self) -> None:
        self.known = {"case_number": "", "resume_code": ""}
        self.numbers: list[str] = []  # of the cases registered
        self.begin()

    @abstractmethod
    def begin(self) -> None:
        """Another conversation, as somebody who is not known yet."""

    @abstractmethod
    def send(self, text: str) -> HeardBack:
        """Send one message; the number of a registered case goes to `registered`."""

    def say(self, text: str) -> HeardBack:
        for name, value in self.known.items():
            text = text.replace("{" + name + "}", value)
        heard = self.send(text)
        if code := re.search(r"续填码：([0-9A-Z-]+)", heard.said):
            self.known["resume_code"] = code.group(1)
        return heard

    def registered(self, number: str) -> None:
        self.known["case_number"] = number
        self.numbers.append(number)


class KioskTalker(Talker):
    """Over POST /api/v1/chat, as the kiosk's page; the page of a phone also names each message."""

    def __init__(self, stack: Stack, *, names_messages: bool = False) -> None:
        self._stack, self._names_messages = stack, names_messages
        super().__init__()

    def begin(self) -> None:
        self.session = secrets.token_urlsafe(18)

    def send(self, text: str) -> HeardBack:
        body = {"text": text, "session_id": self.session}
        if self._names_messages:
            body["message_id"] = secrets.token_urlsafe(12)
        asked = self._stack.client.post("/api/v1/chat", json=body)
        assert asked.status_code == 200, asked.text
        answer = asked.json()
        assert answer["replies"], f"no reply to {text!r}"
        assert not answer.get("degraded"), f"the bot was away at {text!r}"
        cases = [one["case"] for one in answer["replies"] if one.get("case")]
        for case in cases:
            self.registered(case["case_number"])
        return HeardBack(
            "\n".join(one["text"] for one in answer["replies"]),
            answer.get("expects"),
            [o["value"] for one in answer["replies"] for o in one.get("options", [])],
            bool(cases),
        )


class MessengerTalker(Talker):
    """Over a messenger's adapter. Says the number of an offered choice instead of its words, wherever it has one."""

    channel = ""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.ctx: Context = app.extensions["kiosk"]
        self.offered: tuple[Option, ...] = ()
        super().__init__()

    @abstractmethod
    def post(self, text: str) -> tuple[str, str]:
        """Bring a message as the platform does: the message's id as the adapter names it, and what is shown."""

    def send(self, text: str) -> HeardBack:
        numbered = next((str(one.number) for one in self.offered if one.number and one.value == text), text)
        message_id, shown = self.post(numbered)
        mark = self.ctx.marks.mark("channel.message", f"{self.channel}|{message_id}")
        wait_for(lambda: self._is_done(mark))
        with self.ctx.store.read() as records:
            message = records.channel_messages.find(mark)
            person = records.channel_users.find(messenger_mark(self.ctx, self.channel, self.user))
        assert message is not None and person is not None
        answer = restored(message.answer)
        assert answer.texts, f"no reply to {text!r}"
        if not message.is_late:  # a machine that is busy may answer late; then a Sender has it
            self.check_shown(answer, shown)
        said = "\n".join(answer.texts)
        self.offered = person.options
        has_case = bool(re.search(r"/r#[\w-]{32}", said)) and "信访件编号：" in said
        if has_case and (number := re.search(r"信访件编号：(XF[0-9A-Z-]+)", said)):
            self.registered(number[1])
        return HeardBack(said, person.expects or None, [one.value for one in person.options], has_case)

    def check_shown(self, answer: Answer, shown: str) -> None:
        """What the person reads begins as the answer does and names every choice whole."""
        assert shown and answer.texts[0][:40] in shown
        for one in answer.options:
            assert (f"{one.number} {one.label}" if one.number else one.value) in shown

    def _is_done(self, mark: str) -> bool:
        with self.ctx.store.read() as records:
            message = records.channel_messages.find(mark)
        return message is not None and message.is_done


class TwilioTalker(MessengerTalker):
    """A text message from a mobile phone."""

    channel = "sms"

    def begin(self) -> None:
        self.user = f"+86139{secrets.randbelow(10**8):08}"

    def post(self, text: str) -> tuple[str, str]:
        sid = f"SM{secrets.token_hex(16)}"
        fields: dict[str, Any] = {
            "From": self.user,
            "To": "+8613800000000",
            "Body": text,
            "MessageSid": sid,
            "NumMedia": "0",
        }
        signature = RequestValidator(TWILIO_SECRET).compute_signature(f"{HOME}/channels/twilio", fields)
        answer = self.client.post("/channels/twilio", data=fields, headers={"X-Twilio-Signature": signature})
        assert answer.status_code == 200, answer.text
        shown = re.findall(r"<Message>(.*?)</Message>", answer.text, re.S)
        return sid, "\n".join(one.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for one in shown)


class WechatTalker(MessengerTalker):
    """A user of the official account, in one of the modes of the platform's console."""

    channel = "wechat"

    def __init__(self, app: Flask, mode: str) -> None:
        self._platform = FakeWechat(lambda: self.ctx.clock.now(), mode)
        super().__init__(app)

    def begin(self) -> None:
        self.user = f"o{secrets.token_urlsafe(20)}"

    def post(self, text: str) -> tuple[str, str]:
        fields = self._platform.message("text", self.user, Content=text)
        answered = self._platform.push(to_client(self.client), fields)
        assert answered.words != AWAY
        return f"{self.user}|{fields['MsgId']}", answered.words or ""

    def check_shown(self, answer: Answer, shown: str) -> None:
        """The reply is the first of the messages that make up the answer."""
        assert shown == parts(answer, WECHAT)[0]
