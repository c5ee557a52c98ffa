"""A drawn card through the real reader: lines with boxes out of the process, checked fields out of them."""

from __future__ import annotations

import io
from datetime import date

import httpx

from kiosk_api.domain.cards import PrintedLine, read_card
from tests.cards.drawn import front, on_table
from tests.cards.lines import ADDRESS, NAME, NUMBER


def test_a_card_on_a_table_is_read(voice: httpx.Client) -> None:
    with io.BytesIO() as file:
        on_table(front()).save(file, "JPEG", quality=90)
        answer = voice.post("/card", content=file.getvalue(), headers={"Content-Type": "image/jpeg"})
    assert answer.status_code == 200
    lines = [PrintedLine(one["text"], *map(float, one["box"]), one["score"]) for one in answer.json()["lines"]]
    read = read_card(lines, date(2026, 12, 1))
    assert (read.kind, read.name, read.id_number, read.address) == ("id_card", NAME, NUMBER, ADDRESS)
