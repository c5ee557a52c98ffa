"""No secret is committed: what looks like one is either taken out or listed with its reason."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_secrets", ROOT / ".ci" / "check_secrets.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name]


def test_nothing_that_looks_like_a_secret_is_committed(
    check: ModuleType, tracked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    done = check.main([str(ROOT / name) for name in tracked])
    assert done == 0, capsys.readouterr().out


def test_every_known_string_is_still_there_and_has_a_reason(check: ModuleType) -> None:
    allowed = check.known()
    assert all(len(reason) > 10 for reason in allowed.values())
    for name in {name for name, _ in allowed}:
        found = {seen for _, _, seen in check.findings(name)}
        assert {seen for known, seen in allowed if known == name} <= found | ({"*"} if found else set()), name


def hidden(*parts: str) -> str:
    """Put together here, so that this file holds none of them whole."""
    return "".join(parts)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("notes.md", hidden("-----BEGIN ", "RSA PRIVATE KEY-----")),
        ("deploy/kiosk.env", hidden("sm:", "0123456789abcdef" * 4)),
        ("deploy/kiosk.env", hidden("TWILIO_AUTH_TOKEN=", "0a1b2c3d" * 4)),
        ("deploy/kiosk.env", hidden("WECHAT_AES_KEY: ", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7" + "x" * 16)),
        ("bot/config.yml", hidden("key: AKIA", "2E7QWERTYUIOPASD"[:16])),
        ("bot/client.py", hidden('token = "ghp_', "a1B2c3D4e5F6" * 3, '"')),
        ("bot/client.py", hidden('address = "https://name:', "s3cretword", '@host.invalid/"')),
        ("kiosk_api/app.py", hidden('PASS', 'WORD = "Tr0ub4dor-and-3-more"')),
        ("tests/data.py", hidden('KEY = "', "9f86d081884c7d659a2feaa0c55ad015", '"')),
    ],
)  # fmt: skip
def test_a_secret_is_found_and_not_printed(
    check: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    name: str, line: str,
) -> None:  # fmt: skip
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"first\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    assert check.main([str(path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{name}:2: ")
    assert not any(word in said for word in re.findall(r"[\w+/-]{16,}", line))


def test_ordinary_text_is_no_finding(check: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "WECHAT_AES_KEY=【请填写】\nKIOSK_DATABASE_URL=sqlite:///var/kiosk.db\n经办人登录以后改密码。\n", "utf-8"
    )
    monkeypatch.setattr(check, "ROOT", tmp_path)
    assert check.main([str(path)]) == 0
