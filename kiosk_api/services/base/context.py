"""The context that every use case gets: ports, handbook and settings, built in app.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk_api.domain.anchors import AnchorFolder, Signatures
from kiosk_api.domain.audit import Macs
from kiosk_api.domain.petition_fields import Identity
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.account_ports import Authenticator
from kiosk_api.services.base.document_ports import DocumentWriter
from kiosk_api.services.base.erasure_ports import ErasureList, NoList
from kiosk_api.services.base.hall import Floor, Room
from kiosk_api.services.base.ports import (
    Assistant,
    Clock,
    Handbook,
    Index,
    Nearness,
    Passwords,
    Pictures,
    Signer,
    Store,
    Tally,
    Understanding,
)
from kiosk_api.services.base.sending import Sender
from kiosk_api.services.base.terminal_ports import (
    CardReader,
    Handwriting,
    Hearing,
    PictureWriter,
    ReceiptPrinter,
    Speech,
)


@dataclass(frozen=True)
class Context:
    """Ports and settings of the use cases."""

    store: Store
    clock: Clock
    macs: Macs
    signatures: Signatures
    anchors: AnchorFolder
    identity: Identity
    marks: Index
    signer: Signer
    passwords: Passwords
    authenticator: Authenticator
    pictures: Pictures
    papers: PictureWriter
    document_writer: DocumentWriter
    assistant: Assistant
    understanding: Understanding
    handbook: Handbook
    nearness: Nearness
    handwriting: Handwriting
    card_reader: CardReader
    tally: Tally
    printer: ReceiptPrinter
    speech: Speech
    hearing: Hearing
    disk_free: Callable[[], int]  # bytes left where the store is
    windows: list[Room]
    render: Callable[[str], str]
    initials: Callable[[str], Sequence[str]]  # of Chinese text, one entry a character
    public_url: str
    bot_key: str
    schema_head: str
    rate_limits: bool = True
    keep_cases_years: int | None = None  # after the last step of a case; None keeps every case
    erasure_list: ErasureList = NoList()  # noqa: RUF009 - it holds nothing
    reading_reasons: frozenset[Role] = frozenset()  # of those who say why they read a case
    office: dict[str, str | None] = field(default_factory=dict)
    floors: list[Floor] = field(default_factory=list)
    refresh_windows: Callable[[], None] = lambda: None  # reload an edited windows file
    last_backup: Callable[[], datetime | None] = lambda: None  # that was whole
    keys_lost: Callable[[], list[str]] = list  # key files in use that are missing on disk
    senders: Mapping[str, Sender] = field(default_factory=dict)  # by channel; what is missing or off sends nothing
