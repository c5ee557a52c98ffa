"""WeChat's messages and events as what every messenger hears.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html and
…/Receiving_event_pushes.html name the fields. An address in a message is never opened: pictures are fetched by their id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from kiosk_api.services.base.sending import Delivery
from kiosk_api.services.base.wechat_ports import BadMessage, WechatMedia
from kiosk_api.services.channels.incoming import Incoming, Kind

CHANNEL = "wechat"
_OPEN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")  # what a QR code may carry for us: a code, not the name of a poster
_SCENE_OF_NEW = "qrscene_"
_SCANNED = ("scancode_waitmsg", "scancode_push")  # our menu's entry for the code on a receipt
_LAST_TIME = 4_102_444_800  # 2100: what is later is no time


def read(fields: Mapping[str, str], media: WechatMedia, public_url: str, now: datetime) -> Incoming | None:
    """The message; None for an event that asks nothing of us. Raises BadMessage without a sender or an id."""
    person = fields.get("FromUserName", "")
    if not _OPEN_ID.fullmatch(person):
        raise BadMessage("nobody")
    if fields.get("MsgType") == "event":
        heard = _event(fields)
        number = "|".join(fields.get(name, "")[:128] for name in ("CreateTime", "Event", "EventKey"))
    else:
        heard = _message(fields, public_url)
        number = fields.get("MsgId", "") or _number_of(fields)
        if not _NUMBER.fullmatch(number):
            raise BadMessage("no id")
    if heard is None:
        return None
    kind, text = heard
    return Incoming(
        channel=CHANNEL,
        user=person,
        message_id=f"{person}|{number}",
        kind=kind,
        sent_at=_moment(fields.get("CreateTime", ""), now),
        text=text,
        fetch=(lambda: media.picture(fields.get("MediaId", ""))) if kind is Kind.PICTURE else None,
    )


def _number_of(fields: Mapping[str, str]) -> str:
    """For a message without an id: the same for each repetition. "" without a time."""
    at = fields.get("CreateTime", "")
    whole = "|".join(f"{name}={value}" for name, value in sorted(fields.items()))
    digest = int(hashlib.sha256(whole.encode()).hexdigest()[:8], 16)
    return f"{at}{digest:010}"[:20] if _NUMBER.fullmatch(at) else ""


def _message(fields: Mapping[str, str], public_url: str) -> tuple[Kind, str]:
    kind = fields.get("MsgType")
    if kind == "text":
        return Kind.TEXT, _tapped(fields) or fields.get("Content", "")
    if kind == "voice":
        return Kind.VOICE, fields.get("Recognition", "")
    if kind == "image":
        return Kind.PICTURE, ""
    if kind == "location":
        return Kind.PLACE, _place(fields)
    if kind == "link" and fields.get("Url", "").startswith(f"{public_url}/"):
        return Kind.SCAN, fields["Url"]  # one of our own pages, shared as a card
    return Kind.OTHER, ""  # video, file, sticker, card, and whatever there will be


def _tapped(fields: Mapping[str, str]) -> str:
    """The words of an entry that was tapped, without its number: an old menu must not choose from a newer question."""
    number, content = fields.get("bizmsgmenuid", ""), fields.get("Content", "")
    return content.removeprefix(f"{number} ") if _NUMBER.fullmatch(number) else ""


def _event(fields: Mapping[str, str]) -> tuple[Kind, str] | None:
    event, key = fields.get("Event", ""), fields.get("EventKey", "")
    if event == "subscribe":
        scene = key.removeprefix(_SCENE_OF_NEW)
        return (Kind.SCAN, scene) if _CODE.fullmatch(scene) else (Kind.JOINED, "")
    if event == "unsubscribe":
        return Kind.LEFT, ""
    if event == "CLICK":
        return Kind.PRESS, key
    if event == "SCAN":
        return (Kind.SCAN, key) if _CODE.fullmatch(key) else (Kind.JOINED, "")
    if event in _SCANNED:
        return Kind.SCAN, fields.get("ScanCodeInfo/ScanResult", "")
    return None  # where somebody is, which page was opened: not asked for, and not kept


def report_of(fields: Mapping[str, str]) -> tuple[str, Delivery] | None:
    """(the platform's id, how it went) where it tells of a message that we sent by a template."""
    event = fields.get("Event")
    if event == "TEMPLATESENDJOBFINISH":
        number, went = fields.get("MsgID", ""), fields.get("Status") == "success"
    elif event == "subscribe_msg_sent_event":
        inner = "SubscribeMsgSentEvent/List/"
        number, went = fields.get(f"{inner}MsgID", ""), fields.get(f"{inner}ErrorCode") == "0"
    else:
        return None
    return (number, Delivery.DELIVERED if went else Delivery.FAILED) if _NUMBER.fullmatch(number) else None


def _place(fields: Mapping[str, str]) -> str:
    """The place in words; where the map has none, its degrees."""
    if label := " ".join(fields.get(name, "") for name in ("Label", "Poiname")).strip():
        return label
    north, east = fields.get("Location_X", ""), fields.get("Location_Y", "")
    return f"北纬{north}度，东经{east}度" if _DEGREES.fullmatch(north) and _DEGREES.fullmatch(east) else ""


def _moment(seconds: str, now: datetime) -> datetime:
    if not _NUMBER.fullmatch(seconds) or int(seconds) > _LAST_TIME:
        return now
    return datetime.fromtimestamp(int(seconds), tz=now.tzinfo)
