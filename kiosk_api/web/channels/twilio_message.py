"""What Twilio's fields say: messages of the one contract, and how far a message of ours has come.

https://www.twilio.com/docs/messaging/guides/webhook-request and
https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from kiosk_api.domain.twilio_words import HELP, OPT_IN, OPT_OUT, STATES
from kiosk_api.domain.typed import clean
from kiosk_api.services.base.sending import Delivery
from kiosk_api.services.channels.incoming import Incoming, Kind

Fetch = Callable[[str], bytes]

WHATSAPP = "whatsapp:"
MOST_PICTURES = 10
_NUMBER = re.compile(r"[+][1-9][0-9]{6,14}")
_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:[.][0-9]{1,12})?")
_KEY = re.compile(r"[A-Za-z0-9_./:-]{1,128}")


def message(form: Mapping[str, str], at: datetime, fetch: Fetch | None) -> Incoming | None:
    """The message that a form holds: its words, with the pictures taken before them; None from what is no person's
    number. One call is one message, however many pictures it has. `fetch` loads a picture by its address."""
    address = form.get("From", "")
    channel = "whatsapp" if address.startswith(WHATSAPP) else "sms"
    user = address.removeprefix(WHATSAPP)
    if not _NUMBER.fullmatch(user) or address == form.get("To"):
        return None  # a short code or a name is a machine, and two machines would answer each other for ever
    sid = form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid") or ""
    sid = sid if _SID.fullmatch(sid) else secrets.token_hex(16)  # never one id for two messages

    def one(kind: Kind, text: str, load: Callable[[], bytes] | None = None) -> Incoming:
        return Incoming(channel, user, sid, kind, at, text, fetch=load)

    text = clean(form.get("Body", ""))  # a phone sends signs that nobody sees, and Twilio passes them on
    found = []
    for kind, url in _media(form):
        if kind is not Kind.PICTURE or fetch is None:
            found.append(one(Kind.OTHER if kind is Kind.PICTURE else kind, ""))
        else:
            found.append(one(kind, "", partial(fetch, url)))
    if found:
        *first, last = [*found, one(Kind.TEXT, text)] if text.strip() else found
        return replace(last, first=tuple(first))
    if place := _place(form):
        return one(Kind.PLACE, place)
    return one(*_word(form, text, channel))


def report(form: Mapping[str, str]) -> tuple[str, str, Delivery] | None:
    """(channel, Twilio's id, how far it has come) of a status callback; None when it tells nothing of a message."""
    state = STATES.get(form.get("MessageStatus") or form.get("SmsStatus") or "")
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    if state is None or not _SID.fullmatch(sid):
        return None
    return "whatsapp" if form.get("To", "").startswith(WHATSAPP) else "sms", sid, Delivery(state)


def key_of(text: str) -> str:
    """The key that a status callback's address carries; "" for what cannot be one."""
    return text if _KEY.fullmatch(text) else ""


def _media(form: Mapping[str, str]) -> list[tuple[Kind, str]]:
    count = form.get("NumMedia", "")
    found = []
    for number in range(min(int(count) if _is_count(count) else 0, MOST_PICTURES)):
        kind = form.get(f"MediaContentType{number}", "").partition("/")[0]
        named = {"image": Kind.PICTURE, "audio": Kind.VOICE}.get(kind, Kind.OTHER)
        found.append((named, form.get(f"MediaUrl{number}", "")))
    return found


def _place(form: Mapping[str, str]) -> str:
    """A place that was shared at WhatsApp, in words where it has some."""
    north, east = form.get("Latitude", ""), form.get("Longitude", "")
    if not (_DEGREES.fullmatch(north) and _DEGREES.fullmatch(east)):
        return ""
    words = [one for name in ("Address", "Label") if (one := clean(form.get(name, "")).strip())]
    return "，".join(words) or f"北纬{north}，东经{east}"


def _word(form: Mapping[str, str], text: str, channel: str) -> tuple[Kind, str]:
    """STOP and START as Twilio understands them: after STOP it passes nothing on to that number until START."""
    said = form.get("OptOutType") or text.strip().upper()
    if said in OPT_OUT if channel == "sms" else said == "STOP":
        return Kind.LEFT, ""
    if said in OPT_IN:
        return Kind.JOINED, ""
    return Kind.TEXT, "帮助" if said in HELP else text


def _is_count(text: str) -> bool:
    """Whether it is one or two plain digits."""
    return text.isascii() and text.isdigit() and len(text) <= 2
