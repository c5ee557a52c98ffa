"""What of the settings for text messages works, found out by asking the platform and by asking our own address as it does.

Nothing is sent to anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from twilio.request_validator import RequestValidator

from kiosk_api.gateways.platform_http import Answer, NoAnswer, ask, platform_client
from kiosk_api.gateways.sms_gateway import SmsGateway
from kiosk_api.gateways.twilio_sms import TwilioApi
from kiosk_api.gateways.wechat_check import Finding
from kiosk_api.services.base.sending import Delivery

PATH = "/channels/twilio"
_AWAY = "连不上{what}。请看出口网络和 {setting}。"
_WHY = {
    401: "账号或密钥不对。请对照控制台首页的 Account SID 和 Auth Token。",
    403: "账号没有权限。请到控制台看账号是不是停用了。",
    404: "没有这个账号。请对照控制台首页的 Account SID。",
    429: "问得太密，过几分钟再查。",
}


def check_twilio(
    api: TwilioApi, senders: Mapping[str, str], public_url: str, client: httpx.Client | None = None
) -> Iterator[Finding]:
    """`senders`: setting → number or service. The findings in the order in which they should be put right."""
    try:
        answer = api.ask("GET", ".json")
    except NoAnswer:
        yield Finding(False, "Twilio 账号", _AWAY.format(what="Twilio 的接口地址", setting="TWILIO_API_URL"))
        return
    state = str(answer.member("status"))
    if not answer.is_ok or state != "active":
        why = _WHY.get(answer.status, f"账号状态是 {state[:20]}，不是 active。")
        yield Finding(False, "Twilio 账号", why)
        return
    yield Finding(True, "Twilio 账号", "可以用")
    for setting, sender in senders.items():
        if setting == "TWILIO_FROM" and sender.startswith("+"):
            yield from _number(api, sender, public_url)
        elif sender:
            yield Finding(True, setting, "平台没有可查的接口，请对照控制台；收消息的网址填 " + public_url + PATH)
    yield from _own_address(api.account.token, public_url, client or platform_client())


def _number(api: TwilioApi, number: str, public_url: str) -> Iterator[Finding]:
    try:
        answer = api.ask("GET", "/IncomingPhoneNumbers.json", params={"PhoneNumber": number})
    except NoAnswer:
        yield Finding(False, "TWILIO_FROM", _AWAY.format(what="Twilio 的接口地址", setting="TWILIO_API_URL"))
        return
    listed = answer.member("incoming_phone_numbers")
    found: Any = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
    if found is None:
        yield Finding(False, "TWILIO_FROM", "这个账号下没有这个号码。要写成 + 加国家码的样子，例如 +12025550123。")
        return
    can = found.get("capabilities")
    if not (isinstance(can, dict) and can.get("sms")):
        yield Finding(False, "TWILIO_FROM", "这个号码不能收发短信，请换一个有 SMS 能力的。")
    url, method = found.get("sms_url"), found.get("sms_method")
    right = url == public_url + PATH and method == "POST"
    yield Finding(right, "收短信的网址", "" if right else f"控制台里应该填 {public_url}{PATH}，方法选 HTTP POST。")


def _own_address(token: str, public_url: str, client: httpx.Client) -> Iterator[Finding]:
    """Signed as Twilio signs, from a sender that is no person, so that nothing is heard."""
    if urlsplit(public_url).scheme != "https":
        yield Finding(False, "公开地址", "KIOSK_PUBLIC_URL 要用 https，平台和手机都从外面来。")
    url, form = public_url + PATH, {"From": "check", "To": "check", "Body": "", "MessageSid": secrets.token_hex(16)}
    signed = RequestValidator(token).compute_signature(url, form)
    try:
        answer = ask(client, "POST", url, data=form, headers={"X-Twilio-Signature": signed})
    except NoAnswer:
        yield Finding(False, "公开地址", f"从这里打不开 {url}。请看域名、证书和前面的 nginx。")
        return
    yield Finding(answer.is_ok, "公开地址", _said(answer))


def _said(answer: Answer) -> str:
    if answer.is_ok:
        return "签名对得上"
    if answer.status == 404:
        return "那里还没有打开这个渠道：正在运行的服务也要有 TWILIO_AUTH_TOKEN，设好以后重启。"
    if answer.status == 403:
        return "签名对不上：正在运行的服务用的 TWILIO_AUTH_TOKEN 或 KIOSK_PUBLIC_URL 和这里不一样。"
    return f"那里回了 {answer.status}，请看前面的 nginx 和服务的日志。"


def check_gateway(gateway: SmsGateway, url: str) -> Iterator[Finding]:
    """Whether the gateway can be reached and, where it can be asked for messages, says of an unknown one that it is."""
    try:
        ask(platform_client(), "HEAD", url.partition("?")[0])
    except NoAnswer as none:
        detail = "" if none.arrived else _AWAY.format(what="短信网关", setting="SMS_GATEWAY_URL")
        yield Finding(none.arrived, "短信网关", detail or "连得上")
    else:
        yield Finding(True, "短信网关", "连得上")
    if not gateway.can_be_asked:
        detail = "没有填 SMS_GATEWAY_FIND_URL：没收到答复的短信查不了，要请工作人员打电话。"
        yield Finding(True, "查短信", detail)
        return
    found = gateway.find(f"sms-check-{secrets.token_hex(8)}", "", None)
    right = found is Delivery.NEVER_SEEN
    detail = (
        "不认识的短信说得清" if right else "问一条没有发过的短信，没有得到“没有这条”。请看 SMS_GATEWAY_NEVER_SEEN。"
    )
    yield Finding(right, "查短信", detail)
