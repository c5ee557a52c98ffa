"""What of the account's settings works, found out by asking the platform and by asking our own address as it does."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from kiosk_api.domain.wechat_menu import buttons, shape
from kiosk_api.gateways.local_http import local_client
from kiosk_api.gateways.wechat_api import Form, WechatApi, WechatAway, WechatRefused
from kiosk_api.gateways.wechat_crypto import signature
from kiosk_api.services.base.wechat_ports import Template

_T = TypeVar("_T")
FORM_NAMES = {False: "模板消息", True: "订阅通知"}
_FIELD = re.compile(r"([^{}\n]{0,40})\{\{([A-Za-z_0-9]{1,40})\.DATA\}\}")
ADDRESSES_MOST = 60  # shown
_PORTS = (None, 80, 443)
_WHY = {
    40001: "AppSecret 不对，或者已经重置过。到“开发接口管理”重新拿一个。",
    40125: "AppSecret 不对，或者已经重置过。到“开发接口管理”重新拿一个。",
    40013: "AppID 不对。请对照“开发接口管理”页面上的 AppID。",
    40164: "这台服务器的出口 IP 不在 IP 白名单里。到“开发接口管理 → IP白名单”加上。",
    61004: "这台服务器的出口 IP 不在 IP 白名单里。到“开发接口管理 → IP白名单”加上。",
    45009: "今天调用次数用完了，明天再查。",
    48001: "账号没有这个接口的权限：要用已认证的服务号。",
    50002: "账号被限制了，请到公众平台看通知。",
}
_AWAY = "连不上微信的接口地址。请看出口网络和 WECHAT_API_URL。"


@dataclass(frozen=True)
class Finding:
    """One line: whether that part is right, and what to do if it is not."""

    is_right: bool
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Account:
    """What is to be checked. `missing`: names of settings that are not there; `api` is None without all of them."""

    missing: list[str]
    mode: str
    token: str
    public_url: str
    api: WechatApi | None
    templates: Mapping[str, Template]


def check(account: Account, now: datetime, client: httpx.Client | None = None) -> Iterator[Finding]:
    """The findings in the order in which they should be put right."""
    listed = "、".join(account.missing)
    yield Finding(not account.missing, "设置", f"还没有填：{listed}" if listed else "都填了")
    if account.mode != "safe":
        yield Finding(
            False, "加密方式", "现在不是安全模式。请在平台选“安全模式”，填好 WECHAT_AES_KEY，去掉 WECHAT_MODE。"
        )
    yield from _address(account, now, client or local_client(account.public_url, httpx.Timeout(5.0)))
    if account.api is not None:
        yield from _platform(account, account.api)


def _address(account: Account, now: datetime, client: httpx.Client) -> Iterator[Finding]:
    parts = urlsplit(account.public_url)
    where = f"{account.public_url}/channels/wechat"
    if parts.scheme != "https" or parts.port not in _PORTS:
        yield Finding(False, "公开地址", "KIOSK_PUBLIC_URL 要用 https 和 443 端口，微信只认 80 和 443。")
    if not account.token:
        return
    at, nonce, echo = str(int(now.timestamp())), secrets.token_hex(6), secrets.token_hex(8)
    query = {"timestamp": at, "nonce": nonce, "echostr": echo, "signature": signature(account.token, at, nonce)}
    try:
        answer = client.get("/channels/wechat", params=query)
    except httpx.HTTPError:
        yield Finding(False, "服务器地址", f"从这里打不开 {where}。请看域名、证书和 nginx。")
        return
    if answer.status_code == httpx.codes.OK and answer.text == echo:
        yield Finding(True, "服务器地址", f"{where} 能答平台的验证；平台里就填这个。")
    elif answer.status_code == httpx.codes.NOT_FOUND:
        yield Finding(False, "服务器地址", "运行中的服务没有打开微信：它没有读到同样的设置，改完设置要重启。")
    elif answer.status_code == httpx.codes.FORBIDDEN:
        yield Finding(False, "服务器地址", "运行中的服务不认这个 Token，或者两边的时钟差了五分钟以上。")
    else:
        yield Finding(
            False, "服务器地址", f"{where} 答的不对（HTTP {answer.status_code}）。前面的 nginx 可能没有转过来。"
        )


def _platform(account: Account, api: WechatApi) -> Iterator[Finding]:
    found, addresses = _asked("AppID、AppSecret、IP白名单", api.server_addresses)
    yield found
    if addresses is None:
        return  # every other call would fail alike
    yield Finding(
        True, "平台的服务器", f"平台会从{len(addresses)}个地址或网段来，会变：{'、'.join(addresses[:ADDRESSES_MOST])}"
    )
    found, menu = _asked("菜单", api.menu)
    if menu is not None and shape(menu) != shape(buttons(account.public_url)):
        found = Finding(False, "菜单", "还没有发布，或者不是这一版。请运行 wechat-menu。")
    yield found
    for kind in (False, True):
        wanted = {key: one for key, one in account.templates.items() if one.subscription is kind}
        if wanted:
            yield from _templates(api, kind, wanted)
    if not account.templates:
        yield Finding(False, "通知模板", "没有设 WECHAT_TEMPLATES：48小时没说过话的人收不到微信通知，只能发短信。")


def _templates(api: WechatApi, subscriptions: bool, wanted: Mapping[str, Template]) -> Iterator[Finding]:
    what = FORM_NAMES[subscriptions]
    found, forms = _asked(what, lambda: api.forms(subscriptions=subscriptions))
    if forms is None:
        yield found
        return
    known = {one.id: fields_of(one) for one in forms}
    for key, template in sorted(wanted.items()):
        if template.id not in known:
            yield Finding(False, f"{what} {key}", f"账号里没有这个模板：{template.id}")
            continue
        there, ours = set(known[template.id]), set(template.fields.values())
        wrong = [f"模板没有 {one}" for one in sorted(ours - there)] + [f"没有填 {one}" for one in sorted(there - ours)]
        yield Finding(not wrong, f"{what} {key}", "、".join(wrong))


def fields_of(form: Form) -> dict[str, str]:
    """The fields of a form, each with the words before it."""
    return {found[2]: found[1].strip(" ：:") for found in _FIELD.finditer(form.content)}


def _asked(what: str, ask: Callable[[], _T]) -> tuple[Finding, _T | None]:
    try:
        return Finding(True, what), ask()
    except WechatRefused as refused:
        return Finding(False, what, _WHY.get(refused.code, f"平台返回 {refused.code}，请查平台的返回码表。")), None
    except WechatAway:
        return Finding(False, what, _AWAY), None
