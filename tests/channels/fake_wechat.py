"""WeChat's platform, as it calls us: it signs, encrypts, waits five seconds and tries three times, as documented.

Its encryption is wechatpy's, so that whatever passes here was understood by a second implementation.
`wechat_calls.py` is what it answers when we call it, and `serving` there makes it a real server.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
from flask.testing import FlaskClient
from wechatpy.crypto import WeChatCrypto

from tests.channels.wechat_calls import APP_ID, PERSON, SECRET, Calls

TOKEN = "inventedToken1"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_0123456789ab"  # the account's own name in messages
TRIES, PATIENCE_S = 3, 5.0
AWAY = "该公众号暂时无法提供服务，请稍后再试"  # what the person sees when we answer nothing usable
Post = Callable[[str, bytes], "tuple[int, bytes]"]  # (address from the path on, body) → (status, body)


@dataclass
class Answered:
    """What the platform got for a message: the words it shows, and after how many tries."""

    words: str | None  # None: `success`, nothing is shown
    tries: int
    status: int
    body: str


class FakeWechat(Calls):
    """One account. `now` is the platform's clock, `mode` what is chosen in its console."""

    def __init__(self, now: Callable[[], datetime], mode: str = "safe", aes_key: str = AES_KEY) -> None:
        super().__init__(now)
        self.mode, self.aes_key = mode, aes_key
        self._number = 24_000_000_000_000_000

    def message(self, kind: str, person: str = PERSON, **fields: Any) -> dict[str, Any]:
        """The fields of a message; `kind` is its MsgType."""
        with self.lock:
            self._number += 1
            number = self._number
        at = int(self.now().timestamp())
        common = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": at, "MsgType": kind}
        return {**common, **fields, **({} if kind == "event" else {"MsgId": number})}

    def request(self, fields: Mapping[str, Any], mode: str | None = None) -> tuple[str, bytes]:
        """The address, from the path on, and the body with which the platform brings a message."""
        mode = mode or self.mode
        plain, at, nonce = as_xml(fields), str(int(self.now().timestamp())), str(secrets.randbelow(10**10))
        query = {"signature": signed(TOKEN, at, nonce), "timestamp": at, "nonce": nonce, "openid": PERSON}
        if mode == "plain":
            return f"/channels/wechat?{urlencode(query)}", plain.encode()
        made = ElementTree.fromstring(WeChatCrypto(TOKEN, self.aes_key, APP_ID).encrypt_message(plain, nonce, at))
        query |= {"encrypt_type": "aes", "msg_signature": made.findtext("MsgSignature") or ""}
        around = dict(fields) if mode == "compatible" else {"ToUserName": ACCOUNT}
        body = as_xml({**around, "Encrypt": made.findtext("Encrypt") or ""})
        return f"/channels/wechat?{urlencode(query)}", body.encode()

    def push(self, post: Post, fields: Mapping[str, Any], mode: str | None = None) -> Answered:
        """Bring a message, again when no answer comes, and read what is answered as the platform would."""
        self.note(fields)
        for number in range(1, TRIES + 1):
            address, body = self.request(fields, mode)
            try:
                status, answer = post(address, body)
            except (httpx.HTTPError, OSError):
                continue
            text = answer.decode(errors="replace")
            shown = self._shown(text, mode or self.mode, fields) if status == 200 else AWAY
            return Answered(shown, number, status, text)
        return Answered(AWAY, TRIES, 0, "")

    def text(self, post: Post, words: str, person: str = PERSON, mode: str | None = None) -> Answered:
        """Somebody types a message."""
        return self.push(post, self.message("text", person, Content=words), mode)

    def event(self, post: Post, name: str, person: str = PERSON, **fields: Any) -> Answered:
        """An event, such as a tap in the menu."""
        return self.push(post, self.message("event", person, Event=name, **fields))

    def greeting(self, echo: str = "4375120948345356249") -> str:
        """The address with which the platform checks ours."""
        at, nonce = str(int(self.now().timestamp())), "1514711492"
        query = {"signature": signed(TOKEN, at, nonce), "echostr": echo, "timestamp": at, "nonce": nonce}
        return f"/channels/wechat?{urlencode(query)}"

    def _shown(self, text: str, mode: str, fields: Mapping[str, Any]) -> str | None:
        if text in ("", "success"):
            return None
        try:
            made = ElementTree.fromstring(text)
            if mode != "plain":
                at, nonce = made.findtext("TimeStamp") or "", made.findtext("Nonce") or ""
                crypto = WeChatCrypto(TOKEN, self.aes_key, APP_ID)
                made = ElementTree.fromstring(crypto.decrypt_message(text, made.findtext("MsgSignature"), at, nonce))
        except Exception:
            return AWAY
        right = made.findtext("ToUserName") == fields["FromUserName"] and made.findtext("FromUserName") == ACCOUNT
        words = made.findtext("Content") or ""
        if not right or made.findtext("MsgType") != "text" or not words or len(words.encode()) > 2048:
            return AWAY
        return words


def to_client(client: FlaskClient) -> Post:
    """Brings messages to an application without a network."""

    def post(address: str, body: bytes) -> tuple[int, bytes]:
        answer = client.post(address, data=body, content_type="text/xml")
        return answer.status_code, answer.data

    return post


def over_http(url: str, patience_s: float = PATIENCE_S) -> Post:
    """Brings messages to a server, and hangs up after `patience_s` as the platform does after five seconds."""
    client = httpx.Client(base_url=url, trust_env=False)

    def post(address: str, body: bytes) -> tuple[int, bytes]:
        began = time.monotonic()
        answer = client.post(address, content=body, headers={"Content-Type": "text/xml"}, timeout=patience_s)
        if time.monotonic() - began > patience_s:  # httpx counts each read by itself
            raise httpx.ReadTimeout("too late")
        return answer.status_code, answer.content

    return post


def signed(token: str, *parts: str) -> str:
    """As documented: SHA-1 over the sorted parts."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode()).hexdigest()


def as_xml(fields: Mapping[str, Any]) -> str:
    """A message; a field that is itself a mapping is an element with others in it."""
    inner = "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())
    return f"<xml>{inner}</xml>"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(f"<{name}>{_value(one)}</{name}>" for name, one in value.items())
    return str(value) if isinstance(value, int) else f"<![CDATA[{value}]]>"


def environment(url: str, **more: str) -> dict[str, str]:
    """The settings of an account at this platform."""
    return {
        "WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": SECRET, "WECHAT_AES_KEY": AES_KEY,
        "WECHAT_API_URL": url, **more,
    }  # fmt: skip
