"""Arrays on disk: the small ones of a segment side by side in one file, the large ones each in their own.

``NAME.arrays``: the arrays, each at a multiple of 64 bytes, then a JSON directory, then its offset (8 bytes, little
endian) and the magic word.  A large array is the raw file ``NAME.KEY``; the directory gives its dtype.  Everything is
mapped at opening, nothing is copied, nothing is ever changed in place.
"""

from __future__ import annotations

import json
import mmap
import shutil
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from analysis.errors import IndexCorrupt

MAGIC = b"izdearr1"
ALIGN = 64
COPY = 1 << 20  # bytes of a file copied at once

Array = NDArray[Any]


class Stream:
    """One large array, written front to back into its own file."""

    def __init__(self, path: Path, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self.count = 0
        self._file: IO[bytes] = path.open("wb", buffering=1 << 16)

    def append(self, values: Array) -> None:
        """Add the values at the end; they are cast to the dtype of the array."""
        self._file.write(np.ascontiguousarray(values, self.dtype).data)
        self.count += len(values)

    def write(self, data: bytes) -> None:
        """Add raw bytes (dtype uint8)."""
        self._file.write(data)
        self.count += len(data)

    def copy(self, path: Path) -> None:
        """Add all of a file of the same dtype, in half the time that its mapped pages would take."""
        with path.open("rb", buffering=0) as file:
            shutil.copyfileobj(file, self._file, COPY)
            self.count += file.tell() // self.dtype.itemsize

    def close(self) -> None:
        self._file.close()


class ArrayWriter:
    """Writes the arrays of one segment.  ``close(meta)`` makes them readable; ``abort()`` removes them.

    Several threads may put arrays, and write a stream each.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self._file = self._path("arrays").open("wb")
        self._directory: dict[str, tuple[str, int, int]] = {}  # key -> dtype, count, offset
        self._streams: dict[str, Stream] = {}
        self._lock = threading.Lock()

    def _path(self, key: str) -> Path:
        return self.folder / f"{self.name}.{key}"

    def put(self, key: str, values: Array) -> None:
        """A small array, kept in the common file."""
        values = np.ascontiguousarray(values)
        with self._lock:
            self._file.write(b"\0" * (-self._file.tell() % ALIGN))
            self._directory[key] = (values.dtype.str, len(values), self._file.tell())
            self._file.write(values.data)

    def stream(self, key: str, dtype: DTypeLike) -> Stream:
        """A large array, in its own file, to be appended to."""
        stream = self._streams[key] = Stream(self._path(key), dtype)
        return stream

    def close(self, meta: dict[str, Any]) -> list[str]:
        """Write the directory; returns the names of all files, the common one first."""
        for stream in self._streams.values():
            stream.close()
        files = {key: (s.dtype.str, s.count) for key, s in self._streams.items()}
        at = self._file.tell()
        self._file.write(json.dumps({"meta": meta, "arrays": self._directory, "files": files}).encode())
        self._file.write(at.to_bytes(8, "little") + MAGIC)
        self._file.close()
        return [f"{self.name}.arrays", *(f"{self.name}.{key}" for key in files)]

    def abort(self) -> None:
        """Close and remove every file."""
        for stream in self._streams.values():
            stream.close()
        self._file.close()
        for key in ("arrays", *self._streams):
            self._path(key).unlink(missing_ok=True)

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abort()


class Arrays:
    """The arrays of one segment, mapped.  ``arrays[key]`` is a read-only view; ``meta`` what was given to ``close``."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        path = folder / f"{name}.arrays"
        common = _map(path)
        if len(common) < 16 or common[-8:] != MAGIC:
            raise IndexCorrupt(f"{path}: not a file of this index; build it again or roll back")
        at = int.from_bytes(common[-16:-8], "little")
        try:
            directory = json.loads(common[at:-16])
        except ValueError as error:
            raise IndexCorrupt(f"{path}: its directory cannot be read; build it again or roll back") from error
        self.meta: dict[str, Any] = directory["meta"]
        self._views: dict[str, Array] = {}
        self._large: dict[str, mmap.mmap] = {}
        for key, (dtype, count, offset) in directory["arrays"].items():
            self._views[key] = np.frombuffer(common, dtype, count, offset) if count else np.empty(0, dtype)
        for key, (dtype, count) in directory["files"].items():
            data = _map(self.path(key)) if count else b""
            if len(data) != count * np.dtype(dtype).itemsize:
                raise IndexCorrupt(f"{self.path(key)}: wrong size; build the index again or roll back")
            self._views[key] = np.frombuffer(data, dtype)
            if isinstance(data, mmap.mmap):
                self._large[key] = data
        self.files = [f"{name}.arrays", *(f"{name}.{key}" for key in directory["files"])]

    def __getitem__(self, key: str) -> Array:
        return self._views[key]

    def __contains__(self, key: str) -> bool:
        return key in self._views

    def path(self, key: str) -> Path:
        """The file of a large array."""
        return self.folder / f"{self.name}.{key}"

    def release(self, *keys: str) -> None:
        """Give the pages of large arrays back to the system; they are read again where they are needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            for key in self._large.keys() & keys:
                self._large[key].madvise(mmap.MADV_DONTNEED)

    def get(self, key: str) -> Array | None:
        """The array, or None where the segment has none of this name."""
        return self._views.get(key)


def _map(path: Path) -> mmap.mmap | bytes:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except FileNotFoundError:
        raise IndexCorrupt(f"{path} is missing; build the index again or roll back") from None


def runs(lengths: Array) -> Array:
    """Offsets of runs laid one after another: ``[0, l0, l0+l1, …]``, int64, one longer than ``lengths``."""
    out = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=out[1:])
    return out


def spread(starts: Array, lengths: Array) -> Array:
    """The indices ``[s, s+1, …, s+l-1]`` of every run, one run after another; int64."""
    starts = np.asarray(starts, np.int64)
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - ends + lengths, lengths) + np.arange(total)


def starts_of_groups(*columns: Array) -> Array:
    """Where a value differs from the one before it in any of the columns; the first place is always one."""
    size = len(columns[0])
    new = np.zeros(size, bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)
