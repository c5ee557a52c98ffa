"""Twilio's calls: messages by SMS and WhatsApp, answered in TwiML, and what became of ours; off (404) without its secret.

Everything is checked against the configured public address and never against headers, which a caller chooses.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import Response, abort, current_app, request
from flask_openapi3 import APIBlueprint, Tag
from twilio.twiml.messaging_response import MessagingResponse

from kiosk_api.domain.typed import clean
from kiosk_api.services.base.ports import StoreBusy, StoreFull
from kiosk_api.services.base.sending import Delivery
from kiosk_api.services.channels.hear import DIALOGUE_S, hear
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.said import not_kept
from kiosk_api.services.channels.text_messages import texts_for
from kiosk_api.services.notices.delivery import note_report
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.channels.twilio_message import key_of, message, report
from kiosk_api.web.channels.twilio_signature import is_genuine
from kiosk_api.web.request import channel_desk, ctx, waited_s

bp = APIBlueprint("twilio", __name__, url_prefix="/channels", abp_tags=[Tag(name="channels")])
REPORT_S = 6.0
"""When the last try to note a callback begins at the latest; Twilio waits 15 seconds."""

_REPORT_TRIES = 4
_REPORT_PAUSE_S = 0.2  # longer with each try
FORM = "application/x-www-form-urlencoded"


def _takes(*names: str) -> dict[str, object]:
    fields = {name: {"type": "string"} for name in names}
    return {"requestBody": {"required": True, "content": {FORM: {"schema": {"type": "object", "properties": fields}}}}}


@bp.post(
    "/twilio",
    summary="A message by SMS or WhatsApp, answered in TwiML; 404 without its secret",
    responses=answers(data("application/xml"), 200, 403, 404),
    openapi_extensions=_takes("From", "To", "Body", "MessageSid", "NumMedia"),
)
def receive() -> Response:
    """One call in, a few messages out; the sender's number is used only as a keyed mark and sealed."""
    form = _genuine("/channels/twilio")
    media = current_app.extensions["twilio_media"]
    fetch: Callable[[str], bytes] | None = media.fetch if media else None
    found = message(form, ctx().clock.now(), fetch)
    answer = MessagingResponse()
    for text in _answered(found) if found else ():
        answer.message(clean(text))  # also without the signs that no XML may hold
    return Response(str(answer), mimetype="application/xml")


@bp.post(
    "/twilio/status",
    summary="How far a message of ours has come at Twilio; 404 without its secret",
    responses=answers(None, 204, 403, 404),
    openapi_extensions=_takes("MessageSid", "MessageStatus"),
)
def status() -> Response:
    """A callback may come late, twice and out of order: what has reached the phone stays so."""
    form = _genuine("/channels/twilio/status")
    if told := report(form):
        channel, sid, state = told
        key = key_of(request.args.get("key", ""))
        _patiently(lambda: _note(channel, sid, state, key))
    return Response(status=204)


def _note(channel: str, sid: str, state: Delivery, key: str) -> None:
    if not (key and note_report(ctx(), channel, state, platform_id=sid, key=key)):
        note_report(ctx(), channel, state, platform_id=sid)


def _patiently(note: Callable[[], None]) -> None:
    """Twilio does not repeat a callback, so a busy store is tried again while Twilio waits. Raises StoreBusy."""
    until = time.monotonic() + REPORT_S - waited_s()
    for tries in range(1, _REPORT_TRIES + 1):
        try:
            note()
            return
        except StoreFull:
            raise
        except StoreBusy:
            if tries == _REPORT_TRIES or time.monotonic() >= until:
                raise
            time.sleep(_REPORT_PAUSE_S * tries)


def _genuine(path: str) -> dict[str, str]:
    """The fields of a call that Twilio has signed; ends the request with 404 or 403 otherwise."""
    settings = current_app.extensions["channels"]
    if not settings.twilio_auth_token:
        abort(404)
    url = ctx().public_url + path
    if query := request.query_string.decode("latin-1"):
        url += f"?{query}"
    signature = request.headers.get("X-Twilio-Signature", "")
    if request.mimetype != FORM or not is_genuine(settings.twilio_auth_token, url, request.form, signature):
        abort(403)
    form = request.form.to_dict()
    if (
        settings.twilio_account_sid
        and form.get("AccountSid", settings.twilio_account_sid) != settings.twilio_account_sid
    ):
        abort(403)
    return form


def _answered(found: Incoming) -> list[str]:
    try:
        heard = hear(ctx(), channel_desk(), found, max(DIALOGUE_S - waited_s(), 0.0))
    except StoreBusy as error:  # Twilio does not repeat a call, so only this tells the person
        heard = not_kept(error)
    return texts_for(found.channel, heard, ctx().public_url)
