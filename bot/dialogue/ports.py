"""What the dialogue needs from kiosk_api, and how that can fail."""

from __future__ import annotations

from typing import Any, Protocol

from bot.dialogue.api_answers import Asked, CallbackLeft, CaseStands, Checked, Office, Registered, Route, Window


class ApiDown(Exception):
    """kiosk_api did not answer in time, answered 5xx or has no room now: nothing may be claimed as done.

    `said` is its own sentence about that, such as how long to wait; empty without an answer.
    """

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.said = said


class Refused(Exception):
    """kiosk_api answered with a problem document."""

    def __init__(self, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or []


class KioskApi(Protocol):
    """Calls of the HTTP contract; each may raise ApiDown or Refused."""

    def check(self, field: str, value: str) -> Checked: ...

    def save_draft(self, session_id: str, draft: dict[str, Any], asked_for: bool = False) -> str: ...

    def load_draft(self, *, session_id: str | None = None, resume_code: str | None = None) -> dict[str, Any] | None: ...

    def discard_draft(self, session_id: str) -> None: ...

    def register(self, body: dict[str, Any], key: str) -> Registered: ...

    def lookup(self, who: dict[str, str]) -> CaseStands: ...

    def urge(self, who: dict[str, str], key: str) -> CaseStands: ...

    def rate(self, body: dict[str, str], key: str) -> CaseStands: ...

    def ask(self, question: str, before: str | None = None) -> Asked: ...

    def route(self, text: str, answers: dict[str, str] | None = None) -> Route: ...

    def leave_number(self, phone: str, key: str) -> CallbackLeft: ...

    def windows(self) -> list[Window]: ...

    def office(self) -> Office: ...
