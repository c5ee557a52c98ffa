"""For every route: the requests by which somebody outside could ask for a case that they must not know of.

A route that is missing here fails the test. `{number}` and other names in braces are filled in with what the store holds
of the walled case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One request. With `each` it names a case; the desk is asked for every walled one, other pages for one of them."""

    query: Data = field(default_factory=dict)
    json: Data | None = None
    form: Data | None = None
    headers: Data = field(default_factory=dict)
    each: bool = False


PLAIN = (Ask(),)
"""Asks for nothing of a case, and shows the same to everybody."""
EMPTY = (Ask(json={}),)
"""Takes no number of a case: an empty request is refused alike."""
FORM = (Ask(form={}),)
OF_CASE = (Ask(each=True),)
"""Names the case in its address."""

LISTS = (
    *(Ask(query={"view": view}) for view in ("mine", "new", "due", "overdue", "urged", "all")),
    *(Ask(query={"view": "all", "q": words}) for words in ("XF", "青禾", "s-01")),
    *(Ask(query={"view": "all", "kind": kind}) for kind in ("appeal", "suggestion", "accusation")),
    *(Ask(query={"view": "all", "status": status}) for status in ("forwarded", "under_review")),
    Ask(query={"view": "all", "q": "{number}"}, each=True),
    Ask(query={"view": "all", "page": "2"}),
)
_TYPED = {"note": {"text": "看看"}, "forward": {"unit": "u-0209"}, "step_aside": {"interest": "亲属"}}
BY_CITIZEN = (Ask(json={"case_number": "{number}", "phone_tail": "0000"}, each=True, headers={"Idempotency-Key": "wall-test-000001"}),)  # fmt: skip
RULES: dict[str, tuple[Ask, ...]] = {
    "attachments.add": (Ask(headers={"X-Bundle": "{picture_id}"}, form={}, each=True),),
    "attachments.add_to_case": (
        Ask(
            json={"case_number": "{number}", "phone_tail": "0000", "lookup_token": "x" * 32, "attachments": "x"},
            headers={"Idempotency-Key": "wall-test-000002"},
            each=True,
        ),
    ),
    "attachments.begin_visit": EMPTY,
    "attachments.content": (Ask(headers={"X-Bundle": "{number}"}, each=True),),
    "attachments.drop_bundle": PLAIN,
    "attachments.end_link": PLAIN,
    "attachments.listing": (Ask(headers={"X-Bundle": "{number}"}, each=True),),
    "attachments.open_bundle": (Ask(json={"case": "{number}"}, each=True),),
    "attachments.phone_link": EMPTY,
    "attachments.remove": (Ask(headers={"X-Bundle": "{number}"}, each=True),),
    "callbacks.leave": EMPTY,
    "callbacks.lookup": (Ask(json={"code": "{number}", "phone_tail": "0000"}, each=True),),
    "callbacks.withdraw": (Ask(json={"code": "{number}", "phone_tail": "0000"}, each=True),),
    "cases.lookup": BY_CITIZEN,
    "cases.notices": (Ask(json={"lookup_token": "x" * 32, "notices": "owed", "case_number": "{number}"}, each=True),),
    "cases.rate": BY_CITIZEN,
    "cases.received": BY_CITIZEN,
    "cases.review": BY_CITIZEN,
    "cases.urge": BY_CITIZEN,
    "cases.withdraw": BY_CITIZEN,
    "contract.contract": PLAIN,
    "desk.account": (Ask(each=True),),
    "desk.account_change": (Ask(form={}, each=True),),
    "desk.account_create": (Ask(form={}),),
    "desk.accounts": (Ask(),),
    "desk.own_account_page": (Ask(),),
    "desk.own_app": (),  # makes a new secret each time; it names no case
    "desk.own_other_sessions": (Ask(form={}),),
    "desk.own_password": (Ask(form={}),),
    "desk.readings": (Ask(each=True),),
    "desk_api.account": (Ask(each=True),),
    "desk_api.account_create": (Ask(json={}),),
    "desk_api.account_disable": (Ask(json={}, each=True),),
    "desk_api.account_enable": (Ask(json={}, each=True),),
    "desk_api.account_move": (Ask(json={}, each=True),),
    "desk_api.account_reset": (Ask(json={}, each=True),),
    "desk_api.account_session_end": (Ask(json={}, each=True),),
    "desk_api.account_sessions_end": (Ask(json={}, each=True),),
    "desk_api.accounts": (Ask(),),
    "desk_api.own_app": (),  # as desk.own_app
    "desk_api.own_app_confirm": (Ask(json={}),),
    "desk_api.own_app_end": (Ask(json={}),),
    "desk_api.own_other_sessions": (Ask(json={}),),
    "desk_api.own_password": (Ask(json={}),),
    "desk_api.own_sessions": (Ask(),),
    "desk_api.readings": (Ask(each=True),),
    "desk.act": tuple(
        Ask(form={"action": action, **{f"f_{name}": text for name, text in data.items()}}, each=True)
        for action, data in _TYPED.items()
    ),
    "desk.assisted_form": FORM,
    "desk.assisted_form_again": PLAIN,
    "desk.at_window": OF_CASE,
    "desk.callback": (Ask(each=True),),
    "desk.callback_list": PLAIN,
    "desk.callback_step": (Ask(form={}, each=True),),
    "desk.case": OF_CASE,
    "desk.cases": LISTS,
    "desk.danger_step": (Ask(form={}, each=True),),
    "desk.decide_document": (Ask(form={"decision": "approve"}, each=True),),
    "desk.deliver_document": (Ask(form={"method": "post"}, each=True),),
    "desk.delivery_sheet": OF_CASE,
    "desk.document": OF_CASE,
    "desk.find_lost": (Ask(form={"f_owner": "13912345678", "owner": "13912345678", "identity_checked": "yes"}),),
    "desk.give_reading_reason": (Ask(form={"reason": "核对进度"}, each=True),),
    "desk.handover_page": PLAIN,
    "desk.large_picture": OF_CASE,
    "desk.lost_receipt": PLAIN,
    "desk.make_document": (Ask(form={"event": "1"}, each=True),),
    "desk.new_code": (Ask(form={"identity_checked": "yes"}, each=True),),
    "desk.open_assist": FORM,
    "desk.be_away": (Ask(form={"f_deputy": "nobody"}),),
    "desk.be_back": (Ask(form={}),),
    "desk.told_otherwise": (Ask(form={"notice": "{case_id}:event:0"}, each=True),),
    "desk.untold": (Ask(), Ask(query={"view": "others"})),
    "desk.oversight_page": (Ask(), *(Ask(query={"unit": unit}) for unit in ("u-0209", "s-01"))),
    "desk.people_page": PLAIN,
    "desk.notice_seen": (Ask(form={}, each=True),),
    "desk.person": (Ask(form={"f_officer": ""}, each=True),),
    "desk.picture": OF_CASE,
    "desk.put_paper": (Ask(form={"key": "wall-test-000004"}, each=True),),
    "desk.register": FORM,
    "desk.registration": PLAIN,
    "desk.registration_of_draft": (Ask(form={"code": "{number}", "draft": "{{}}"}, each=True),),
    "desk.search": (
        *(Ask(form={"view": "all", "q": words}) for words in ("XF", "青禾", "李小四")),
        Ask(form={"view": "all", "q": "{number}"}, each=True),
    ),
    "desk.sign_in_form": (Ask(query={"next": "/desk/cases/{number}"}, each=True),),
    "desk.sign_in_submit": (
        Ask(form={"username": "nobody", "password": "x", "next": "/desk/cases/{number}"}, each=True),
    ),
    "desk.sign_out": (),  # ends the session that the test needs; it names no case
    "desk.take_at_window": (Ask(form={"action": "urge", "identity_checked": "yes"}, each=True),),
    "desk.take_hall_call": (Ask(form={}, each=True),),
    "desk.take_over": (Ask(form={"code": "{number}"}, each=True),),
    "desk.waiting": PLAIN,
    "desk_api.act": tuple(Ask(json={"action": action, "data": data}, each=True) for action, data in _TYPED.items()),
    "desk_api.callback": (Ask(each=True),),
    "desk_api.callback_list": PLAIN,
    "desk_api.callback_step": (Ask(json={"step": "not_reached"}, each=True),),
    "desk_api.case": OF_CASE,
    "desk_api.cases": LISTS,
    "desk_api.channels": (Ask(), Ask(query={"first": "2026-01-01", "last": "2026-12-31"})),
    "desk_api.close_session": (),  # as desk.sign_out
    "desk_api.decide_document": (Ask(json={"decision": "approve"}, each=True),),
    "desk_api.deliver_document": (Ask(json={"method": "post"}, each=True),),
    "desk_api.delivery_sheet": OF_CASE,
    "desk_api.document": OF_CASE,
    "desk_api.documents": OF_CASE,
    "desk_api.find": (Ask(json={"owner": "13912345678", "identity_checked": True}),),
    "desk_api.make_document": (Ask(json={"event": 1}, each=True),),
    "desk_api.new_code": (Ask(json={"identity_checked": True}, each=True),),
    "desk_api.open_assist": EMPTY,
    "desk_api.open_session": (Ask(json={"username": "nobody", "password": "x"}),),
    "desk_api.papers": (Ask(json={"attachments": "x", "identity_checked": True}, each=True),),
    "desk_api.be_away": (Ask(json={"deputy": "nobody"}),),
    "desk_api.be_back": EMPTY,
    "desk_api.oversight": (Ask(), *(Ask(query={"unit": unit}) for unit in ("u-0209", "s-01"))),
    "desk_api.people": PLAIN,
    "desk_api.person": (Ask(json={"officer": ""}, each=True),),
    "desk_api.picture": OF_CASE,
    "desk_api.register": EMPTY,
    "desk_api.steps": OF_CASE,
    "desk_api.take": (Ask(json={"action": "urge", "data": {}, "identity_checked": True}, each=True),),
    "desk_api.take_call": (Ask(each=True),),
    "desk_api.units": (Ask(query={"q": "城关"}), Ask(query={"q": "城关", "case": "{number}"}, each=True)),
    "desk_api.waiting_calls": PLAIN,
    "documents.document": (
        Ask(json={"lookup_token": "{number}", "phone_tail": "0000", "number": "{number}"}, each=True),
    ),
    "documents.materials": (Ask(json={"lookup_token": "{number}", "phone_tail": "0000"}, each=True),),
    "emblem.emblem": PLAIN,
    "ending.end": PLAIN,
    "ending.form_with_text": FORM,
    "ending.offline": PLAIN,
    "ending.offline_posted": PLAIN,
    "ending.receipt_again": (Ask(query={"number": "{number}"}, each=True),),
    "ending.service_worker": PLAIN,
    "ending.shell": PLAIN,
    "guidance.ask": (Ask(json={"question": "{number}"}, each=True),),
    "guidance.contents": PLAIN,
    "guidance.end": EMPTY,
    "guidance.section": PLAIN,
    "guidance.talk": (Ask(json={"session_id": "wall-test-session-0001", "text": "查 {number}"}, each=True),),
    "guidance.windows": PLAIN,
    "hall_pages.window": (Ask(each=True),),
    "hall_pages.window_on_paper": (Ask(each=True),),
    "hall_pages.windows": PLAIN,
    "hall_calls.call": (),  # rings with a random number, which lists then show; it names no case
    "hall_calls.can_call": PLAIN,
    "hall_calls.state": EMPTY,
    "handwriting.offered": PLAIN,
    "handwriting.read": EMPTY,
    "hearing.offered": PLAIN,
    "hearing.hear": EMPTY,
    "card.offered": PLAIN,
    "card.read": EMPTY,
    "health.alive": PLAIN,
    "health.metrics": PLAIN,
    "health.ready": PLAIN,
    "internal.check": EMPTY,
    "internal.discard": EMPTY,
    "internal.load": EMPTY,
    "internal.save": EMPTY,
    "kiosk_pages.design": PLAIN,
    "kiosk_pages.materials": (Ask(form={"lookup_token": "{number}"}, each=True),),
    "kiosk_pages.document": (Ask(form={"lookup_token": "{number}", "number": "{number}"}, each=True),),
    "kiosk_pages.english_handbook": PLAIN,
    "kiosk_pages.english_section": PLAIN,
    "kiosk_pages.form": PLAIN,
    "kiosk_pages.handbook": PLAIN,
    "kiosk_pages.handbook_on_paper": PLAIN,
    "kiosk_pages.handbook_picture": PLAIN,
    "kiosk_pages.handbook_section": PLAIN,
    "kiosk_pages.home": PLAIN,
    "kiosk_pages.receipt": (Ask(form={"lookup_token": "{number}"}, each=True),),
    "kiosk_pages.status": (Ask(query={"number": "{number}"}, each=True),),
    "kiosk_pages.status_by_changed_link": (Ask(each=True),),
    "kiosk_pages.status_by_token": PLAIN,
    "kiosk_pages.talk": PLAIN,
    "kiosk_pages.verify": (Ask(query={"code": "{number}-0000000000"}, each=True),),
    "petitions.check": (Ask(json={"given": {"case_number": "{number}", "facts": "{number}"}}, each=True),),
    "petitions.hand_over": EMPTY,
    "petitions.receipt": (Ask(json={"lookup_token": "{number}"}, each=True),),
    "petitions.register": (
        Ask(json={"case_number": "{number}"}, headers={"Idempotency-Key": "wall-test-000003"}, each=True),
    ),  # fmt: skip
    "petitions.route": (Ask(json={"text": "查 {number}"}, each=True),),
    "petitions.verify": (Ask(query={"code": "{number}-0000000000"}, each=True),),
    "petitions.verify_typed": (Ask(json={"code": "{number}-0000000000"}, each=True),),
    "printing.can_print": PLAIN,
    "printing.on_paper": (Ask(json={"lookup_token": "{number}"}, each=True),),
    "speech.available": PLAIN,
    "speech.sound": EMPTY,
    "static": PLAIN,
    "terminal.health": PLAIN,
    "terminal_page.terminal": PLAIN,
    "twilio.receive": (Ask(form={"From": "+8613912345678", "Body": "{number}"}, each=True),),
    "twilio.status": (Ask(form={"MessageSid": "{number}", "MessageStatus": "delivered"}, each=True),),
    "upload_page.upload": PLAIN,
    "upload_page.upload_by_changed_link": PLAIN,
    "at_home.talk_at_home": PLAIN,
    "at_home.talk_by_changed_link": PLAIN,
    "at_home.poster": PLAIN,
    "view.choose": FORM,
    "wechat.greet": PLAIN,
    "wechat.receive": EMPTY,
}
SHOWS = frozenset({
    "desk.act", "desk.at_window", "desk.case", "desk.cases", "desk.find_lost", "desk.large_picture", "desk.picture",
    "desk.oversight_page", "desk.registration", "desk_api.act", "desk_api.case", "desk_api.cases", "desk_api.channels",
    "desk_api.find", "desk_api.oversight", "desk_api.picture", "desk_api.steps",
})  # fmt: skip
"""Routes that do show a case, or count it, to whoever may see it: there the two stores must differ for them."""
