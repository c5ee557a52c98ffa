"""Which ways of sending there are: each channel of the messengers by its settings. Part of the composition root."""

from __future__ import annotations

from kiosk_api.config import Settings, SettingsError
from kiosk_api.config_channels import ChannelSettings, pairs
from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from kiosk_api.gateways.console_sender import ConsoleSender
from kiosk_api.gateways.sms_gateway import Gateway, GatewayFault, SmsGateway
from kiosk_api.gateways.twilio_media import TwilioMedia
from kiosk_api.gateways.twilio_sms import TwilioAccount, TwilioApi, TwilioSender
from kiosk_api.services.base.ports import Clock
from kiosk_api.services.base.sending import Sender

STATUS_PATH = "/channels/twilio/status"


def senders(settings: Settings, clock: Clock) -> dict[str, Sender]:
    """By channel; one that is missing is off. Text messages go by the gateway, else by Twilio, else, on a machine that
    no phone reaches, to the console. Raises SettingsError."""
    given = settings.channels
    found: dict[str, Sender] = {}
    account = twilio_account(settings)
    if account and given.twilio_whatsapp_from:
        templates = pairs(given.twilio_templates)
        found["whatsapp"] = TwilioSender("whatsapp", TwilioApi(account), given.twilio_whatsapp_from, clock, templates)
    if given.sms_gateway_url:
        found["sms"] = sms_gateway(given)
    elif account and given.twilio_from:
        found["sms"] = TwilioSender("sms", TwilioApi(account), given.twilio_from, clock)
    elif settings.public_url_is_loopback:
        found["sms"] = ConsoleSender()
    return found


def twilio_account(settings: Settings) -> TwilioAccount | None:
    """The account at Twilio, when it has both its id and its secret."""
    given = settings.channels
    if not (given.twilio_account_sid and given.twilio_auth_token):
        return None
    # Twilio refuses a whole message whose callback it cannot reach (21609).
    callback = "" if settings.public_url_is_loopback else settings.public_url + STATUS_PATH
    return TwilioAccount(given.twilio_account_sid, given.twilio_auth_token, given.twilio_api_url, callback)


def twilio_media(settings: Settings) -> TwilioMedia | None:
    """Fetches pictures; None without the account, which Twilio asks for."""
    account = twilio_account(settings)
    return TwilioMedia(account, MOST_PICTURE_BYTES) if account else None


def sms_gateway(given: ChannelSettings) -> SmsGateway:
    """The gateway of the settings. Raises SettingsError."""
    try:
        return SmsGateway(
            Gateway(
                url=given.sms_gateway_url, method=given.sms_gateway_method, headers=given.sms_gateway_headers,
                body=given.sms_gateway_body, secret=given.sms_gateway_secret, ok=given.sms_gateway_ok,
                id=given.sms_gateway_id, refused=given.sms_gateway_refused, find_url=given.sms_gateway_find_url,
                delivered=given.sms_gateway_delivered, failed=given.sms_gateway_failed,
                never_seen=given.sms_gateway_never_seen, templates=pairs(given.sms_gateway_templates),
            )
        )  # fmt: skip
    except GatewayFault as fault:
        raise SettingsError(str(fault)) from None
