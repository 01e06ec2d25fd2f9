"""A real HTTP server on this machine that answers as the API would, from a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answering = Callable[[str, dict], tuple]


@dataclass
class Received:
    """What the server was asked, in order: path, body, and the key that came along."""

    requests: list[tuple[str, dict]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def openai_server(answer: Answering) -> Iterator[Received]:
    """Serve until the block ends; `answer` gets path and body.

    It gives status and document, and headers where it wants more.
    """
    received = Received()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.reply({})

        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            self.reply(json.loads(self.rfile.read(length)))

        def reply(self, body):
            received.requests.append((self.path, body))
            received.keys.append(self.headers.get("Authorization", ""))
            status, document, *more = answer(self.path, body)
            content = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in dict(*more).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # who asked may have given up
                self.wfile.write(content)

        def log_message(self, *_):
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    received.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
