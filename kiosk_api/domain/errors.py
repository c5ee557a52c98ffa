"""Errors that a person can do something about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field, by its path in the request."""

    field: str
    code: str
    detail: str


class DomainError(Exception):
    """A stable English `code`, and a Chinese sentence that says what to do.

    `retry_after_s`: when to try again, where it differs from the default of the web layer.
    """

    def __init__(
        self, code: str, detail: str, errors: Sequence[FieldError] = (),
        retry_after_s: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.retry_after_s = retry_after_s
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)


class CaseChanged(DomainError):
    """Somebody else has changed the case since it was read; nothing was stored."""

    def __init__(self) -> None:
        super().__init__(
            "case_changed",
            "这件事刚刚有了新情况，您这一步还没有办成。请退出来，再打开这件事，看过再办。",
        )


class StartRefused(Exception):
    """The program cannot start with this configuration or store; the text says what to do."""


class Unreadable(DomainError):
    """A stored value cannot be decrypted or parsed. `reason` is a code, `place` (table, column, row id)."""

    def __init__(self, reason: str, place: tuple[str, str, str]) -> None:
        super().__init__(
            "record_unreadable",
            "这份内容以前已经收到，但系统现在读不出来，不是您的错。请到窗口找工作人员，他们会联系技术人员处理。",
        )
        self.reason = reason
        self.place = place


class CaseUnreadable(Unreadable):
    """A registered case with an unreadable part; its plain columns are still known."""

    def __init__(
        self, cause: Unreadable, case_id: str, status: str, unit: str | None, kind: str, doubtful: bool
    ) -> None:
        super().__init__(cause.reason, cause.place)
        self.code = "case_unreadable"
        self.detail = (
            "这件信访事项已经登记，编号有效，期限照常计算；但系统现在读不出它的内容，不是您的错。"
            "请带上回执到窗口，工作人员会联系技术人员恢复，您不用重新提交。"
        )
        self.case_id, self.status, self.unit, self.kind = case_id, status, unit, kind
        self.doubtful = doubtful  # it may be an accusation


class CaseErased(CaseUnreadable):
    """A case whose content was erased on purpose; its number, dates and kind of result are still known."""

    def __init__(self, place: tuple[str, str, str], status: str, unit: str | None, kind: str, doubtful: bool) -> None:
        super().__init__(Unreadable("erased", place), place[2], status, unit, kind, doubtful)
        self.code = "case_erased"
        self.detail = (
            "这件信访事项已经办结，它的内容按规定清除了，现在只留着编号、日期和办理结果的种类。"
            "有新的情况，可以重新提出；要问这一件，请带上回执和文书到窗口。"
        )
