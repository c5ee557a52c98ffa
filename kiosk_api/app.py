"""Composition root: everything is built here, from settings, and nowhere else."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

from flask import Flask, Response, request
from flask_openapi3 import Info, OpenAPI

from kiosk_api.build import build_version, sqlite_file
from kiosk_api.config import Settings
from kiosk_api.gateways import qr
from kiosk_api.gateways.anchor_files import AnchorFiles
from kiosk_api.gateways.attach_images import PillowWriter
from kiosk_api.gateways.audit_keys import AnchorKeys, AuditKeys
from kiosk_api.gateways.authenticator import TotpAuthenticator
from kiosk_api.gateways.backup_note import last_backup
from kiosk_api.gateways.card_lines import LocalCardReader
from kiosk_api.gateways.clock import SystemClock
from kiosk_api.gateways.crypto import BlindIndex, GcmCipher, ReceiptSigner
from kiosk_api.gateways.erasure_list import NAME as ERASURES
from kiosk_api.gateways.erasure_list import ErasureFile
from kiosk_api.gateways.handbook_files import HandbookFiles, render_html
from kiosk_api.gateways.handwriting import ZinniaHandwriting
from kiosk_api.gateways.identity import ChinaIdentity
from kiosk_api.gateways.nearness import RasaNearness
from kiosk_api.gateways.passwords import Argon2Passwords
from kiosk_api.gateways.pdf import PdfWriter
from kiosk_api.gateways.pinyin import initials
from kiosk_api.gateways.rasa import RasaAssistant
from kiosk_api.gateways.receipt_printer import printer_at
from kiosk_api.gateways.speech import RENDERED, LocalSpeech
from kiosk_api.gateways.tally import StoredTally
from kiosk_api.gateways.understanding import RasaUnderstanding
from kiosk_api.gateways.voice import VoiceProcess
from kiosk_api.gateways.windows_file import WindowsFile
from kiosk_api.gateways.worker_figures import FOLDER
from kiosk_api.logs import configure_logging
from kiosk_api.opening import key_folder, open_ring
from kiosk_api.persistence.audit_trail import Recorder
from kiosk_api.persistence.database import SqlStore, make_engine
from kiosk_api.persistence.migrate import head
from kiosk_api.senders import senders, twilio_media
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Assistant, Clock, Nearness, Understanding
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions
from kiosk_api.web import checked, errors, figures, files, guard, health, packing, probe, refusals, view
from kiosk_api.web.api import (
    attachments,
    callbacks,
    card,
    cases,
    desk_oversight,
    documents,
    guidance,
    handwriting,
    hearing,
    internal,
    petitions,
    printing,
    publishing,
    speech,
    terminal,
)
from kiosk_api.web.channels import twilio, wechat
from kiosk_api.web.desk import bp as desk_pages
from kiosk_api.web.kiosk import bp as kiosk_pages
from kiosk_api.web.kiosk import ending, facts
from kiosk_api.web.kiosk import terminal as terminal_pages
from kiosk_api.web.kiosk.at_home import bp as at_home
from kiosk_api.web.kiosk.emblem import bp as emblem_page
from kiosk_api.web.kiosk.hall import bp as hall_pages
from kiosk_api.web.kiosk.upload import bp as upload_page
from kiosk_api.wechat_account import open_wechat

BODY_MAX = 256 * 1024  # bytes: four times the longest petition in UTF-8
_CSP = (
    "default-src 'self'; media-src 'self' blob:; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The camera reads codes and papers on our own pages, the microphone hears who presses its button; nothing here locates or pays.
_PERMISSIONS = "camera=(self), microphone=(self), " + ", ".join(f"{name}=()" for name in (
    "accelerometer", "browsing-topics", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "midi", "payment", "usb",
))  # fmt: skip
# Written in the published contract; desk_oversight.bp is all of the staff API.
_DESCRIBED = (
    petitions.bp,
    cases.bp,
    documents.bp,
    attachments.bp,
    callbacks.bp,
    callbacks.hall,
    guidance.bp,
    printing.bp,
    speech.bp,
    terminal.bp,
    handwriting.bp,
    hearing.bp,
    card.bp,
    desk_oversight.bp,
    twilio.bp,
    wechat.bp,
    health.bp,
)
# Pages, and what only our own pages and parts ask.
_OWN_PAGES = (
    publishing.bp,
    view.bp,
    facts.bp,
    internal.bp,
    kiosk_pages,
    upload_page,
    at_home,
    emblem_page,
    hall_pages,
    terminal_pages.bp,
    ending.bp,
    desk_pages,
)


def build_context(
    settings: Settings,
    *,
    clock: Clock | None = None,
    assistant: Assistant | None = None,
    understanding: Understanding | None = None,
    nearness: Nearness | None = None,
) -> Context:
    """Wire ports to their gateways. The store must have been migrated."""
    clock = clock or SystemClock()
    rooms = WindowsFile(settings.windows_file)
    folder = key_folder(settings.data_dir, settings.data.algorithm)
    engine = make_engine(settings.database_url)
    ring = open_ring(folder, engine, clock.now())
    macs = AuditKeys(ring)
    store, marks = SqlStore(engine, GcmCipher(ring), Recorder(engine, macs, clock.now)), BlindIndex(ring)
    rasa, voice = RasaAssistant(settings.rasa_url), VoiceProcess(settings.voice_url)
    return Context(
        store=store,
        clock=clock,
        macs=macs,
        signatures=AnchorKeys(ring),
        anchors=AnchorFiles(settings.anchor_folder or settings.data_dir / "anchors", settings.data_dir),
        identity=ChinaIdentity(),
        marks=marks,
        signer=ReceiptSigner(ring),
        passwords=Argon2Passwords(),
        authenticator=TotpAuthenticator(),
        pictures=SimpleNamespace(svg=qr.svg, png_data_uri=qr.png_data_uri),
        papers=PillowWriter(),
        document_writer=PdfWriter(),
        assistant=assistant or rasa,
        understanding=understanding or RasaUnderstanding(settings.rasa_url, is_away=lambda: rasa.is_away),
        handbook=HandbookFiles(settings.handbook_dir / "citizens"),
        nearness=nearness or RasaNearness(settings.rasa_url, is_away=lambda: rasa.is_away),
        handwriting=ZinniaHandwriting(settings.handwriting_model),
        card_reader=LocalCardReader(settings.voice_url),
        tally=StoredTally(store),
        printer=printer_at(settings.printer, settings.printer_font),
        speech=LocalSpeech(settings.recordings_dir, RENDERED, voice=voice),
        hearing=voice,
        disk_free=lambda: shutil.disk_usage(settings.data_dir).free,
        windows=rooms.windows,
        floors=rooms.floors,
        refresh_windows=rooms.refresh,
        render=render_html,
        initials=initials,
        public_url=settings.public_url,
        keys_lost=ring.lost,
        last_backup=lambda: last_backup(settings.data_dir),
        senders={**senders(settings, clock), **open_wechat(settings.channels, store, clock, marks).senders()},
        bot_key=folder.bot_key(),
        schema_head=head() or "",
        rate_limits=settings.rate_limits,
        keep_cases_years=settings.data.keep_cases_years,
        erasure_list=ErasureFile(settings.data_dir / ERASURES),
        reading_reasons=settings.reading_reasons,
        office={
            "name": settings.office_name,
            "phone": settings.office_phone,
            "address": settings.office_address,
            "hours": settings.office_hours,
            "document_prefix": settings.document_prefix,
        },
    )


def create_app(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    assistant: Assistant | None = None,
    understanding: Understanding | None = None,
    nearness: Nearness | None = None,
) -> Flask:
    """The WSGI application; settings default to the environment."""
    configure_logging()
    settings = settings or Settings.from_env()
    app = OpenAPI(
        "kiosk_api",
        info=Info(title="24-hour petition channel", version="1"),
        template_folder="web/templates",
        static_folder="web/static",
        security_schemes=publishing.SECURITY,  # type: ignore[arg-type]
        doc_ui=False,  # its pages need scripts from elsewhere; publishing.py serves the document
        validation_error_model=publishing.Problem,
        validation_error_callback=checked.refuse,
    )
    app.config.update(MAX_CONTENT_LENGTH=BODY_MAX, KIOSK_IDLE=settings.idle)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["kiosk"] = build_context(
        settings,
        clock=clock,
        assistant=assistant,
        understanding=understanding,
        nearness=nearness,
    )
    _share(app, settings)
    figures.install(app)
    files.install(app)
    guard.install(app)
    errors.install(app)
    refusals.install(app)
    for api in _DESCRIBED:
        app.register_api(api)
    for blueprint in _OWN_PAGES:
        app.register_blueprint(blueprint)
    app.before_request(lambda: app.extensions["kiosk"].refresh_windows())
    app.after_request(_harden)
    app.after_request(packing.packed)
    return app


def _share(app: Flask, settings: Settings) -> None:
    """What the pages and the API need beside the context."""
    app.extensions["prober"] = probe.Prober()
    app.extensions["figures"] = figures.Sources(
        settings.data_dir / FOLDER, sqlite_file(settings.database_url), settings.figures.token, build_version()
    )
    app.extensions["channels"] = settings.channels
    app.extensions["twilio_media"] = twilio_media(settings)
    app.extensions["terminals"] = settings.terminals
    app.extensions["emblem"] = settings.office_emblem
    app.extensions["terminal_names"] = settings.terminal_names
    app.extensions["chat_repeats"] = Repeats()
    app.extensions["chat_sources"] = ChatSessions(limited=settings.rate_limits)
    app.extensions["channel_desk"] = Desk(app.extensions["chat_sources"], app.extensions["chat_repeats"])
    ctx = app.extensions["kiosk"]
    app.extensions["wechat"] = open_wechat(settings.channels, ctx.store, ctx.clock, ctx.marks).account
    app.extensions["trusted_proxies"] = settings.trusted_proxies


def _harden(response: Response) -> Response:
    """Strict browser rules on every answer; a browser keeps nothing but static files."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Permissions-Policy", _PERMISSIONS)
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.endpoint != "static" or response.status_code >= 400:
        headers["Cache-Control"] = "no-store"
    return response
