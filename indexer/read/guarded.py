"""Files of the formats that can be bombs, read in a process of their own: one file never costs the others.

A PDF of a hundred kilobytes can ask for gigabytes, and the libraries that read it answer by ending their process.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import read_file
from indexer.read.files import relative

RISKY = frozenset({".pdf", ".docx", ".html", ".htm"})
MAX_SECONDS = 60.0
MAX_MEMORY_BYTES = 2_000_000_000

Answer = list[Document] | tuple[str, str]
"""What the child says of a file: its documents, or the path and the reason of a DocumentError."""


class Reader:
    """Reads files as ``read_file`` does, the risky ones in a child that may die; one child serves many files."""

    def __init__(self, max_seconds: float = MAX_SECONDS, max_memory: int = MAX_MEMORY_BYTES) -> None:
        self._max_seconds = max_seconds
        self._max_memory = max_memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, root: Path) -> list[Document | DocumentError]:
        """The documents of one file.  Raises DocumentError as ``read_file``, and for one that wants too much."""
        if path.suffix.lower() not in RISKY:
            return read_file(path, root)
        child = self._child = self._child or self._start()
        begun = time.monotonic()
        timer = threading.Timer(self._max_seconds, child.kill)
        timer.start()
        try:
            answer = _ask(child, path, root)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            late = time.monotonic() - begun >= self._max_seconds
            why = f"takes more than {self._max_seconds:g} seconds" if late else "ends the reader: a bomb, or broken"
            raise DocumentError(relative(path, root), f"reading it {why}; repair it or leave it out") from None
        finally:
            timer.cancel()
        if isinstance(answer, tuple):
            raise DocumentError(*answer)
        return list(answer)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        child.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "indexer.read.guarded", str(self._max_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.curdir for p in sys.path)},
        )


def _ask(child: subprocess.Popen[bytes], path: Path, root: Path) -> Answer:
    assert child.stdin is not None
    assert child.stdout is not None
    pickle.dump((path, root), child.stdin)
    child.stdin.flush()
    answer: Answer = pickle.load(child.stdout)
    return answer


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there are no more questions."""
    while True:
        try:
            path, root = pickle.load(questions)
        except EOFError:
            return
        answer: Answer | list[Document | DocumentError]
        try:
            answer = read_file(path, root)
        except DocumentError as error:
            answer = (error.path, error.reason)
        except Exception as error:  # the libraries raise whatever a broken file makes them
            much = isinstance(error, MemoryError)
            why = "needs too much memory" if much else f"cannot be read ({type(error).__name__})"
            answer = (relative(path, root), f"the file {why}; repair it or leave it out")
        pickle.dump(answer, answers)
        answers.flush()


def limit_memory(size: int) -> None:
    """At most ``size`` bytes for this process, on systems that can limit them."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    limit_memory(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
