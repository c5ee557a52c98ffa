"""The command for text messages: check the settings against the platform's answers, and send one to try."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Iterator
from typing import Any

from kiosk_api.config import Settings
from kiosk_api.domain.phones import masked, takes_texts
from kiosk_api.gateways.sms_check import check_gateway, check_twilio
from kiosk_api.gateways.sms_gateway import SmsGateway
from kiosk_api.gateways.twilio_sms import TwilioApi
from kiosk_api.gateways.wechat_check import Finding
from kiosk_api.senders import twilio_account
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.sending import NotSent, Outgoing, Refused, SendError

COMMANDS = ("sms-check",)
_TRIAL = "这是信访系统的测试短信，收到就说明发得通，不用回复。"
_HOME = "+86"


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    check = commands.add_parser("sms-check", help="say what of the settings for text messages does not work")
    check.add_argument("--send", metavar="NUMBER", help="send one message to this number as well")


def run(ctx: Context, settings: Settings, given: argparse.Namespace) -> int:
    """Run it; returns the exit status."""
    all_right = True
    for found in _findings(ctx, settings):
        print(f"{'好' if found.is_right else '不对'}\t{found.what}\t{found.detail}".rstrip())
        all_right = all_right and found.is_right
    if given.send and not _send(ctx, given.send):
        return 1
    return 0 if all_right else 1


def _findings(ctx: Context, settings: Settings) -> Iterator[Finding]:
    channels, sms = settings.channels, ctx.senders.get("sms")
    account = twilio_account(settings)
    if sms is None:
        yield Finding(False, "发短信", "没有设置短信网关，也没有设置 Twilio，短信是关着的。")
    elif sms.name == "console":
        yield Finding(True, "发短信", "没有设置短信网关：短信只打印出来，不会真的发出。")
    if isinstance(sms, SmsGateway):
        yield from check_gateway(sms, channels.sms_gateway_url)
    if account:
        senders = {"TWILIO_FROM": channels.twilio_from, "TWILIO_WHATSAPP_FROM": channels.twilio_whatsapp_from}
        yield from check_twilio(TwilioApi(account), senders, settings.public_url)
    elif channels.twilio_account_sid or channels.twilio_auth_token:
        yield Finding(False, "Twilio 账号", "TWILIO_ACCOUNT_SID 和 TWILIO_AUTH_TOKEN 要一起填。")


def _send(ctx: Context, typed: str) -> bool:
    number = typed if typed.startswith("+") else _HOME + typed
    sms = ctx.senders.get("sms")
    if sms is None:
        return False
    if not takes_texts(number):
        print("这个号码收不了短信。请写手机号，境外的写 + 和国家码。", file=sys.stderr)
        return False
    try:
        sms.send(number, Outgoing(f"sms-check-{secrets.token_hex(8)}", _TRIAL))
    except SendError as error:
        said = (
            "平台拒绝了"
            if isinstance(error, Refused)
            else "没有发出"
            if isinstance(error, NotSent)
            else "不知道发出没有"
        )
        print(f"不对\t发给 {masked(number)}\t{said}（{error.reason}）")
        return False
    print(f"好\t发给 {masked(number)}\t平台收下了。请看手机。")
    return True
