"""The settings of WeChat that are more than a text: checked, and templates read from JSON."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from kiosk_api.config_channels import ChannelSettings
from kiosk_api.gateways.wechat_crypto import aes_key
from kiosk_api.services.base.wechat_ports import Template

_FORM = '{"KEY": {"id": "…", "fields": {"NAME": "thing1"}, "subscription": false}}'


def read_templates(text: str) -> dict[str, Template]:
    """Templates by our key, out of the JSON of _FORM. Raises ValueError."""
    try:
        return {str(key): _template(one) for key, one in dict(json.loads(text or "{}")).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"WECHAT_TEMPLATES must be JSON: {_FORM}") from None


def mode_of(given: ChannelSettings) -> str:
    """The mode chosen in the platform's console; where it is not set, what the key allows."""
    return given.wechat_mode or ("safe" if given.wechat_aes_key else "plain")


def problems_of(given: ChannelSettings) -> list[str]:
    """What is wrong with what is set, in words; what is not set is no problem."""
    found, token = [], given.wechat_token
    if token and not (3 <= len(token) <= 32 and token.isascii() and token.isalnum()):
        found.append("WECHAT_TOKEN must have 3 to 32 letters and digits, as the platform asks")
    for name in ("wechat_aes_key", "wechat_aes_key_previous"):
        try:
            aes_key(getattr(given, name) or "0" * 43)
        except ValueError:
            found.append(f"{name.upper()} must have 43 letters and digits")
    parts = urlsplit(given.wechat_api_url)
    near = parts.hostname in ("localhost", "::1") or (parts.hostname or "").startswith("127.")
    if parts.scheme != "https" and not near:
        found.append("WECHAT_API_URL must start with https://: the account's secret goes there")
    try:
        read_templates(given.wechat_templates)
    except ValueError as wrong:
        found.append(str(wrong))
    return found


def _template(given: dict[str, Any]) -> Template:
    fields = {str(ours): str(theirs) for ours, theirs in dict(given.get("fields", {})).items()}
    return Template(str(given["id"]), fields, given.get("subscription", False) is True)
