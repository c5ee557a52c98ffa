"""The account's access token, one for all processes: it stands sealed in the store, and one process at a time renews it.

https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html — a token is good for two hours; asked
for again before that, the platform gives the same one, unless it is made to give another, which it does twenty times a day.
"""

from __future__ import annotations

import time
from datetime import timedelta

from kiosk_api.gateways.wechat_api import WechatAway, WechatHttp
from kiosk_api.services.base.ports import Clock, Store

NAME = "wechat"
RENEWAL_S = 10  # after that another process may ask: the one that asked has died
EARLY_S = 300  # seconds before its end that a token is no longer used
_POLL_S, _WAIT_S = 0.1, 6.0  # for the process that is renewing it


class SharedToken:
    """The AccessToken of calls, over the store."""

    def __init__(self, http: WechatHttp, store: Store, clock: Clock, app_id: str, secret: str) -> None:
        self._http, self._store, self._clock = http, store, clock
        self._app_id, self._secret = app_id, secret

    def current(self) -> str:
        """One that should be good. Raises WechatRefused or WechatAway."""
        return self._kept() or self._other_than(None)

    def renewed(self, refused: str) -> str:
        """Another one than `refused`. Raises the same."""
        kept = self._kept()
        return kept if kept and kept != refused else self._other_than(refused)

    def _kept(self) -> str | None:
        with self._store.read() as records:
            return records.platform_tokens.read(NAME, self._clock.now())

    def _other_than(self, refused: str | None) -> str:
        """A new token, from the platform or from the process that is just asking for it."""
        give_up = time.monotonic() + _WAIT_S
        while not self._claimed(refused):
            if time.monotonic() > give_up:
                raise WechatAway(arrived=False)
            time.sleep(_POLL_S)
            kept = self._kept()
            if kept and kept != refused:
                return kept
        try:
            value, seconds = self._asked(refused)
        except Exception:
            self._give_back()
            raise
        ends = self._clock.now() + timedelta(seconds=max(seconds - EARLY_S, seconds // 2))
        with self._store.write() as records:
            records.platform_tokens.put(NAME, value, ends)
        return value

    def _claimed(self, refused: str | None) -> bool:
        """Whether it is ours to renew; False while another process does, and when one just has."""
        now = self._clock.now()
        with self._store.write() as records:
            kept = records.platform_tokens.read(NAME, now)
            if kept and kept != refused:
                return False
            if not records.platform_tokens.claim(NAME, now, now + timedelta(seconds=RENEWAL_S)):
                return False
            if kept:
                records.platform_tokens.drop(NAME)
            return True

    def _give_back(self) -> None:
        """Let others ask at once."""
        now = self._clock.now()
        with self._store.write() as records:
            if records.platform_tokens.read(NAME, now) is None:
                records.platform_tokens.put(NAME, "", now)

    def _asked(self, refused: str | None) -> tuple[str, int]:
        value, seconds = self._from_platform(force=False)
        if value == refused:  # it stands by a token that it does not take
            value, seconds = self._from_platform(force=True)
        return value, seconds

    def _from_platform(self, *, force: bool) -> tuple[str, int]:
        """(token, seconds it is good for). Raises WechatRefused or WechatAway."""
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": force,
        }
        answer = self._http.ask("POST", "/cgi-bin/stable_token", {}, body)
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            raise WechatAway(arrived=True)
        return value, seconds
