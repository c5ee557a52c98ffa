"""Settings of the messengers: WeChat, Twilio and a gateway for text messages. What has no secret is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

WECHAT_MODES = ("plain", "compatible", "safe")
METHODS = ("GET", "POST", "PUT")
_SECRETS = {
    "wechat_token", "wechat_app_secret", "wechat_aes_key", "wechat_aes_key_previous", "wechat_templates",
    "twilio_auth_token",
    "sms_gateway_secret",
}  # fmt: skip
_URLS = ("wechat_api_url", "twilio_api_url", "sms_gateway_url", "sms_gateway_find_url")


@dataclass(frozen=True)
class ChannelSettings:
    """Each field is the environment's name in small letters; "" where it is not set.

    Rules of the gateway (`ok`, `refused`, `delivered`, `failed`, `never_seen`) are a JSON pointer, `=` and values
    with `|` between them; `id` is a JSON pointer.
    """

    wechat_token: str = ""
    wechat_app_id: str = ""
    wechat_app_secret: str = ""
    wechat_aes_key: str = ""
    wechat_aes_key_previous: str = ""
    wechat_mode: str = ""  # safe with an encryption key, else plain
    wechat_api_url: str = "https://api.weixin.qq.com"
    wechat_templates: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_from: str = ""  # a number in E.164, or the id of a messaging service (MG…)
    twilio_whatsapp_from: str = ""
    twilio_templates: str = ""  # WhatsApp's approved ones: `registered=HX…:office,number; …`
    twilio_api_url: str = "https://api.twilio.com"
    sms_gateway_url: str = ""
    sms_gateway_method: str = "POST"
    sms_gateway_headers: str = "Content-Type: application/json"  # one a line
    sms_gateway_body: str = '{"phone": "{number}", "content": "{text}", "id": "{key}"}'
    sms_gateway_secret: str = ""
    sms_gateway_templates: str = ""
    sms_gateway_ok: str = ""
    sms_gateway_id: str = ""
    sms_gateway_refused: str = ""
    sms_gateway_find_url: str = ""
    sms_gateway_delivered: str = ""
    sms_gateway_failed: str = ""
    sms_gateway_never_seen: str = ""

    @classmethod
    def from_env(cls, source: Mapping[str, str], problems: list[str]) -> ChannelSettings:
        """Read the environment; what is wrong is added to `problems`."""
        read = {
            one.name: (secret(source, one.name.upper()) if one.name in _SECRETS else source.get(one.name.upper()))
            for one in fields(cls)
        }
        found = cls(**{name: text.strip() for name, text in read.items() if text})
        for name in _URLS:
            if (url := getattr(found, name)) and urlsplit(url).scheme not in ("http", "https"):
                problems.append(f"{name.upper()} must start with http:// or https://")
        if found.wechat_mode not in ("", *WECHAT_MODES):
            problems.append(f"WECHAT_MODE must be one of {', '.join(WECHAT_MODES)}")
        if found.sms_gateway_method not in METHODS:
            problems.append(f"SMS_GATEWAY_METHOD must be one of {', '.join(METHODS)}")
        return found


def secret(source: Mapping[str, str], name: str) -> str | None:
    """A secret from NAME_FILE when that is set, else from NAME."""
    path = source.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip() or None
    return source.get(name) or None


def pairs(text: str) -> dict[str, str]:
    """`NAME=VALUE; NAME=VALUE` as a mapping; what has no = is left out."""
    found = (one.partition("=") for one in text.replace("\n", ";").split(";"))
    return {name.strip(): value.strip() for name, equals, value in found if equals and name.strip()}
