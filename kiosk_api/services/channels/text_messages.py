"""An answer as text messages: parts of whole segments, numbered, since phones may show them in another order."""

from __future__ import annotations

from dataclasses import replace

from kiosk_api.services.channels.answer import Answer
from kiosk_api.services.channels.plain_text import SMS, WECHAT, WHATSAPP, parts

_REST = "……（短信放不下了。到 {url}/m 上问，就能看全；要接着填，先回复“先存着”。）"


def texts_for(channel: str, answer: Answer, public_url: str) -> list[str]:
    """The messages that say an answer over `wechat`, `sms` or `whatsapp`, at most five; no choice is cut or left out."""
    if channel == "wechat":
        return parts(answer, WECHAT)
    if channel == "whatsapp":
        return parts(answer, WHATSAPP)
    found = parts(answer, replace(SMS, cut=_REST.format(url=public_url)))
    if len(found) < 2:
        return found
    return [f"（{place}/{len(found)}）{one}" for place, one in enumerate(found, 1)]
