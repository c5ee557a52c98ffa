"""Typed records of the store, decrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.callbacks import Progress, State, Step
from kiosk_api.domain.keys import Mark
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.wall import Outsider
from kiosk_api.domain.workflow import Event, Role, Status
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.route import CaseRoute


@dataclass
class CaseRecord:
    """One registered case with its whole history. `doubtful`: whether it is an accusation waits for an officer."""

    id: str
    case_number: str
    status: Status
    kind: str
    domain: str
    hot_field: str | None
    window: str
    route: CaseRoute
    emergency: bool
    confidential: bool
    responsible_unit: str | None  # its id
    registered_at: datetime
    petition: Petition
    events: list[Event] = field(default_factory=list)
    version: int = 1
    doubtful: bool = False
    channel: Channel = Channel.NETWORK
    repeat_of: str | None = None  # the number of the case that this one repeats

    @property
    def accusation(self) -> Accusation:
        """Whether it is an accusation, as far as that is known."""
        return state_of_case(self.kind, self.doubtful)


@dataclass(frozen=True)
class CaseMarks:
    """HMACs to compare a second factor with, without decrypting the case; "" where no phone was given."""

    id: str
    case_number: str
    tail: str
    phone: str


@dataclass(frozen=True)
class LookupMarks:
    """HMACs to find a case and check its owner: phone tail and phone ("" without one), ID number if one was given."""

    tail: str
    phone: str
    id_number: str | None = None


@dataclass(frozen=True)
class CaseFilter:
    """Filter of a list of cases. A case must match all that is given; None and "" match every case.

    An empty set of values matches no case. `words`: part of a number or of a unit's name; `called`: units meant too.
    """

    units: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    doubtful: bool = True  # else a case that may be an accusation matches nothing
    due_until: date | None = None
    due_before: date | None = None
    urged: bool = False
    words: str = ""
    called: frozenset[str] = frozenset()
    channel: str = ""  # one of domain/registration.py
    phone: Mark | None = None  # of the whole number, as the next
    id_number: Mark | None = None
    open_beyond: str | None = None  # a unit: a case of another one only where nothing in it is to be kept secret
    not_of: frozenset[str] = frozenset()  # units: their cases match nothing
    kept_by: frozenset[str] | None = None  # officers: what others of its unit have matches nothing
    told: str = ""  # a unit: only what it has been told of
    who: Outsider | None = None  # the officer who asks; None for the house's own work


@dataclass(frozen=True)
class CaseRow:
    """A line of a staff list; holds nothing that identifies the petitioner."""

    id: str
    case_number: str
    status: Status
    kind: str
    domain: str
    window: str
    emergency: bool
    confidential: bool
    doubtful: bool
    responsible_unit: str | None  # its id
    registered_at: datetime
    next_due_on: date | None
    urged: int
    channel: Channel
    unreadable: bool = False  # in quarantine: some part of it is unreadable


@dataclass(frozen=True)
class Officer:
    """A signed-in member of staff."""

    id: str
    username: str
    display_name: str
    role: Role
    unit: str | None  # its id
    unit_name: str | None = None
    must_change: bool = False  # the password is not the officer's own yet


@dataclass(frozen=True)
class SavedAnswer:
    """An idempotency record: HMAC of the request, and the answer."""

    fingerprint: str
    answer: JsonObject


@dataclass(frozen=True)
class Draft:
    """An unfinished petition, and when it was last touched."""

    values: JsonObject
    updated_at: datetime


@dataclass(frozen=True)
class Handover:
    """An unfinished petition that was left for an officer, and the officer who took it."""

    draft: JsonObject
    taken_by: str | None


@dataclass(frozen=True)
class Helper:
    """The officer behind an assist code, and the mark of the handover that is filed with it."""

    officer_id: str
    name: str
    handover_mark: str | None


@dataclass(frozen=True)
class CallbackEvent:
    """One step; the officer is empty for the citizen's own, `note` is the office's alone."""

    at: datetime
    step: Step
    officer_id: str = ""
    officer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Callback:
    """A request to be called back, decrypted; `phone` is in the E.164 form, `code` without its hyphen."""

    id: str
    code: str
    phone: str
    best_time: str
    about: str
    progress: Progress
    requested_at: datetime
    due_by: datetime
    closed_at: datetime | None
    answered_by: str | None
    events: tuple[CallbackEvent, ...]


@dataclass(frozen=True)
class CallbackLine:
    """A line of the desk's list; `best_time` is empty for a row that does not open."""

    id: str
    state: State
    tries: int
    is_closed: bool
    requested_at: datetime
    due_by: datetime
    best_time: str
    unreadable: bool


@dataclass(frozen=True)
class CallbackMarks:
    """HMACs of a code, and of code and phone together: two requests of one phone share none."""

    code: Mark
    tail: Mark
    phone: Mark


@dataclass(frozen=True)
class StoredMarks:
    """What the row of a code holds to compare a phone with."""

    id: str
    tail: str
    phone: str


@dataclass(frozen=True)
class HallCall:
    """Somebody at a terminal asks for an officer; `place` is the terminal's name, which may be empty."""

    id: str
    place: str
    called_at: datetime
    expires_at: datetime
    taken_by: str | None = None


@dataclass(frozen=True)
class DangerSignal:
    """A danger was told at a place; no words. An officer sees it, then closes it."""

    id: str
    kind: str
    place: str
    told_at: datetime
    seen_by: str | None = None
    seen_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class CleanPicture:
    """A picture after re-encoding: pixels only, upright."""

    mime: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class AttachmentRow:
    """Metadata of a stored picture; size in bytes."""

    id: str
    seq: int
    mime: str
    size: int
    width: int
    height: int
    created_at: datetime


@dataclass(frozen=True)
class Bundle:
    """Pictures of a petition that is not registered yet, by the HMAC of the token."""

    mark: str
    created_at: datetime
    expires_at: datetime
    link_expires_at: datetime | None
    phone_came: bool


@dataclass(frozen=True)
class OutboxMessage:
    """Something to be done after commit, at least once."""

    id: str
    topic: str
    case_id: str | None
    payload: JsonObject
    attempts: int


@dataclass(frozen=True)
class Broken:
    """An unreadable record: place, reason (a code), time. Never content."""

    place: str  # table.column
    row_id: str
    case_id: str | None
    case_number: str | None
    reason: str
    at: datetime
    is_message: bool = False  # waits to be delivered; the case itself can be read without it
