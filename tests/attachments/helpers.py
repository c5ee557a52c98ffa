"""Invented papers as pictures, and the calls that send them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import text

from tests.factories import petition

CANARY = "CANARY-39.9042N-116.4074E-maker-Zhaoxiangji"
GPS_IFD, ORIENTATION = 0x8825, 0x0112


def paper(width: int = 800, height: int = 600, kind: str = "JPEG", **save: Any) -> bytes:
    """A sheet with a red square in its upper left corner, so that turning it shows."""
    sheet = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, width // 4, height // 4), fill=(220, 0, 0))
    out = io.BytesIO()
    sheet.save(out, kind, **save)
    return out.getvalue()


def photo_that_tells(orientation: int = 1) -> bytes:
    """A JPEG with GPS position, camera maker, a comment and data after its end."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = CANARY  # maker
    exif[0x9286] = CANARY.encode()
    gps = exif.get_ifd(GPS_IFD)
    gps[1], gps[2] = "N", (39.0, 54.0, 15.12)
    gps[29] = CANARY
    return paper(exif=exif, comment=CANARY.encode()) + CANARY.encode()


def open_bundle(client: FlaskClient) -> str:
    answer = client.post("/api/v1/attachments/bundles")
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["bundle_token"])


def send(client: FlaskClient, token: str, data: bytes, header: str = "X-Bundle", name: str = "paper.jpg") -> Any:
    """One upload as a browser makes it."""
    return client.post(
        "/api/v1/attachments",
        data={"file": (io.BytesIO(data), name)},
        headers={header: token},
        content_type="multipart/form-data",
    )


def listing(client: FlaskClient, token: str, header: str = "X-Bundle") -> Any:
    return client.get("/api/v1/attachments", headers={header: token})


def register(client: FlaskClient, key: str, **changes: Any) -> Any:
    return client.post("/api/v1/petitions", json=petition(**changes), headers={"Idempotency-Key": f"attach-{key}"})


def add_to(client: FlaskClient, case: dict[str, Any], token: str, key: str) -> Any:
    """Add a bundle to a registered case."""
    return client.post(
        "/api/v1/cases/attachments",
        json={"lookup_token": case["lookup_token"], "phone_tail": "5678", "attachments": token},
        headers={"Idempotency-Key": f"attach-{key}"},
    )


def later(app: Flask, **span: float) -> None:
    app.extensions["kiosk"].clock.advance(timedelta(**span))


def phone(client: FlaskClient, token: str) -> tuple[str, dict[str, Any]]:
    """The token in a new code's address, and the whole answer."""
    answer = client.post("/api/v1/attachments/phone-link", headers={"X-Bundle": token})
    assert answer.status_code == 201
    found = answer.get_json()
    return found["url"].partition("#")[2], found


def visit(client: FlaskClient, link: str, chosen: str = "") -> Any:
    headers = {"X-Upload-Link": link, "X-Visit": chosen}
    return client.post("/api/v1/attachments/phone-visits", headers=headers)


def count_rows(app: Flask, table: str) -> int:
    """Rows of a table of the store."""
    with app.extensions["kiosk"].store._engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
