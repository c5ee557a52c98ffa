"""Steps with written documents, for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
from flask import Flask

from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff import approve_documents, case_documents
from kiosk_api.services.staff.case_documents import CaseDocuments, DocumentOnDesk
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD

BODY = "青禾县人民政府"


def officer(app: Flask, who: str) -> Officer:
    """An officer who has signed in."""
    return sign_in(app.extensions["kiosk"], who, PASSWORD, "test")[1]


def made(app: Flask, who: str, number: str, kind: str, body: str = BODY) -> DocumentOnDesk:
    """The latest document of a kind, made by this officer."""
    ctx, maker = app.extensions["kiosk"], officer(app, who)
    to_make = case_documents.documents_view(ctx, maker, number).to_make
    place = next(one.event for one in reversed(to_make) if one.kind == kind)
    return of_kind(case_documents.make(ctx, maker, number, place, body), kind)


def approved(app: Flask, who: str, leader: str, number: str, kind: str) -> DocumentOnDesk:
    """The same, approved by the leader."""
    one = made(app, who, number, kind)
    return of_kind(approve_documents.approve(app.extensions["kiosk"], officer(app, leader), number, one.id), kind)


def of_kind(found: CaseDocuments, kind: str) -> DocumentOnDesk:
    return next(one for one in reversed(found.items) if one.kind == kind)


def words(file: bytes) -> str:
    """The text of a PDF without breaks of lines and spaces."""
    pages = pypdfium2.PdfDocument(BytesIO(file))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def pictures(file: bytes) -> list[Any]:
    """Each page as a picture of 100 dots an inch."""
    return [page.render(scale=100 / 72).to_pil() for page in pypdfium2.PdfDocument(BytesIO(file))]
