"""Who may do what at every route, as data: the one place, with a reason for each row.

A route that is missing here fails the test; so does an answer that is not the one written here. The printed form is
`handbook/developers/authorisation.md` (`python -m tests.wall.matrix`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.workflow import Role
from tests.wall.asking import PICTURE
from tests.wall.rules import Ask

OFFICE = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
HEAD = frozenset({Role.SUPERVISOR})
UNITS = frozenset({Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER})
READERS = OFFICE | UNITS | {Role.REVIEW_UNIT}
MANAGER = frozenset({Role.ADMINISTRATOR})
STAFF = READERS | MANAGER
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Right:
    """Who may use some routes, and why. `of_case`: only for a case that the officer sees (`SIGHT`).

    `role_first`: other roles are refused before anybody looks for the case, so theirs is the same answer for every number.
    `others` is what they get.
    """

    title: str
    why: str
    routes: frozenset[str]
    roles: frozenset[Role] = NOBODY
    of_case: bool = False
    role_first: bool = False
    others: str = "not this role"


def _named(blueprint: str, names: str) -> frozenset[str]:
    return frozenset(f"{blueprint}.{name}" for name in names.split())


EVERYBODY = Right(
    "everybody",
    "Anyone may petition (Art. 17). These register, advise, or show what is the same for all; no answer names a case that is there.",
    _named("at_home", "poster talk_at_home talk_by_changed_link") | _named("contract", "contract")
    | _named("emblem", "emblem") | _named("ending", "end form_with_text offline offline_posted receipt_again service_worker shell")
    | _named("guidance", "ask contents end section talk windows") | _named("hall_pages", "window window_on_paper windows")
    | _named("hall_calls", "call can_call") | _named("handwriting", "offered read") | _named("card", "offered read") | _named("hearing", "offered hear") | _named("health", "alive metrics ready")
    | _named("kiosk_pages", "design english_handbook english_section form handbook handbook_on_paper handbook_picture "
             "handbook_section home status status_by_changed_link status_by_token talk verify")
    | _named("petitions", "check hand_over register route verify verify_typed") | _named("printing", "can_print")
    | _named("speech", "available sound") | _named("terminal", "health") | _named("terminal_page", "terminal")
    | _named("upload_page", "upload upload_by_changed_link") | _named("view", "choose") | _named("callbacks", "leave")
    | _named("attachments", "open_bundle begin_visit") | _named("desk", "sign_in_form sign_in_submit")
    | _named("desk_api", "open_session") | {"static"},
)  # fmt: skip
PROOF = Right(
    "whoever has the proof",
    "A petitioner sees and moves their own matter (Art. 21): by its token, or by number and tail of the phone, or by the code of "
    "what they left. Being signed in as staff, or being the assistant, is no proof. A wrong one is answered as if nothing were there.",
    _named("cases", "lookup notices rate received review urge withdraw") | _named("documents", "document materials")
    | _named("kiosk_pages", "document materials receipt") | _named("petitions", "receipt") | _named("printing", "on_paper")
    | _named("attachments", "add add_to_case content drop_bundle end_link listing phone_link remove")
    | _named("callbacks", "lookup withdraw") | _named("hall_calls", "state"),
)  # fmt: skip
SIGNED = Right(
    "the platform, by its signature",
    "Messages of a platform are believed by their signature alone; without the secrets the channel is off and answers 404.",
    _named("twilio", "receive status") | _named("wechat", "greet receive"),
)
ASSISTANT = Right(
    "the assistant, by its key",
    "Drafts hold what a petitioner has said so far; only the assistant of this house keeps and fetches them.",
    _named("internal", "check discard load save"),
)
ACTS = frozenset({"desk.act", "desk_api.act"})
DESK = (
    Right("every officer", "One's own account, password and sessions.",
          _named("desk", "own_account_page own_app own_other_sessions own_password sign_out")
          | _named("desk_api", "close_session own_app own_app_confirm own_app_end own_other_sessions own_password own_sessions"),
          STAFF),
    Right("administrators", "Accounts are made by somebody who sees no case, so that no reader can make readers.",
          _named("desk", "account account_change account_create accounts")
          | _named("desk_api", "account account_create account_disable account_enable account_move account_reset "
                   "account_session_end account_sessions_end accounts"), MANAGER),
    Right("readers", "Lists and searches hold only what the officer sees; the administrator sees no case. Forms that anybody may open are "
          "refused where they are sent.",
          _named("desk", "cases search waiting open_assist notice_seen handover_page assisted_form assisted_form_again take_over lost_receipt")
          | _named("desk_api", "cases open_assist units"), READERS),
    Right("the petition office", "What comes in by letter, telephone or visit is registered by the petition office (Art. 22), and so "
          "are calls back, lost receipts and what could not be told. Oversight is its task (Art. 38 to 40).",
          _named("desk", "callback callback_list callback_step danger_step find_lost oversight_page register registration "
                 "registration_of_draft take_hall_call told_otherwise untold")
          | _named("desk_api", "callback callback_list callback_step channels find oversight register take_call waiting_calls"), OFFICE),
    Right("handling units", "Who is away, and who takes their work, is settled inside the unit that handles cases.",
          _named("desk", "be_away be_back people_page") | _named("desk_api", "be_away be_back people"), UNITS),
    Right("readers, of a case they see", "Whoever sees the case reads it, its pictures and documents.",
          _named("desk", "at_window case delivery_sheet document large_picture picture")
          | _named("desk_api", "case delivery_sheet document documents picture"), READERS, of_case=True),
    Right("whom the workflow names, of a case they see", "The table of the workflow says whose step it is, with its article.",
          ACTS, READERS, of_case=True),
    Right("readers, back to the page of the case", "Keeps why the officer reads; whether there is a case is answered by its page.",
          _named("desk", "give_reading_reason"), READERS, of_case=True, role_first=True, others="open"),
    Right("the petition office at the window, of a case they see", "What a petitioner asks for at the window is entered there; a new code "
          "and papers too.", _named("desk", "new_code put_paper take_at_window") | _named("desk_api", "new_code papers take"),
          OFFICE, of_case=True, role_first=True),
    Right("the petition office, with an empty list for others", "Which steps a petitioner may take now is of use at the window only.",
          _named("desk_api", "steps"), OFFICE, of_case=True, role_first=True, others="open"),
    Right("who decided, of a case they see", "A document is made, approved and delivered by the side that took the decision (Art. 32); "
          "in this store the petition office, which forwarded the case.",
          _named("desk", "make_document deliver_document") | _named("desk_api", "make_document deliver_document"),
          OFFICE, of_case=True),
    Right("the head of who decided, of a case they see", "Whoever makes a document does not approve it.",
          _named("desk", "decide_document") | _named("desk_api", "decide_document"), HEAD, of_case=True),
    Right("the unit that has the case", "Who in the unit handles it is the unit's own business.",
          _named("desk", "person") | _named("desk_api", "person"), UNITS, of_case=True),
    Right("supervisors, of a case they see", "Who read a case is shown to those who supervise the work (Art. 38).",
          _named("desk", "readings") | _named("desk_api", "readings"), HEAD, of_case=True, role_first=True),
)  # fmt: skip
RIGHTS = (EVERYBODY, PROOF, SIGNED, ASSISTANT, *DESK)
RIGHT_OF = {endpoint: right for right in RIGHTS for endpoint in right.routes}
PUBLIC = EVERYBODY.routes | PROOF.routes | SIGNED.routes
"""Reached without being signed in."""


@dataclass(frozen=True)
class Sight:
    """Officers who see some kinds of cases, and why."""

    roles: frozenset[Role]
    standings: frozenset[str]
    cases: frozenset[str]
    why: str


_ALL = frozenset({"plain", "elsewhere", "confidential", "doubtful", "accusation", "astray", "review"})
SIGHT = (
    Sight(OFFICE, frozenset({"own", "other"}), _ALL, "The petition office registers and forwards everything (Art. 22)."),
    Sight(OFFICE, frozenset({"accused"}), frozenset({"plain", "elsewhere", "review"}),
          "Whoever is accused, or is to be kept from it, learns nothing (Art. 30, 46); an ordinary appeal is no secret from them."),
    Sight(UNITS, frozenset({"own"}), frozenset({"plain", "confidential", "doubtful", "accusation", "review"}),
          "A unit sees what was handed to it (Art. 22, 23)."),
    Sight(UNITS, frozenset({"other"}), frozenset({"elsewhere"}), "And nothing that another unit has."),
    Sight(frozenset({Role.REVIEW_UNIT}), frozenset({"own"}), frozenset({"review"}),
          "Who reviews sees what is under review (Art. 35, 36), and no accusation, which has no review."),
)  # fmt: skip
"""Everything that is not here is out of sight: also every case for whoever stepped aside from it (Art. 28)."""


def sees(role: Role | None, standing: str, case: str) -> bool:
    return any(role in one.roles and standing in one.standings and case in one.cases for one in SIGHT)


MORE = {
    "desk_api.account_create": (
        Ask(json={"username": "new.officer", "display_name": "某某", "role": "supervisor", "unit": ""}),
    ),
    "desk_api.account_move": (Ask(json={"role": "supervisor", "unit": ""}),),
    "desk_api.papers": (Ask(json={"attachments": "{bundle}"}, headers={"Idempotency-Key": "matrix-0005"}, each=True),),
    "desk.put_paper": (Ask(form={"key": "matrix-0004", "file": PICTURE}, each=True),),
}  # fmt: skip
"""Requests that are well formed where those of rules.py are not: an account that is made is different each time."""
_KEY = {"Idempotency-Key": "matrix-test-000001"}
_BOTH = {"lookup_token": "{lookup_token}", "phone_tail": "{phone_tail}"}
_PAIR = {"case_number": "{number}", "phone_tail": "{phone_tail}"}
_TOKEN = {"lookup_token": "{lookup_token}"}
OWN: dict[str, tuple[Ask, ...]] = {
    "cases.lookup": (Ask(json=_TOKEN), Ask(json=_PAIR)),
    "cases.notices": (Ask(json={**_TOKEN, "notices": "owed"}),),
    "cases.urge": (Ask(json=_BOTH, headers=_KEY), Ask(json=_PAIR, headers=_KEY)),
    "cases.rate": (Ask(json={**_BOTH, "petition_office": "satisfied"}, headers=_KEY),),
    "cases.received": (Ask(json=_BOTH, headers=_KEY),),
    "cases.review": (Ask(json={**_BOTH, "reason": "不服处理意见"}, headers=_KEY),),
    "cases.withdraw": (Ask(json={**_BOTH, "reason": "已经解决"}, headers=_KEY),),
    "attachments.add_to_case": (Ask(json={**_BOTH, "attachments": "{bundle}"}, headers=_KEY),),
    "attachments.listing": (Ask(headers={"X-Bundle": "{bundle}"}),),
    "documents.document": (Ask(json={**_BOTH, "document": "{document_id}"}),),
    "kiosk_pages.document": (Ask(form={**_BOTH, "document": "{document_id}"}),),
    "documents.materials": (Ask(json=_BOTH),),
    "kiosk_pages.materials": (Ask(form=_BOTH),),
    "kiosk_pages.receipt": (Ask(form=_TOKEN),),
    "petitions.receipt": (Ask(json=_TOKEN),),
    "printing.on_paper": (Ask(json=_TOKEN),),
    "callbacks.lookup": (Ask(json={"code": "{callback}", "phone_tail": "{phone_tail}"}),),
    "callbacks.withdraw": (Ask(json={"code": "{callback}", "phone_tail": "{phone_tail}"}),),
}
"""How the petitioner proves that it is theirs. The others of PROOF go on from a bundle that is theirs."""
