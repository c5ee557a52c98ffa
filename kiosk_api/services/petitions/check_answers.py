"""Check the answers of one step of the form before the others are there. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.petition import problems_so_far
from kiosk_api.domain.policy import ANSWERS_CHECKED
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge


def check_answers(ctx: Context, given: Mapping[str, Any], source: str) -> tuple[FieldError, ...]:
    """What is wrong with the answers given so far, in the words that a whole petition would be refused with."""
    charge(ctx, ANSWERS_CHECKED, source)
    return problems_so_far(given, ctx.identity)
