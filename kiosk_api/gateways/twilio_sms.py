"""Text messages and WhatsApp messages by Twilio's REST API.

https://www.twilio.com/docs/messaging/api/message-resource. Sending is not idempotent there
(https://www.twilio.com/docs/api/errors/20500): after a 5xx or a lost answer the message may have gone, so that it is
looked for, by its status callback or in the list of what was sent to that number, before it is sent again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import quote

import httpx

from kiosk_api.domain.phones import takes_texts
from kiosk_api.domain.twilio_words import STATES
from kiosk_api.gateways.platform_http import WAIT_S, Answer, NoAnswer, ask, platform_client
from kiosk_api.gateways.twilio_codes import LATER, NEVER, OURS
from kiosk_api.services.base.ports import Clock
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, Unknown

SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
WHATSAPP = "whatsapp:"
MOST_CHARACTERS = 1600  # of one message
LISTED = 100  # of the messages to one number, newest first
# A message that Twilio has taken stands in its list at once; this is the office's margin before it is called unseen.
SURELY_LISTED = timedelta(seconds=90)
_SLACK = timedelta(seconds=5)  # of the two clocks' whole seconds and the way there


@dataclass(frozen=True)
class TwilioAccount:
    """Where to send, in whose name, and where Twilio reports what became of a message."""

    sid: str
    token: str
    api_url: str
    callback_url: str = ""
    wait_s: float = WAIT_S


class TwilioApi:
    """One account; safe to share between threads."""

    def __init__(self, account: TwilioAccount, *, transport: httpx.BaseTransport | None = None) -> None:
        self.account = account
        self._client = platform_client(account.api_url, transport=transport)
        self._root = f"/2010-04-01/Accounts/{quote(account.sid, safe='')}"

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        """One request under this account, signed in. Raises NoAnswer."""
        signed_in = (self.account.sid, self.account.token)
        return ask(self._client, method, self._root + path, auth=signed_in, wait_s=self.account.wait_s, **more)


class TwilioSender:
    """Sends by `sms` or `whatsapp`; `sender` is a number in E.164 or the id of a messaging service (MG…). `templates`: our
    name of a message → `HX…:office,number`, Twilio's id and which of our fields are its {{1}}, {{2}} and so on."""

    def __init__(self, name: str, api: TwilioApi, sender: str, clock: Clock,
                 templates: Mapping[str, str] | None = None) -> None:  # fmt: skip
        self.name = name
        self._api, self._sender, self._clock, self._templates = api, sender, clock, templates or {}

    def is_on(self) -> bool:
        """True: without settings there is no such sender."""
        return True

    def send(self, to: str, message: Outgoing) -> str:
        """Send; Twilio's id of the message. Raises Refused, NotSent or Unknown."""
        if not takes_texts(to.removeprefix(WHATSAPP)):
            raise Refused("no_mobile")
        try:
            answer = self._api.ask("POST", "/Messages.json", data=self._form(to, message))
        except NoAnswer as none:
            raise (Unknown if none.arrived else NotSent)(none.reason) from None
        if not answer.is_ok:
            _refuse(answer)
        sid = answer.member("sid")
        if not isinstance(sid, str) or not SID.fullmatch(sid):
            raise Unknown("strange_answer")
        return sid

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        """What Twilio knows of it; a message without an id is looked for among those sent to its number."""
        del key  # Twilio knows none; its callbacks carry it
        try:
            if SID.fullmatch(platform_id):
                answer = self._api.ask("GET", f"/Messages/{platform_id}.json")
                status = str(answer.member("status")) if answer.is_ok else ""  # one that is gone was deleted there
                return _state(status)
            return self._look_for(lost) if lost else Delivery.CANNOT_TELL
        except NoAnswer:
            return Delivery.CANNOT_TELL

    def _look_for(self, lost: Lost) -> Delivery:
        """Ages are compared and not times: the two clocks may differ. Of two that may be it nobody can tell which it is."""
        if not lost.to:  # the list of everybody's messages says nothing of this one
            return Delivery.CANNOT_TELL
        since = self._clock.now() - lost.began_at
        query = {"To": self._address(lost.to), "PageSize": str(LISTED)}
        answer = self._api.ask("GET", "/Messages.json", params=query)
        listed, now = answer.member("messages"), _day(answer.headers.get("Date"))
        if not answer.is_ok or not isinstance(listed, list) or now is None:
            return Delivery.CANNOT_TELL
        recent = [one for one in listed if isinstance(one, dict) and _age(one, now) <= since + _SLACK]
        alike = [one for one in recent if self._is_it(one, lost.message) and not lost.is_other(str(one.get("sid")))]
        if alike:
            return _state(str(alike[0].get("status"))) if len(alike) == 1 else Delivery.CANNOT_TELL
        complete = len(listed) < LISTED or len(recent) < len(listed)
        return Delivery.NEVER_SEEN if complete and since >= SURELY_LISTED else Delivery.CANNOT_TELL

    def _is_it(self, listed: Mapping[str, Any], message: Outgoing) -> bool:
        """Its words; those of a template are written there, so that any message of that time counts as this one."""
        if not str(listed.get("direction")).startswith("outbound"):
            return False
        return message.template in self._templates or str(listed.get("body")).split() == words(message).split()

    def _form(self, to: str, message: Outgoing) -> dict[str, str]:
        form = {"To": self._address(to)}
        if self._sender.startswith("MG"):
            form["MessagingServiceSid"] = self._sender
        else:
            form["From"] = self._address(self._sender)
        if content := self._templates.get(message.template):
            form["ContentSid"], _, names = content.partition(":")
            filled = {
                str(place): message.fields.get(name.strip(), "") for place, name in enumerate(names.split(","), 1)
            }
            form["ContentVariables"] = json.dumps(filled if names else {}, ensure_ascii=False)
        else:
            form["Body"] = words(message)
        if self._api.account.callback_url:
            form["StatusCallback"] = f"{self._api.account.callback_url}?key={quote(message.key, safe='')}"
        return form

    def _address(self, number: str) -> str:
        return WHATSAPP + number.removeprefix(WHATSAPP) if self.name == "whatsapp" else number


def words(message: Outgoing) -> str:
    """The text with its link, which is never the part that is cut."""
    link = f"\n{message.link}" if message.link and message.link not in message.text else ""
    return message.text[: MOST_CHARACTERS - len(link)] + link


def _refuse(answer: Answer) -> NoReturn:
    code = answer.member("code")
    code = code if isinstance(code, int) else 0
    if code in NEVER and answer.status < 500:
        raise Refused(NEVER[code])
    if answer.status >= 500:  # 20503 as well: whether it was taken is not said
        raise Unknown("server_error")
    if answer.status == 429 or code in LATER:
        raise NotSent(LATER.get(code, "busy"))
    if answer.status in (401, 403) or code in OURS:
        raise NotSent(OURS.get(code, "account"))
    raise NotSent(f"refused_{code or answer.status}")


def _state(status: str) -> Delivery:
    return Delivery(STATES.get(status, Delivery.CANNOT_TELL))


def _age(message: Mapping[str, Any], now: datetime) -> timedelta:
    created = _day(message.get("date_created"))
    return now - created if created else timedelta.max


def _day(text: Any) -> datetime | None:
    """RFC 2822, as Twilio and HTTP write times."""
    try:
        found = parsedate_to_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
