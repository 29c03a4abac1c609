"""Clocks, memory and plain statistics, from /proc and the standard library alone."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

TICK = os.sysconf("SC_CLK_TCK")
MB = 1e6
REST = 25
"""Times that reading the memory of a process took before it is read again: it halts the process."""

CLOCKS = ("wall", "cpu")
"""Time as it passes, and processor time of the thread that asks, which others on the machine hardly change."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, by linear interpolation; nan for none."""
    return float(np.percentile(values, share * 100)) if len(values) else math.nan


def geometric_mean(values: Iterable[float]) -> float:
    """The geometric mean of positive values; nan for none."""
    logs = [math.log(v) for v in values]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan


def folder_mb(folder: Path) -> float:
    """Bytes of the files of a folder, in MB."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / MB


def memory(pid: int | str = "self") -> dict[str, float]:
    """Memory of a process in MB: ``rss``, ``pss`` (shared pages by halves), ``private`` (of no file: unmapped)."""
    table = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split()[:2]
        table[name.rstrip(":")] = int(value) * 1024 / MB
    return {"rss": table["Rss"], "pss": table["Pss"], "private": table["Anonymous"] + table.get("Swap", 0.0)}


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for known in found:
        try:
            for task in Path(f"/proc/{known}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


class PeakMemory:
    """Samples the memory of a process and its descendants; ``peak`` is the most it saw, in MB."""

    def __init__(self, pid: int, every: float = 0.1) -> None:
        self.peak, self._pid, self._every = 0.0, pid, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        rest = self._every
        while not self._stop.wait(rest):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(_pss(pid) for pid in family(self._pid)))
            rest = max(self._every, REST * (time.perf_counter() - began))


def _pss(pid: int) -> float:
    try:
        return memory(pid)["pss"]
    except (OSError, KeyError):
        return 0.0


class Quiet:
    """How many cores other programs took, on average, since it was made."""

    def __init__(self) -> None:
        self._busy, self._own, self._at = _busy_seconds(), 0.0, time.perf_counter()

    def own(self, seconds: float) -> None:
        """Processor seconds that were ours."""
        self._own += seconds

    def others(self) -> float:
        """Cores of others."""
        spent = time.perf_counter() - self._at
        return max(0.0, (_busy_seconds() - self._busy - self._own) / spent)


def _busy_seconds() -> float:
    user, nice, system, _, _, irq, soft, steal, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + soft + steal) / TICK


def cpu_seconds() -> float:
    """Processor time of this process and of its children that ended."""
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


def machine() -> dict[str, str]:
    """What the figures were made on."""
    model = next((x.split(":")[1].strip() for x in _lines("/proc/cpuinfo") if x.startswith("model name")), "?")
    total = next((int(x.split()[1]) for x in _lines("/proc/meminfo") if x.startswith("MemTotal")), 0)
    return {
        "cpu": f"{os.cpu_count()} cores of {model}",
        "memory": f"{total * 1024 / 1e9:.0f} GB",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


class Worker:
    """A process of its own that runs ``bench.worker`` and answers one JSON line for each it is given."""

    def __init__(self, *args: str) -> None:
        root = Path(__file__).resolve().parent.parent
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker", *args],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **message: Any) -> Any:
        """Send a message and wait for the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a worker ended with {self.process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        """Let the process end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
