"""The officer's browser session: one cookie, a form token derived from it, and notices.

The session token lives only in the cookie and, hashed, in the store. The form token is an
HMAC of the session token, so it needs no storage and dies with the session.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, g, request

from kiosk_api.domain.labels_zh import ACTION_LABELS
from kiosk_api.web.cookies import came_by_tls, name_of

SESSION_COOKIE = "desk_session"
NOTICE_COOKIE = "desk_notice"
COOKIE_PATH = "/desk"
NOTICES = {
    "signed_in": "已登录。",
    "signed_out": "已退出登录。",
    "expired": "登录已过期，请重新登录。",
    "csrf": "页面已过期，本次操作没有提交。请核对后再提交一次。",
    "callback_kept": "已记下。",
    "told_otherwise": "已记下。请在那件信访里“记录与信访人的联系”。",
    "not_by_person": "列表里不能按电话、身份证号找人，刚才填的没有记下。本人到窗口补办回执的，请用“丢了回执”。",
    "search_in_the_bar": "列表按编号和单位找，请在上面的框里填。",
    "danger_kept": "已记下。",
    "person_kept": "已确定承办人。",
    "absence_kept": "已登记。不在的时候，手上的事会列在代办人的“我的待办”里。",
    "absence_ended": "已改好。",
    "paper_kept": "材料已经放进这件信访。",
    "document_made": "文书已经做好，等负责人批准。",
    "document_approved": "已批准并编号，可以打印、送达了。",
    "document_returned": "已退回经办人。",
    "document_delivered": "送达情况已经记下。",
    "hall_call_taken": "已记下，机器上已经显示“工作人员马上来”。",
    "password_changed": "密码已经改好，别处的登录都退出了。",
    "sessions_ended": "别处的登录都退出了。",
    "account_changed": "已经办好。",
    "notice_seen": "已记下看过。",
    "kept": "已重新登录。刚才填写的内容还在，尚未提交，请核对后再提交。",
}


def form_token(session_token: str) -> str:
    """The hidden field of every form: HMAC-SHA256 keyed by the session token."""
    return hmac.new(session_token.encode(), b"desk form token v1", hashlib.sha256).hexdigest()


def session_token() -> str:
    """The token in the cookie, or an empty string."""
    return request.cookies.get(name_of(SESSION_COOKIE), "")


def form_is_genuine(submitted: str) -> bool:
    """Whether the submitted form token is the expected one, compared in constant time."""
    return hmac.compare_digest(form_token(session_token()).encode(), submitted.encode())


def came_from_here(req: Request) -> bool:
    """False when the browser reports that another site sent this request (sign-in has no form token).

    Sec-Fetch-Site decides where the browser sends it (https, loopback); elsewhere Origin does.
    A client that sends neither is not a browser and sends nobody's cookie.
    """
    site = req.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = req.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == req.host
    except ValueError:  # no address at all
        return False


def safe_next(target: str) -> str:
    """A path inside the desk to continue at, or the list; never another site."""
    inside = target == COOKIE_PATH or target.startswith((COOKIE_PATH + "/", COOKIE_PATH + "?"))
    clean = not any(c in target for c in "\\\r\n") and "//" not in target and ".." not in target
    return target if inside and clean else COOKIE_PATH


def _set(response: Response, name: str, value: str, **extra: Any) -> None:
    response.set_cookie(
        name_of(name),
        value,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Strict",
        secure=came_by_tls(),
        **extra,
    )


def remember_session(response: Response, token: str) -> Response:
    """Put the session token in a cookie that ends with the browser."""
    _set(response, SESSION_COOKIE, token)
    return response


def forget_session(response: Response) -> Response:
    """Remove the session cookie."""
    response.delete_cookie(
        name_of(SESSION_COOKIE),
        path=COOKIE_PATH,
        httponly=True,
        samesite="Strict",
        secure=came_by_tls(),
    )
    return response


def leave_notice(response: Response, notice: str) -> Response:
    """Leave a one-time notice for the next page; only its key travels."""
    _set(response, NOTICE_COOKIE, notice, max_age=60)
    return response


def notice_text(notice: str) -> str:
    """The text of a notice key; empty for an unknown key."""
    if notice.startswith("done."):
        label = {str(key): text for key, text in ACTION_LABELS.items()}.get(notice[5:])
        return f"已完成：{label}。" if label else ""
    return NOTICES.get(notice, "")


def take_notice() -> str:
    """The notice left by the last request; it is cleared once this page is sent."""
    key = request.cookies.get(name_of(NOTICE_COOKIE), "")
    if key:
        g.desk_notice_taken = True
    return notice_text(key)


def finish(response: Response) -> Response:
    """After each desk request: forbid caching, and clear a notice that was shown.

    Under `no-referrer` browsers send `Origin: null` with our own forms, hence `same-origin`.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    if g.get("desk_notice_taken"):
        response.delete_cookie(
            name_of(NOTICE_COOKIE), path=COOKIE_PATH, httponly=True, samesite="Strict", secure=came_by_tls()
        )
    return response
