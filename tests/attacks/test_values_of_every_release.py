"""What stands in a store is read by every later release: sealed values, marks, receipt codes and moments, made here by
hand from their description."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import column

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import ADDED_LATER, LASTING, PURPOSES, SM, Key, Mark, file_name
from kiosk_api.gateways import ciphers
from kiosk_api.gateways.crypto import BlindIndex, GcmCipher, ReceiptSigner
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.persistence import codec

PLACE = ("cases", "petition", "0123456789abcdef")
BOUND = b"cases\x1fpetition\x1f0123456789abcdef"
NONCE = bytes(range(12))


def keys(purpose: str, *numbers: int) -> list[Key]:
    return [Key(f"{number:08x}", purpose, number, bytes([number]) * 32) for number in numbers]


def cipher_of(*numbers: int) -> GcmCipher:
    return GcmCipher(KeyRing(keys("encryption", *numbers)))


def sealed(number: int, plain: bytes, kind: bytes = b"") -> bytes:
    """Version 2: the version, the key's id, a nonce, and what AES-256-GCM makes with head, place and kind bound."""
    head = b"\x02" + number.to_bytes(4, "big")
    return head + NONCE + AESGCM(bytes([number]) * 32).encrypt(NONCE, plain, head + BOUND + kind)


def sealed_without_name(plain: bytes) -> bytes:
    """Version 1, which names no key: it was the first."""
    return b"\x01" + NONCE + AESGCM(bytes([1]) * 32).encrypt(NONCE, plain, b"\x01" + BOUND)


def test_values_and_files_of_a_former_release_are_read() -> None:
    cipher = cipher_of(1, 2)
    assert cipher.open(PLACE, sealed(1, b'{"a":[1,2]}')) == {"a": [1, 2]}
    assert cipher.open(PLACE, sealed(2, '{"name":"钱多米"}'.encode())) == {"name": "钱多米"}
    assert cipher.open(PLACE, sealed_without_name(b"{}")) == {}
    assert cipher.open_bytes(PLACE, sealed(2, b"\x00\xff", b"\x1ffile")) == b"\x00\xff"


def test_a_value_is_written_shortest_and_under_the_newest_key() -> None:
    cipher = cipher_of(1, 2)
    made = cipher.seal(PLACE, {"name": "钱多米", "b": [1, 2]})
    assert made[:5] == cipher.prefix() == b"\x02\x00\x00\x00\x02"
    plain = AESGCM(bytes([2]) * 32).decrypt(made[5:17], made[17:], made[:5] + BOUND)
    assert plain.decode() == '{"name":"钱多米","b":[1,2]}'
    assert cipher.seal(PLACE, {})[5:17] != cipher.seal(PLACE, {})[5:17]  # never a nonce twice


def test_a_file_is_no_value_and_a_value_no_file() -> None:
    cipher = cipher_of(1)
    for wrong in (
        lambda: cipher.open(PLACE, cipher.seal_bytes(PLACE, b"{}")),
        lambda: cipher.open_bytes(PLACE, cipher.seal(PLACE, {})),
    ):
        with pytest.raises(Unreadable) as refused:
            wrong()
        assert (refused.value.reason, refused.value.place) == ("changed", PLACE)
    with pytest.raises(Unreadable) as refused:
        cipher.open(PLACE, sealed(1, b"not json"))
    assert (refused.value.reason, refused.value.place) == ("no_json", PLACE)


@pytest.mark.parametrize("kind", [b"", b"\x1ffile"])
def test_sealing_again_keeps_the_content_and_its_kind(kind: bytes) -> None:
    cipher = cipher_of(1, 2)
    again = cipher.reseal(PLACE, sealed(1, b'{"a":1}', kind))
    assert again[:5] == cipher.prefix()
    if kind:
        assert cipher.open_bytes(PLACE, again) == b'{"a":1}'
    else:
        assert cipher.open(PLACE, again) == {"a": 1}
    with pytest.raises(Unreadable) as refused:
        cipher.reseal(("cases", "petition", "another"), sealed(1, b"{}", kind))
    assert refused.value.reason == "changed"


def test_the_first_version_needs_the_first_key() -> None:
    with pytest.raises(Unreadable) as refused:
        cipher_of(2).open(PLACE, sealed_without_name(b"{}"))
    assert refused.value.reason == "unknown_key"


def test_an_empty_value_is_whole_and_one_byte_less_is_not() -> None:
    cipher = cipher_of(1)
    empty = cipher.seal_bytes(PLACE, b"")
    assert cipher.open_bytes(PLACE, empty) == b"" and len(empty) == 5 + 12 + 16
    with pytest.raises(Unreadable) as refused:
        cipher.open_bytes(PLACE, empty[:-1])
    assert refused.value.reason == "too_short"


def by_hand(number: int, message: str) -> bytes:
    return hmac.new(bytes([number]) * 32, message.encode(), "sha256").digest()


def test_a_mark_is_found_under_every_key_it_was_ever_made_with() -> None:
    index = BlindIndex(KeyRing(keys("blind_index", 1, 3, 2)))
    mark = index.mark("petitioner.phone", "13912345678")
    found = [by_hand(number, "petitioner.phone\x1f13912345678").hex() for number in (3, 2, 1)]
    assert list(mark.spellings) == found and mark == found[0]


@pytest.mark.parametrize("name", ["draft.code", "twilio.session", "limit.sign-in-pair", "limit.tail"])
def test_marks_that_people_keep_and_counts_stay_under_the_first_key(name: str) -> None:
    mark = BlindIndex(KeyRing(keys("blind_index", 1, 2))).mark(name, "ABCDEFGH")
    assert mark.spellings == (by_hand(1, f"{name}\x1fABCDEFGH").hex(),)


@pytest.mark.parametrize("name", ["draft", "case.token", "officer.session", "xlimit.tail"])
def test_other_marks_follow_the_key(name: str) -> None:
    assert len(BlindIndex(KeyRing(keys("blind_index", 1, 2))).mark(name, "ABCDEFGH").spellings) == 2


def code_by_hand(number: int, case: str, day: str) -> str:
    return b32encode(by_hand(number, f"receipt\x1f{case}\x1f{day}")[:10]).decode()


def test_a_receipt_of_any_year_is_genuine_and_of_another_case_or_day_is_not() -> None:
    signer = ReceiptSigner(KeyRing(keys("receipt", 1, 2)))
    case, day = "XF20261123-ABCD-EFGH-CC", "2026-11-23"
    assert signer.sign(case, day) == f"{case}.{code_by_hand(2, case, day)}"
    for number in (1, 2):
        code = code_by_hand(number, case, day)
        assert len(code) == 16 and signer.is_genuine(code, case, day) and signer.is_genuine(code.lower(), case, day)
        assert not signer.is_genuine(code, case, "2026-11-24") and not signer.is_genuine(code, case[:-1] + "D", day)
        assert not signer.is_genuine(code[:-1], case, day) and not signer.is_genuine("", case, day)
    assert not signer.is_genuine(code_by_hand(3, case, day), case, day)


def test_keys_have_the_names_and_lives_that_stores_know() -> None:
    assert PURPOSES == ("encryption", "blind_index", "receipt", "audit", "anchor")
    assert (LASTING, ADDED_LATER) == (("receipt", "audit", "anchor"), ("audit", "anchor"))
    assert [file_name("receipt", number) for number in (1, 2, 10)] == ["receipt", "receipt-2", "receipt-10"]
    assert repr(keys("receipt", 2)[0]) == "Key(receipt, 2, 00000002)"


def test_sm4_takes_the_first_half_of_a_key_and_no_shorter_tag() -> None:
    key = Key("00000001", "encryption", 1, bytes(range(32)), SM)
    way = ciphers.aead(key)
    made = way.encrypt(key.value, NONCE, b"text", BOUND)
    assert way.decrypt(key.value[:16] + bytes(16), NONCE, made, BOUND) == b"text"
    assert len(made) == 4 + 16 and way.decrypt(key.value, NONCE, way.encrypt(key.value, NONCE, b"", b""), b"") == b""
    with pytest.raises(ciphers.InvalidTag):
        way.decrypt(key.value, NONCE, made[:15], BOUND)


SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_moment_is_stored_in_utc_to_the_microsecond_and_read_in_shanghai() -> None:
    moment = datetime(2026, 3, 1, 7, 5, 9, 42, SHANGHAI)
    assert codec.to_text(moment) == "2026-02-28T23:05:09.000042Z"
    assert codec.to_text(moment.astimezone(timezone(timedelta(hours=-5)))) == "2026-02-28T23:05:09.000042Z"
    read = codec.from_text("2026-02-28T23:05:09.000042Z")
    assert (read, read.isoformat()) == (moment, "2026-03-01T07:05:09.000042+08:00")
    assert codec.day_begins(date(2026, 3, 1)) == "2026-02-28T16:00:00.000000Z"
    assert codec.from_text(codec.day_begins(date(2026, 3, 1))).astimezone(UTC).hour == 16


def test_ids_are_128_random_bits_in_hexadecimal_digits() -> None:
    first, second = codec.new_id(), codec.new_id()
    assert first != second and {len(first), len(second)} == {32} and bytes.fromhex(first)


@pytest.mark.parametrize(
    ("mark", "sql"),
    [("a", "m = 'a'"), (Mark("a"), "m = 'a'"), (Mark("a", "b"), "m IN ('a', 'b')")],
)
def test_a_row_is_asked_for_under_every_spelling_of_its_mark(mark: str, sql: str) -> None:
    condition = codec.spelled(column("m"), mark)  # type: ignore[arg-type]
    assert str(condition.compile(compile_kwargs={"literal_binds": True})) == sql
