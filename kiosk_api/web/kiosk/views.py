"""Citizens' pages. Shells whose modules call /api/v1; the handbook and similar pages are rendered here in full.

Nothing personal is in an address: a receipt is asked for by POST, the status page reads its
token from the fragment, and what was typed lives in the page only.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory

from kiosk_api.domain.codes_read import READ_MAX
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import CALLBACK_TIME_LABELS, PROXY_CONSENT_LABELS, PROXY_RELATION_LABELS
from kiosk_api.services.base.office import PLACEHOLDER, filled_in
from kiosk_api.services.base.shown import DecisionShown, decision_line
from kiosk_api.services.cases.petition_copy import petition_copy
from kiosk_api.services.cases.receipts import build_receipt, verify_receipt
from kiosk_api.services.chat.leave_number import callback_on_receipt
from kiosk_api.services.handbook import handbook as handbook_service
from kiosk_api.web.kiosk.emblem import emblem_address
from kiosk_api.web.page_words import words_of
from kiosk_api.web.request import ctx, source
from kiosk_api.web.terminal_only import is_terminal
from kiosk_api.web.view import current_view, say

bp = Blueprint("kiosk_pages", __name__)
_SYMBOL = re.compile(r'<symbol id="([\w-]+)"')
PAPERS = ("80mm", "a4")
BOOKLET_ICONS = {"regulation": "law", "step-by-step": "way", "self-service": "code", "online-proxy": "people"}
_FACTS_ON_PAPER = 400  # characters; otherwise an 80 mm receipt could be metres long


@bp.app_context_processor
def _page_words() -> dict[str, Any]:
    """What every page shows; also used by the error page, which no blueprint serves."""
    context = current_app.extensions.get("kiosk")
    office = context.office if context is not None else {}
    times = current_app.config["KIOSK_IDLE"]
    return {
        "words_of": words_of if current_view().language == "en" else None,
        "relations": [(key, say(words)) for key, words in PROXY_RELATION_LABELS.items()],
        "consents": [(key, say(words)) for key, words in PROXY_CONSENT_LABELS.items()],
        "office_name": filled_in(office.get("name")) or "",
        "office_phone": filled_in(office.get("phone")) or "",
        "office_hours": filled_in(office.get("hours")) or "",
        "office_emblem": emblem_address(),
        "callback_times": [(words, say(words)) for words in CALLBACK_TIME_LABELS.values()],
        "idle": {
            "seconds": times.elder if current_view().mode == "elder" else times.standard,
            "standard": times.standard,
            "elder": times.elder,
            "countdown": times.countdown,
            "phone": times.phone,
        },
    }


@bp.app_template_filter("dialled")
def dialled(phone: str) -> str:
    """The digits of a phone number, for a link that rings it."""
    return "".join(sign for sign in phone if sign in "+0123456789")


@bp.app_template_filter("day_zh")
def day_zh(given: date | str) -> str:
    """A day or a moment, also as `2026-03-17`, as 2026年3月17日."""
    day = date.fromisoformat(given) if isinstance(given, str) else given
    if current_view().language == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


@bp.app_template_filter("moment_zh")
def moment_zh(at: datetime) -> str:
    """A moment as 2026年3月2日 10:00."""
    return f"{day_zh(at)} {at:%H:%M}"


@bp.app_template_filter("published")
def published(text: str) -> str:
    """The text with placeholders replaced by 待公布."""
    return PLACEHOLDER.sub(say("待公布"), text)


@bp.app_template_filter("shortened")
def shortened(text: str) -> str:
    """Long text for narrow paper; the whole text is kept in the record."""
    return text if len(text) <= _FACTS_ON_PAPER else text[:_FACTS_ON_PAPER] + "……（全文已登记）"


@bp.app_template_filter("decision_line")
def decision_in_a_line(one: DecisionShown) -> str:
    """A decision in one line of paper."""
    return decision_line(one)


@bp.get("/")
def home() -> str:
    """Five large buttons; a terminal that nobody touches invites from here."""
    seconds = current_app.config["KIOSK_IDLE"].attract if is_terminal() else 0
    return render_template("kiosk/home.html", attract=seconds)


@bp.get("/design")
def design() -> str:
    """Every part of the pages in every state, for those who make pages; no page links here."""
    return render_template("kiosk/design.html", icon_names=_icons())


@cache
def _icons() -> tuple[str, ...]:
    sprite = (Path(current_app.static_folder or "") / "icons.svg").read_text(encoding="utf-8")
    return tuple(_SYMBOL.findall(sprite))


@bp.get("/talk")
def talk() -> str:
    """The conversation."""
    return render_template("kiosk/talk.html")


@bp.get("/form")
def form() -> str:
    """The petition form (Art. 19, 20)."""
    return render_template("kiosk/form.html")


@bp.get("/status")
def status() -> str:
    """Progress by case number and phone tail (Art. 21)."""
    return render_template("kiosk/status.html")


@bp.get("/r")
def status_by_token() -> str:
    """The page the QR code opens; its token stays in the fragment, which no server sees."""
    return render_template("kiosk/status.html")


@bp.get("/r/<path:_lost>")
@bp.get("/r#<path:_lost>")
def status_by_changed_link(_lost: str) -> str:
    """The same where an app has made a path of the fragment, or encoded its #; status.js reads the token."""
    return render_template("kiosk/status.html")


@bp.get("/handbook")
def handbook() -> str:
    """Booklets and their sections, and the ask box."""
    found = handbook_service.contents(ctx())
    return render_template("kiosk/handbook.html", booklets=found, booklet_icons=BOOKLET_ICONS)


@bp.get("/handbook/<slug>")
def handbook_section(slug: str) -> str:
    """One section with the articles it rests on."""
    return render_template(
        "kiosk/section.html",
        section=handbook_service.section(ctx(), slug),
        around=handbook_service.around(ctx(), slug),
        share_qr=_share(slug),
    )


@bp.get("/handbook/pictures/<name>")
def handbook_picture(name: str) -> Response:
    """A picture of the handbook, taken of these pages by `make pictures`."""
    return send_from_directory(ctx().handbook.pictures, name, mimetype="image/png")


@bp.get("/en/handbook")
def english_handbook() -> str:
    """The English edition's contents."""
    found = handbook_service.contents(ctx(), "en")
    return render_template("kiosk/handbook_en.html", booklets=found, booklet_icons=BOOKLET_ICONS)


@bp.get("/en/handbook/<slug>")
def english_section(slug: str) -> str:
    """One section in English."""
    return render_template(
        "kiosk/section_en.html",
        section=handbook_service.section(ctx(), slug, "en"),
        around=handbook_service.around(ctx(), slug, "en"),
        share_qr=_share(slug, "/en"),
    )


@bp.get("/handbook/print/<paper>/<slug>")
def handbook_on_paper(paper: str, slug: str) -> str:
    """A section, or a whole booklet, laid out for `80mm` or `a4` paper."""
    if paper not in PAPERS:
        raise DomainError("section_not_found", "没有这种纸，请回到手册重新选。")
    if slug in {one.slug for one in handbook_service.contents(ctx())}:
        found = handbook_service.booklet(ctx(), slug)
        return render_template(
            "kiosk/handbook_print.html",
            paper=paper,
            title=found.title,
            sections=found.sections,
            back="/handbook",
            share_qr="",
        )
    one = handbook_service.section(ctx(), slug)
    return render_template(
        "kiosk/handbook_print.html",
        paper=paper,
        title=one.title,
        sections=[one],
        back=f"/handbook/{slug}",
        share_qr=_share(slug),
    )


def _share(slug: str, edition: str = "") -> str:
    """A QR picture of the section's address: nothing about the reader is in it."""
    return ctx().pictures.svg(f"{ctx().public_url}{edition}/handbook/{slug}")


@bp.post("/receipt")
def receipt() -> str:
    """The case whose lookup_token is posted: the 80 mm receipt, all that was said on `paper=a4`, or all that was
    decided on `paper=told`."""
    if request.form.get("paper") == "a4":
        copy = petition_copy(ctx(), request.form.get("lookup_token", ""))
        return render_template("kiosk/receipt_a4.html", paper="a4", receipt=copy)
    if request.form.get("paper") == "told":
        found = build_receipt(ctx(), request.form.get("lookup_token", ""))
        return render_template("kiosk/told_a4.html", paper="a4", receipt=found)
    called, tail = (request.form.get(f"callback_{name}", "") for name in ("code", "phone_tail"))
    callback = callback_on_receipt(ctx(), called, tail, source())
    found = build_receipt(ctx(), request.form.get("lookup_token", ""), callback)
    return render_template("kiosk/receipt.html", paper="80mm", receipt=found)


@bp.get("/verify")
def verify() -> str:
    """Is a printed receipt genuine; shows no personal data.

    The code of a printed address is looked up here; a typed one may be anything, is in no
    address and no history, and is looked up by verify.js.
    """
    code = request.args.get("code", "").strip()[:READ_MAX]
    found = verify_receipt(ctx(), code) if code else None
    return render_template("kiosk/verify.html", code=code, found=found)
