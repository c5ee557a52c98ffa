"""Errors as RFC 9457 problem documents for programs, and as plain pages for people.

This table is the only place where an error code meets an HTTP status.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, json, render_template, request
from werkzeug.exceptions import BadHost, HTTPException

from kiosk_api.domain.errors import DomainError, FieldError, Unreadable
from kiosk_api.services.base.disk_space import STORE_FULL
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy, StoreFull
from kiosk_api.services.base.quarantine import quarantine_record
from kiosk_api.web.view import say

STATUS_OF: dict[str, HTTPStatus] = {
    "bad_json": HTTPStatus.BAD_REQUEST,
    "wrong_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "idempotency_key_required": HTTPStatus.BAD_REQUEST,
    "case_not_found": HTTPStatus.NOT_FOUND,
    "section_not_found": HTTPStatus.NOT_FOUND,
    "handover_not_found": HTTPStatus.NOT_FOUND,
    "callback_not_found": HTTPStatus.NOT_FOUND,
    "callbacks_full": HTTPStatus.SERVICE_UNAVAILABLE,
    "desk_closed": HTTPStatus.CONFLICT,
    "attachment_not_found": HTTPStatus.NOT_FOUND,
    "bundle_not_found": HTTPStatus.NOT_FOUND,
    "upload_link_dead": HTTPStatus.GONE,
    "sound_too_long": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "picture_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "picture_wrong_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "picture_is_pdf": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "pictures_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "pictures_full": HTTPStatus.SERVICE_UNAVAILABLE,
    "too_many_tries": HTTPStatus.TOO_MANY_REQUESTS,
    "whole_phone_needed": HTTPStatus.TOO_MANY_REQUESTS,
    "too_many_chats": HTTPStatus.TOO_MANY_REQUESTS,
    "sign_in_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "wrong_password": HTTPStatus.UNAUTHORIZED,
    "totp_needed": HTTPStatus.UNAUTHORIZED,
    "wrong_code": HTTPStatus.FORBIDDEN,
    "totp_on": HTTPStatus.CONFLICT,
    "sign_in_again": HTTPStatus.FORBIDDEN,
    "reading_reason_needed": HTTPStatus.FORBIDDEN,
    "account_disabled": HTTPStatus.FORBIDDEN,
    "password_change_needed": HTTPStatus.FORBIDDEN,
    "account_not_found": HTTPStatus.NOT_FOUND,
    "session_not_found": HTTPStatus.NOT_FOUND,
    "last_administrator": HTTPStatus.CONFLICT,
    "name_taken": HTTPStatus.CONFLICT,
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "case_changed": HTTPStatus.CONFLICT,
    "with_colleague": HTTPStatus.CONFLICT,
    "not_allowed_now": HTTPStatus.CONFLICT,
    "document_not_found": HTTPStatus.NOT_FOUND,
    "document_changed": HTTPStatus.CONFLICT,
    "document_final": HTTPStatus.CONFLICT,
    "copy_closed": HTTPStatus.CONFLICT,
    "printer_off": HTTPStatus.CONFLICT,
    "printer_paper_out": HTTPStatus.SERVICE_UNAVAILABLE,
    "printer_gone": HTTPStatus.SERVICE_UNAVAILABLE,
    "speech_off": HTTPStatus.SERVICE_UNAVAILABLE,
    "hearing_off": HTTPStatus.SERVICE_UNAVAILABLE,
    "hearing_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "card_off": HTTPStatus.SERVICE_UNAVAILABLE,
    "card_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "not_at_terminal": HTTPStatus.NOT_FOUND,
    "handwriting_off": HTTPStatus.SERVICE_UNAVAILABLE,
    "store_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "store_full": HTTPStatus.SERVICE_UNAVAILABLE,
    "outcome_unknown": HTTPStatus.SERVICE_UNAVAILABLE,
    "record_unreadable": HTTPStatus.CONFLICT,
    "case_unreadable": HTTPStatus.CONFLICT,
    "case_erased": HTTPStatus.GONE,
}
_BUSY = "系统正忙，您的内容还没有提交，请不要关页面，过几秒再点一次提交。"
_OUR_FAULT = "系统出了点问题，您的内容还没有提交，请留着页面稍后再试，或请窗口工作人员帮忙。"
# Said by the server as well when the application itself fails (server/channel.py).
OUTCOME_UNKNOWN = (
    "系统出了点问题，还不知道您的内容存上了没有。您填的内容都在，请再按一次提交问一下：同一份内容不会重复登记。"
)
# Default seconds to wait: a budget recovers in minutes, a busy store in a moment.
RETRY_AFTER = {HTTPStatus.TOO_MANY_REQUESTS: 60, HTTPStatus.SERVICE_UNAVAILABLE: 3}
_CALLS = ("/api/", "/internal/", "/channels/", "/metrics", "/healthz", "/readyz")  # read by programs, not by people
_READ_OFF_MAX = 4 * 1024 * 1024  # bytes; who sends more loses the connection
_PLAIN: dict[int, tuple[str, str]] = {
    400: ("bad_request", "请求的内容读不懂。请再按一次；还不行，请找窗口工作人员帮忙。"),
    404: ("not_found", "没有这个页面，请回到首页重新选择。"),
    405: ("method_not_allowed", "这个地址不能这样使用，请回到首页重新操作。"),
    413: ("too_large", "内容太长了，请分几次提交，或先写要紧的部分，其余材料可以带到窗口。"),
    415: ("wrong_type", "提交的格式不对，请用页面上的按钮提交。"),
}

DESK_UNKNOWN = "系统出了点问题，还不知道这一步记下了没有。请先回到列表，打开看一看；没有记下，再做一次。"
DESK_FULL = "系统的存储空间满了，或者磁盘出了故障，这一步没有记下。请马上告诉系统管理员，内容先另外记下来。"
_AT_THE_DESK = {
    "not_found": "工作台没有这个页面。请检查地址，或者返回列表重新选。",
    "method_not_allowed": "这个地址不能这样使用，请返回列表重新操作。",
    "bad_request": "请求的内容读不懂，请返回上一页再试一次。",
    "http_error": "系统出了点问题，您的内容还没有提交，请留着页面稍后再试。",
    "unavailable": "系统出了点问题，您的内容还没有提交，请留着页面稍后再试。",
    "outcome_unknown": DESK_UNKNOWN,
    "store_full": DESK_FULL,
}


def _discard_body() -> None:
    """Read what is left of an oversized body, so that the connection can carry the next request."""
    left, body = _READ_OFF_MAX, request.environ["wsgi.input"]
    while left > 0 and (part := body.read(min(left, 65_536))):
        left -= len(part)


def install(app: Flask) -> None:
    """Register the handlers."""
    log = structlog.get_logger("errors")

    @app.errorhandler(DomainError)
    def _domain(error: DomainError) -> Response:
        status = STATUS_OF.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            _discard_body()
        answer = _answer(status, error.code, error.detail, error.errors)
        return set_retry_after(answer, error)

    @app.errorhandler(Unreadable)
    def _unreadable(error: Unreadable) -> Response:
        with suppress(StoreBusy):  # the answer does not wait for the quarantine entry; the sweep makes it too
            quarantine_record(app.extensions["kiosk"], error)
        return _domain(error)

    @app.before_request
    def _begin() -> None:
        g.commits_before = current_app.extensions["kiosk"].store.commits()

    @app.errorhandler(StoreFull)
    def _full(error: StoreFull) -> Response:
        if _may_be_stored(error):
            return _unknown(error)
        log.error("store_full")
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "store_full", STORE_FULL)

    @app.errorhandler(StoreBusy)
    def _busy(error: StoreBusy) -> Response:
        if _may_be_stored(error):
            return _unknown(error)
        said = str(error)  # the class of the failure; anything longer might hold values
        log.warning("store_busy", reason=said if said.isidentifier() else type(error).__name__)
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "store_busy", _BUSY)

    @app.errorhandler(OutcomeUnknown)
    def _unknown(error: Exception) -> Response:
        log.error("outcome_unknown", error=type(error).__name__)
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "outcome_unknown", OUTCOME_UNKNOWN)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        original = getattr(error, "original_exception", None)
        if original is not None:  # Flask wraps what fails after the view, such as the packing of an answer
            return _unexpected(original)
        status = HTTPStatus(error.code or 500)
        code, detail = _PLAIN.get(status, ("http_error", _OUR_FAULT))
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            _discard_body()
        if isinstance(error, BadHost):  # without a valid host no address can be built, so none of our pages either
            return problem(status, code, detail)
        answer = _answer(status, code, detail)
        for name, value in error.get_headers():
            if name == "Allow":
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        # The class and place only: a message could carry what a citizen typed.
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
        log.error("unexpected", error=type(error).__name__, place=place)
        if _may_be_stored(error):
            return _unknown(error)
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", _OUR_FAULT)

    @app.after_request
    def _ensure_retry_after(response: Response) -> Response:
        """Ensure that every 429 and 503 has a Retry-After header."""
        if response.status_code in RETRY_AFTER:
            wait = RETRY_AFTER[HTTPStatus(response.status_code)]
            response.headers.setdefault("Retry-After", str(wait))
        if response.status_code == HTTPStatus.UNAUTHORIZED and request.path.startswith("/api/"):
            response.headers.setdefault("WWW-Authenticate", "Bearer")
        return response


def _may_be_stored(error: Exception) -> bool:
    """Whether what was asked may be stored although this request fails: it has committed something, or it carries a key
    under which an earlier try may have.

    A busy store says of a request without a key that nothing was changed, although a small thing may have been
    committed before what was asked for, such as a guess that is counted.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return False
    before = g.get("commits_before")
    committed = before is not None and current_app.extensions["kiosk"].store.commits() > before
    has_key = "Idempotency-Key" in request.headers
    return (committed and has_key) if isinstance(error, StoreBusy) else (committed or has_key)


def set_retry_after(response: Response, error: DomainError) -> Response:
    """Set Retry-After, with the error's own time to wait if it has one."""
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(max(1, error.retry_after_s))
    return response


def _answer(status: HTTPStatus, code: str, detail: str, errors: Iterable[FieldError] = ()) -> Response:
    if request.path.startswith(_CALLS):
        return problem(status, code, detail, errors)
    if request.path.startswith("/desk/"):  # an officer is not led to the citizens' pages
        page = render_template("desk/problem.html", problem=DomainError(code, _AT_THE_DESK.get(code, detail)))
    else:
        page = render_template("error.html", detail=say(detail), code=code, back_to="/")
    return Response(page, status=status, mimetype="text/html")


def problem(status: HTTPStatus, code: str, detail: str, errors: Iterable[FieldError] = ()) -> Response:
    """One problem document."""
    body: dict[str, Any] = {
        "type": f"urn:petition:error:{code}",
        "title": status.phrase,
        "status": status.value,
        "code": code,
        "detail": say(detail),
        "errors": [{"field": e.field, "code": e.code, "detail": say(e.detail)} for e in errors],
    }
    return Response(
        json.dumps(body, ensure_ascii=False),
        status=status,
        mimetype="application/problem+json",
    )
