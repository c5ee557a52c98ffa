"""A key, how it is recognised, and the message for a key that cannot be used."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.errors import StartRefused

# Stores of earlier releases have no key of these; it is made when one is first opened.
ADDED_LATER = ("audit", "anchor")
PURPOSES = ("encryption", "blind_index", "receipt", *ADDED_LATER)
# Nothing is made anew under a later key: each value names its key for ever, or a person keeps it.
LASTING = ("receipt", *ADDED_LATER)
AES, SM = "aes", "sm"
"""What a key is for, for good: AES-256-GCM and HMAC-SHA256, or SM4-GCM and HMAC-SM3 (GB/T 32907, GB/T 32905)."""


@dataclass(frozen=True)
class Key:
    """One 32-byte key for one purpose; number 1 is the first, the highest is in use."""

    id: str  # 8 hexadecimal digits, derived from the key
    purpose: str
    number: int
    value: bytes
    algorithm: str = AES

    @property
    def check(self) -> str:
        """The value that the store keeps to recognise the key."""
        return _mac(self.purpose, self.value, "check")

    def __repr__(self) -> str:
        return f"Key({self.purpose}, {self.number}, {self.id})"


@dataclass(frozen=True)
class KeyNote:
    """What the store records about a key."""

    id: str
    purpose: str
    number: int
    check: str
    added_at: datetime
    emptied_at: datetime | None = None  # since then no row needs this key
    backed_up_at: datetime | None = None


class Mark(str):
    """A look-up mark; `spellings` are those under former keys too, the one in use first."""

    spellings: tuple[str, ...]

    def __new__(cls, *spellings: str) -> Mark:
        made = super().__new__(cls, spellings[0])
        made.spellings = spellings
        return made


def key_id(purpose: str, value: bytes) -> str:
    """The name that sealed values carry."""
    return _mac(purpose, value, "id")[:8]


def file_name(purpose: str, number: int) -> str:
    """`encryption`, then `encryption-2`, …"""
    return purpose if number == 1 else f"{purpose}-{number}"


_STATES = {
    "missing": ("找不到了", "is missing"),
    "broken": ("是空的或坏的", "is empty or broken"),
    "wrong": ("不是这个数据库的那一把", "is not the key of this store"),
}


def no_use(name: str, path: str, state: str) -> StartRefused:
    """The message for a key that cannot be used, in both languages."""
    chinese, english = _STATES[state]
    return StartRefused(
        f"不能启动：钥匙文件 {path} {chinese}。数据库里的信访件要用它才能打开。请从钥匙备份里把 {name} "
        "恢复到原处再启动；不要删除钥匙目录，也不要删除数据库，删了就再也读不出来。 "
        f"Refused to start: the key file {path} {english}. Stored petitions open only with it. Restore "
        f"{name} from the backup of the keys and start again; never delete the key folder or the store."
    )


def _mac(purpose: str, value: bytes, what: str) -> str:
    message = f"kiosk key\x1f{what}\x1f{purpose}".encode()
    return hmac.new(value, message, hashlib.sha256).hexdigest()
