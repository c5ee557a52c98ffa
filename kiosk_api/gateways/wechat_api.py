"""Calls to WeChat's platform: https://developers.weixin.qq.com/doc/service/api/

Every call is bounded in time and in what it reads. The platform answers 200 with an `errcode` when it refuses; an access
token that it no longer takes is renewed once. No text of the platform goes further than its number: it may name the
person.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import httpx

from kiosk_api.domain.messenger_words import MENU_TAIL
from kiosk_api.gateways.breaker import Breaker
from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import local_client

TIMEOUT = httpx.Timeout(5.0, connect=2.0)
WHOLE_S = 20.0  # for an answer as a whole, however slowly its parts come
PAUSE_S = 15.0  # after three calls without an answer; then one caller tries again, and no worker stands still
ANSWER_MOST = 256 * 1024  # bytes; the longest is the list of templates
PICTURE_MOST = 10 * 1024 * 1024  # bytes, as the platform allows people to send
_PLAIN = {"Accept-Encoding": "identity"}  # nothing compressed that could be larger than it looks
_T = TypeVar("_T")
_TOKEN_REFUSED = frozenset({40001, 40014, 41001, 42001})


class WechatRefused(Exception):
    """The platform answered no; `code` is its errcode."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class WechatAway(Exception):
    """No answer. `arrived`: the request may have reached the platform."""

    def __init__(self, arrived: bool) -> None:
        super().__init__("no answer")
        self.arrived = arrived


@dataclass(frozen=True)
class Form:
    """A message form of the account; `content` holds `{{thing2.DATA}}` where a field stands."""

    id: str
    title: str
    content: str


class AccessToken(Protocol):
    """The account's token for calls, one for all processes."""

    def current(self) -> str:
        """One that should be good. Raises WechatRefused or WechatAway when none can be had."""

    def renewed(self, refused: str) -> str:
        """Another one than that which the platform has refused; asks for one unless somebody has already. Raises the same."""


class WechatHttp:
    """The connection. `url` is the platform's, or a relay's."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        limits = httpx.Limits(max_connections=16, max_keepalive_connections=4)
        self._client = local_client(url, TIMEOUT, limits=limits, transport=transport)
        self._breaker = Breaker(pause_s=PAUSE_S)

    def ask(
        self, method: str, path: str, params: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The JSON of an answer. Raises WechatRefused or WechatAway."""
        kind, content = self.read(method, path, params, body, ANSWER_MOST)
        try:
            answer = json.loads(content)
        except ValueError:
            raise WechatAway(arrived=True) from None
        if not isinstance(answer, dict):
            raise WechatAway(arrived=True)
        code = answer.get("errcode", 0)
        if code != 0:
            raise WechatRefused(code if isinstance(code, int) else -1)
        return answer

    def read(
        self, method: str, path: str, params: Mapping[str, str], body: Mapping[str, Any] | None, most: int
    ) -> tuple[str, bytes]:
        """Media type and content of an answer of at most `most` bytes. Raises WechatAway; at once, while the platform is
        known not to answer."""
        if not self._breaker.admit():
            raise WechatAway(arrived=False)
        try:
            found = self._read(method, path, params, body, most)
        except WechatAway:
            self._breaker.failed()
            raise
        self._breaker.worked()
        return found

    def _read(
        self, method: str, path: str, params: Mapping[str, str], body: Mapping[str, Any] | None, most: int
    ) -> tuple[str, bytes]:
        # Not `json=`: the platform shows "\\u4f60" as it stands, so Chinese goes out as UTF-8.
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        until = time.monotonic() + WHOLE_S
        try:
            with (
                within(WHOLE_S),
                self._client.stream(method, path, params=dict(params), content=content, headers=_PLAIN) as answer,
            ):
                found = bytearray()
                for part in answer.iter_raw():
                    found += part
                    if len(found) > most or time.monotonic() > until:
                        raise WechatAway(arrived=True)
                if not answer.is_success:
                    raise WechatAway(arrived=True)
                return answer.headers.get("content-type", ""), bytes(found)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise WechatAway(arrived=False) from None
        except httpx.HTTPError:
            raise WechatAway(arrived=True) from None


class WechatApi:
    """The calls that we need, each with the account's token."""

    def __init__(self, http: WechatHttp, token: AccessToken) -> None:
        self._http, self._token = http, token

    def say(self, to: str, text: str) -> None:
        """A customer-service message of at most 2,048 bytes. Raises WechatRefused or WechatAway, as all calls do."""
        self._post("/cgi-bin/message/custom/send", {"touser": to, "msgtype": "text", "text": {"content": text}})

    def offer(self, to: str, head: str, choices: Mapping[str, str]) -> None:
        """A menu message: entries under `head`, by their numbers. What is tapped comes back as a text, number and all."""
        entries = [{"id": number, "content": f"{number} {label}"} for number, label in choices.items()]
        menu = {"head_content": head, "list": entries, "tail_content": MENU_TAIL}
        self._post("/cgi-bin/message/custom/send", {"touser": to, "msgtype": "msgmenu", "msgmenu": menu})

    def send_template(self, to: str, template_id: str, data: Mapping[str, str], link: str, key: str) -> str:
        """A template message; returns its id. The platform drops a second one with the same key within ten minutes."""
        values = {name: {"value": value} for name, value in data.items()}
        body = {"touser": to, "template_id": template_id, "url": link, "client_msg_id": key, "data": values}
        return str(self._post("/cgi-bin/message/template/send", body).get("msgid", ""))

    def send_subscription(self, to: str, template_id: str, data: Mapping[str, str]) -> str:
        """A subscription message to somebody who has agreed to it; its id, where the platform gives one. It opens no
        page: only mini-programs have such links."""
        values = {name: {"value": value} for name, value in data.items()}
        body = {"touser": to, "template_id": template_id, "data": values}
        return str(self._post("/cgi-bin/message/subscribe/bizsend", body).get("msgid", ""))

    def picture(self, media_id: str) -> bytes:
        """A picture that somebody sent. Raises OSError when it cannot be had."""
        try:
            return self._with_token(lambda token: self._picture(token, media_id))
        except (WechatRefused, WechatAway) as failed:
            raise OSError("no picture from the platform") from failed

    def publish_menu(self, buttons: list[dict[str, Any]]) -> None:
        """Replace the account's menu."""
        self._post("/cgi-bin/menu/create", {"button": buttons})

    def menu(self) -> list[dict[str, Any]]:
        """The buttons of the menu in use; none when there is none."""
        answer = self._get("/cgi-bin/get_current_selfmenu_info")
        found = answer.get("selfmenu_info") if answer.get("is_menu_open") else None
        return list((found or {}).get("button", ()))

    def server_addresses(self) -> list[str]:
        """Addresses and networks from which the platform calls us."""
        return [str(one) for one in self._get("/cgi-bin/getcallbackip").get("ip_list", ())]

    def forms(self, *, subscriptions: bool) -> list[Form]:
        """The forms of messages that the account may use: template messages, or subscription messages."""
        if subscriptions:
            found, key = self._get("/wxaapi/newtmpl/gettemplate").get("data", ()), "priTmplId"
        else:
            found, key = self._get("/cgi-bin/template/get_all_private_template").get("template_list", ()), "template_id"
        return [Form(str(one.get(key, "")), str(one.get("title", "")), str(one.get("content", ""))) for one in found]

    def _get(self, path: str) -> dict[str, Any]:
        return self._with_token(lambda token: self._http.ask("GET", path, {"access_token": token}))

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._with_token(lambda token: self._http.ask("POST", path, {"access_token": token}, body))

    def _picture(self, token: str, media_id: str) -> bytes:
        params = {"access_token": token, "media_id": media_id}
        kind, content = self._http.read("GET", "/cgi-bin/media/get", params, None, PICTURE_MOST)
        if kind.startswith("image/"):
            return content
        try:  # an error, or the address of a video
            code = json.loads(content)["errcode"]
        except (ValueError, TypeError, KeyError):
            raise OSError("no picture") from None
        raise WechatRefused(code if isinstance(code, int) else -1)

    def _with_token(self, call: Callable[[str], _T]) -> _T:
        token = self._token.current()
        try:
            return call(token)
        except WechatRefused as refused:
            if refused.code not in _TOKEN_REFUSED:
                raise
        return call(self._token.renewed(token))
