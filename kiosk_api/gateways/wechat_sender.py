"""WeChat as a way of sending: a template message where there is one for it, else a customer-service message."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta

from kiosk_api.gateways.wechat_api import WechatApi, WechatAway, WechatRefused
from kiosk_api.services.base.ports import Clock, StoreBusy
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, SendError, Unknown
from kiosk_api.services.base.wechat_ports import SendWindow, Template

ANY = "any"
_IN_DOUBT_MOST = 1_000  # keys
DROPPED_FOR = timedelta(minutes=9)  # the platform promises ten; one more is for the sending itself
TEXT_BYTES = 2048  # of one customer-service or passive text
MENU_HEAD_BYTES, MENU_MOST = 1024, 10  # of a menu message: what stands above, and how many entries
_NO_MENUS = frozenset({40200, 48001, 40008, 40035})  # test and subscription accounts cannot send them
# What the platform's numbers mean for a message: never in this way, or not now. All others count as not now, since
# whatever answers with a number has sent nothing.
REFUSED = {
    40003: "no_such_person", 43004: "has_left", 43019: "is_blocked", 43101: "not_agreed",
    45015: "too_late", 45047: "too_many", 45002: "too_long",
    40037: "no_such_template", 40036: "no_such_template", 47003: "template_fields", 41030: "template_link",
    43116: "template_withdrawn", 48001: "not_permitted", 40200: "not_permitted", 50002: "account_restricted",
}  # fmt: skip
NOT_NOW = {
    -1: "busy", 45009: "quota", 45011: "too_fast", 45035: "not_on_ip_list", 40164: "not_on_ip_list",
    61004: "not_on_ip_list", 40001: "token", 40014: "token", 42001: "token", 40013: "wrong_app_id",
    40125: "wrong_secret", 48004: "forbidden",
}  # fmt: skip
# Characters that a field takes, by the kind in its name, as the platform's page on template messages lists them.
_FIELD_MOST = {
    "thing": 20, "character_string": 32, "phrase": 5, "name": 10, "const": 20, "number": 32, "letter": 32, "symbol": 5,
    "phone_number": 17, "short_thing": 10,
}  # fmt: skip
_EMPTY = "-"  # a field without a value would refuse the whole message
_WITH_DOTS = ("thing", "short_thing")  # kinds that take every sign
_KIND = re.compile(r"[a-z]+(?:_[a-z]+)?")


class WechatSender:
    """`templates` by our key of a message; ANY serves for those without one of their own."""

    name = "wechat"

    def __init__(
        self, api: WechatApi | None, templates: Mapping[str, Template], window: SendWindow, clock: Clock
    ) -> None:
        self._api, self._templates, self._window, self._clock = api, templates, window, clock
        self._in_doubt: dict[str, None] = {}

    def is_on(self) -> bool:
        """Whether its settings are there."""
        return self._api is not None

    def send(self, to: str, message: Outgoing) -> str:
        """Send to an OpenID; returns the platform's id of a template message. Raises Refused, NotSent or Unknown."""
        if self._api is None:
            raise Refused("off")
        try:
            return self._send(self._api, to, message)
        except WechatRefused as refused:
            error = failure_of(refused.code)
        except StoreBusy:  # token and window are read before anything is sent
            error = NotSent("store_busy")
        except WechatAway as away:
            error = Unknown("no_answer") if away.arrived else NotSent("no_connection")
        if isinstance(error, NotSent) and message.key in self._in_doubt:
            error = Unknown(error.reason)  # this try was not sent, but the one before it may have been
        raise error from None

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        """The platform has no such question. But it drops a second template message with the key of a first for ten
        minutes: within them one whose sending ended in doubt may be sent again, so it counts as never seen. If that
        fails too, the first stays in doubt: after the quiet hours the person could get it twice."""
        template = self._template(lost.message) if lost else None
        if lost is None or template is None or template.subscription:
            return Delivery.CANNOT_TELL
        if self._clock.now() - lost.began_at >= DROPPED_FOR:
            return Delivery.CANNOT_TELL
        self._in_doubt[key] = None
        while len(self._in_doubt) > _IN_DOUBT_MOST:
            self._in_doubt.pop(next(iter(self._in_doubt)), None)
        return Delivery.NEVER_SEEN

    def _template(self, message: Outgoing) -> Template | None:
        return self._templates.get(message.template, self._templates.get(ANY)) if message.template else None

    def _send(self, api: WechatApi, to: str, message: Outgoing) -> str:
        template = self._template(message)
        if template is None:
            self._say(api, to, message)
            return ""
        data = filled(template, message.fields)
        if template.subscription:
            return api.send_subscription(to, template.id, data)
        return api.send_template(to, template.id, data, message.link, message_key(message.key))

    def _say(self, api: WechatApi, to: str, message: Outgoing) -> None:
        if len(message.text.encode()) > TEXT_BYTES:
            raise Refused("too_long")
        if reason := self._window.why_not(to):
            raise Refused(reason)
        if not self._offer(api, to, message):
            api.say(to, message.text)
        self._window.note(to)

    def _offer(self, api: WechatApi, to: str, message: Outgoing) -> bool:
        """Whether the choices went out to be tapped; an account that may not do so sends them as text."""
        if not 1 <= len(message.choices) <= MENU_MOST or len(message.head.encode()) > MENU_HEAD_BYTES:
            return False
        try:
            api.offer(to, message.head, {str(number): label for number, label in message.choices.items()})
        except WechatRefused as refused:
            if refused.code not in _NO_MENUS:
                raise
            return False
        return True


def failure_of(code: int) -> SendError:
    """What a number of the platform means for the message."""
    if code in REFUSED:
        return Refused(REFUSED[code])
    return NotSent(NOT_NOW.get(code, f"code_{code}"))


def message_key(key: str) -> str:
    """The platform's key of a message: at most 32 characters, the same for each attempt."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def filled(template: Template, fields: Mapping[str, str]) -> dict[str, str]:
    """Our fields under the platform's names, cut to what each takes; one longer than that would refuse the message."""
    data = {}
    for ours, theirs in template.fields.items():
        kind = found.group() if (found := _KIND.match(theirs)) else ""
        most, value = _FIELD_MOST.get(kind, 20), fields.get(ours, "") or _EMPTY
        data[theirs] = value if len(value) <= most else value[: most - 1] + "…" if kind in _WITH_DOTS else value[:most]
    return data
