"""What is said to one message: the conversation's answer, or a messenger's own words where it has none."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from kiosk_api.domain.codes_read import folded, link_token, token_in
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.matter_cues import find_emergency
from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Person, Proof, chosen, plainly
from kiosk_api.domain.typed import clean
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.channels import binding, own_number, status
from kiosk_api.services.channels.answer import NOTHING, Answer, answer_of, before, said
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.incoming import Incoming, Kind
from kiosk_api.services.channels.notice_words import choosing
from kiosk_api.services.channels.pictures import take_picture
from kiosk_api.services.channels.said import SESSION, Outcome, Said, asking, in_own_words, open_options, unchanged
from kiosk_api.services.chat.chat import Turn, say

_LANGUAGES = {
    "english": "en",
    "inenglish": "en",
    "英文": "en",
    "英语": "en",
    "中文": "zh",
    "汉语": "zh",
    "chinese": "zh",
}
_RESUME = re.compile(r"/m#([0-9A-Za-z]{4}-?[0-9A-Za-z]{4})(?![0-9A-Za-z])")
_FACES = re.compile(r"(?:\[[^\[\]\s0-9]{1,8}\]\s*)+")  # how WeChat writes its own small pictures: [微笑][强]
_COUNT = re.compile(r"[0-9]")
_TAKE_UP = "接着填 {code}"
_WHERE = frozenset({"place", "address"})
_LABELLED = "地点：{place}"


def talk(ctx: Context, desk: Desk, person: Person, incoming: Incoming) -> Outcome:
    """Answer one message, with what came in it. No transaction is open while the assistant, or a platform, is asked."""
    outcomes = [_heard(ctx, desk, person, one) for one in (*incoming.first, incoming)]
    return outcomes[0] if len(outcomes) == 1 else _one_after_the_other(outcomes)


def _one_after_the_other(outcomes: list[Outcome]) -> Outcome:
    """As one answer: the choices of the last count, and stand at the end. What differs from the next in a count only,
    as with several pictures, is left out: a text message has little room."""

    def do(records: Records, person: Person) -> Said:
        texts: tuple[str, ...] = ()
        for outcome in outcomes:
            done = outcome(records, person)
            person, told = done.person, done.answer.texts
            if texts and told and texts[-1] != told[0] and _COUNT.sub("", texts[-1]) == _COUNT.sub("", told[0]):
                texts = texts[:-1]
            texts = (*texts, *told)
        return Said(replace(done.answer, texts=texts), person)

    return do


def _heard(ctx: Context, desk: Desk, person: Person, incoming: Incoming) -> Outcome:
    kind, text = incoming.kind, clean(incoming.text).strip()
    if kind is Kind.LEFT:
        return _left
    if kind is Kind.PICTURE:
        return take_picture(ctx, person, session_of(person), incoming)
    if kind is Kind.OTHER:
        return in_own_words("only_text")
    if kind is Kind.TEXT and _FACES.fullmatch(text):
        return in_own_words("only_faces")
    if kind in (Kind.JOINED, Kind.SCAN):
        return _came(ctx, desk, person, text)
    if not text:
        return in_own_words("type_it" if kind is Kind.VOICE else "empty")
    if kind is Kind.PLACE:
        return _asked(ctx, desk, person, text if person.expects in _WHERE else _LABELLED.format(place=text))
    if number := own_number.meant(person, incoming):
        return _asked(ctx, desk, person, number)
    return _told(ctx, desk, person, text)


def session_of(person: Person) -> str:
    """The one conversation of a person at a messenger; it names nobody, and no change of keys ends it."""
    return str(person.state[SESSION])


def _told(ctx: Context, desk: Desk, person: Person, text: str) -> Outcome:
    """Words: about the messenger itself, about binding, a choice, or for the assistant."""
    if language := _LANGUAGES.get(plainly(text)):
        return _in_language(language)
    if found := binding.words(ctx, person, text) or choosing(ctx, person, text):
        return found
    if value := chosen(text, open_options(person, ctx.clock.now()), person.expects):
        return _asked(ctx, desk, person, value)
    if code := _RESUME.search(folded(text)):
        return _asked(ctx, desk, person, _TAKE_UP.format(code=code[1]))
    if token := link_token(text, "r"):
        return binding.by_token(ctx, token, _asked(ctx, desk, person, text))
    if status.asks(text):
        with ctx.store.read() as records:
            bound = bool(records.case_links.of_user(person.mark))
        if bound:
            return lambda records, now: status.cases_of(ctx, records, now) or Said(NOTHING, now)
    return _asked(ctx, desk, person, text)


def _came(ctx: Context, desk: Desk, person: Person, scene: str) -> Outcome:
    """Somebody follows the account or scanned a code: of a receipt, of a kept draft, or of the account itself."""
    if code := _RESUME.search(folded(scene)):
        return _asked(ctx, desk, person, _TAKE_UP.format(code=code[1]))
    welcome = in_own_words("welcome")
    token = token_in(scene) if scene else None
    if token is None:
        return welcome

    def where_it_stands(records: Records, now: Person) -> Said:
        return status.cases_of(ctx, records, now) or welcome(records, now)

    return binding.by_token(ctx, token, where_it_stands)


def _left(records: Records, person: Person) -> Said:
    """Nothing is sent to somebody who is not there any more; what they write after all begins a new conversation."""
    records.case_links.drop_of_user(person.mark)
    return Said(NOTHING, replace(person, options=(), expects="", state={SESSION: secrets.token_urlsafe(24)}))


def _in_language(language: str) -> Outcome:
    def do(records: Records, person: Person) -> Said:
        records.case_links.set_language(person.mark, language)
        return Said(said(word("language", language)), replace(person, language=language))

    return do


def _asked(ctx: Context, desk: Desk, person: Person, text: str) -> Outcome:
    """What the assistant says; what it cannot take in is answered with the reason."""
    try:
        turn = say(ctx, text, session_of(person), lambda one: _remember(ctx, desk, person, one))
    except DomainError as error:
        return unchanged(said(error.detail))
    answer = own_number.offered(person, answer_of(turn, ctx.public_url))
    if turn.degraded:
        danger = find_emergency(text)
        return unchanged(before((word("danger", person.language, danger=danger),), answer) if danger else answer)
    return lambda records, now: _bound(ctx, records, now, turn, answer)


def _bound(ctx: Context, records: Records, person: Person, turn: Turn, answer: Answer) -> Said:
    """Who files here is told here."""
    for token in [str(one.case["lookup_token"]) for one in turn.replies if one.case.get("lookup_token")]:
        case = records.cases.by_token(ctx.marks.mark("case.token", token))
        if case is not None:
            told = binding.bind(ctx, records, person, case.id, case.case_number, Proof.FILED)
            answer = replace(answer, texts=(*answer.texts, told))
    return asking(answer, person, ctx.clock.now())


def _remember(ctx: Context, desk: Desk, person: Person, session_id: str) -> None:
    """Note the turn; the person is the source, so that a flood of one takes nothing from another."""
    for gone in desk.sessions.turn(session_id, f"{person.channel}:{session_id}", on_page=False):
        ctx.assistant.forget(gone)
        desk.repeats.forget(gone)
