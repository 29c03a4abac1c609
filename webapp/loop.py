"""waitress with its requests answered in the loop that reads them: no threads, and no more waiting than can be borne.

With threads, one process passes the interpreter lock between the one that reads and those that answer; that is the long
tail of even a two-byte answer (Pylons/waitress#342).  Here the loop reads what has come, answers one request, and reads
again.  More processes, not threads, use more cores.
"""

from __future__ import annotations

import socket
from collections import deque
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import Error

WAITING = 50
"""Requests that may wait in one process, a quarter of a second's work; one more is told at once to come again."""

TOGETHER = 18_000
"""Bytes below which nothing is sent before the answer is whole: head and body leave in one piece."""


PAUSE = 0.001
"""Seconds for which a process that has just taken a connection leaves the next one to another."""


class Busy(Error):  # type: ignore[misc]
    """503, at once."""

    code = 503
    reason = "Service Unavailable"

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Retry-After", "1"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return f"{self.code} {self.reason}", headers, f"{self.body}\n".encode()


class Answer(WSGITask):  # type: ignore[misc]
    """One answer.  A 304 has no length, and does not close the connection for that."""

    def set_close_on_finish(self) -> None:
        asked = self.version == "1.0" or self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked:
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    task_class = Answer


class Line:
    """The requests that wait: what waitress knows as a dispatcher of tasks."""

    def __init__(self) -> None:
        self.waiting: deque[Channel] = deque()
        self.refused: deque[Channel] = deque()

    def add_task(self, channel: Channel) -> None:
        """Wait, or where too many do, be refused: the connection is told so and closed."""
        if len(self.waiting) < WAITING:
            self.waiting.append(channel)
        else:
            channel.requests[0].error = Busy("Too many questions at once: please ask again in a moment.")
            self.refused.append(channel)

    def ready(self) -> bool:
        """Whether a request can be answered now."""
        return bool(self.refused) or any(map(_takes, self.waiting))

    def answer(self) -> None:
        """Answer the first request whose reader has taken its earlier answers, and all that are refused."""
        while self.refused:
            _serve(self.refused.popleft())
        for _ in range(len(self.waiting)):
            channel = self.waiting.popleft()
            if _takes(channel):
                return _serve(channel)
            self.waiting.append(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> bool:
        """Give up what waits."""
        while self.waiting:
            self.waiting.popleft().cancel()
        return True


def _takes(channel: Channel) -> bool:
    """Whether a connection has room for an answer: one that reads slowly must not fill the memory or hold the loop."""
    return channel.total_outbufs_len < TOGETHER or not channel.connected


def _serve(channel: Channel) -> None:
    channel.service()
    if channel.connected and channel.writable():
        wasyncore.write(channel)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket whose requests wait in one line.  ``serve_next`` is one turn of the loop."""

    channel_class = Channel

    def __init__(self, app: Flask, listener: socket.socket, **adjustments: Any) -> None:
        self.channels: dict[int, Any] = {}
        self.line = Line()
        self.accepting: bool = False
        self._left = self._took = False
        adj = Adjustments(sockets=[listener], **adjustments)
        adj.send_bytes = TOGETHER
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            app,
            self.channels,
            True,
            listener,
            dispatcher=self.line,
            adj=adj,
            sockinfo=where,
            bind_socket=False,
        )

    def serve_next(self, timeout: float) -> None:
        """Read what has come, waiting for it only when there is nothing to answer, then answer one request."""
        patience = 0.0 if self.line.ready() else min(timeout, PAUSE) if self._took else timeout
        wasyncore.loop(patience, use_poll=True, map=self.channels, count=1)
        self.line.answer()

    def readable(self) -> bool:
        """Every other turn at least; a process with work, or with a new connection, leaves the next to another."""
        self._left = (bool(self.line.waiting) or self._took) and not self._left
        self._took = False
        return bool(super().readable()) and not self._left

    def handle_accept(self) -> None:
        super().handle_accept()
        self._took = True

    def pull_trigger(self) -> None:
        """Nobody waits in another thread to be woken."""

    def drain(self) -> bool:
        """Accept nothing more; whether a request is still under way."""
        if self.accepting:
            self.accepting = False
            self.del_channel(self.channels)
        return any(map(_busy, self.active_channels.values()))


def _busy(channel: Channel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len or channel.request is not None)
