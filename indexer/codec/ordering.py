"""Terms side by side in one array of bytes: sorted, united and written without a Python object for each.

Strings are sorted by as many letters at once as fit into 63 bits beside the number of the group of those that are
alike so far; only those that are still alike go into the next round (a radix sort from the front).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread

AT_ONCE = 4  # vocabularies united at once: bounds the memory


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
    order, _ = in_order(letters, first)
    rank = np.zeros(len(strings), np.uint32)
    rank[used[order]] = np.arange(len(order), dtype=np.uint32)
    sizes = np.diff(first)[order]
    text = letters[spread(first[order], sizes)].tobytes().decode("utf-32-le", "surrogatepass")
    data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    heads = np.append(np.flatnonzero((data & 0xC0) != 0x80), len(data))  # the first byte of every letter, and the end
    return Packed(data, heads[runs(sizes)]), rank


def union(vocabularies: Sequence[Packed]) -> tuple[Packed, list[Array]]:
    """Sorted distinct terms of vocabularies, and the numbers there of the terms of each (int64)."""
    if len(vocabularies) > AT_ONCE:
        half = len(vocabularies) // 2
        (left, of_left), (right, of_right) = union(vocabularies[:half]), union(vocabularies[half:])
        terms, (to_left, to_right) = union([left, right])
        return terms, [*(to_left[n] for n in of_left), *(to_right[n] for n in of_right)]
    both = Packed(
        np.concatenate([v.data for v in vocabularies]),
        runs(np.concatenate([np.diff(v.ends) for v in vocabularies])),
    )
    order, new = in_order(both.data, both.ends)
    number = np.empty(len(both), np.int64)
    number[order] = np.cumsum(new) - 1
    return both.take(order[new]), np.split(number, np.cumsum([len(v) for v in vocabularies])[:-1])


def in_order(letters: Array, first: Array) -> tuple[Array, Array]:
    """Sort strings ``letters[first[i]:first[i + 1]]``.

    Returns their numbers in order, and a bool for each: does it differ from the one before it?
    """
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
    return order, group == np.arange(len(group))


def _numbered(letters: Array) -> Array:
    """Letters as numbers from 1, as few as there are different ones, in the same order; then a 0."""
    seen = np.zeros(int(letters.max(initial=0)) + 1, bool)
    seen[letters] = True
    return np.append(np.cumsum(seen)[letters], 0)
