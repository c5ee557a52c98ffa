"""The account's address at WeChat: every request verified, every answer within five seconds; off (404) without its secrets."""

from __future__ import annotations

from flask import Response, abort, current_app, request
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.base.notice_ways import sender_back
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.wechat_ports import BadMessage, NotGenuine, Opened, WechatAccount
from kiosk_api.services.channels.answer import NOTHING, Answer
from kiosk_api.services.channels.hear import DIALOGUE_S, hear
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.rest import fitted, send_rest
from kiosk_api.services.channels.said import not_kept
from kiosk_api.services.notices.delivery import note_report
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.channels.wechat_messages import CHANNEL, read, report_of
from kiosk_api.web.request import channel_desk, ctx, waited_s

bp = APIBlueprint("wechat", __name__, url_prefix="/channels", abp_tags=[Tag(name="channels")])
BODY_MAX = 64 * 1024  # bytes: an encrypted message of the longest text has some ten thousand
_ECHO_MOST = 128  # characters
_TAKEN = "success"  # what the platform takes for "heard, nothing to say"
_QUERY = [
    {"name": name, "in": "query", "required": required, "schema": {"type": "string", "maxLength": 128}}
    for name, required in (
        ("signature", True), ("timestamp", True), ("nonce", True), ("encrypt_type", False), ("msg_signature", False),
    )
]  # fmt: skip
_ECHO = {"name": "echostr", "in": "query", "required": True, "schema": {"type": "string", "maxLength": _ECHO_MOST}}
_XML = {"required": True, "content": {"text/xml": {"schema": {"type": "string"}}}}


@bp.get(
    "/wechat",
    summary="WeChat checks that this address is ours; 404 without its secrets",
    responses=answers(data("text/plain"), 200, 403, 404),
    openapi_extensions={"parameters": [*_QUERY[:3], _ECHO]},
)
def greet() -> Response:
    """Gives back what the platform sent, when it is signed with our token."""
    echo = request.args.get("echostr", "")
    if not _account().door.greets(request.args, ctx().clock.now()) or len(echo) > _ECHO_MOST:
        abort(403)
    return Response(echo, mimetype="text/plain")


@bp.post(
    "/wechat",
    summary="A message or an event from WeChat, answered in the platform's XML; 404 without its secrets",
    responses=answers(data("application/xml", "text/plain"), 200, 403, 404),
    openapi_extensions={"parameters": _QUERY, "requestBody": _XML},
)
def receive() -> Response:
    """One message in, one text out, or `success`: then the answer comes by another way, or there is none."""
    account, now = _account(), ctx().clock.now()
    if (request.content_length or 0) > BODY_MAX:
        abort(413)
    request.max_content_length = BODY_MAX
    try:
        opened = account.door.open(request.args, request.get_data(), now)
        incoming = read(opened.fields, account.media, ctx().public_url, now)
    except NotGenuine:
        abort(403)
    except BadMessage:
        abort(400)
    if incoming is None:
        if report := report_of(opened.fields):
            note_report(
                ctx(), CHANNEL, report[1], platform_id=report[0]
            )  # while the store is busy: 503, it comes again
        return _taken()
    return _reply(account, opened, incoming, _heard(incoming))


def _heard(incoming: Incoming) -> Answer:
    try:
        return hear(ctx(), channel_desk(), incoming, DIALOGUE_S - waited_s())
    except StoreBusy as error:  # the platform shows its own error for anything but an answer
        return not_kept(error)


def _reply(account: WechatAccount, opened: Opened, incoming: Incoming, answer: Answer) -> Response:
    first, rest = fitted(answer, can_send=sender_back(ctx(), CHANNEL) is not None)
    if rest is not NOTHING:
        try:
            send_rest(ctx(), incoming, rest)
        except StoreBusy:  # nothing can follow
            first, _ = fitted(answer, can_send=False)
    if not first:
        return _taken()
    return Response(account.door.reply(opened, first, ctx().clock.now()), mimetype="application/xml")


def _taken() -> Response:
    return Response(_TAKEN, mimetype="text/plain")


def _account() -> WechatAccount:
    account: WechatAccount = current_app.extensions["wechat"]
    if not account.door.is_on():
        abort(404)
    return account
