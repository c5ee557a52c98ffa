"""Failures that a person can do something about."""

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

    `retry_after_s`: when to try again, where that is known better than the default of the web.
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
