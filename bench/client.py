"""A small HTTP/1.1 client for measuring: so many connections, each asks again as soon as it is answered.

One process, one thread, no parsing beyond the length of the answer, so that it takes little from the server's cores.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


@dataclass(slots=True)
class Reply:
    """One answer: status, bytes of the body, ETag, milliseconds."""

    status: int
    size: int
    etag: str
    ms: float


class Connection:
    """One connection with one request under way; kept alive as long as the server keeps it."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._port, self._selector = port, selector
        self._socket: socket.socket | None = None
        self._got = b""
        self._began = 0.0

    def send(self, request: bytes) -> None:
        """Ask."""
        self._got, self._began = b"", time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._socket.sendall(request)

    def close(self) -> None:
        """Let it go."""
        if self._socket is not None:
            self._selector.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def receive(self) -> Reply | None:
        """Take what has come; the reply once it is whole."""
        assert self._socket is not None
        data = self._socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return None
        status = int(self._got[9:12])
        length = _LENGTH.search(self._got, 0, end + 2)
        size = int(length[1]) if length and status != 304 else 0
        if len(self._got) < end + 4 + size:
            return None
        ms = (time.perf_counter() - self._began) * 1000
        etag = _ETAG.search(self._got, 0, end + 2)
        if _CLOSE.search(self._got, 0, end + 2):
            self.close()
        return Reply(status, size, etag[1].decode() if etag else "", ms)


def request(port: int, path: str, gzip: bool = False, etag: str = "") -> bytes:
    """The bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += ["Accept-Encoding: gzip"] if gzip else []
    lines += [f"If-None-Match: {etag}"] if etag else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(port: int, requests: Sequence[bytes], connections: int, seconds: float, most: int = 10**9) -> list[Reply]:
    """Ask in turn over all connections for some seconds, or until so many were answered."""
    ahead: Iterator[bytes] = cycle(requests)
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        Connection(port, selector).send(next(ahead))
    replies: list[Reply] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until and len(replies) < most:
        for key, _ in selector.select(timeout=1.0):
            if (reply := key.data.receive()) is not None:
                replies.append(reply)
                key.data.send(next(ahead))
    for key in list(selector.get_map().values()):
        key.data.close()
    return replies


def main() -> None:
    """Read one JSON line (port, paths, connections, seconds, gzip, etags), write one with all times."""
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    port, etags = asked["port"], asked["etags"] or [""] * len(asked["paths"])
    requests = [request(port, p, asked["gzip"], e) for p, e in zip(asked["paths"], etags, strict=True)]
    began = time.perf_counter()
    replies = run(port, requests, asked["connections"], asked["seconds"])
    spent = time.perf_counter() - began
    statuses: dict[int, int] = {}
    for reply in replies:
        statuses[reply.status] = statuses.get(reply.status, 0) + 1
    times = [r.ms for r in replies]
    size = sum(r.size for r in replies) / len(replies)
    json.dump({"seconds": spent, "ms": times, "statuses": statuses, "size": size}, sys.stdout)


if __name__ == "__main__":
    main()
