"""Pictures from the citizen's phone: a QR code on the kiosk admits one phone for a limited time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from kiosk_api.domain.attachments import TOKEN
from kiosk_api.domain.codes_read import link_token, token_in
from kiosk_api.domain.policy import MOST_PICTURE_BYTES, MOST_PICTURES, PHONE_LINK_KEPT
from kiosk_api.services.attachments.bundles import TOKEN_BYTES, find_bundle, link_dead, visit_mark
from kiosk_api.services.base.context import Context


@dataclass(frozen=True)
class PhoneLink:
    """The code on the kiosk's screen, and for how many seconds it can be used."""

    url: str
    qr_svg: str
    expires_in: int


@dataclass(frozen=True)
class Visit:
    """A phone's token, its lifetime in seconds, the number of pictures, and the limits."""

    visit_token: str
    expires_in: int
    count: int
    most: int
    most_bytes: int


def phone_link(ctx: Context, bundle_token: str) -> PhoneLink:
    """A new code for this bundle; the former code and the phone that used it stop working.

    The token is in the fragment of the address, which browsers send to no server.
    """
    link, now = secrets.token_urlsafe(TOKEN_BYTES), ctx.clock.now()
    with ctx.store.write() as records:
        bundle = find_bundle(ctx, records, bundle_token)
        records.attachments.open_link(bundle.mark, _link_mark(ctx, link), now + PHONE_LINK_KEPT)
        records.attachments.extend_bundle(bundle.mark, max(bundle.expires_at, now + PHONE_LINK_KEPT))
    url = f"{ctx.public_url}/u#{link}"
    return PhoneLink(url, ctx.pictures.svg(url), int(PHONE_LINK_KEPT.total_seconds()))


def begin_visit(ctx: Context, link: str, chosen: str = "") -> Visit:
    """Use a code, which may stand in its address: the first phone is admitted, any other needs a new code.

    A phone that has `chosen` its visit's token itself can ask again, also without the code: when the
    answer was lost on its way, or when its page was loaded anew. Raises DomainError `upload_link_dead`.
    """
    now = ctx.clock.now()
    visit = chosen if TOKEN.fullmatch(chosen) else secrets.token_urlsafe(TOKEN_BYTES)
    code = link_token(link, "u") or token_in(link)
    with ctx.store.write() as records:
        pictures = records.attachments
        bundle = pictures.bundle_of_link(_link_mark(ctx, code), now) if code else None
        bundle = bundle or pictures.bundle_of_visit(visit_mark(ctx, visit), now)
        if bundle is None or bundle.link_expires_at is None or bundle.link_expires_at <= now:
            raise link_dead()
        pictures.let_in(bundle.mark, visit_mark(ctx, visit))
        count = len(pictures.in_bundle(bundle.mark))
    left_s = int((bundle.link_expires_at - now).total_seconds())
    return Visit(visit, left_s, count, MOST_PICTURES, MOST_PICTURE_BYTES)


def end_link(ctx: Context, bundle_token: str) -> None:
    """Close the code: no phone is admitted or can continue."""
    with ctx.store.write() as records:
        bundle = find_bundle(ctx, records, bundle_token)
        records.attachments.close_link(bundle.mark)


def _link_mark(ctx: Context, link: str) -> str:
    return ctx.marks.mark("attachments.link", link)
