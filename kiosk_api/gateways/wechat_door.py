"""Requests of WeChat's platform: verified, opened and answered in the mode that is chosen in its console.

The signature of the address covers token, timestamp and nonce, in every mode; it is checked before anything is parsed.
It does not cover the body, so in mode `plain` who has seen one address could write another body for five minutes. In the
other modes only encrypted bodies are read, whose signature covers all: in mode `compatible` the platform sends both.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from kiosk_api.gateways import wechat_xml
from kiosk_api.gateways.wechat_crypto import WechatCipher, is_fresh, is_signed, signature
from kiosk_api.services.base.wechat_ports import NotGenuine, Opened

MODES = ("plain", "compatible", "safe")
_LONGEST_PART = 128  # characters of a timestamp, nonce or signature


class SignedDoor:
    """One account. Without a token it is off; without an encryption key only mode `plain` is on."""

    def __init__(self, token: str | None, cipher: WechatCipher | None, mode: str = "safe") -> None:
        self._token, self._cipher, self._mode = token, cipher, mode

    def is_on(self) -> bool:
        """Whether its settings are there."""
        return bool(self._token) and (self._mode == "plain" or self._cipher is not None)

    def greets(self, query: Mapping[str, str], now: datetime) -> bool:
        """Whether the platform checks our address."""
        try:
            self._verify(query, now)
        except NotGenuine:
            return False
        return True

    def open(self, query: Mapping[str, str], body: bytes, now: datetime) -> Opened:
        """The message of a request. Raises NotGenuine or BadMessage."""
        self._verify(query, now)
        sealed = query.get("encrypt_type", "raw") == "aes"
        if not sealed and self._mode != "plain" or sealed and self._cipher is None:
            raise NotGenuine
        fields = wechat_xml.read(body)
        if not sealed:
            return Opened(fields, sealed=False)
        assert self._cipher is not None
        secret = fields.get("Encrypt", "")
        given = _part(query, "msg_signature")
        if not is_signed(given, self._token or "", _part(query, "timestamp"), _part(query, "nonce"), secret):
            raise NotGenuine
        message, under = self._cipher.open(secret)
        return Opened(wechat_xml.read(message), sealed=True, under=under)

    def reply(self, opened: Opened, text: str, now: datetime) -> str:
        """The body that answers a message with `text`, encrypted if it was."""
        at = int(now.timestamp())
        said = wechat_xml.write({
            "ToUserName": opened.fields.get("FromUserName", ""), "FromUserName": opened.fields.get("ToUserName", ""),
            "CreateTime": at, "MsgType": "text", "Content": text,
        })  # fmt: skip
        if not opened.sealed:
            return said
        assert self._cipher is not None
        secret, nonce = self._cipher.seal(said.encode(), opened.under), secrets.token_hex(8)
        signed = signature(self._token or "", str(at), nonce, secret)
        return wechat_xml.write({"Encrypt": secret, "MsgSignature": signed, "TimeStamp": at, "Nonce": nonce})

    def _verify(self, query: Mapping[str, str], now: datetime) -> None:
        """Raises NotGenuine unless the address is signed with our token, and now."""
        timestamp, nonce = _part(query, "timestamp"), _part(query, "nonce")
        if not self._token or not is_signed(_part(query, "signature"), self._token, timestamp, nonce):
            raise NotGenuine
        if not is_fresh(timestamp, now):
            raise NotGenuine


def _part(query: Mapping[str, str], name: str) -> str:
    """A part of the address. Raises NotGenuine when it is too long to be one."""
    found = query.get(name, "")
    if len(found) > _LONGEST_PART:
        raise NotGenuine
    return found
