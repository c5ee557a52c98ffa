"""The bureau's own mark: a small SVG or PNG file, read once at the start."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LARGEST = 200 * 1024  # bytes: it is on every page
_PNG = b"\x89PNG\r\n\x1a\n"
_PASSED_OVER = ((b"<?", b"?>"), (b"<!--", b"-->"))


@dataclass(frozen=True)
class Emblem:
    """`mime` is image/png or image/svg+xml."""

    mime: str
    data: bytes

    @property
    def mark(self) -> str:
        """Changes with the picture."""
        return sha256(self.data).hexdigest()[:12]


def read_emblem(path: str | None, problems: list[str]) -> Emblem | None:
    """The file of KIOSK_OFFICE_EMBLEM, or None without one; what is wrong with it goes into `problems`."""
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        problems.append("KIOSK_OFFICE_EMBLEM: the file cannot be read")
        return None
    if len(data) > LARGEST:
        problems.append(f"KIOSK_OFFICE_EMBLEM: the file is larger than {LARGEST // 1024} KiB")
    elif data.startswith(_PNG):
        return Emblem("image/png", data)
    elif _is_svg(data):
        return Emblem("image/svg+xml", data)
    else:
        problems.append("KIOSK_OFFICE_EMBLEM: the file is no PNG and no SVG")
    return None


def _is_svg(data: bytes) -> bool:
    """Whether the first element is svg; a document type could name other files and is refused."""
    rest = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for begin, end in _PASSED_OVER * 4:  # a declaration and some comments
        if rest.startswith(begin):
            rest = rest.partition(end)[2].lstrip()
    return rest.startswith((b"<svg ", b"<svg\n", b"<svg\r", b"<svg>")) and b"<!ENTITY" not in data
