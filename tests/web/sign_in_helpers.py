"""What the tests of signing in and of accounts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff import accounts
from tests.factories import PASSWORD

SOURCE = "203.0.113.7"


def refused(call: Callable[[], Any]) -> tuple[str, int | None]:
    """The error's code and the seconds to wait."""
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code, caught.value.retry_after_s


def admin_of(ctx: Context) -> Officer:
    """An administrator, just made."""
    return accounts.add_officer(ctx, "admin", "administrator", "管理员庚", None, PASSWORD)
