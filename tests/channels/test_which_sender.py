"""Which way text messages go, and the console of a laptop."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk_api.config import Settings, SettingsError
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.console_sender import ConsoleSender
from kiosk_api.gateways.sms_gateway import SmsGateway
from kiosk_api.gateways.twilio_sms import TwilioSender
from kiosk_api.senders import senders, twilio_account
from kiosk_api.services.base.sending import Delivery, Outgoing, Sender
from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN
from tests.factories import START

HOME = {"KIOSK_PUBLIC_URL": "https://xinfang.example"}
TWILIO = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": NUMBER}
GATEWAY = {"SMS_GATEWAY_URL": "https://sms.example/send"}


def chosen(**env: str) -> dict[str, Sender]:
    return senders(Settings.from_env(env), SettableClock(START))


@pytest.mark.parametrize(("env", "kind"), [
    ({**TWILIO, **GATEWAY, **HOME}, SmsGateway), ({**GATEWAY}, SmsGateway), ({**TWILIO, **HOME}, TwilioSender),
    ({**TWILIO}, TwilioSender), ({}, ConsoleSender),
])  # fmt: skip
def test_the_gateway_comes_first_then_twilio_then_the_console(env: dict[str, str], kind: type[Sender]) -> None:
    assert isinstance(chosen(**env)["sms"], kind) and chosen(**env)["sms"].is_on()


@pytest.mark.parametrize("env", [
    HOME, {**HOME, "TWILIO_AUTH_TOKEN": TOKEN}, {**HOME, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_FROM": NUMBER},
    {**HOME, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN},
])  # fmt: skip
def test_an_office_that_set_nothing_sends_nothing(env: dict[str, str]) -> None:
    assert chosen(**env) == {}


def test_whatsapp_has_a_number_of_its_own() -> None:
    assert set(chosen(**TWILIO, **HOME)) == {"sms"}
    assert set(chosen(**TWILIO, **HOME, TWILIO_WHATSAPP_FROM=NUMBER)) == {"sms", "whatsapp"}


def test_secrets_come_from_files_and_what_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    env = {**HOME, **TWILIO, "TWILIO_AUTH_TOKEN": "", "TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "token")}
    account = twilio_account(Settings.from_env(env))
    assert (
        account
        and account.token == TOKEN
        and account.callback_url == f"{HOME['KIOSK_PUBLIC_URL']}/channels/twilio/status"
    )
    at_home = twilio_account(Settings.from_env(TWILIO))
    assert at_home and at_home.callback_url == ""  # Twilio refuses an address that it cannot reach
    for wrong in ({"SMS_GATEWAY_URL": "ftp://x"}, {"SMS_GATEWAY_METHOD": "SEND"}, {"WECHAT_MODE": "none"}):
        with pytest.raises(SettingsError, match=next(iter(wrong))):
            Settings.from_env(wrong)
    with pytest.raises(SettingsError, match="SMS_GATEWAY_OK"):
        chosen(**GATEWAY, SMS_GATEWAY_OK="code")


def test_the_console_shows_no_number_and_no_token() -> None:
    out = io.StringIO()
    console = ConsoleSender(out)
    sent = console.send(
        "+8613812345678",
        Outgoing("k", "查进度：https://x.example/r#secrettoken 请看", link="https://x.example/r#other"),
    )
    assert out.getvalue() == (
        "[短信，没有真的发出] *******5678：查进度：https://x.example/r#… 请看 https://x.example/r#…\n"
    )
    assert console.find("k", "") == console.find("", sent) == Delivery.DELIVERED
    assert console.find("other", "") == Delivery.NEVER_SEEN
