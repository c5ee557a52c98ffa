"""Twilio messages: signature checked, answered in TwiML; off (404) without its secret.

https://www.twilio.com/docs/usage/webhooks/webhooks-security — the signature covers the exact
public address and every form field, so the address comes from configuration, not from headers.
"""

from __future__ import annotations

from flask import Response, abort, current_app, request
from flask_openapi3 import APIBlueprint, Tag
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from kiosk_api.services.channels.hear import DIALOGUE_S, hear
from kiosk_api.services.channels.incoming import Incoming, Kind
from kiosk_api.services.channels.plain_text import SMS, parts
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.request import channel_desk, ctx, waited_s

bp = APIBlueprint("twilio", __name__, url_prefix="/channels", abp_tags=[Tag(name="channels")])
_FORM = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": {
    "type": "object", "properties": {"From": {"type": "string"}, "Body": {"type": "string"}}}}}}  # fmt: skip


@bp.post(
    "/twilio",
    summary="A message by SMS, answered in TwiML; 404 without its secret",
    responses=answers(data("application/xml"), 200, 403, 404),
    openapi_extensions={"requestBody": _FORM},
)
def receive() -> Response:
    """One message in, one or a few out; the sender's number is used only as a keyed mark."""
    secret = current_app.extensions["channels"].twilio_auth_token
    if not secret:
        abort(404)
    url = f"{ctx().public_url}/channels/twilio"
    signature = request.headers.get("X-Twilio-Signature", "")
    if not RequestValidator(secret).validate(url, request.form, signature):
        abort(403)
    form = request.form
    incoming = Incoming(
        "sms", form.get("From", ""), form.get("MessageSid", ""), Kind.TEXT, ctx().clock.now(), form.get("Body", "")
    )
    heard = hear(ctx(), channel_desk(), incoming, DIALOGUE_S - waited_s())
    answer = MessagingResponse()
    for one in parts(heard, SMS):
        answer.message(one)
    return Response(str(answer), mimetype="application/xml")
