"""Commands for the WeChat account: publish its menu, and check its settings against the platform's answers."""

from __future__ import annotations

import sys
from typing import Any

from kiosk_api.config import Settings
from kiosk_api.config_channels import ChannelSettings
from kiosk_api.config_wechat import mode_of, read_templates
from kiosk_api.domain.wechat_menu import buttons
from kiosk_api.gateways.wechat_api import WechatApi, WechatAway, WechatRefused
from kiosk_api.gateways.wechat_check import FORM_NAMES, Account, check, fields_of
from kiosk_api.services.base.context import Context
from kiosk_api.wechat_account import open_wechat

COMMANDS = ("wechat-menu", "wechat-templates", "wechat-check")


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    commands.add_parser("wechat-menu", help="publish the menu of the WeChat account")
    commands.add_parser(
        "wechat-templates", help="list the account's message forms with their fields, for WECHAT_TEMPLATES"
    )
    commands.add_parser("wechat-check", help="say what of the WeChat account's settings does not work, and what to do")


def run(ctx: Context, settings: Settings, command: str) -> int:
    """Run one of these commands; returns the exit status."""
    api = open_wechat(settings.channels, ctx.store, ctx.clock, ctx.marks).api
    if command == "wechat-check":
        return _check(api, ctx, settings)
    if api is None:
        print(f"微信还没有设好。还没有填：{'、'.join(_missing(settings.channels))}", file=sys.stderr)
        return 1
    return _publish(api, settings) if command == "wechat-menu" else _list_forms(api)


def _publish(api: WechatApi, settings: Settings) -> int:
    if settings.public_url_is_loopback:
        print("KIOSK_PUBLIC_URL 还是本机地址，手机打不开菜单里的网页。请先填公开的网址。", file=sys.stderr)
        return 1
    try:
        api.publish_menu(buttons(settings.public_url))
    except WechatRefused as refused:
        print(f"平台没有接受菜单（返回 {refused.code}）。请运行 wechat-check 看原因。", file=sys.stderr)
        return 1
    except WechatAway:
        print("连不上微信的接口地址，菜单没有确认发布成。请运行 wechat-check 看原因。", file=sys.stderr)
        return 1
    print("菜单已经发布。手机上五分钟内换成新的；马上要看，取消关注再关注一次。")
    return 0


def _list_forms(api: WechatApi) -> int:
    """One tab-separated line each: kind, id, title, and each field with the words before it."""
    status = 0
    for subscriptions, name in FORM_NAMES.items():
        try:
            forms = api.forms(subscriptions=subscriptions)
        except (WechatRefused, WechatAway):
            print(f"{name}：没有读到。请运行 wechat-check 看原因。", file=sys.stderr)
            status = 1
            continue
        for one in forms:
            fields = "，".join(f"{field}（{words}）" for field, words in fields_of(one).items())
            print(f"{name}\t{one.id}\t{one.title}\t{fields}")
    return status


def _check(api: WechatApi | None, ctx: Context, settings: Settings) -> int:
    given = settings.channels
    account = Account(
        _missing(given), mode_of(given), given.wechat_token, settings.public_url, api,
        read_templates(given.wechat_templates),
    )  # fmt: skip
    all_right = True
    for found in check(account, ctx.clock.now()):
        print(f"{'好' if found.is_right else '不对'}\t{found.what}\t{found.detail}".rstrip())
        all_right = all_right and found.is_right
    return 0 if all_right else 1


def _missing(given: ChannelSettings) -> list[str]:
    needed = {
        "WECHAT_TOKEN": given.wechat_token,
        "WECHAT_APP_ID": given.wechat_app_id,
        "WECHAT_APP_SECRET": given.wechat_app_secret,
        "WECHAT_AES_KEY": given.wechat_aes_key or given.wechat_mode == "plain",
    }
    return [name for name, value in needed.items() if not value]
