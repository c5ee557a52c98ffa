"""Phone numbers and resident ID numbers, checked by the libraries for their rules."""

from __future__ import annotations

import phonenumbers
from stdnum.cn import ric
from stdnum.exceptions import ValidationError


class ChinaIdentity:
    """Parses what people type into the one normal form that is stored and indexed."""

    def phone(self, text: str) -> str | None:
        """E.164 form of a valid number (mainland unless +country is given), else None."""
        try:
            number = phonenumbers.parse(text, "CN")
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def resident_id(self, text: str) -> str | None:
        """18-character resident ID when check digit (GB 11643, ISO 7064 MOD 11-2) holds."""
        try:
            return str(ric.validate(text))
        except ValidationError:
            return None
