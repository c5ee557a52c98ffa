"""Training data, domain and wording fit together."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot import train
from bot.dialogue import record
from bot.dialogue.talks.talk import PASSING_SLOTS, PETITION_SLOTS
from bot.without_tensorflow import check_config

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "bot/domain/domain.yml").read_text(encoding="utf-8"))
SLOTS = yaml.safe_load((ROOT / "bot/domain/slots.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "nlu_data/rules.yml").read_text(encoding="utf-8"))["rules"]


def examples() -> dict[str, list[str]]:
    """Intent -> its sentences."""
    found = {}
    for path in (ROOT / "nlu_data/intents").glob("*.yml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]
        found[data["intent"]] = [line[2:] for line in data["examples"].splitlines()]
    return found


def test_every_intent_has_at_least_forty_sentences_and_a_rule() -> None:
    known = examples()
    assert set(known) == set(DOMAIN["intents"]) - {"nlu_fallback"}
    assert min(len(set(lines)) for lines in known.values()) >= 60
    ruled = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert ruled == set(DOMAIN["intents"])


def test_no_sentence_belongs_to_two_intents() -> None:
    seen: dict[str, str] = {}
    for intent, lines in examples().items():
        for line in lines:
            assert seen.setdefault(line, intent) == intent, line


def test_every_slot_is_filled_by_our_code_only() -> None:
    for name, slot in SLOTS["slots"].items():
        assert slot["mappings"] == [{"type": "custom"}], name
        assert slot["influence_conversation"] is False
    assert {*record.VALUES, *record.MARKS, *PETITION_SLOTS, *PASSING_SLOTS, "asked"} <= set(SLOTS["slots"])


def test_the_pipeline_does_without_tensorflow(tmp_path: Path) -> None:
    check_config(ROOT / "bot/config.yml")
    other = tmp_path / "config.yml"
    other.write_text("pipeline:\n  - name: DIETClassifier\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="DIETClassifier"):
        check_config(other)


def test_a_changed_sentence_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "nlu_data").mkdir()
    (tmp_path / "bot").mkdir()
    for name in ("bot/config.yml", "bot/requirements.txt", "nlu_data/a.yml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    before = train.fingerprint(tmp_path, tmp_path / "none")
    (tmp_path / "nlu_data/a.yml").write_text("two", encoding="utf-8")
    assert train.fingerprint(tmp_path, tmp_path / "none") != before
    rows = tmp_path / "extra.csv"
    before = train.fingerprint(tmp_path, rows)
    rows.write_text("text,label\n", encoding="utf-8")
    assert train.fingerprint(tmp_path, rows) != before


def test_the_tokenizer_is_given_word_lists_and_nothing_else() -> None:
    """It reads every file of its folder, and fails at a folder in it, such as compiled programs."""
    pipeline = yaml.safe_load((ROOT / "bot/config.yml").read_text(encoding="utf-8"))["pipeline"]
    [folder] = [one["dictionary_path"] for one in pipeline if one["name"] == "JiebaTokenizer"]
    found = sorted((ROOT / folder).iterdir())
    assert found
    assert all(one.suffix == ".txt" and one.is_file() for one in found), found
