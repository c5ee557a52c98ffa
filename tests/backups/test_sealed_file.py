"""A sealed file opens whole and with its own key, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_api.gateways import sealed_file
from kiosk_api.gateways.sealed_file import NotOpened, new_pair, opened, read_header, read_private, read_public, seal

PRIVATE, PUBLIC = new_pair()
CHUNK = 64


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "CHUNK", CHUNK)


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, read_public(PUBLIC), {"made_at": "2026-11-30"})
    return target.getvalue()


def content_of(file: bytes, private: str = PRIVATE) -> bytes:
    return b"".join(opened(io.BytesIO(file), read_private(private)))


def body_at(file: bytes) -> int:
    return len(file) - len(file[len(sealed_file.MAGIC) + 4 + int.from_bytes(file[len(sealed_file.MAGIC) :][:4]) :])


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_comes_back(length: int) -> None:
    content = bytes(range(256))[:length] * 1
    file = sealed(content)
    assert content_of(file) == content
    assert read_header(io.BytesIO(file))["made_at"] == "2026-11-30"
    assert length < 8 or content not in file


def test_a_file_that_was_cut_anywhere_does_not_open() -> None:
    file = sealed(bytes(3 * CHUNK + 5))
    for length in range(len(file)):
        with pytest.raises(NotOpened):
            content_of(file[:length])


def test_chunks_cannot_be_swapped_left_out_repeated_or_added() -> None:
    file = sealed(bytes(range(4 * CHUNK % 256)) + bytes(4 * CHUNK))
    begin, size = body_at(file), CHUNK + 16
    head, chunks = file[:begin], [file[at : at + size] for at in range(begin, len(file), size)]
    assert len(chunks) >= 4
    for changed in (
        [chunks[1], chunks[0], *chunks[2:]], chunks[1:], [*chunks[:-2], chunks[-1]], [chunks[0], *chunks],
        [*chunks, chunks[-1]], chunks[:-1], [*chunks, b""] + [b"x"],
    ):  # fmt: skip
        with pytest.raises(NotOpened):
            content_of(head + b"".join(changed))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_changed_bit_goes_unseen(data: st.DataObject) -> None:
    sealed_file.CHUNK = CHUNK
    file = bytearray(sealed(b"some content " * 20))
    file[data.draw(st.integers(0, len(file) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NotOpened):
        content_of(bytes(file))


def test_another_private_key_does_not_open_it() -> None:
    with pytest.raises(NotOpened, match="other_key"):
        content_of(sealed(b"content"), new_pair()[0])


def test_two_files_of_the_same_content_have_nothing_in_common_but_their_kind() -> None:
    one, two = sealed(bytes(CHUNK)), sealed(bytes(CHUNK))
    assert one[body_at(one) :] != two[body_at(two) :]


@pytest.mark.parametrize(
    "text", ["", "PETITION-BACKUP-PRIVATE-KEY-1 ", "PETITION-BACKUP-PRIVATE-KEY-1 xyz", PUBLIC], ids=range(4)
)
def test_a_text_without_a_private_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="no key|hex|32 bytes"):
        read_private(text)
