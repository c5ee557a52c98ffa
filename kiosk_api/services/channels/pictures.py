"""A picture sent to a messenger goes to the conversation's bundle, which its petition takes along."""

from __future__ import annotations

from kiosk_api.domain.attachments import TOO_LARGE
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.messengers import Person
from kiosk_api.domain.policy import BUNDLE_KEPT, MOST_PICTURE_BYTES, MOST_PICTURES
from kiosk_api.services.attachments.bundles import Tokens, add_picture, list_pictures
from kiosk_api.services.attachments.talk_pictures import open_for_talk
from kiosk_api.services.base.context import Context
from kiosk_api.services.channels.answer import said
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.said import Outcome, in_own_words, source_of, unchanged


def take_picture(ctx: Context, person: Person, session_id: str, incoming: Incoming) -> Outcome:
    """Load it from the platform, rewrite and seal it; the office's limits are said as on the pages."""
    if incoming.fetch is None:
        return in_own_words("only_text")
    source = source_of(person)
    try:
        data = incoming.fetch()
        if len(data) > MOST_PICTURE_BYTES:
            return unchanged(said(TOO_LARGE))
        tokens = Tokens(bundle=open_for_talk(ctx, session_id, source).bundle_token)
        add_picture(ctx, tokens, data, source)
        count = list_pictures(ctx, tokens).count
    except OSError:
        return in_own_words("picture_lost")
    except DomainError as error:
        return unchanged(said(error.detail))
    with ctx.store.read() as records:
        has_draft = records.draft_of_session(ctx.marks.mark("draft.session", session_id), ctx.clock.now()) is not None
    minutes = int(BUNDLE_KEPT.total_seconds() // 60)
    key = "picture_kept" if has_draft else "picture_waits"
    return in_own_words(key, count=count, most=MOST_PICTURES, minutes=minutes)
