"""64 bit hashes of many stretches of one array at once, by prefix sums of a polynomial.

The base is drawn at random in every process, so that no text can be made up whose words meet.
"""

from __future__ import annotations

import secrets

import numpy as np

from indexer.codec.arrays import Array

U = np.uint64
BLOCK = 1 << 17  # letters hashed at once: what is made of them fits the processor's second cache


class Hasher:
    """Equal stretches have equal hashes; those of different ones meet once in about 2**64 pairs."""

    def __init__(self) -> None:
        base = secrets.randbits(64) | 1
        self._base, self._inverse = U(base), U(pow(base, -1, 1 << 64))
        self._powers: Array = np.ones(1, U)
        self._unpowers: Array = np.ones(1, U)

    def hashes(self, letters: Array, start: Array, end: Array) -> Array:
        """uint64 hashes of ``letters[start:end]``; the stretches come one after another."""
        if len(letters) <= BLOCK:
            return self._hashes(letters, start, end)
        out, low = np.empty(len(start), U), 0
        while low < len(start):
            first = int(start[low])
            high = max(int(np.searchsorted(end, first + BLOCK, "right")), low + 1)
            last = int(end[high - 1])
            out[low:high] = self._hashes(letters[first:last], start[low:high] - first, end[low:high] - first)
            low = high
        return out

    def _hashes(self, letters: Array, start: Array, end: Array) -> Array:
        size = len(letters)
        if size > len(self._powers):
            self._powers = np.cumprod(np.full(size * 2, self._base, U))
            self._unpowers = np.cumprod(np.full(size * 2, self._inverse, U))
        sums = np.zeros(size + 1, U)
        np.cumsum(letters * self._powers[:size], out=sums[1:])
        out = sums[end] - sums[start]
        out *= self._unpowers.take(start, mode="clip")
        out += (end - start).astype(U) * self._inverse  # zeros at the end count too
        out ^= out >> U(29)
        out *= U(0xBF58476D1CE4E5B9)
        out ^= out >> U(32)
        return out
