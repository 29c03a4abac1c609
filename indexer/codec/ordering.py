"""Terms side by side in one array of bytes: sorted, united and written without a Python object for each.

Strings are sorted by as many letters at once as fit into 63 bits beside the number of the group of those that are
alike so far; only those that are still alike go into the next round (a radix sort from the front).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread
from indexer.codec.hashing import Hasher


@dataclass(frozen=True, slots=True)
class Packed:
    """Strings of bytes, one after another."""

    data: Array  # uint8
    ends: Array  # [n+1], from 0; any integers

    @classmethod
    def of(cls, terms: Iterable[bytes]) -> Packed:
        """Some strings."""
        terms = list(terms)
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        return cls(np.frombuffer(b"".join(terms), np.uint8), runs(lengths))

    def __len__(self) -> int:
        return max(len(self.ends) - 1, 0)

    def take(self, numbers: Array) -> Packed:
        """The strings of these numbers, in this order."""
        sizes = np.diff(self.ends)[numbers]
        return Packed(self.data[spread(self.ends[numbers], sizes)], runs(sizes))

    def write(self, writer: ArrayWriter, key: str) -> None:
        """Put them as ``key``.terms and ``key``.ends."""
        writer.put(f"{key}.terms", self.data)
        writer.put(f"{key}.ends", self.ends.astype(np.uint32))


def ranked(strings: Sequence[str], used: Array) -> tuple[Packed, Array]:
    """Sort the used ones of distinct strings; returns them in order and number -> rank (uint32, 0 for unused ones)."""
    chosen = strings if len(used) == len(strings) else [strings[i] for i in used.tolist()]
    letters = np.frombuffer("".join(chosen).encode("utf-32-le", "surrogatepass"), np.uint32)
    first = runs(np.fromiter(map(len, chosen), np.int64, len(chosen)))
    order = in_order(letters, first)
    rank = np.zeros(len(strings), np.uint32)
    rank[used[order]] = np.arange(len(order), dtype=np.uint32)
    sizes = np.diff(first)[order]
    text = letters[spread(first[order], sizes)].tobytes().decode("utf-32-le", "surrogatepass")
    data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    heads = np.append(np.flatnonzero((data & 0xC0) != 0x80), len(data))  # the first byte of every letter, and the end
    return Packed(data, heads[runs(sizes)]), rank


def union(vocabularies: Sequence[Packed]) -> tuple[Packed, list[Array]]:
    """Sorted distinct terms of vocabularies, and the numbers there of the terms of each (int64)."""
    hasher = Hasher()
    hashes = np.concatenate([hasher.hashes(v.data, v.ends[:-1], v.ends[1:]) for v in vocabularies])
    by_hash = np.argsort(hashes)
    new = np.append(True, np.diff(hashes[by_hash]) > 0)[: len(by_hash)]
    both = Packed(
        np.concatenate([v.data for v in vocabularies]),
        runs(np.concatenate([np.diff(v.ends) for v in vocabularies])),
    )
    distinct = both.take(by_hash[new])
    order = in_order(distinct.data, distinct.ends)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    number = np.empty(len(both), np.int64)
    number[by_hash] = rank[np.cumsum(new) - 1]
    return distinct.take(order), np.split(number, np.cumsum([len(v) for v in vocabularies])[:-1])


def in_order(letters: Array, first: Array) -> Array:
    """Sort strings ``letters[first[i]:first[i + 1]]``; returns their numbers in order, equal ones in any."""
    sizes, number = np.diff(first), _numbered(letters)
    bits = max(int(number.max(initial=0)).bit_length(), 1)
    order = np.arange(len(sizes))
    group = np.zeros(len(sizes), np.int64)  # of every place: the first place of those alike so far
    todo, at = order.copy(), 0  # places that may not be right, and letters looked at
    while len(todo):
        item, key = order[todo], group[todo]
        width = (63 - int(key.max()).bit_length()) // bits
        begin, left = first[item] + at, sizes[item] - at
        for i in range(width):
            key <<= bits
            key |= np.where(left > i, number.take(begin + i, mode="clip"), 0)
        by = np.argsort(key)
        order[todo], key = item[by], key[by]
        new = np.append(True, key[1:] != key[:-1])
        group[todo] = todo[new][np.cumsum(new) - 1]
        alone = new & np.append(new[1:], True)
        todo, at = todo[~alone & (left[by] >= width)], at + width  # a key with an end in it says all
    return order


def _numbered(letters: Array) -> Array:
    """Letters as numbers from 1, as few as there are different ones, in the same order; then a 0."""
    seen = np.zeros(int(letters.max(initial=0)) + 1, bool)
    seen[letters] = True
    numbers = np.cumsum(seen)
    return np.append(numbers.astype(np.min_scalar_type(numbers[-1]))[letters], 0)
