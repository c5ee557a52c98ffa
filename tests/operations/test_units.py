"""The units of systemd as they are shipped: what they start exists and starts, and nothing runs outside its sandbox."""

from __future__ import annotations

import io
import json
import random
import re
import socket
import subprocess
import wave
from pathlib import Path

import httpx
import pytest

from kiosk_api.config import Settings
from kiosk_api.programs import parts
from tests.operations.machine import CONFINE, SYSTEM_PYTHON, Machine, started
from tests.operations.units import (
    FOLDER,
    INSTALLED,
    ROOT,
    SERVICES,
    allowed_calls,
    command,
    environment,
    folder_with_programs,
    read,
    tool,
    whole,
)
from tests.ports import reserved
from tests.waiting import wait_for

PETITION = [name for name in SERVICES if name.startswith("petition-")]
LASTING = ("api", "worker", "actions", "rasa", "voice")
COMPILES = "petition-voice.service"  # the recogniser compiles its kernels while it runs and fails where it may not
MOST_EXPOSURE = 2.5  # of systemd-analyze's 10; 0.9 on 2026-11-30
SANDBOX = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "MemoryDenyWriteExecute": "yes", "CapabilityBoundingSet": "", "RestrictNamespaces": "yes", "UMask": "0077",
    "LimitCORE": "0", "IPAddressDeny": "any", "ProtectProc": "invisible", "RestrictSUIDSGID": "yes",
}  # fmt: skip
NEEDED = ("User", "MemoryMax", "TasksMax", "SystemCallFilter", "RestrictAddressFamilies")


def test_every_unit_is_named_so_that_the_sandbox_is_its_own() -> None:
    assert PETITION == SERVICES and {f"petition-{name}.service" for name in LASTING} <= set(SERVICES)


@pytest.mark.parametrize("name", PETITION)
def test_a_unit_runs_in_the_sandbox_with_limits(name: str) -> None:
    service = whole(name)["Service"]
    own = {"MemoryDenyWriteExecute": "no"} if name == COMPILES else {}
    assert {key: service[key][-1] for key in SANDBOX} == SANDBOX | own
    assert all(service[key] for key in NEEDED)
    assert service["User"][-1] not in ("root", "0")
    assert read(FOLDER / name)["Service"].keys().isdisjoint(SANDBOX)  # the drop-in would win over it


@pytest.mark.parametrize("name", PETITION)
def test_systemd_finds_little_left_open(name: str, tmp_path: Path) -> None:
    folder_with_programs(tmp_path)
    done = subprocess.run(
        [tool("systemd-analyze"), "security", "--offline=true", f"--root={tmp_path}", name],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found is not None and float(found[1]) < MOST_EXPOSURE, done.stdout


def test_systemd_reads_every_unit_without_a_complaint(tmp_path: Path) -> None:
    units = folder_with_programs(tmp_path)
    names = [
        path.name for path in sorted(units.iterdir()) if path.suffix in (".service", ".socket", ".target", ".timer")
    ]
    done = subprocess.run(
        [tool("systemd-analyze"), "verify", f"--root={tmp_path}", "--man=no", *names],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "petition" in line]
    assert not ours


@pytest.mark.parametrize("name", PETITION)
def test_what_a_unit_names_is_in_the_repository(name: str) -> None:
    unit = whole(name)
    program, *arguments = command(unit)
    assert program.startswith(f"{INSTALLED}/.venv/") and program.endswith("/bin/python")
    environments = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert program.removeprefix(f"{INSTALLED}/").partition("/bin/")[0] + "/.stamp:" in environments
    assert arguments[0] == "-m"
    module = ROOT / arguments[1].replace(".", "/")
    assert module.with_suffix(".py").exists() or (module / "__main__.py").exists()
    for one in unit["Unit"]["Documentation"]:
        assert (ROOT / one.removeprefix(f"file://{INSTALLED}/")).exists()


def test_the_units_start_what_make_run_starts(tmp_path: Path) -> None:
    """One list of programs: that of the supervisor. Only who answers for the sockets differs."""
    with socket.socket() as listening:
        everything = parts(Settings.from_env({"KIOSK_DATA_DIR": str(tmp_path)}), listening)
    for part in everything:
        unit = whole(f"petition-{part.name}.service")
        assert command(unit)[1:] == part.command[1:], part.name
        ours = environment(unit)
        theirs = {
            key: text for key, text in part.env.items() if text and key not in ("KIOSK_LISTEN_FD", "BOT_KEY_FILE")
        }
        assert {key: ours[key].replace(INSTALLED, str(ROOT)) for key in theirs if key in ours} == {
            key: text for key, text in theirs.items() if key in ours
        }
        assert {"PYTHONPATH", "PYTHONUNBUFFERED", "OMP_NUM_THREADS"} <= ours.keys()


def test_the_assistant_gets_one_key_and_no_store() -> None:
    for name in ("petition-actions.service", "petition-rasa.service", "petition-voice.service"):
        service = whole(name)["Service"]
        assert service["User"] == ["petition-bot"]
        assert "-/var/lib/petition" in service["InaccessiblePaths"][0] and "EnvironmentFile" not in service
    assert whole("petition-actions.service")["Service"]["LoadCredential"] == ["bot_key:/var/lib/petition/keys/bot_key"]
    assert "LoadCredential" not in whole("petition-rasa.service")["Service"]
    assert "LoadCredential" not in whole("petition-voice.service")["Service"]


def test_what_opens_more_is_an_example_and_not_installed() -> None:
    examples = {path.name: read(path) for path in (FOLDER / "examples").glob("*.conf")}
    assert {"channels.conf", "hall-service.conf", "hall-socket.conf", "printer.conf"} <= examples.keys()
    assert not [
        path for path in FOLDER.glob("*.service.d") if path.name not in ("petition-.service.d", f"{COMPILES}.d")
    ]


def test_the_api_and_the_worker_start_confined_say_that_they_are_ready_and_end_when_asked(machine: Machine) -> None:
    assert machine.ready == {"api": True, "worker": True}
    assert (machine.healthy, machine.registered) == (200, 201)
    assert machine.ended == {"migrate": 0, "api": 0, "worker": 0}


def test_the_sandbox_leaves_what_a_service_needs_and_nothing_for_an_intruder() -> None:
    left = set(allowed_calls())
    assert {"openat", "read", "write", "fsync", "futex", "clone3", "sendto", "recvfrom", "flock"} <= left
    assert not left & {
        "mount",
        "ptrace",
        "bpf",
        "init_module",
        "reboot",
        "setuid",
        "chroot",
        "keyctl",
        "userfaultfd",
        "perf_event_open",
    }


def test_a_program_in_the_sandbox_is_refused_what_is_not_left(tmp_path: Path) -> None:
    (tmp_path / "calls.json").write_text(json.dumps(allowed_calls()), encoding="utf-8")
    tries = "import mmap, os\nfor one in (lambda: os.chroot('/'), lambda: mmap.mmap(-1, 4096, prot=7)):\n try: one(); print('done')\n except PermissionError: print('refused')"
    done = subprocess.run([SYSTEM_PYTHON, CONFINE, tmp_path / "calls.json", "deny", SYSTEM_PYTHON, "-c", tries],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.splitlines()[0] == "refused"


def test_the_action_server_starts_confined(tmp_path: Path) -> None:
    with reserved("ACTIONS_PORT") as ports:
        port = ports["ACTIONS_PORT"]
        (tmp_path / "bot_key").write_text("invented-key")
        process = started(
            "actions",
            {
                "KIOSK_DATA_DIR": str(tmp_path / "none"),
                "ACTIONS_PORT": str(port),
                "BOT_KEY_FILE": str(tmp_path / "bot_key"),
            },
        )
        try:
            with httpx.Client(trust_env=False, timeout=10) as client:

                def answers() -> bool:
                    assert process.poll() is None
                    try:
                        return client.get(f"http://127.0.0.1:{port}/health").status_code == 200
                    except httpx.HTTPError:
                        return False

                wait_for(answers)
        finally:
            process.terminate()
            process.wait(60)


def test_the_voice_speaks_and_hears_confined(tmp_path: Path) -> None:
    with reserved("VOICE_PORT") as ports:
        port = ports["VOICE_PORT"]
        process = started("voice", {"KIOSK_DATA_DIR": str(tmp_path / "none"), "VOICE_PORT": str(port)})
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=120) as client:

                def loaded() -> bool:
                    assert process.poll() is None
                    try:
                        return client.get("/health").json() == {"says": True, "hears": True, "cards": True}
                    except httpx.HTTPError:
                        return False

                wait_for(loaded)
                assert client.post("/say", json={"text": "您好。"}).content.startswith(b"RIFF")
                heard = client.post("/hear", content=sound())
                assert (heard.status_code, heard.json()["seconds"]) == (200, 1.0)
        finally:
            process.terminate()
            process.wait(60)


def sound() -> bytes:
    """A second of noise that is loud enough to be recognised."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as out:
            out.setparams((1, 2, 16_000, 0, "NONE", ""))
            out.writeframes(random.Random(1).randbytes(32_000))
        return file.getvalue()
