"""The XML of WeChat's messages, read and written.

Read by expat with everything forbidden that a message never has: no document type, no entity, no processing
instruction, no other encoding than UTF-8; size, depth and number of elements are bounded. So nothing is ever fetched or
expanded, and what is read has the size of what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from kiosk_api.services.base.wechat_ports import BadMessage

LONGEST = 64 * 1024  # bytes
DEEPEST = 6  # elements inside each other
MOST = 128  # elements; the longest documented event has some thirty
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(body: bytes) -> dict[str, str]:
    """The texts of a message by the name of their element; one inside another by `Outer/Inner`, the first of each kept.

    Raises BadMessage. An element of the first level that comes twice is refused: two readers could take a different one.
    """
    if len(body) > LONGEST:
        raise BadMessage("too long")
    reader = _Reader()
    try:
        body.decode()  # the parser would follow the mark of another encoding
        reader.parser.Parse(body, True)
    except (expat.ExpatError, UnicodeDecodeError):
        raise BadMessage("not well-formed") from None
    return reader.found


def write(fields: Mapping[str, str | int]) -> str:
    """A message of one level. Texts are quoted as CDATA, as in the documentation; numbers stand bare."""
    inner = "".join(
        f"<{name}>{value}</{name}>" if isinstance(value, int) else f"<{name}>{_quoted(value)}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inner}</xml>"


def _quoted(text: str) -> str:
    """CDATA cannot hold its own end, so that is divided among two; what XML cannot hold at all is left out."""
    return "<![CDATA[" + _NOT_IN_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate("UTF-8")  # whatever the document says of itself
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._forbid
        parser.EntityDeclHandler = self._forbid
        parser.UnparsedEntityDeclHandler = self._forbid
        parser.NotationDeclHandler = self._forbid
        parser.ProcessingInstructionHandler = self._forbid

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._path.append(name)
        self._texts.append([])
        if self._count > MOST or len(self._path) > DEEPEST or attributes:
            raise BadMessage("too much")
        if len(self._path) == 1 and name != "xml":
            raise BadMessage("another document")

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)

    def _end(self, _name: str) -> None:
        text, path = "".join(self._texts.pop()), "/".join(self._path[1:])
        level = len(self._path)
        self._path.pop()
        if level == 2 and path in self.found:
            raise BadMessage("twice")
        if level > 1:
            self.found.setdefault(path, text)

    def _forbid(self, *_what: object) -> None:
        raise BadMessage("forbidden")
