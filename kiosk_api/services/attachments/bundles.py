"""A bundle of pictures before the petition is registered: open it, add, list and delete pictures.

Only the kiosk's page knows the bundle's token; the store has its HMAC. A phone that was admitted
has a token of its own, with which it can only add pictures and count them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from kiosk_api.domain.attachments import TOKEN, TOO_MANY
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import (
    BUNDLE_KEPT,
    BUNDLE_KEPT_AT_MOST,
    BUNDLES,
    MOST_BUNDLE_BYTES,
    MOST_PICTURE_BYTES,
    MOST_PICTURES,
    MOST_WAITING_BYTES,
    UPLOADS,
)
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import require_room_for_pictures
from kiosk_api.services.base.limits import charge, charge_in, require_allowance
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import AttachmentRow, Bundle, CleanPicture

TOKEN_BYTES = 24  # 192 random bits
_EXTEND_WHEN_LESS = timedelta(minutes=25)  # so that looking does not write every few seconds


@dataclass(frozen=True)
class Tokens:
    """The token of a caller: the bundle's own, or that of a phone that was admitted."""

    bundle: str = ""
    visit: str = ""


@dataclass(frozen=True)
class BundleOpened:
    """A new bundle's token, its lifetime in seconds without use, and the limits."""

    bundle_token: str
    expires_in: int
    most: int
    most_bytes: int


@dataclass(frozen=True)
class PictureShown:
    """A picture as shown to pages; sizes in pixels and bytes."""

    id: str
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class PicturesCounted:
    """How many pictures a bundle holds and can hold; a phone gets nothing else."""

    count: int
    most: int


@dataclass(frozen=True)
class Pictures(PicturesCounted):
    """The same for the page that opened the bundle, with the pictures and the phone's state."""

    items: list[PictureShown]
    phone_came: bool
    phone_link_open: bool


def open_bundle(ctx: Context, source: str) -> BundleOpened:
    """A new empty bundle."""
    require_allowance(ctx, BUNDLES, source)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), ctx.clock.now()
    with ctx.store.write() as records:
        charge_in(ctx, records, BUNDLES, source)
        records.attachments.open_bundle(bundle_mark(ctx, token), now, now + BUNDLE_KEPT)
    return BundleOpened(token, int(BUNDLE_KEPT.total_seconds()), MOST_PICTURES, MOST_PICTURE_BYTES)


def add_picture(ctx: Context, tokens: Tokens, data: bytes, source: str) -> tuple[PictureShown, CleanPicture]:
    """Rewrite and seal one picture into the bundle of `tokens`; also gives what it became, for whoever sent it.

    Raises DomainError `bundle_not_found`, `upload_link_dead`, `too_many_pictures`,
    `pictures_full`, or why this file is refused.
    """
    require_allowance(ctx, UPLOADS, source)
    require_room_for_pictures(ctx)
    with ctx.store.read() as records:  # before the work of decoding
        _require_room(records, _bundle_of(ctx, records, tokens).mark, 0)
    charge(ctx, UPLOADS, source)  # a refused file costs as much work as one that is kept
    picture = ctx.papers.rewrite(data)
    with ctx.store.write() as records:
        bundle = _bundle_of(ctx, records, tokens)
        _require_room(records, bundle.mark, len(picture.data))
        _extend(ctx, records, bundle)
        return shown(records.attachments.add(bundle.mark, picture, ctx.clock.now())), picture


def list_pictures(ctx: Context, tokens: Tokens) -> PicturesCounted:
    """The pictures of the bundle; a phone gets only their number."""
    now = ctx.clock.now()
    with ctx.store.read() as records:
        bundle = _bundle_of(ctx, records, tokens)
        rows = records.attachments.in_bundle(bundle.mark)
    if bundle.expires_at - now < _EXTEND_WHEN_LESS:
        with ctx.store.write() as records:
            _extend(ctx, records, bundle)
    if tokens.visit:
        return PicturesCounted(len(rows), MOST_PICTURES)
    open_link = bundle.link_expires_at is not None and bundle.link_expires_at > now
    return Pictures(len(rows), MOST_PICTURES, [shown(row) for row in rows], bundle.phone_came, open_link)


def picture_content(ctx: Context, token: str, picture_id: str) -> tuple[str, bytes]:
    """Type and bytes of one picture of the caller's bundle."""
    with ctx.store.read() as records:
        bundle = _bundle_of(ctx, records, Tokens(bundle=token))
        row = one_of(records.attachments.in_bundle(bundle.mark), picture_id)
        return row.mime, records.attachments.content(row.id)


def remove_picture(ctx: Context, token: str, picture_id: str) -> None:
    """Delete one picture; one that is gone already is no error."""
    with ctx.store.write() as records:
        bundle = _bundle_of(ctx, records, Tokens(bundle=token))
        records.attachments.remove(bundle.mark, picture_id)


def drop_bundle(ctx: Context, token: str) -> None:
    """Delete everything in a bundle; pictures already given to a case stay."""
    if TOKEN.fullmatch(token):
        with ctx.store.write() as records:
            records.attachments.drop_bundle(bundle_mark(ctx, token))


def bundle_mark(ctx: Context, token: str) -> str:
    """The HMAC of a bundle's token, as stored."""
    return ctx.marks.mark("attachments.bundle", token)


def visit_mark(ctx: Context, token: str) -> str:
    """The HMAC of a phone's token, as stored."""
    return ctx.marks.mark("attachments.visit", token)


def shown(row: AttachmentRow) -> PictureShown:
    """A picture as shown to pages."""
    return PictureShown(row.id, row.width, row.height, row.size)


def one_of(rows: list[AttachmentRow], picture_id: str) -> AttachmentRow:
    """The picture of this id among `rows`. Raises DomainError `attachment_not_found`."""
    for row in rows:
        if row.id == picture_id:
            return row
    raise DomainError("attachment_not_found", "没有这张照片，可能已经删掉了。")


def find_bundle(ctx: Context, records: Records, token: str) -> Bundle:
    """The bundle of a token, if it has not expired. Raises DomainError `bundle_not_found`."""
    if TOKEN.fullmatch(token):
        bundle = records.attachments.bundle(bundle_mark(ctx, token), ctx.clock.now())
        if bundle is not None:
            return bundle
    raise DomainError("bundle_not_found", "这些照片放得太久，已经自动删掉了。请重新拍一次。")


def _bundle_of(ctx: Context, records: Records, tokens: Tokens) -> Bundle:
    visit = tokens.visit
    if not visit:
        return find_bundle(ctx, records, tokens.bundle)
    now = ctx.clock.now()
    bundle = None
    if TOKEN.fullmatch(visit):
        bundle = records.attachments.bundle_of_visit(visit_mark(ctx, visit), now)
    if bundle is None or bundle.link_expires_at is None or bundle.link_expires_at <= now:
        raise link_dead()
    return bundle


def link_dead() -> DomainError:
    """The error for an upload link that is used or expired."""
    return DomainError(
        "upload_link_dead",
        "这个二维码已经用过，或者过了时间。还要传照片，请在自助机上再点一次“用手机传”，扫新的码。",
    )


def _require_room(records: Records, mark: str, size: int) -> None:
    rows = records.attachments.in_bundle(mark)
    if len(rows) >= MOST_PICTURES:
        raise DomainError("too_many_pictures", TOO_MANY)
    if sum(row.size for row in rows) + size > MOST_BUNDLE_BYTES:
        raise DomainError("too_many_pictures", "这些照片加起来太大了。请先删掉不要紧的，其余的带到窗口交。")
    if records.attachments.waiting_bytes() + size > MOST_WAITING_BYTES:
        raise DomainError("pictures_full", "现在存不下更多照片。请先不带照片提交，材料带到窗口交。")


def _extend(ctx: Context, records: Records, bundle: Bundle) -> None:
    """Thirty more minutes from now, within the longest life of a bundle."""
    latest = min(ctx.clock.now() + BUNDLE_KEPT, bundle.created_at + BUNDLE_KEPT_AT_MOST)
    if latest > bundle.expires_at:
        records.attachments.extend_bundle(bundle.mark, latest)
