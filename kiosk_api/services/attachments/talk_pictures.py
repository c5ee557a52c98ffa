"""Pictures sent within a conversation: one bundle for each, which the petition told in it takes along.

The bundle's token is derived from the conversation, so that a page that was loaded anew, and a messenger, finds it again
without having kept it. The pictures live as long as the draft they belong to.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from kiosk_api.domain.policy import BUNDLE_KEPT, BUNDLES, MOST_PICTURE_BYTES, MOST_PICTURES
from kiosk_api.services.attachments.bundles import BundleOpened, bundle_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.ports import Records


def talk_token(ctx: Context, session_id: str) -> str:
    """The token of a conversation's bundle: nothing can be told from it."""
    return hashlib.sha256(ctx.marks.mark("attachments.talk", session_id).encode()).hexdigest()


def open_for_talk(ctx: Context, session_id: str, source: str) -> BundleOpened:
    """The bundle of a conversation, new or as it is."""
    token, now = talk_token(ctx, session_id), ctx.clock.now()
    mark = bundle_mark(ctx, token)
    with ctx.store.read() as records:
        is_new = records.attachments.bundle(mark, now) is None
    if is_new:
        require_allowance(ctx, BUNDLES, source)
        with ctx.store.write() as records:
            if records.attachments.bundle(mark, now) is None:
                charge_in(ctx, records, BUNDLES, source)
                records.attachments.drop_bundle(mark)  # one that has expired and is not yet purged
                records.attachments.open_bundle(mark, now, now + BUNDLE_KEPT)
    return BundleOpened(token, int(BUNDLE_KEPT.total_seconds()), MOST_PICTURES, MOST_PICTURE_BYTES)


def bundle_with_pictures(ctx: Context, records: Records, session_id: str) -> str | None:
    """The token of a conversation's bundle for its petition; None where it holds nothing."""
    token = talk_token(ctx, session_id)
    mark = bundle_mark(ctx, token)
    there = records.attachments.bundle(mark, ctx.clock.now()) and records.attachments.in_bundle(mark)
    return token if there else None


def pictures_of_talk(ctx: Context, session_id: str) -> str | None:
    """The same for a page that takes up the talk: the form."""
    with ctx.store.read() as records:
        return bundle_with_pictures(ctx, records, session_id)


def keep_with_draft(ctx: Context, records: Records, session_id: str, until: datetime) -> str:
    """Keep the pictures until `until`; returns the mark under which another conversation takes them over."""
    mark = bundle_mark(ctx, talk_token(ctx, session_id))
    kept = records.attachments.bundle(mark, ctx.clock.now())
    if kept is not None and kept.expires_at < until:
        records.attachments.extend_bundle(mark, until)
    return mark


def take_over(ctx: Context, records: Records, mark: str, session_id: str) -> None:
    """The draft is taken up in another conversation: its pictures come along, where both have room together."""
    own, now = bundle_mark(ctx, talk_token(ctx, session_id)), ctx.clock.now()
    coming = records.attachments.bundle(mark, now)
    together = len(records.attachments.in_bundle(mark)) + len(records.attachments.in_bundle(own))
    if coming is None or mark == own or together > MOST_PICTURES:
        return
    if records.attachments.bundle(own, now) is None:
        records.attachments.drop_bundle(own)
        records.attachments.open_bundle(own, now, coming.expires_at)
    records.attachments.join(mark, own)


def drop_pictures(ctx: Context, records: Records, session_id: str) -> None:
    """Nothing of the conversation is kept."""
    records.attachments.drop_bundle(bundle_mark(ctx, talk_token(ctx, session_id)))
