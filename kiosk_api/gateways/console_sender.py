"""Messages written on the console of a laptop: nothing is sent, and everybody there sees what would be."""

from __future__ import annotations

import secrets
import sys
from typing import TextIO

from kiosk_api.services.base.sending import Delivery, Lost, Outgoing

SHOWN = 4  # last signs of an address


class ConsoleSender:
    """Stands in for text messages where no platform is set and the service is reached from this machine only."""

    name = "console"

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out
        self._sent: dict[str, None] = {}

    def is_on(self) -> bool:
        """True: whoever tries the service on a laptop is to see the notices."""
        return True

    def send(self, to: str, message: Outgoing) -> str:
        """Print it; the address masked and no token of a link, since consoles are kept as logs."""
        text = " ".join(f"{message.text} {message.link if message.link not in message.text else ''}".split())
        words = [
            one.partition("#")[0] + ("#…" if "#" in one else "") if "://" in one else one for one in text.split(" ")
        ]
        print(
            f"[短信，没有真的发出] {'*' * 7}{to[-SHOWN:]}：{' '.join(words)}", file=self._out or sys.stdout, flush=True
        )
        self._sent[message.key] = None
        while len(self._sent) > 1_000:
            self._sent.pop(next(iter(self._sent)))
        return f"console-{secrets.token_hex(8)}"

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        """Printed is delivered."""
        del lost
        return Delivery.DELIVERED if platform_id or key in self._sent else Delivery.NEVER_SEEN
