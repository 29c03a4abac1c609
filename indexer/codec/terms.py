"""A sorted dictionary of terms over mapped bytes: find, ranges, prefixes.  Order is that of the UTF-8 bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.codec.arrays import Array, Arrays
from indexer.codec.ordering import Packed

BLOCK = 64  # terms between two entries of the small index kept in memory


class Terms(Sequence[bytes]):
    """Terms ``0..n-1`` in rising order."""

    def __init__(self, arrays: Arrays, key: str) -> None:
        self.packed = Packed(arrays[f"{key}.terms"], arrays[f"{key}.ends"])
        self._bytes = memoryview(self.packed.data)  # type: ignore[arg-type]
        self._ends: Array = self.packed.ends
        self._bounds = memoryview(self._ends)  # type: ignore[arg-type]  # gives single numbers sooner than an array
        self._count = max(len(self._ends) - 1, 0)
        heads = self._ends[:-1:BLOCK].tolist()
        tails = self._ends[1::BLOCK].tolist()
        self._heads = [bytes(self._bytes[a:b]) for a, b in zip(heads, tails, strict=False)]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]
        if index >= self._count:
            raise IndexError(index)
        return bytes(self._bytes[self._bounds[index] : self._bounds[index + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.between(0, self._count))

    def between(self, low: int, high: int) -> list[bytes]:
        """The terms ``low..high-1``."""
        ends = self._ends[low : high + 1].tolist()
        if len(ends) < 2:
            return []
        base = ends[0]
        data = bytes(self._bytes[base : ends[-1]])
        return [data[a - base : b - base] for a, b in pairwise(ends)]

    def at(self, indices: Iterable[int]) -> list[bytes]:
        """The terms of these numbers."""
        ends, data = self._bounds, self._bytes
        return [bytes(data[ends[i] : ends[i + 1]]) for i in indices]

    def left(self, term: bytes) -> int:
        """Number of terms below ``term``."""
        block = bisect_right(self._heads, term) - 1
        if block < 0:
            return 0
        low = block * BLOCK
        return low + bisect_left(self.between(low, min(low + BLOCK, self._count)), term)

    def find(self, term: bytes) -> int:
        """Number of the term, or -1."""
        at = self.left(term)
        return at if at < self._count and self[at] == term else -1

    def prefix(self, prefix: bytes) -> tuple[int, int]:
        """Range ``low, high`` of the terms that begin with ``prefix``."""
        low = self.left(prefix)
        above = successor(prefix)
        return low, self.left(above) if above else self._count


def successor(prefix: bytes) -> bytes:
    """The least string of bytes above every one that begins with ``prefix``; empty if there is none."""
    head = prefix.rstrip(b"\xff")
    return head[:-1] + bytes([head[-1] + 1]) if head else b""
