"""An access token for tests of calls: asked for without a store."""

from __future__ import annotations

from tests.channels.fake_wechat import FakeWechat
from tests.channels.wechat_calls import APP_ID, SECRET, STABLE_TOKEN


class OneToken:
    """The platform's token, made when it is needed."""

    def __init__(self, platform: FakeWechat) -> None:
        self.platform = platform

    def current(self) -> str:
        return self.platform.access_token or self.renewed("")

    def renewed(self, refused: str) -> str:
        self.platform.answer("POST", STABLE_TOKEN, {}, {"appid": APP_ID, "secret": SECRET, "force_refresh": True})
        return self.platform.access_token
