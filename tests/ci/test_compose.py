"""The compose file against its schema, and against our own rules for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_file_fits_the_compose_schema() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec",
         str(ROOT / "docker-compose.yml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_a_service_runs_with_limits_and_without_privileges(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["mem_limit"] and service["pids_limit"]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_the_log_of_a_service_has_a_bound(name: str) -> None:
    options = COMPOSE["services"][name]["logging"]["options"]
    assert options["max-size"] and int(options["max-file"]) < 10


def test_only_the_api_is_reachable_from_outside() -> None:
    published = [name for name, one in COMPOSE["services"].items() if one.get("ports")]
    assert published == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"]["api"]["ports"])
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_every_lasting_service_has_a_health_check() -> None:
    lasting = {name for name, one in COMPOSE["services"].items() if one["restart"] != "no"}
    assert lasting == {"api", "worker", "actions", "rasa"}
    assert all(COMPOSE["services"][name]["healthcheck"]["test"] for name in lasting)


def test_the_bot_reaches_no_store_and_no_other_key() -> None:
    for name in ("actions", "rasa"):
        mounts = COMPOSE["services"][name].get("volumes", [])
        assert not [one for one in mounts if one.startswith("store:")]


def test_what_the_images_copy_exists() -> None:
    for service in COMPOSE["services"].values():
        dockerfile = ROOT / service["build"]["dockerfile"]
        for line in dockerfile.read_text(encoding="utf-8").splitlines():
            if line.startswith("COPY "):
                assert (ROOT / line.split()[1]).exists(), line
