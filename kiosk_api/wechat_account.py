"""The parts of the WeChat account, built from its settings."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.config_channels import ChannelSettings
from kiosk_api.config_wechat import mode_of, read_templates
from kiosk_api.gateways.wechat_api import WechatApi, WechatHttp
from kiosk_api.gateways.wechat_crypto import WechatCipher
from kiosk_api.gateways.wechat_door import SignedDoor
from kiosk_api.gateways.wechat_sender import WechatSender
from kiosk_api.gateways.wechat_token import SharedToken
from kiosk_api.services.base.ports import Clock, Index, Store
from kiosk_api.services.base.sending import Sender
from kiosk_api.services.base.wechat_ports import WechatAccount
from kiosk_api.services.channels.window import HeardWindow


@dataclass(frozen=True)
class WechatParts:
    """`account` takes requests in; `api` is None without an app secret, and then only replies can be sent."""

    account: WechatAccount
    api: WechatApi | None
    sender: WechatSender

    def senders(self) -> dict[str, Sender]:
        """The way of sending, by its channel; none while it is off."""
        return {self.sender.name: self.sender} if self.sender.is_on() else {}


class _NoMedia:
    """Without an app secret nothing can be fetched."""

    def picture(self, _media_id: str) -> bytes:
        raise OSError("no app secret")


def open_wechat(settings: ChannelSettings, store: Store, clock: Clock, marks: Index) -> WechatParts:
    """The account of these settings; every part is off without its own."""
    given, cipher = settings, None
    if given.wechat_app_id and given.wechat_aes_key:
        cipher = WechatCipher(given.wechat_app_id, given.wechat_aes_key, given.wechat_aes_key_previous or None)
    door = SignedDoor(given.wechat_token or None, cipher, mode_of(given))
    api = None
    if door.is_on() and given.wechat_app_id and given.wechat_app_secret:
        http = WechatHttp(given.wechat_api_url)
        api = WechatApi(http, SharedToken(http, store, clock, given.wechat_app_id, given.wechat_app_secret))
    window = HeardWindow(WechatSender.name, store, clock, marks)
    account = WechatAccount(door, api or _NoMedia())
    return WechatParts(account, api, WechatSender(api, read_templates(given.wechat_templates), window, clock))
