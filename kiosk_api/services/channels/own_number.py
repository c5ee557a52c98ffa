"""Who writes by text message has a number already: “this one” is an answer to the question for the phone."""

from __future__ import annotations

from dataclasses import replace

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Person, plainly
from kiosk_api.services.channels.answer import Answer
from kiosk_api.services.channels.incoming import Incoming

_BY_NUMBER = ("sms", "whatsapp")
_CHINA = "+86"
_OPENS, _CLOSES = ("那就", "那", "就用", "就留", "就是", "就", "用", "留"), ("就行", "就好", "吧", "呗", "啊", "嘛")
_THIS = frozenset(
    {"这个", "这个号", "这个号码", "这个电话", "这个手机", "这个手机号", "这号", "这个号就是", "本机", "本机号码",
     "现在这个", "现在这个号", "现在这个号码", "我这个号", "我这个号码", "我现在这个号", "我现在这个号码", "发短信的号码",
     "发短信这个号", "thisone", "thisnumber", "same"}
)  # fmt: skip


def meant(person: Person, incoming: Incoming) -> str | None:
    """The sender's number, where the phone was asked for and the message says no more than “this one”."""
    if person.expects != "phone" or incoming.channel not in _BY_NUMBER or len(incoming.text) > 20:
        return None
    said = plainly(incoming.text)
    said = next((said.removeprefix(one) for one in _OPENS if said.startswith(one)), said)
    said = next((said.removesuffix(one) for one in _CLOSES if said.endswith(one)), said)
    return incoming.user.removeprefix(_CHINA) if said in _THIS else None


def offered(person: Person, answer: Answer) -> Answer:
    """The answer, and at the question for the phone how to give the number that is in use."""
    if answer.expects != "phone" or person.channel not in _BY_NUMBER:
        return answer
    return replace(answer, texts=(*answer.texts, word("this_number", person.language)))
