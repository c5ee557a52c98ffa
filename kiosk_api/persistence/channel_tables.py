"""Messengers: messages with their answers, people, the cases they are told of, and tokens of platforms.

What names a person or says anything is sealed; rows are found by keyed marks. No message that came in is kept.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from kiosk_api.persistence.schema import MARK, MOMENT, metadata

channel_messages = Table(
    "channel_messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("mark", MARK, nullable=False, unique=True),  # of channel and message id together
    Column("user_mark", MARK, nullable=False),
    Column("number", Integer, nullable=False),  # of this person's messages
    Column("is_late", Boolean, nullable=False),  # the answer goes by a sender
    Column("lease_until", MOMENT, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("done_at", MOMENT, nullable=True),
    Column("sealed", LargeBinary, nullable=True),  # the answer
    Column("expires_at", MOMENT, nullable=False, index=True),
    Index("ix_channel_messages_running", "done_at", "user_mark"),
)

channel_users = Table(
    "channel_users",
    metadata,
    Column("mark", MARK, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("heard", Integer, nullable=False),
    Column("heard_at", MOMENT, nullable=True),
    Column("sent", Integer, nullable=False),  # since the last message was heard
    Column("sealed", LargeBinary, nullable=False),  # address, language, choices shown
    Column("expires_at", MOMENT, nullable=False, index=True),
)

case_links = Table(
    "case_links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("user_mark", MARK, nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("proof", String(16), nullable=False),
    Column("since", MOMENT, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the address
    UniqueConstraint("case_id", "user_mark"),
)

platform_tokens = Table(
    "platform_tokens",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("sealed", LargeBinary, nullable=True),
    Column("expires_at", MOMENT, nullable=False),
    Column("claimed_until", MOMENT, nullable=False),
)
