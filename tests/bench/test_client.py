"""The measuring client reads whole answers, whatever pieces they come in, and asks again after a closed connection."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bench import client

BODY = b"x" * 5000


@contextmanager
def server(head: bytes, body: bytes = BODY) -> Iterator[int]:
    """A server that answers every request in two pieces, and closes where its head says so."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(ConnectionError):
                while connection.recv(65536):
                    connection.sendall(head[:40])
                    time.sleep(0.002)
                    connection.sendall(head[40:] + body)
                    if b"close" in head:
                        break

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def test_answers_in_pieces_are_read_whole() -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: W/"abc"\r\nContent-Length: 5000\r\n\r\n'
    with server(head) as port:
        replies = client.run(port, [client.request(port, "/")], 2, 5.0, most=6)
    assert len(replies) >= 6
    assert {(r.status, r.size, r.etag) for r in replies} == {(200, 5000, 'W/"abc"')}


def test_a_connection_that_the_server_closes_is_opened_again() -> None:
    with server(b"HTTP/1.1 304 NOT MODIFIED\r\nConnection: close\r\nContent-Length: 5000\r\n\r\n", b"") as port:
        replies = client.run(port, [client.request(port, "/", etag='W/"abc"')], 1, 5.0, most=3)
    assert [(r.status, r.size) for r in replies] == [(304, 0)] * 3
