"""HTTP client of kiosk_api for the action server. Holds no text and logs none."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any, cast

import httpx

from bot.dialogue.api_answers import Asked, CallbackLeft, CaseStands, Checked, Office, Registered, Route, Window
from bot.dialogue.ports import ApiDown, Refused

DEFAULT_URL = "http://127.0.0.1:8000"
QUESTION_MAX = 2_000  # characters of a question that the handbook looks at; people ask at the end of a story


def bot_key() -> str:
    """The shared key of the internal calls: BOT_KEY, or the content of BOT_KEY_FILE."""
    if key := os.environ.get("BOT_KEY"):
        return key
    path = os.environ.get("BOT_KEY_FILE")
    if path and Path(path).is_file():
        return Path(path).read_text(encoding="utf-8").strip()
    return ""


class KioskClient:
    """Synchronous and thread-safe; actions call it off the event loop."""

    def __init__(self, base_url: str | None = None, *, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=base_url or os.environ.get("KIOSK_API_URL", DEFAULT_URL),
            timeout=httpx.Timeout(4.0, connect=1.5),
            transport=transport,
            trust_env=False,
        )
        self._session = ""

    def speaking_for(self, session_id: str) -> KioskClient:
        """The same pool, on behalf of one conversation: the API counts its limits per citizen."""
        other = copy.copy(self)
        other._session = session_id
        return other

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        key: str | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        headers["X-Bot-Key"] = bot_key()
        if self._session:
            headers["X-Chat-Session"] = self._session
        extra: dict[str, Any] = {"timeout": timeout} if timeout else {}
        try:
            answer = self._http.request(method, path, json=body, headers=headers, **extra)
        except httpx.HTTPError as error:
            raise ApiDown(type(error).__name__) from None
        if answer.status_code == 204 or answer.status_code < 400 and not answer.content:
            return {}
        try:
            data = answer.json()
        except ValueError:
            raise ApiDown("not json") from None
        if answer.status_code >= 400:
            data = data if isinstance(data, dict) else {}
            if answer.status_code >= 500 or answer.status_code == 429:
                raise ApiDown(str(answer.status_code), str(data.get("detail", "")))
            raise Refused(
                answer.status_code, str(data.get("code", "")), str(data.get("detail", "")), data.get("errors")
            )
        return cast(dict[str, Any], data)

    def leave_number(self, phone: str, key: str) -> CallbackLeft:
        return cast(CallbackLeft, self._call("POST", "/api/v1/callbacks", {"phone": phone}, key))

    def check(self, field: str, value: str) -> Checked:
        return cast(Checked, self._call("POST", "/internal/v1/fields/check", {"field": field, "value": value}))

    def save_draft(self, session_id: str, draft: dict[str, Any], asked_for: bool = False) -> str:
        body = {"session_id": session_id, "draft": draft, "asked_for": asked_for}
        return str(self._call("POST", "/internal/v1/drafts/save", body).get("resume_code", ""))

    def load_draft(self, *, session_id: str | None = None, resume_code: str | None = None) -> dict[str, Any] | None:
        body = {"resume_code": resume_code} if resume_code else {"session_id": session_id}
        try:
            return self._call("POST", "/internal/v1/drafts/load", body).get("draft")
        except Refused:
            return None

    def discard_draft(self, session_id: str) -> None:
        self._call("POST", "/internal/v1/drafts/discard", {"session_id": session_id})

    def register(self, body: dict[str, Any], key: str) -> Registered:
        return cast(Registered, self._call("POST", "/api/v1/petitions", body, key, timeout=8.0))

    def lookup(self, who: dict[str, str]) -> CaseStands:
        return cast(CaseStands, self._call("POST", "/api/v1/cases/lookup", who))

    def urge(self, who: dict[str, str], key: str) -> CaseStands:
        return cast(CaseStands, self._call("POST", "/api/v1/cases/urge", who, key))

    def rate(self, body: dict[str, str], key: str) -> CaseStands:
        return cast(CaseStands, self._call("POST", "/api/v1/cases/rate", body, key))

    def ask(self, question: str, before: str | None = None) -> Asked:
        return cast(
            Asked, self._call("POST", "/api/v1/handbook/ask", {"question": question[:QUESTION_MAX], "before": before})
        )

    def route(self, text: str, answers: dict[str, str] | None = None) -> Route:
        return cast(Route, self._call("POST", "/api/v1/route", {"text": text, "answers": answers or {}}))

    def windows(self) -> list[Window]:
        return list(self._call("GET", "/api/v1/windows").get("windows", []))

    def office(self) -> Office:
        return cast(Office, self._call("GET", "/api/v1/windows").get("office") or {})
