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
    """A stable English `code`, and a Chinese sentence that says what to do."""

    def __init__(
        self,
        code: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        *,
        retry_after: int | None = None,
    ) -> None:
        """`retry_after`: seconds after which the same request may succeed."""
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after = retry_after
