"""Models of requests are published under the names of their classes."""

from __future__ import annotations

import pytest

from kiosk_api.web.api import schemas
from kiosk_api.web.checked import Sent


def test_two_models_of_one_name_are_refused_because_the_contract_would_hold_one() -> None:
    name = schemas.ChatBody.__name__
    with pytest.raises(TypeError, match=name):
        type(name, (Sent,), {"__module__": "somewhere.else"})
    assert Sent.known[name] is schemas.ChatBody
