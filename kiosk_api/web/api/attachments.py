"""`/attachments`: pictures of papers. Tokens travel in headers, never in an address."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import Field
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from kiosk_api.domain.attachments import TOO_LARGE
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from kiosk_api.services.attachments import bundles, later_pictures, phone_upload, talk_pictures
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.chat.chat import SESSION
from kiosk_api.web.api.answers import PicturesAdded
from kiosk_api.web.api.case_schemas import AddPicturesBody
from kiosk_api.web.api.more_answers import BundleOpened, PhoneLink, Picture, Pictures, Visit
from kiosk_api.web.api.publishing import also, answers, data, headers
from kiosk_api.web.checked import Sent
from kiosk_api.web.request import ctx, source, submission

bp = APIBlueprint("attachments", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="attachments")])
PICTURES = ("image/jpeg", "image/png", "image/webp")
_PICTURE_FORM = {"required": True, "content": {"multipart/form-data": {"schema": {
    "type": "object", "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}}}}}}  # fmt: skip
BODY_MAX = MOST_PICTURE_BYTES + 64 * 1024  # bytes: one picture and what wraps it


class PicturePath(Sent):
    """One picture."""

    picture_id: Annotated[str, Field(min_length=1, max_length=100)]


@bp.post(
    "/attachments/bundles",
    summary="Open a bundle for pictures, or (header X-Talk) that of a conversation",
    responses=answers(BundleOpened, 201),
    openapi_extensions=headers("X-Talk"),
)
def open_bundle() -> tuple[JsonObject, int]:
    """{bundle_token, expires_in, most, most_bytes}; expires unless a case takes the pictures.

    A conversation has one bundle, which its petition takes: asking again gives the same.
    """
    talk = request.headers.get("X-Talk", "")
    if SESSION.fullmatch(talk):
        return as_json(talk_pictures.open_for_talk(ctx(), talk, source())), 201
    return as_json(bundles.open_bundle(ctx(), source())), 201


@bp.delete(
    "/attachments/bundles",
    summary="Delete a bundle and its pictures (header X-Bundle)",
    responses=answers(None, 204),
    openapi_extensions=headers("X-Bundle"),
)
def drop_bundle() -> tuple[str, int]:
    """Delete the pictures of a bundle; those already added to a case stay."""
    bundles.drop_bundle(ctx(), _bundle())
    return "", 204


@bp.post(
    "/attachments",
    summary="Add one picture (header X-Bundle or X-Visit, form field file)",
    responses=answers(Picture, 201, 404, 410, 413, 415, 422),
    openapi_extensions={**headers("X-Bundle", "X-Visit"), **also(201, "image/jpeg"), "requestBody": _PICTURE_FORM},
)
def add() -> tuple[JsonObject | Response, int]:
    """{id, width, height, size} of the picture as it was re-encoded; with Accept: image/jpeg, that picture.

    A phone sees in this way what the office will see, and nothing that others have sent.
    """
    added, picture = bundles.add_picture(ctx(), _tokens(), _file(), source())
    if request.accept_mimetypes.best_match(["application/json", picture.mime]) == picture.mime:
        return picture_answer(picture.mime, picture.data), 201
    return as_json(added), 201


@bp.get(
    "/attachments",
    summary="What is in a bundle (header X-Bundle, or X-Visit for the number)",
    responses=answers(Pictures, 200, 404, 410),
    openapi_extensions=headers("X-Bundle", "X-Visit"),
)
def listing() -> JsonObject:
    """{count, most, items, phone_came, phone_link_open}."""
    return as_json(bundles.list_pictures(ctx(), _tokens()))


@bp.get(
    "/attachments/<picture_id>",
    summary="One picture of a bundle (header X-Bundle)",
    responses=answers(data(*PICTURES), 200, 404),
    openapi_extensions=headers("X-Bundle"),
)
def content(path: PicturePath) -> Response:
    """The image bytes, for the page that sent them."""
    return picture_answer(*bundles.picture_content(ctx(), _bundle(), path.picture_id))


@bp.delete(
    "/attachments/<picture_id>",
    summary="Delete one picture (header X-Bundle)",
    responses=answers(None, 204, 404),
    openapi_extensions=headers("X-Bundle"),
)
def remove(path: PicturePath) -> tuple[str, int]:
    """Also succeeds when the picture is gone already."""
    bundles.remove_picture(ctx(), _bundle(), path.picture_id)
    return "", 204


@bp.post(
    "/attachments/phone-link",
    summary="A code that lets one phone in (header X-Bundle)",
    responses=answers(PhoneLink, 201, 404),
    openapi_extensions=headers("X-Bundle"),
)
def phone_link() -> tuple[JsonObject, int]:
    """{url, qr_svg, expires_in}."""
    return as_json(phone_upload.phone_link(ctx(), _bundle())), 201


@bp.delete(
    "/attachments/phone-link",
    summary="Shut the phone out (header X-Bundle)",
    responses=answers(None, 204, 404),
    openapi_extensions=headers("X-Bundle"),
)
def end_link() -> tuple[str, int]:
    """Close the QR code on the screen for further phones."""
    phone_upload.end_link(ctx(), _bundle())
    return "", 204


@bp.post(
    "/attachments/phone-visits",
    summary="Use up a code (header X-Upload-Link), or go on with a visit (X-Visit)",
    responses=answers(Visit, 201, 410),
    openapi_extensions=headers("X-Upload-Link", "X-Visit"),
)
def begin_visit() -> tuple[JsonObject, int]:
    """{visit_token, expires_in, count, most, most_bytes}; the first phone only."""
    link, chosen = (request.headers.get(name, "") for name in ("X-Upload-Link", "X-Visit"))
    return as_json(phone_upload.begin_visit(ctx(), link, chosen)), 201


@bp.post(
    "/cases/attachments",
    summary="Further pictures for a case (Idempotency-Key required)",
    responses=answers(PicturesAdded, 200, 404, 409),
    openapi_extensions=headers("Idempotency-Key"),
)
def add_to_case(body: AddPicturesBody) -> JsonObject:
    """Needs token and phone tail together."""
    return later_pictures.add_to_case(ctx(), body.who(), body.attachments, submission(body), source())


def picture_answer(mime: str, data: bytes) -> Response:
    """A picture to show inline; not cached, and its content cannot run scripts."""
    answer = Response(data, mimetype=mime)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _bundle() -> str:
    return request.headers.get("X-Bundle", "")


def _tokens() -> bundles.Tokens:
    return bundles.Tokens(_bundle(), request.headers.get("X-Visit", ""))


def _file() -> bytes:
    """The form field `file`, read into memory: otherwise a large form would be written to disk."""
    request.max_content_length = BODY_MAX  # for this request only
    if (request.content_length or 0) > BODY_MAX:
        raise DomainError("picture_too_large", TOO_LARGE)
    parser = FormDataParser(
        stream_factory=lambda *_args, **_named: BytesIO(), max_form_memory_size=256 * 1024,
        max_content_length=BODY_MAX, max_form_parts=4,
    )  # fmt: skip
    try:
        _, _, files = parser.parse(request.stream, request.mimetype, request.content_length, request.mimetype_params)
    except RequestEntityTooLarge:
        if request.content_length is None:
            raise DomainError("picture_too_large", TOO_LARGE) from None
        files = MultiDict()  # it is not the picture that is too large but the rest of the form
    sent = files.get("file")
    if sent is None:
        detail = "没有收到照片，请重新拍一张，或再选一次。"
        raise DomainError("picture_unreadable", detail, (FieldError("file", "required", detail),))
    return sent.stream.read()
