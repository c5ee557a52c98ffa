"""The registry of the petition's fields, and that the rest of the bot agrees with it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue import record, texts_zh
from bot.dialogue.corrections import correction, field_named
from bot.dialogue.particulars import particulars
from bot.petition_fields import FIELDS, OPTIONAL, PetitionField
from tests.bot.helpers import ANSWERS

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
SLOTS = yaml.safe_load((BOT / "domain/slots.yml").read_text(encoding="utf-8"))
# The readers of an account name the fields they find; a list of people has steps of its own.
READERS = {"petition_fields.py", "particulars.py", "extraction.py", "values.py", "act_model.py"}
OF_ONE_VALUE = sorted(OPTIONAL - {"representatives"})


def test_every_field_has_its_slot_in_the_form() -> None:
    missing = {field.name for field in FIELDS} - set(SLOTS["slots"])
    assert not missing, f"add to `slots` of bot/domain/slots.yml: {sorted(missing)}"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_the_sentences_it_needs(field: PetitionField) -> None:
    assert texts_zh.LABELS[field.name] == field.label and texts_zh.WHY[field.name] == field.why
    assert field.label and field.why
    if field.in_turn or field.words:  # it can be asked: in turn, or again after “改…”
        assert texts_zh.ASK[field.name] and texts_zh.EXAMPLE[field.name] and texts_zh.CHOICES[field.name]
        assert ("跳过" in field.buttons) == field.optional


@pytest.mark.parametrize("field", [one for one in FIELDS if one.words], ids=lambda field: field.name)
def test_a_field_is_corrected_by_its_own_label(field: PetitionField) -> None:
    assert field_named(field.label) == field.name
    change = correction(f"我要改{field.label}")
    assert change and change.slot == field.name and change.value is None


@pytest.mark.parametrize("name", OF_ONE_VALUE)
def test_an_optional_field_is_named_by_the_registry_and_its_reader_only(name: str) -> None:
    naming = {
        path.name
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == name
    }
    assert "petition_fields.py" in naming and naming <= READERS


def test_what_is_read_out_of_an_account_is_a_field() -> None:
    found = particulars("事发地点是城关镇广场。反映的单位是城关镇人民政府，欠我一万二千元，是2023年3月的事")
    assert set(found) == {"place", "about_unit", "amount", "happened"} <= OPTIONAL


def test_a_petition_is_sent_under_the_paths_of_its_fields() -> None:
    filled: dict[str, Any] = dict(ANSWERS, id_number="11010519491231002X", amount="一万元", happened="")
    sent = record.body(filled)
    assert sent["petitioner"]["id_number"] == "11010519491231002X" and sent["amount"] == "一万元"
    assert "happened" not in sent and "representatives" not in sent
    assert {record.slot_of_error(path) for path in ("petitioner.name", "facts", "representatives.0.phone")} == {
        "petitioner_name", "facts", None,
    }  # fmt: skip
