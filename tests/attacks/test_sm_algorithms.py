"""SM4 and SM3 as the office's choice: the published examples, old values that stay readable, a refusal where they are
not there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask

from kiosk_api import cli
from kiosk_api.config import Settings, SettingsError
from kiosk_api.domain.errors import StartRefused, Unreadable
from kiosk_api.domain.keys import AES, SM, Key
from kiosk_api.gateways import ciphers
from kiosk_api.gateways.crypto import BlindIndex, GcmCipher, ReceiptSigner
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.persistence.key_notes import SEALED
from kiosk_api.services.base.renew import Renewal, renew
from tests.factories import fresh_app, petition

PLACE = ("cases", "petition", "0123456789abcdef")
OLD = Key("0a0b0c0d", "encryption", 1, bytes(range(32)))
NEW = Key("1a1b1c1d", "encryption", 2, bytes(range(32, 64)), SM)

# RFC 8998, appendix A.1; the key is that of the example in GB/T 32907 as well
EXAMPLE_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
NONCE = bytes.fromhex("00001234567800000000abcd")
BOUND = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
TEXT = bytes.fromhex("aabbccddeeffeeaa")
PLAIN = b"".join(bytes([one]) * 8 for one in TEXT)
SEALED_TEXT = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
)
TAG = bytes.fromhex("83de3541e4c2b58177e065a9bf7b62ec")


def sm3(data: bytes) -> bytes:
    run = hashes.Hash(hashes.SM3())
    run.update(data)
    return run.finalize()


def test_sm4_gcm_gives_the_example_of_rfc_8998() -> None:
    sealing, key = ciphers.aead(NEW), EXAMPLE_KEY + bytes(16)
    assert sealing.encrypt(key, NONCE, PLAIN, BOUND) == SEALED_TEXT + TAG
    assert sealing.decrypt(key, NONCE, SEALED_TEXT + TAG, BOUND) == PLAIN
    with pytest.raises(InvalidTag):
        sealing.decrypt(key, NONCE, SEALED_TEXT + TAG, BOUND[1:])
    with pytest.raises(InvalidTag):
        sealing.decrypt(key, NONCE, TAG[:15], BOUND)


def test_the_block_cipher_gives_the_example_of_gb_t_32907() -> None:
    run = Cipher(algorithms.SM4(EXAMPLE_KEY), modes.ECB()).encryptor()
    assert run.update(EXAMPLE_KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_the_hash_gives_the_examples_of_gb_t_32905() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_the_mac_is_hmac_over_sm3() -> None:
    """As RFC 2104 builds it, from the hash alone."""
    padded = NEW.value + bytes(32)
    inner = sm3(bytes(one ^ 0x36 for one in padded) + b"message")
    assert ciphers.mac(NEW, b"message") == sm3(bytes(one ^ 0x5C for one in padded) + inner)
    assert ciphers.mac(OLD, b"message") != ciphers.mac(Key("", "", 1, OLD.value, SM), b"message")


def test_a_value_names_its_algorithm_and_opens_beside_the_other() -> None:
    before, after = GcmCipher(KeyRing([OLD])), GcmCipher(KeyRing([OLD, NEW]))
    old = before.seal(PLACE, {"name": "钱多米"})
    new = after.seal(PLACE, {"name": "钱多米"})
    assert (old[:1], new[:1]) == (b"\x02", b"\x03")
    assert after.open(PLACE, old) == after.open(PLACE, new) == {"name": "钱多米"}
    assert after.reseal(PLACE, old)[:5] == after.prefix() == b"\x03" + bytes.fromhex(NEW.id)


@pytest.mark.parametrize("key", [OLD, NEW])
def test_a_value_that_claims_the_other_algorithm_does_not_open(key: Key) -> None:
    cipher = GcmCipher(KeyRing([key]))
    sealed = cipher.seal(PLACE, {"name": "钱多米"})
    other = bytes([sealed[0] ^ 1])
    for version in (other, b"\x01"):
        with pytest.raises(Unreadable):
            cipher.open(PLACE, version + sealed[1:])


def test_every_byte_of_a_sealed_value_is_authenticated() -> None:
    cipher = GcmCipher(KeyRing([NEW]))
    sealed = cipher.seal(PLACE, {"name": "钱多米"})
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Unreadable):
            cipher.open(PLACE, changed)
    with pytest.raises(Unreadable):
        cipher.open(("cases", "route", PLACE[2]), sealed)


def test_marks_and_receipts_follow_the_key() -> None:
    keys = [Key("01010101", "blind_index", 1, OLD.value), Key("02020202", "blind_index", 2, OLD.value, SM)]
    mark = BlindIndex(KeyRing(keys)).mark("petitioner.phone", "13912345678")
    assert len(set(mark.spellings)) == 2 and {len(one) for one in mark.spellings} == {64}
    old, new = (ReceiptSigner(KeyRing([Key("03030303", "receipt", 1, OLD.value, one)])) for one in (AES, SM))
    code = old.sign("XF-1", "2026-03-02").partition(".")[2]
    assert old.is_genuine(code, "XF-1", "2026-03-02") and not new.is_genuine(code, "XF-1", "2026-03-02")


def filed(app: Flask, key: str) -> dict[str, str]:
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
    assert answer.status_code == 201
    return dict(answer.get_json())


def looked_up(app: Flask, case: dict[str, str]) -> list[int]:
    client = app.test_client()
    bodies = ({"lookup_token": case["lookup_token"]}, {"case_number": case["case_number"], "phone_tail": "5678"})
    return [client.post("/api/v1/cases/lookup", json=body).status_code for body in bodies]


def versions(path: Path) -> set[bytes]:
    """The first bytes of every sealed value in the store."""
    with closing(sqlite3.connect(path / "kiosk.db")) as store:
        return {
            bytes(value)[:1]
            for one in SEALED
            for (value,) in store.execute(f"SELECT {one.column} FROM {one.table.name}")
            if value is not None
        }


def test_a_store_begun_with_sm4_holds_nothing_else(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_CIPHER="sm4")
    case = filed(app, "national-0001")
    assert looked_up(app, case) == [200, 200]
    assert versions(tmp_path) == {b"\x03"}
    assert (tmp_path / "keys" / "encryption").read_text("ascii").startswith("sm:")


@pytest.mark.parametrize(("begun", "then"), [("aes", "sm4"), ("sm4", "aes")])
def test_rotating_moves_a_store_from_one_choice_to_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], begun: str, then: str
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    first = filed(fresh_app(tmp_path, KIOSK_CIPHER=begun), "national-0001")
    app = fresh_app(tmp_path, KIOSK_CIPHER=then)
    assert looked_up(app, first) == [200, 200]  # the keys it has stay in use until they are rotated
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KIOSK_CIPHER", then)
    for purpose in ("encryption", "blind-index", "receipt", "audit", "anchor"):
        assert cli.main(["rotate-keys", purpose]) == 0
    second = filed(app, "national-0002")
    passed = [0.0]
    walk = Renewal(elapsed=lambda: passed[0])
    for passed[0] in (0.0, 20.0):
        while renew(app.extensions["kiosk"], walk):
            pass
    assert versions(tmp_path) == {b"\x03" if then == "sm4" else b"\x02"}
    for case in (first, second):
        assert looked_up(app, case) == [200, 200]
        code = {"code": case["receipt"]["verify_code"]}  # type: ignore[index]
        assert app.test_client().get("/api/v1/receipts/verify", query_string=code).get_json()["valid"]
    capsys.readouterr()
    assert cli.main(["list-keys"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    family = {"sm4": "SM4-GCM, HMAC-SM3", "aes": "AES-256-GCM, HMAC-SHA256"}
    assert {line[4] for line in lines if line[2] == "current"} == {family[then]}
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store:
        emptied = store.execute("SELECT purpose FROM key_notes WHERE emptied_at IS NOT NULL ORDER BY 1").fetchall()
    assert emptied == [("blind_index",), ("encryption",)]


def test_a_machine_without_sm4_refuses_to_start_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: bytes) -> bytes:
        raise UnsupportedAlgorithm("none here")

    filed(fresh_app(tmp_path / "begun", KIOSK_CIPHER="sm4"), "national-0001")
    ciphers._has_sm.cache_clear()
    monkeypatch.setattr(ciphers, "_sm4_encrypt", unsupported)
    try:
        for folder, choice in ((tmp_path / "fresh", "sm4"), (tmp_path / "begun", "aes")):
            with pytest.raises(StartRefused, match="OpenSSL"):
                fresh_app(folder, KIOSK_CIPHER=choice)
        assert not (tmp_path / "fresh" / "keys" / "encryption").exists()
        fresh_app(tmp_path / "other")
    finally:
        ciphers._has_sm.cache_clear()


@pytest.mark.parametrize("value", ["SM4 ", "none", "aes,sm4"])
def test_a_choice_nobody_knows_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="KIOSK_CIPHER"):
        Settings.from_env({"KIOSK_DATA_DIR": str(tmp_path), "KIOSK_CIPHER": value})
