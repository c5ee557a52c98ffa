"""Settings, read once from the environment and frozen."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kiosk_api.config_channels import ChannelSettings
from kiosk_api.config_data import DataSettings
from kiosk_api.config_emblem import Emblem, read_emblem
from kiosk_api.config_figures import FigureSettings
from kiosk_api.config_wechat import problems_of
from kiosk_api.domain.accounts import READERS
from kiosk_api.domain.limits import TERMINAL_NAME_MAX
from kiosk_api.domain.workflow_types import Role

_PRINTER = re.compile(r"dummy:|file:/dev/\S+|usb:[0-9a-fA-F]{4}:[0-9a-fA-F]{4}|network:[^\s/]{1,253}:[0-9]{1,5}")
_HANDWRITING = "/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model"  # Debian's place


class SettingsError(Exception):
    """The environment holds values this program cannot start with; lists every one."""


@dataclass(frozen=True)
class IdleTimes:
    """Seconds without a touch before the warning, by kind of screen, and how long it counts down."""

    standard: int = 90
    elder: int = 180
    phone: int = 900
    desk: int = 900
    countdown: int = 30
    attract: int = 60  # on the home page of a terminal, before it invites; 0: never


@dataclass(frozen=True)
class Settings:
    """Everything a process of kiosk_api needs to know about its surroundings."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    public_url: str
    rasa_url: str
    voice_url: str
    rate_limits: bool
    handbook_dir: Path
    windows_file: Path
    handwriting_model: Path
    office_name: str
    office_phone: str | None
    office_address: str | None
    office_hours: str | None
    document_prefix: str
    office_emblem: Emblem | None = None
    printer: str | None = None
    printer_font: str | None = None
    recordings_dir: Path | None = None
    terminals: frozenset[str] = frozenset()
    terminal_names: Mapping[str, str] = field(default_factory=dict)  # by address
    trusted_proxies: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    idle: IdleTimes = IdleTimes()
    channels: ChannelSettings = ChannelSettings()
    figures: FigureSettings = FigureSettings()
    reading_reasons: frozenset[Role] = frozenset()
    anchor_folder: Path | None = None
    data: DataSettings = DataSettings()

    @property
    def public_url_is_loopback(self) -> bool:
        """True when the address in the QR code reaches no phone."""
        host = urlsplit(self.public_url).hostname or ""
        return host == "localhost" or host == "::1" or host.startswith("127.")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; raises SettingsError naming each bad value at once."""
        source = os.environ if env is None else env
        problems: list[str] = []

        idle = _idle_times(source, problems)
        host = source.get("KIOSK_HOST", "127.0.0.1")
        number = _port(source, "KIOSK_PORT", 8000, problems)
        rasa_port = _port(source, "RASA_PORT", 5005, problems)
        voice_port = _port(source, "VOICE_PORT", 5060, problems)
        data_dir = Path(source.get("KIOSK_DATA_DIR", "./var")).resolve()
        limits = source.get("KIOSK_RATE_LIMITS", "on")
        if limits not in ("on", "off"):
            problems.append(f"KIOSK_RATE_LIMITS must be on or off, not {limits!r}")
        public = source.get("KIOSK_PUBLIC_URL", f"http://127.0.0.1:{number}").rstrip("/")
        if urlsplit(public).scheme not in ("http", "https"):
            problems.append("KIOSK_PUBLIC_URL must start with http:// or https://")
        printer = source.get("KIOSK_PRINTER") or None
        if printer and not _PRINTER.fullmatch(printer):
            problems.append("KIOSK_PRINTER must be file:/dev/…, usb:VID:PID, network:HOST:PORT or dummy:")
        terminals = frozenset(source.get("KIOSK_TERMINALS", "").replace(",", " ").split())
        problems += [f"KIOSK_TERMINALS: {one!r} is no address" for one in sorted(terminals) if not _is_address(one)]
        names = _terminal_names(source.get("KIOSK_TERMINAL_NAMES", ""), problems)
        proxies = source.get("KIOSK_TRUSTED_PROXIES", "").replace(",", " ").split()
        problems += [
            f"KIOSK_TRUSTED_PROXIES: {one!r} is no address and no network" for one in proxies if not _is_network(one)
        ]
        reasons = _roles(source.get("KIOSK_READING_REASONS", ""), problems)
        recordings = source.get("KIOSK_RECORDINGS")
        emblem = read_emblem(source.get("KIOSK_OFFICE_EMBLEM"), problems)
        channels = ChannelSettings.from_env(source, problems)
        problems += problems_of(channels)
        figures = FigureSettings.from_env(source, problems)
        data = DataSettings.from_env(source, problems)
        if problems:
            raise SettingsError("; ".join(problems))
        root = Path(__file__).resolve().parent.parent
        return cls(
            host=host,
            port=number,
            data_dir=data_dir,
            database_url=source.get("KIOSK_DATABASE_URL", f"sqlite:///{data_dir / 'kiosk.db'}"),
            public_url=public,
            rasa_url=source.get("RASA_URL", f"http://127.0.0.1:{rasa_port}").rstrip("/"),
            voice_url=f"http://127.0.0.1:{voice_port}",
            rate_limits=limits == "on",
            handbook_dir=(handbook := Path(source.get("KIOSK_HANDBOOK_DIR", str(root / "handbook")))),
            windows_file=Path(source.get("KIOSK_WINDOWS_FILE", str(handbook / "windows.toml"))),
            handwriting_model=Path(source.get("KIOSK_HANDWRITING_MODEL", _HANDWRITING)),
            office_name=source.get("KIOSK_OFFICE_NAME", "【请填写：单位名称】"),
            office_phone=source.get("KIOSK_OFFICE_PHONE"),
            office_address=source.get("KIOSK_OFFICE_ADDRESS"),
            office_hours=source.get("KIOSK_OFFICE_HOURS"),
            document_prefix=source.get("KIOSK_DOCUMENT_PREFIX", "【请填写：发文代字】"),
            office_emblem=emblem,
            printer=printer,
            printer_font=source.get("KIOSK_PRINTER_FONT") or None,
            recordings_dir=Path(recordings) if recordings else None,
            terminals=terminals,
            terminal_names=names,
            trusted_proxies=tuple(ipaddress.ip_network(one, strict=False) for one in proxies),
            idle=idle,
            channels=channels,
            figures=figures,
            reading_reasons=reasons,
            anchor_folder=Path(anchors).resolve() if (anchors := source.get("KIOSK_ANCHOR_FOLDER")) else None,
            data=data,
        )


def _port(source: Mapping[str, str], name: str, default: int, problems: list[str]) -> int:
    text = source.get(name, str(default))
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    problems.append(f"{name} must be a port number, not {text!r}")
    return default


def _idle_times(source: Mapping[str, str], problems: list[str]) -> IdleTimes:
    def seconds(name: str, default: int, least: int = 0) -> int:
        text = source.get(name, str(default))
        if text.isdigit() and int(text) >= least:
            return int(text)
        problems.append(f"{name} must be whole seconds from {least} on, not {text!r}")
        return default

    return IdleTimes(
        seconds("KIOSK_IDLE_SECONDS", IdleTimes.standard),
        seconds("KIOSK_IDLE_ELDER_SECONDS", IdleTimes.elder),
        seconds("KIOSK_IDLE_PHONE_SECONDS", IdleTimes.phone),
        seconds("KIOSK_IDLE_DESK_SECONDS", IdleTimes.desk),
        seconds("KIOSK_IDLE_COUNTDOWN", IdleTimes.countdown, least=10),
        seconds("KIOSK_IDLE_ATTRACT_SECONDS", IdleTimes.attract),
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _terminal_names(text: str, problems: list[str]) -> dict[str, str]:
    """`ADDRESS=NAME; ADDRESS=NAME`: where a terminal is, as the desk shows it."""
    found: dict[str, str] = {}
    for one in filter(None, (part.strip() for part in text.split(";"))):
        address, _, name = (part.strip() for part in one.partition("="))
        if not name or len(name) > TERMINAL_NAME_MAX or not _is_address(address):
            problems.append(f"KIOSK_TERMINAL_NAMES: {one!r} is not ADDRESS=NAME")
        else:
            found[str(ipaddress.ip_address(address))] = name
    return found


def _roles(text: str, problems: list[str]) -> frozenset[Role]:
    """A list of roles, or `all` for every role that sees cases."""
    named = set(text.replace(",", " ").split())
    known = {str(role) for role in READERS}
    problems += [
        f"KIOSK_READING_REASONS: {one!r} is not all or one of {', '.join(sorted(known))}"
        for one in sorted(named - known - {"all"})
    ]
    return READERS if "all" in named else frozenset(role for role in READERS if str(role) in named)


def _is_network(text: str) -> bool:
    """An address or a CIDR; one that means everybody would let anybody invent an address."""
    try:
        return ipaddress.ip_network(text, strict=False).prefixlen > 0
    except ValueError:
        return False
