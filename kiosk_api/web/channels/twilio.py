"""Twilio messages: signature checked, answered in TwiML; off (404) without its secret.

https://www.twilio.com/docs/usage/webhooks/webhooks-security — the signature covers the exact
public address and every form field, so the address comes from configuration, not from headers.
"""

from __future__ import annotations

from flask import Response, abort, current_app, request
from flask_openapi3 import APIBlueprint, Tag
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from kiosk_api.domain.typed import clean
from kiosk_api.services.chat.chat import say
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.channels.plain_text import messages
from kiosk_api.web.request import ctx, remember_sms

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
    session_id = ctx().marks.mark("twilio.session", request.form.get("From", ""))[:40]
    answer = MessagingResponse()
    text = clean(request.form.get("Body", "")).strip()
    if text:
        turn = say(ctx(), text, session_id, remember_sms)
        said = messages(turn, ctx().public_url)
    else:
        said = ["这里只收文字消息，请把事情写成文字发过来。"]
    for one in said:
        answer.message(one)
    return Response(str(answer), mimetype="application/xml")
