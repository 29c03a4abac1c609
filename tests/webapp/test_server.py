"""The server as a process: workers on one socket, replaced when they die, finished with grace."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.errors import SettingError
from webapp import server
from webapp.settings import Settings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers need fork")

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, sys, time
from tests.webapp.fake_engine import FakeEngine
from webapp import server
from webapp.app import create_app
from webapp.settings import Settings

def build(settings):
    app = create_app(settings, FakeEngine())
    app.add_url_rule("/pid", "pid", view_func=lambda: str(os.getpid()))
    app.add_url_rule("/slow", "slow", view_func=lambda: time.sleep(1) or "done")
    return app

server.RESTART_PAUSE = 0.1
server.serve(Settings(port=0, workers=int(sys.argv[1])), build)
"""


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, timeout: float = 10) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def workers(self, n: int, seconds: float = 10) -> set[int]:
        """The pids that answer, until there are ``n``."""
        seen: set[int] = set()
        end = time.monotonic() + seconds
        while len(seen) < n and time.monotonic() < end:
            seen.add(int(self.get("/pid")[1]))
        return seen


def start(workers: int) -> Running:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(workers)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    return Running(process, int(line.rstrip("/\n").rpartition(":")[2]))


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    run = start(request.param)
    yield run
    run.process.terminate()
    run.process.communicate(timeout=15)


def test_sigterm_finishes_the_request_under_way_and_ends_clean_with_nothing_logged(running: Running) -> None:
    got: list[tuple[int, str]] = []
    slow = threading.Thread(target=lambda: got.append(running.get("/slow")))
    assert running.get("/healthz") == (200, "ok\n")
    assert running.get("/en/search?q=canary")[0] == 200
    assert running.get("/en/documents/canary?q=canary")[0] == 404
    slow.start()
    time.sleep(0.4)
    running.process.send_signal(signal.SIGTERM)
    out, err = running.process.communicate(timeout=15)
    slow.join(5)
    assert got == [(200, "done")]
    assert running.process.returncode == 0
    assert (out, err) == ("", "")
    with pytest.raises(ConnectionRefusedError):
        running.get("/healthz")


def test_the_first_reader_does_not_wait_for_what_is_read_at_first_use() -> None:
    script = (
        "import sys; from webapp import server; from webapp.app import create_app;"
        "from webapp.settings import Settings; from tests.webapp.fake_engine import FakeEngine;"
        "app = create_app(Settings(), FakeEngine()); server.warm(app); before = set(sys.modules);"
        "app.test_client().get('/en/search?q=174'); print(sorted(set(sys.modules) - before))"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_a_worker_that_died_is_replaced_and_the_port_never_closes() -> None:
    run = start(2)
    try:
        before = run.workers(2)
        victim = before.pop()
        os.kill(victim, signal.SIGKILL)
        assert run.get("/healthz")[0] == 200
        time.sleep(0.5)
        end = time.monotonic() + 10
        after: set[int] = set()
        while len(after - before) < 1 and time.monotonic() < end:
            after |= run.workers(1)
        assert victim not in after
    finally:
        run.process.terminate()
        run.process.communicate(timeout=15)


def test_half_open_connections_do_not_keep_others_waiting(running: Running) -> None:
    held = []
    for _ in range(150):
        connection = socket.create_connection(("127.0.0.1", running.port), timeout=5)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        held.append(connection)
    began = time.monotonic()
    assert running.get("/healthz", timeout=5)[0] == 200
    assert time.monotonic() - began < 2
    for connection in held:
        connection.close()


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /en/help HTTP/1.1\r\n\r\n",
        b"GET /en/help HTTP/1.0\r\n\r\n",
        b"GET /en/help HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /en/search?q=%00%ff%ed%a0%80 HTTP/1.1\r\nHost: evil\r\n\r\n",
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
        b"POST /en/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999\r\n\r\n",
        b"NONSENSE\r\n\r\n",
    ],
    ids=["no host", "http 1.0", "other host", "bytes", "long address", "long header", "big body", "nonsense"],
)
def test_what_is_no_proper_request_is_refused(raw: bytes, one_worker: Running) -> None:
    with socket.create_connection(("127.0.0.1", one_worker.port), timeout=5) as connection:
        connection.sendall(raw)
        status = connection.recv(65536).split(b"\r\n")[0]
    assert status.split()[1][:1] == b"4", status


@pytest.fixture(scope="module")
def one_worker() -> Iterator[Running]:
    run = start(1)
    yield run
    run.process.terminate()
    run.process.communicate(timeout=15)


@pytest.mark.parametrize("query", ["%00", "%ff", "%ed%a0%80", "%F0%9F%98%80", "%E2%80%AE", "q" * 500, "%22%28%2A"])
def test_any_bytes_of_a_query_are_answered(query: str, one_worker: Running) -> None:
    assert one_worker.get(f"/en/search?q={query}")[0] == 200


def test_a_port_that_is_taken_is_said_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingError, match=f"port {port}.*--port"):
            server.listen(Settings(port=port))
