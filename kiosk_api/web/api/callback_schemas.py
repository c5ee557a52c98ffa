"""What clients may send about requests to be called back and calls from the hall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import (
    CALLBACK_ABOUT_MAX,
    CALLBACK_TIME_MAX,
    PHONE_TYPED_MAX,
    TERMINAL_NAME_MAX,
)
from kiosk_api.services.chat.leave_number import checked
from kiosk_api.web.api.schemas import Tail, Text, must_have, needed, optional
from kiosk_api.web.checked import Sent
from kiosk_api.web.request import ctx


class CallbackBody(Sent):
    """`POST /callbacks`: a number that can be rung, when it suits, and one line of what it is about."""

    refusal = "invalid_callback"
    model_config = must_have("phone")
    phone: Annotated[str | None, needed(maxLength=PHONE_TYPED_MAX)] = None
    best_time: Annotated[str | None, optional(maxLength=CALLBACK_TIME_MAX)] = None
    about: Annotated[str | None, optional(maxLength=CALLBACK_ABOUT_MAX)] = None

    @classmethod
    def also_wrong(cls, body: Mapping[str, Any]) -> Iterable[FieldError]:
        """All other errors of the body."""
        texts = {name: one for name, one in body.items() if isinstance(one, str)} if isinstance(body, Mapping) else {}
        try:
            checked(ctx(), texts)
        except DomainError as error:
            return error.errors
        return ()


class CallbackWho(Sent):
    """`POST /callbacks/lookup` and `/callbacks/withdraw`: the code, and the phone that was left."""

    model_config = must_have("code", "phone_tail")
    code: Text = None
    phone_tail: Tail = None


class HallCallBody(Sent):
    """`POST /hall-calls`; `terminal` is one of the configured names, where one address has several
    terminals. Any other is ignored: what somebody typed does not reach the desk."""

    terminal: Annotated[str | None, optional(maxLength=TERMINAL_NAME_MAX)] = None


class HallCallWho(Sent):
    """`POST /hall-calls/state`: the `call` of the answer before."""

    model_config = must_have("call")
    call: Text = None
