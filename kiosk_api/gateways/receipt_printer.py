"""A receipt printer at the terminal with ESC/POS commands (Epson's command reference).

Named by KIOSK_PRINTER: `file:/dev/usb/lp0`, `usb:VID:PID` (a printer the kernel's usblp driver
holds), `network:HOST:9100`, or `dummy:` for laptops and tests. A job goes straight to the device:
it is never written to a disk, and an ordinary file is refused as a device for that reason.
"""

from __future__ import annotations

import os
import selectors
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from kiosk_api.gateways.receipt_picture import NoFont, draw, find_font
from kiosk_api.services.base.shown import Receipt
from kiosk_api.services.base.terminal_ports import PrinterTrouble

_ASK_PAPER = b"\x10\x04\x04"  # DLE EOT 4: real-time status of the roll's sensors
_PAPER_END = 0x60  # both bits set: no paper
_FIXED_BITS, _FIXED = 0x93, 0x12  # every real-time status byte answers with these
_ANSWER_WITHIN_S, _CONNECT_WITHIN_S, _SEND_WITHIN_S = 0.7, 3.0, 20.0
_FORGET_WITHIN_S, _KNOWN_FOR_S = 1.0, 5.0
_FORGET = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x1b@"  # DLE DC4 8: clear buffers; ESC @
_PROFILE = "TM-T20II"  # 576 dots across; only its width matters, as only pictures are printed
_USB_PRINTERS = Path("/sys/class/usbmisc")


class Line(Protocol):
    """An open connection to a device."""

    def send(self, data: bytes, within_s: float = ...) -> None: ...

    def ask(self, question: bytes) -> bytes: ...

    def close(self) -> None: ...


class DescriptorLine:
    """A device file or a socket, without ever waiting longer than the limits above."""

    def __init__(self, descriptor: int, readable: bool) -> None:
        self._descriptor, self._readable = descriptor, readable
        os.set_blocking(descriptor, False)

    def send(self, data: bytes, within_s: float = _SEND_WITHIN_S) -> None:
        end = time.monotonic() + within_s
        left = memoryview(data)
        while left:
            wait = end - time.monotonic()
            if wait <= 0 or not self._ready(selectors.EVENT_WRITE, wait):
                raise TimeoutError("the printer takes nothing")
            left = left[os.write(self._descriptor, left[:4096]) :]

    def ask(self, question: bytes) -> bytes:
        """One byte, or nothing from a device that does not answer."""
        if not self._readable:
            return b""
        self.send(question)
        ready = self._ready(selectors.EVENT_READ, _ANSWER_WITHIN_S)
        return os.read(self._descriptor, 1) if ready else b""

    def close(self) -> None:
        os.close(self._descriptor)

    def _ready(self, for_what: int, within_s: float) -> bool:
        # poll(2): select(2) would fail in a process with more than a thousand open files
        with selectors.PollSelector() as waiting:
            waiting.register(self._descriptor, for_what)
            return bool(waiting.select(within_s))


class EscPosPrinter:
    """Prints on the device that `address` names; every failure is a PrinterTrouble."""

    is_on = True

    def __init__(self, address: str, font: str | None = None) -> None:
        self._kind, _, self._place = address.partition(":")
        self._font = font
        self._one_at_a_time = threading.Lock()
        self._known, self._known_until = "ok", 0.0

    def print_receipt(self, receipt: Receipt) -> None:
        """Raises PrinterTrouble `printer_paper_out` or `printer_gone`."""
        try:
            job = commands(receipt, self._font)
        except (NoFont, OSError) as error:
            raise PrinterTrouble("printer_gone") from error
        try:
            with self._line() as line:
                _require_paper(line)
                with _forgotten_if_it_fails(line):
                    line.send(job)
                    _require_paper(line)  # it may have run out while printing
        except PrinterTrouble as trouble:
            self._remember(trouble.code)
            raise
        self._remember("ok")

    def state(self) -> str:
        """`ok`, `printer_paper_out` or `printer_gone`, at most a few seconds old.

        Anyone may ask (`/readyz`): the device is asked rarely, and never while it prints.
        """
        if time.monotonic() < self._known_until or self._one_at_a_time.locked():
            return self._known
        try:
            with self._line() as line:
                _require_paper(line)
        except PrinterTrouble as trouble:
            return self._remember(trouble.code)
        return self._remember("ok")

    def _remember(self, state: str) -> str:
        self._known, self._known_until = state, time.monotonic() + _KNOWN_FOR_S
        return state

    @contextmanager
    def _line(self) -> Iterator[Line]:
        if not self._one_at_a_time.acquire(timeout=_SEND_WITHIN_S):
            raise PrinterTrouble("printer_gone")
        try:
            with closing(self._open()) as line:
                yield line
        except OSError as error:
            raise PrinterTrouble("printer_gone") from error
        finally:
            self._one_at_a_time.release()

    def _open(self) -> Line:
        if self._kind == "network":
            host, _, port = self._place.rpartition(":")
            with socket.create_connection((host, int(port)), _CONNECT_WITHIN_S) as connection:
                return DescriptorLine(connection.detach(), readable=True)
        return _open_device(usb_device(self._place) if self._kind == "usb" else self._place)


@contextmanager
def _forgotten_if_it_fails(line: Line) -> Iterator[None]:
    """Half a receipt must not come out later, in front of somebody else."""
    try:
        yield
    except (OSError, PrinterTrouble):
        with suppress(OSError):
            line.send(_FORGET, _FORGET_WITHIN_S)
        raise


class DummyPrinter:
    """The dummy printer for laptops and tests: keeps the bytes of the latest job."""

    is_on = True

    def __init__(self, font: str | None = None) -> None:
        self.trouble: str | None = None
        self.job = b""
        self._font = font

    def print_receipt(self, receipt: Receipt) -> None:
        if self.trouble:
            raise PrinterTrouble(self.trouble)
        self.job = commands(receipt, self._font)

    def state(self) -> str:
        return self.trouble or "ok"


class NoPrinter:
    """A terminal without a printer of its own."""

    is_on = False

    def print_receipt(self, receipt: Receipt) -> None:
        raise PrinterTrouble("printer_off")

    def state(self) -> str:
        return "printer_off"


def printer_at(address: str | None, font: str | None) -> EscPosPrinter | DummyPrinter | NoPrinter:
    """The printer of a setting that config.py has checked."""
    if not address:
        return NoPrinter()
    return DummyPrinter(font) if address == "dummy:" else EscPosPrinter(address, font)


def commands(receipt: Receipt, font: str | None) -> bytes:
    """Everything a printer is sent for one receipt, the cut included. Raises NoFont."""
    # Imported here: it reads a long list of printers for half a second.
    from escpos.printer import Dummy

    job = Dummy(profile=_PROFILE)
    job.hw("INIT")
    job.image(draw(receipt, find_font(font)), impl="bitImageRaster")
    job.cut()
    return bytes(job.output)


def usb_device(vendor_and_product: str) -> str:
    """`/dev/usb/lpN` of a USB printer named VID:PID (hexadecimal). Raises FileNotFoundError."""
    wanted = vendor_and_product.lower().split(":")
    for one in sorted(_USB_PRINTERS.glob("lp*")):
        device = (one / "device").resolve().parent
        found = [(device / name).read_text().strip() for name in ("idVendor", "idProduct")]
        if found == wanted:
            return f"/dev/usb/{one.name}"
    raise FileNotFoundError("no such USB printer")


def _open_device(path: str) -> Line:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        readable = True
    except PermissionError:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        readable = False
    if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError("not a device")
    return DescriptorLine(descriptor, readable)


def _require_paper(line: Line) -> None:
    """Only a well-formed answer counts: a device that does not answer counts as having paper."""
    answer = line.ask(_ASK_PAPER)
    if answer and answer[0] & _FIXED_BITS == _FIXED and answer[0] & _PAPER_END == _PAPER_END:
        raise PrinterTrouble("printer_paper_out")
