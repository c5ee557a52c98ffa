"""Phone numbers and identity papers: what people type, in the one normal form that is stored and indexed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers

from kiosk_api.domain.identity_numbers import IdNumber, read_id_number
from kiosk_api.domain.phones import readings, stored

_MOBILE = (phonenumbers.PhoneNumberType.MOBILE,)


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


class ChinaIdentity:
    """The numbers that are valid in China. `today` is the day up to which somebody can have been born."""

    def __init__(self, today: Callable[[], date] = _today) -> None:
        self._today = today

    def phone(self, text: str) -> str | None:
        """The stored form (phones.py) of a valid number (mainland unless +country is given), else None.

        After the number of a mobile phone, only a named extension is read as one: a digit too many is an error.
        """
        for typed in readings(text):
            number = _valid(typed.number)
            if number is None:
                continue
            if typed.extension and not typed.is_named and phonenumbers.number_type(number) in _MOBILE:
                continue
            e164 = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
            return stored(e164, typed.extension)
        return None

    def id_number(self, text: str) -> IdNumber:
        """The stored form of the number of an identity paper, or what is wrong with it (identity_numbers.py)."""
        return read_id_number(text, self._today())


def _valid(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
