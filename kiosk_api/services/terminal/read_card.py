"""Read an identity card or a receipt that is held before the camera. Neither photo nor text is stored or logged."""

from __future__ import annotations

from kiosk_api.domain import cards
from kiosk_api.domain.attachments import TOO_LARGE, UNREADABLE
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import CARD_BYTES_MAX
from kiosk_api.domain.policy import CARDS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.terminal_ports import CardReaderBusy, CardReaderOff, NotAPhoto

OFF = "现在读不了证件，请您自己填写，或请窗口工作人员帮忙。"
BUSY = "正在读别人的证件，请过几秒再拍一次，也可以自己填写。"
_NOT_A_PHOTO = "这里只读相机拍的照片，请再拍一次，也可以自己填写。"
_JPEG = b"\xff\xd8\xff"
_BUSY_S = 2


def available(ctx: Context) -> bool:
    """Whether a card can be read here now."""
    return ctx.card_reader.is_on()


def read_card(ctx: Context, photo: bytes, source: str | None = None) -> cards.CardRead:
    """What is surely read in a JPEG of at most CARD_BYTES_MAX bytes; `source` is the caller's if outside the hall.

    Raises DomainError `picture_too_large`, `picture_wrong_type`, `picture_unreadable`, `too_many_tries`, `card_off`
    or `card_busy`.
    """
    if len(photo) > CARD_BYTES_MAX:
        raise DomainError("picture_too_large", TOO_LARGE)
    if not photo.startswith(_JPEG):
        raise DomainError("picture_wrong_type", _NOT_A_PHOTO)
    if source:
        charge(ctx, CARDS, source)
    try:
        lines = ctx.card_reader.read(photo)
    except NotAPhoto:
        raise DomainError("picture_unreadable", UNREADABLE) from None
    except CardReaderBusy:
        raise DomainError("card_busy", BUSY, retry_after_s=_BUSY_S) from None
    except CardReaderOff:
        raise DomainError("card_off", OFF) from None
    return cards.read_card(lines, ctx.clock.now().date())
