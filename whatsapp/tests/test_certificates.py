"""A real server with TLS: the client talks to nobody whose certificate does not hold."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from whatsapp import client

ACCEPTED = b'{"messages": [{"id": "wamid.1"}]}'


class Graph(BaseHTTPRequestHandler):
    """Accepts whatever it is asked to send, and remembers who asked."""

    tokens: list[str] = []

    def do_POST(self) -> None:
        self.tokens.append(self.headers["Authorization"])
        self.send_response(200)
        self.send_header("Content-Length", str(len(ACCEPTED)))
        self.end_headers()
        self.wfile.write(ACCEPTED)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path, name: str) -> Iterator[tuple[int, Path]]:
    """Graph behind a certificate of our own making for `name`: its port, and the certificate."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    about = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *about, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Graph) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # a caller that hangs up is what this is about
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port, certificate
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def nobody_asked() -> None:
    Graph.tokens.clear()


@pytest.mark.parametrize(
    ("name", "is_trusted", "complaint"),
    [
        ("localhost", False, "self-signed certificate"),
        ("evil.example", True, "doesn't match|mismatch"),
    ],
)
def test_a_certificate_that_does_not_hold(
    name: str, is_trusted: bool, complaint: str, tmp_path: Path, settings
) -> None:
    with served(tmp_path, name) as (port, certificate):
        settings.WHATSAPP_GRAPH_URL = f"https://localhost:{port}"
        if is_trusted:
            client.session().verify = str(certificate)
        with pytest.raises(client.NotSent, match=complaint):
            client.send({"text": "Good morning"})
    assert Graph.tokens == [], "It was told the access token."


def test_one_that_holds(tmp_path: Path, settings) -> None:
    with served(tmp_path, "localhost") as (port, certificate):
        settings.WHATSAPP_GRAPH_URL = f"https://localhost:{port}"
        client.session().verify = str(certificate)
        assert client.send({"text": "Good morning"}) == "wamid.1"
        client.session().close()
    assert Graph.tokens == [f"Bearer {settings.WHATSAPP_ACCESS_TOKEN}"]
