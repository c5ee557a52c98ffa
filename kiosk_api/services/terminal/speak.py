"""Text to speech for browsers that have no voice of their own."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import SPOKEN_MAX
from kiosk_api.domain.policy import SPOKEN
from kiosk_api.domain.spoken import normalised, spoken_parts, without_numbers
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.terminal_ports import Sound, SpeechUnavailable

_LANGUAGES = ("zh", "en")
_OFF = "现在念不出来，请看屏幕上的字；看不清请点“大字”，或请工作人员帮忙。"


def speak(ctx: Context, text: str | None, language: str, source: str | None = None, part: int = 0) -> Sound:
    """A piece of at most SPOKEN_MAX characters as sound; `source` is the caller's source if outside the hall.

    Raises DomainError `invalid_request`, `too_many_tries` or `speech_off`. Phone and ID numbers are never spoken
    in full, whatever the page sends.
    """
    if not text or not normalised(text) or len(text) > SPOKEN_MAX:
        raise _invalid("text", f"一次最多念{SPOKEN_MAX}个字。")
    if language not in _LANGUAGES:
        raise _invalid("language", "只能念中文（zh）或英文（en）。")
    said = without_numbers(normalised(text))
    if not 0 <= part < len(spoken_parts(said)):
        raise _invalid("part", "这段话没有这么多句。")
    if source:
        charge(ctx, SPOKEN, source)
    try:
        return ctx.speech.say(said, language, part)
    except SpeechUnavailable as error:
        raise DomainError("speech_off", _OFF) from error


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))
