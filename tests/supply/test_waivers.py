"""Waivers for what Rasa pins: still needed, with a reason that something holds."""

from __future__ import annotations

import datetime
import importlib.util
import json
import os
import re
import subprocess
from types import ModuleType

import pytest
import tomllib
import yaml

from tests.supply.components import ROOT, pins

WAIVERS = tomllib.loads((ROOT / "handbook/developers/waivers.toml").read_text(encoding="utf-8"))["waiver"]
PINNED = {(name, version) for name, version, _ in pins(ROOT / "bot/requirements.txt")}
NOT_LOADED = sorted(one["package"] for one in WAIVERS if not one["loaded"])
FAULT = re.compile(r"CVE-\d{4}-\d{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}")
LONGEST = datetime.timedelta(days=366)
LOOK = """
import json, sys
from bot import without_tensorflow
without_tensorflow.install()
import rasa.core.agent, rasa.core.run, rasa.server, rasa.model_training, rasa.engine.recipes.default_recipe
print(json.dumps([getattr(one, "__file__", None) or "" for one in list(sys.modules.values())]))
"""


@pytest.mark.parametrize("one", WAIVERS, ids=lambda one: one["package"])
def test_a_waiver_is_for_a_package_that_is_still_pinned_at_this_version(one: dict) -> None:
    assert (one["package"], one["version"]) in PINNED, "it has changed: remove the waiver"


@pytest.mark.parametrize("one", WAIVERS, ids=lambda one: one["package"])
def test_a_waiver_names_its_faults_its_reason_and_what_holds_it(one: dict) -> None:
    assert one["advisories"] and all(FAULT.fullmatch(fault) for fault in one["advisories"])
    assert len(one["why"].split()) >= 10 and one["seen"] in ("advisory database", "release notes")
    assert datetime.timedelta() < one["review_by"] - one["made_on"] < LONGEST
    path, _, name = one["held_by"].partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert not name or f"def {name}(" in source


def test_no_package_of_the_service_itself_is_waived() -> None:
    own = {(name, version) for name, version, _ in pins(ROOT / "kiosk_api/requirements.txt")}
    assert not own & {(one["package"], one["version"]) for one in WAIVERS}


def test_the_assistant_loads_none_of_the_packages_that_are_waived_as_never_loaded() -> None:
    done = subprocess.run(
        [ROOT / ".venv/bot/bin/python", "-W", "ignore", "-c", LOOK],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert any("/site-packages/rasa/" in file for file in loaded) and NOT_LOADED
    assert not [file for file in loaded for name in NOT_LOADED if f"/site-packages/{name}/" in file]


def test_rasa_is_given_no_store_no_broker_and_no_channel_of_its_own() -> None:
    """So the clients of databases, brokers and messengers that Rasa brings are never started."""
    endpoints = yaml.safe_load((ROOT / "bot/endpoints.yml").read_text(encoding="utf-8"))
    assert endpoints.keys() == {"action_endpoint", "tracker_store"}
    assert endpoints["tracker_store"]["type"].startswith("bot.components.")
    credentials = yaml.safe_load((ROOT / "bot/credentials.yml").read_text(encoding="utf-8"))
    assert {name for name in credentials if not name.startswith("bot.channels.")} == {"rest"}
    started = (ROOT / "kiosk_api/programs.py").read_text(encoding="utf-8")
    assert "--enable-api" not in started and "--cors" not in started


def test_no_part_of_the_assistant_checks_an_e_mail_address() -> None:
    installed = next((ROOT / ".venv/bot/lib").glob("python3.*/site-packages"))
    places = [
        *(ROOT / "bot").rglob("*.py"),
        *(installed / "rasa").rglob("*.py"),
        *(installed / "rasa_sdk").rglob("*.py"),
    ]
    assert len(places) > 300
    assert not [path for path in places if re.search(rb"\b(?:EmailStr|NameEmail|validate_email)\b", path.read_bytes())]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("supply_audit", ROOT / ".ci/supply_audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_audit_tells_new_faults_from_waived_ones_and_from_what_it_could_not_ask(audit: ModuleType) -> None:
    one = WAIVERS[0]
    found = {"dependencies": [
        {"name": one["package"], "version": one["version"],
         "vulns": [{"id": "GHSA-invented", "aliases": [one["advisories"][0]], "fix_versions": ["9"]},
                   {"id": "CVE-2999-0001", "aliases": [], "fix_versions": []}]},
        {"name": "invented", "skip_reason": "not found"},
        {"name": "clean", "version": "1", "vulns": []},
    ]}  # fmt: skip
    new, known, unknown = audit.judged(found, WAIVERS)
    assert len(new) == 1 and "CVE-2999-0001" in new[0]
    assert len(known) == 1 and "GHSA-invented" in known[0]
    assert unknown == 1


@pytest.mark.parametrize(("dependencies", "status"), [
    ([{"name": "a", "version": "1", "vulns": []}], 0),
    ([{"name": "a", "skip_reason": "not found"}], 2),
    ([{"name": "a", "version": "1", "vulns": [{"id": "CVE-2999-0001"}]}, {"name": "b", "skip_reason": "not found"}], 1),
])  # fmt: skip
def test_an_audit_that_reached_nothing_does_not_look_clean(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, dependencies: list, status: int
) -> None:
    monkeypatch.setattr(audit, "asked", lambda lock: {"dependencies": dependencies})
    assert audit.main() == status


def test_a_review_that_is_due_is_named_and_fails_nothing(audit: ModuleType) -> None:
    late = WAIVERS[0]["review_by"] + datetime.timedelta(days=1)
    assert WAIVERS[0]["package"] in " ".join(audit.due(WAIVERS, late))
    assert audit.due(WAIVERS, WAIVERS[0]["made_on"]) == []
