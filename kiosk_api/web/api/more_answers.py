"""Models of further answers: handbook, conversation, pictures, terminal and health."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, JsonValue

from kiosk_api.domain.callbacks import State, Step

Part = Literal["ok", "degraded", "off"]


class Citation(BaseModel):
    title: str
    section: str
    article: str
    url: str


class SlugChoice(BaseModel):
    question: str
    slug: str


class AskedOne(BaseModel):
    """The answer to one question: the section's own words, choices, or a referral."""

    outcome: Literal["answer", "choices", "refer"]
    citations: list[Citation]
    answer: str = ""
    choices: list[SlugChoice] = []
    refer: str = ""
    own_case: bool = False


class Asked(AskedOne):
    """`POST /handbook/ask`; several questions in one message are answered one by one in `parts`."""

    parts: list[AskedOne] = []


class Place(BaseModel):
    floor: str
    x: float
    y: float
    w: float
    h: float


class Opening(BaseModel):
    """open, closed, unknown (public holidays of the year not entered yet) or unpublished; when that changes, if known;
    the same in words."""

    state: str
    until: str | None
    opens: str | None
    words: str


class Window(BaseModel):
    key: str
    label: str
    short: str
    kind: str
    purpose: str
    where: str
    hours: str
    bring: list[str]
    configured: bool
    number: int
    place: Place | None
    opening: Opening


class Office(BaseModel):
    """How the office itself is reached; null for what it has not filled in yet."""

    phone: str | None
    hours: str | None


class Windows(BaseModel):
    """`GET /windows`."""

    windows: list[Window]
    office: Office


class Link(BaseModel):
    label: str
    href: str


class CardRow(BaseModel):
    """One thing that is noted. `change` is sent back as `text` to change it, or the `number` by a channel of plain
    text; "" and 0 where it cannot be changed. `whole` is the value in full where `text` is shortened."""

    number: int
    field: str
    label: str
    text: str
    whole: str
    change: str


class Card(BaseModel):
    """What is noted: said before the rows, the rows, said after them."""

    title: str
    rows: list[CardRow]
    closing: str


class Saved(BaseModel):
    """A kept draft: its code, the address (also as a QR picture) that opens it on a phone, and for how many days."""

    resume_code: str
    url: str
    qr_svg: str
    days: int


class Reply(BaseModel):
    """One message; an option's `value` is sent back as `text`. `text` says all that a `card` holds."""

    text: str
    options: list[JsonValue] = []
    citations: list[JsonValue] = []
    case: dict[str, JsonValue] = {}
    callback: dict[str, JsonValue] = {}
    card: Card | None = None
    saved: Saved | None = None
    links: list[Link] = []


class Turn(BaseModel):
    """`POST /chat`; `expects` names what is being asked for."""

    session_id: str
    degraded: bool
    expects: str | None
    replies: list[Reply]


class Ended(BaseModel):
    ended: bool


class BundleOpened(BaseModel):
    bundle_token: str
    expires_in: int
    most: int
    most_bytes: int


class Picture(BaseModel):
    id: str
    width: int
    height: int
    size: int


class Pictures(BaseModel):
    """The pictures of a bundle; a phone gets only their number."""

    count: int
    most: int
    items: list[Picture] = []
    phone_came: bool = False
    phone_link_open: bool = False


class PhoneLink(BaseModel):
    url: str
    qr_svg: str
    expires_in: int


class Visit(BaseModel):
    visit_token: str
    expires_in: int
    count: int
    most: int
    most_bytes: int


class Available(BaseModel):
    available: bool


class Candidates(BaseModel):
    """Characters, most likely first."""

    candidates: list[str]


class HearingOffered(BaseModel):
    """`longest_s` seconds may be said at a time, in pieces of at most `piece_s`."""

    available: bool
    cards: bool
    longest_s: int
    piece_s: int


class HeardWords(BaseModel):
    """What was said, and how figures and names in it are spelt back."""

    text: str
    spelt: list[str]


class CardFields(BaseModel):
    """What is surely read; "" for what is not. `id_number_checked`: its check sign is right, as for every number given."""

    kind: Literal["id_card", "receipt", "nothing"]
    name: str
    id_number: str
    address: str
    case_number: str
    id_number_checked: bool


class Printed(BaseModel):
    printed: bool


class Alive(BaseModel):
    status: Literal["ok"]


class Readiness(BaseModel):
    """`off` means that no petition could be stored."""

    status: Part
    parts: dict[str, Part]
    missing: list[str]


class TerminalHealth(Readiness):
    printer: str
    disk_free_bytes: int
    disk: Part
    now: str


class CallbackLeft(BaseModel):
    """`POST /callbacks`: the code to look it up with, and until when the office wants to have rung."""

    code: str
    due_by: str


class CallbackEvent(BaseModel):
    at: str
    event: Step
    label: str


class CallbackStands(BaseModel):
    """The state of a request to be called back; nothing in it identifies anybody."""

    state: State
    state_label: str
    due_by: str
    is_overdue: bool
    tries: int
    can_withdraw: bool
    events: list[CallbackEvent]


class HallCallStands(BaseModel):
    """A terminal's call for an officer."""

    call: str
    state: Literal["waiting", "taken", "over"]
    state_label: str
