"""Speech becomes words, which are shown to be checked. Neither sound nor words are stored or logged."""

from __future__ import annotations

import io
import wave

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import HEARD_PIECE_S, SOUND_BYTES_MAX
from kiosk_api.domain.policy import HEARD
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.terminal_ports import Heard, HearingBusy, HearingOff, NotSound

KINDS = ("words", "name", "phone", "id_number", "case_number", "address")
RATE = 16_000
OFF = "现在听不了，请您打字，或请窗口工作人员帮忙。"
BUSY = "正在听别人说话，请过几秒再说一遍，也可以打字。"
_BUSY_S = 2
_NOT_SOUND = f"录音要是16千赫、单声道、16位的WAV，一段不超过{HEARD_PIECE_S}秒。"


def available(ctx: Context) -> bool:
    """Whether speech can be recognised here now."""
    return ctx.hearing.is_on()


def hear(ctx: Context, wav: bytes, kind: str, source: str | None = None) -> Heard:
    """What was said in a WAV of 16 kHz, mono, 16 bit, for a field of `kind`; `source` is the caller's if outside the hall.

    Raises DomainError `invalid_request`, `too_many_tries`, `hearing_off` or `hearing_busy`.
    """
    if kind not in KINDS:
        raise _invalid("kind", f"只能是：{'、'.join(KINDS)}。")
    if not _is_sound(wav):
        raise _invalid("body", _NOT_SOUND)
    if source:
        charge(ctx, HEARD, source)
    try:
        return ctx.hearing.hear(wav, kind)
    except NotSound:
        raise _invalid("body", _NOT_SOUND) from None
    except HearingBusy:
        raise DomainError("hearing_busy", BUSY, retry_after_s=_BUSY_S) from None
    except HearingOff:
        raise DomainError("hearing_off", OFF) from None


def _is_sound(wav: bytes) -> bool:
    if len(wav) > SOUND_BYTES_MAX:
        return False
    try:
        with wave.open(io.BytesIO(wav), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            return form == (1, 2, RATE) and 0 < file.getnframes() <= (HEARD_PIECE_S + 1) * RATE
    except (wave.Error, EOFError, ValueError):
        return False


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))
