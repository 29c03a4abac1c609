"""The loop that reads and answers: one connection after another, in order, and no more waiting than can be borne."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from waitress import wasyncore

from webapp import loop
from webapp.server import HARDENED

Start = Callable[[str, Any], Any]
BIG = 3_000_000


class Site:
    """A WSGI application that says its path; the loop is turned by the test, or by a thread of its own."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setblocking(False)
        self.port: int = listener.getsockname()[1]
        self.server = loop.Server(self, listener, **HARDENED)  # type: ignore[arg-type]
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.answered.append(path)
        if path == "/304":
            start("304 Not Modified", [("ETag", '"x"')])
            return []
        body = path.encode() * (BIG // len(path) if path == "/big" else 1)
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def read(self, connections: list[socket.socket]) -> None:
        """Let every request come in before one is answered."""
        for _ in range(2 * len(connections) + 2):
            wasyncore.loop(0.01, use_poll=True, map=self.server.channels, count=1)

    def run(self) -> None:
        def turn() -> None:
            while not self._stop.is_set():
                self.server.serve_next(0.05)

        self._thread = threading.Thread(target=turn)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(5)
        wasyncore.close_all(self.server.channels)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def answer_on(connection: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of the next answer; the server waits for nobody, so it comes in pieces."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", head)
    while len(body) < int(length[1] if length else 0):
        body += connection.recv(65536)
    return head, body


def test_an_answer_without_a_body_leaves_the_connection_open(site: Site) -> None:
    site.run()
    with site.connect() as connection:
        for _ in range(3):
            connection.sendall(get("/304"))
            head, body = answer_on(connection)
            assert head.startswith(b"HTTP/1.1 304")
            assert b"Connection: close" not in head
            assert b"Transfer-Encoding" not in head
            assert body == b""
        connection.sendall(get("/after"))
        assert answer_on(connection)[1] == b"/after"


def test_a_client_that_wants_the_connection_closed_gets_it_closed(site: Site) -> None:
    site.run()
    for path in ("/304", "/other"):
        with site.connect() as connection:
            connection.sendall(get(path, "Connection: close"))
            head, _ = answer_on(connection)
            assert b"\r\nConnection: close" in head
            assert connection.recv(1) == b""


def test_requests_sent_at_once_are_answered_in_their_order(site: Site) -> None:
    site.run()
    with site.connect() as connection:
        connection.sendall(b"".join(get(f"/{n}", *(["Connection: close"] if n == 19 else [])) for n in range(20)))
        got = b""
        while part := connection.recv(65536):
            got += part
    assert [part.split(b"HTTP/1.1")[0] for part in got.split(b"\r\n\r\n")[1:]] == [b"/%d" % n for n in range(20)]


def test_more_than_can_wait_are_told_at_once_to_come_again(site: Site) -> None:
    connections = [site.connect() for _ in range(loop.WAITING + 8)]
    for n, connection in enumerate(connections):
        connection.sendall(get(f"/{n}"))
    site.read(connections)
    assert len(site.server.line.waiting) == loop.WAITING
    assert len(site.server.line.refused) == 8
    site.run()
    heads = [answer_on(connection)[0] for connection in connections]
    busy = [head for head in heads if head.startswith(b"HTTP/1.1 503")]
    assert len(busy) == 8
    assert all(b"\r\nRetry-After: 1" in head and b"\r\nConnection: close" in head for head in busy)
    assert sum(head.startswith(b"HTTP/1.1 200") for head in heads) == len(site.answered) == loop.WAITING
    for connection in connections:
        connection.close()


def test_a_reader_that_does_not_read_neither_holds_the_loop_nor_fills_the_memory(site: Site) -> None:
    slow = site.connect()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.sendall(get("/big") * 30)
    site.run()
    for n in range(5):
        with site.connect() as other:
            other.sendall(get(f"/{n}"))
            assert answer_on(other)[1] == b"/%d" % n
    assert site.answered.count("/big") < 10  # as many as the kernel takes
    assert sum(channel.total_outbufs_len for channel in site.server.active_channels.values()) < BIG + 1000
    slow.close()
    with site.connect() as other:
        other.sendall(get("/last"))
        assert answer_on(other)[1] == b"/last"


def test_a_process_that_took_a_connection_leaves_the_next_to_another_for_one_turn(site: Site) -> None:
    connections = [site.connect() for _ in range(3)]
    open_after: list[int] = []
    for _ in range(6):
        began = time.monotonic()
        site.server.serve_next(5.0 if len(open_after) < 5 else 0.0)
        assert time.monotonic() - began < 1.0
        open_after.append(len(site.server.active_channels))
    assert open_after == [1, 1, 2, 2, 3, 3]
    for connection in connections:
        connection.close()
