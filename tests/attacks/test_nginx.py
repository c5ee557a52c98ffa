"""The public edge as it is shipped: Debian's nginx with our configuration, on loopback."""

from __future__ import annotations

import datetime
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask, request

from tests.attacks.server import WAIT_S, Served, is_closed, serving
from tests.factories import fresh_app, petition
from tests.ports import reserved

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx" / "petition.conf"
NAME = "petition.example"
AROUND = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/petition.conf;
}}
"""


@pytest.fixture(scope="module")
def nginx() -> str:
    done = subprocess.run([ROOT / ".ci" / "ensure_nginx.sh"], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))  # fmt: skip


class Edge:
    """nginx in front of a server."""

    def __init__(self, program: str, folder: Path, behind: Served, port: int, plain: int) -> None:
        self.folder, self.behind, self.port = folder, behind, port
        certificate(folder)
        text = SHIPPED.read_text(encoding="utf-8")
        for shipped, here in (
            ("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind.port};"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"), ("    listen [::]:80;\n", ""),
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("client_header_timeout 10s", "client_header_timeout 1s"),
            ("client_body_timeout 10s", "client_body_timeout 1s"),
            ("/etc/ssl/petition", str(folder)), ("/var/log/nginx", str(folder)),
        ):  # fmt: skip
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        (folder / "petition.conf").write_text(text, encoding="utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
        folder.chmod(0o755)
        self.plain_url = f"http://127.0.0.1:{plain}"
        self.command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]

    def start(self) -> subprocess.Popen[bytes]:
        running = subprocess.Popen(self.command)
        deadline = time.monotonic() + WAIT_S
        while True:
            assert running.poll() is None
            assert time.monotonic() < deadline
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), WAIT_S).close()
                return running
            time.sleep(0.05)

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.port}", verify=False, trust_env=False,
            timeout=WAIT_S, headers={"Host": NAME, **headers},
        )  # fmt: skip

    def connect(self) -> socket.socket:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), WAIT_S))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = fresh_app(tmp_path_factory.mktemp("store"), KIOSK_RATE_LIMITS="off")

    @made.get("/passed-on")
    def passed_on() -> dict[str, str]:
        return dict(request.headers)

    return made


@pytest.fixture(scope="module")
def edge(nginx: str, app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    with serving(app) as behind, reserved("secure", "plain") as ports:
        made = Edge(nginx, tmp_path_factory.mktemp("edge"), behind, ports["secure"], ports["plain"])
        running = made.start()
        yield made
        running.terminate()
        running.wait(WAIT_S)


def test_the_configuration_is_accepted(edge: Edge) -> None:
    done = subprocess.run([*edge.command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_every_answer_binds_the_browser_to_tls(edge: Edge) -> None:
    with edge.client() as client:
        for path in ("/", "/healthz", "/nowhere", "/metrics"):
            said = client.get(path).headers.get_list("Strict-Transport-Security")
            assert said == ["max-age=31536000"], path
    moved = httpx.get(f"{edge.plain_url}/status", trust_env=False)
    assert moved.status_code == 301
    assert moved.headers["Location"] == f"https://{NAME}/status"


def test_only_pages_lead_from_plain_http_to_tls(edge: Edge) -> None:
    for path in ("/api/v1/petitions", "/channels/wechat", "/internal/v1/drafts/load"):
        refused = httpx.post(f"{edge.plain_url}{path}", trust_env=False)
        assert (refused.status_code, refused.headers.get("Location")) == (403, None), path


def test_internal_addresses_are_not_public(edge: Edge) -> None:
    with edge.client() as client:
        for path in ("/internal/v1/drafts/load", "/metrics", "/readyz", "/terminal"):
            assert client.get(path).status_code == 404, path


def test_forwarded_headers_of_the_caller_are_replaced(edge: Edge) -> None:
    with edge.client(**{"X-Forwarded-For": "192.0.2.1", "Forwarded": "for=192.0.2.1"}) as client:
        seen = client.get("/passed-on").json()
    assert seen["X-Forwarded-For"] == "127.0.0.1"
    assert seen["X-Forwarded-Proto"] == "https"
    assert "Forwarded" not in seen


def test_stalled_connections_block_nobody(edge: Edge) -> None:
    half_head = b"POST /api/v1/petitions HTTP/1.1\r\nHost: x\r\nX: "
    half_body = b"POST /api/v1/petitions HTTP/1.1\r\nHost: petition.example\r\nContent-Length: 5000\r\n\r\n{"
    strangers = [edge.connect() for _ in range(64)]
    for number, sock in enumerate(strangers):
        with suppress(OSError):  # the first may have been given up already
            sock.sendall(half_head if number % 2 else half_body)
    with edge.client() as client:
        assert client.get("/healthz").status_code == 200
        answer = client.post("/api/v1/petitions", json=petition(),
                             headers={"Idempotency-Key": "through-the-edge"})  # fmt: skip
        assert answer.status_code == 201
    assert len(edge.behind.listener.active_channels) < 10  # nginx kept them
    assert is_closed(strangers[0])
    assert is_closed(strangers[1])
    for sock in strangers:
        sock.close()


def test_too_much_from_one_address_is_refused_with_a_sentence(edge: Edge) -> None:
    with edge.client() as client:
        answers = [client.post("/api/v1/chat", json={"text": "你好"}) for _ in range(60)]
        refused = [one for one in answers if one.status_code == 429]
        assert refused
        assert refused[0].json()["code"] == "busy"
        assert refused[0].headers["Retry-After"] == "5"
        assert client.get("/healthz").status_code == 200


def test_a_platforms_address_brings_the_messages_of_many(edge: Edge) -> None:
    with edge.client() as client:
        answers = [client.post("/channels/wechat", content=b"<xml></xml>") for _ in range(300)]
        assert {one.status_code for one in answers} == {404}  # off here, and never held up
        assert client.post("/channels/wechat", content=b"x" * 70_000).status_code == 413


def test_pictures_may_be_large_and_nothing_else(edge: Edge) -> None:
    with edge.client() as client:
        body = b"x" * 300_000
        assert client.post("/api/v1/petitions", content=body).status_code == 413
        assert client.post("/api/v1/attachments", content=body).status_code not in (413, 502)
    assert not [one for place in ("body", "proxy") for one in (edge.folder / place).rglob("*")
                if one.is_file()]  # fmt: skip


def test_its_log_holds_no_address_and_no_path(edge: Edge) -> None:
    with edge.client() as client:
        client.get("/s/a-secret-token")
    log = edge.folder / "petition.log"
    deadline = time.monotonic() + WAIT_S
    while not log.exists() or not log.stat().st_size:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    written = "".join(one.read_text(encoding="utf-8") for one in edge.folder.glob("petition*.log"))
    assert "a-secret-token" not in written
    assert "127.0.0.1" not in written


def test_without_an_upstream_the_answer_is_503_with_a_time_to_retry(nginx: str, app: Flask, tmp_path: Path) -> None:
    with reserved("secure", "plain") as ports:
        with serving(app) as behind:
            edge = Edge(nginx, tmp_path, behind, ports["secure"], ports["plain"])
        running = edge.start()
        with edge.client() as client:
            answer = client.get("/healthz")
        running.terminate()
        running.wait(WAIT_S)
    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert answer.headers["Retry-After"] == "5"
