"""The server: worker processes on one listening socket, each a waitress of its own.

The socket and the application are made before the workers: an index that cannot be opened is said at once, the open
index is shared memory, and the port never closes while a worker is replaced.  SIGTERM lets every request under way
finish.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore

from analysis.errors import SettingError
from webapp.app import create_app
from webapp.loop import Server
from webapp.messages import LANGUAGES
from webapp.settings import Settings

DRAIN_SECONDS = 10.0
RESTART_PAUSE = 1.0
"""Seconds before a worker that died is replaced, so that a worker that cannot start does not spin."""

HARDENED: dict[str, Any] = {
    "connection_limit": 1000,
    "channel_timeout": 20,
    "cleanup_interval": 5,
    "max_request_header_size": 16384,
    "max_request_body_size": 65536,
    "ident": None,
    "log_socket_errors": False,  # such a log line names the address of the client
    "clear_untrusted_proxy_headers": True,
}

COLLECTED = 50_000
"""Objects made before young ones are looked through for cycles, of which a page makes next to none."""

WARM = ("ст. 19 МПГПП", "Иванов", "freedom of expression")
"""An article, a name, words."""

Build = Callable[[Settings], Flask]


def build(settings: Settings) -> Flask:
    """The application over the index of the settings."""
    from search.engine import Engine

    return create_app(settings, Engine(settings.index))


def serve(settings: Settings, build: Build = build) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises SettingError when the address cannot be used, SnapshotError when there is no index to open.
    """
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    app = build(settings)
    warm(app)
    gc.collect()
    gc.freeze()  # what was opened stays: it need not be looked at again, and remains shared between the workers
    gc.set_threshold(COLLECTED)
    listener = listen(settings)
    host, port = listener.getsockname()[:2]
    print(f"{settings.name} answers at http://{f'[{host}]' if ':' in host else host}:{port}/", flush=True)
    if settings.workers == 1 or not hasattr(os, "fork"):
        work(listener, settings, app)
    else:
        Workers(listener, settings, app).run()


def warm(app: Flask) -> None:
    """Ask for some pages once: what is read at first use is read before the workers start, and shared between them."""
    for lang in LANGUAGES:
        app.test_client().get(f"/{lang}/search")
    for query in WARM:
        app.test_client().get("/en/search", query_string={"q": query})


def listen(settings: Settings) -> socket.socket:
    """The one listening socket.  Raises SettingError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"cannot listen on {settings.host} port {settings.port}: {error.strerror}; choose another --port, or 0"
        ) from None
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def work(listener: socket.socket, settings: Settings, app: Flask) -> None:
    """One worker: answer until told to stop, then finish what is under way, for ``DRAIN_SECONDS`` at the most."""
    server = Server(app, listener, **HARDENED)
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        server.serve_next(1.0)
    end = time.monotonic() + DRAIN_SECONDS
    while server.drain() and time.monotonic() < end:
        server.serve_next(0.1)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(server.channels)


class Workers:
    """The parent: starts the workers, replaces one that died, passes the end on."""

    def __init__(self, listener: socket.socket, settings: Settings, app: Flask) -> None:
        self.listener, self.settings, self.app = listener, settings, app
        self.children: set[int] = set()
        self.stopping = False

    def run(self) -> None:
        """Until SIGTERM or SIGINT; returns when the last worker has ended."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        for _ in range(self.settings.workers):
            self.start()
        while self.children:
            pid, _ = os.wait()
            self.children.discard(pid)
            if not self.stopping:
                time.sleep(RESTART_PAUSE)
            if not self.stopping:
                self.start()

    def start(self) -> None:
        """Fork one worker."""
        pid = os.fork()
        if pid:
            self.children.add(pid)
            return
        code = 1
        try:
            work(self.listener, self.settings, self.app)
            code = 0
        except Exception as error:
            print(f"worker: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Tell every worker to finish."""
        self.stopping = True
        for pid in self.children:
            os.kill(pid, signal.SIGTERM)
