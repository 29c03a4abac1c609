"""Texts become word ids, vectorised: ICU sees only chunks of text that were not seen before.

ICU never joins a word over an ASCII space or control character (UAX 29: no rule keeps an unlisted or white space
character with a letter after it), so the words of a text are the words of its chunks between them.  The one exception
is a zero width joiner, which may tie a space to a pictograph that is also a letter; texts with one go whole to ICU.
A chunk is hashed by prefix sums of a 64 bit polynomial over its characters, with a base drawn at random in every
process, and looked up in an open-addressing table of arrays; long chunks go through a dictionary instead.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.tokens import plain, tokenize, words
from indexer.codec.arrays import Array, runs, spread

BATCH = 1 << 17  # characters hashed at once: their hashes fit the processor's second cache
LONG = 64  # characters; a longer chunk is looked up by itself
JOINER = "\u200d"
U = np.uint64

_CLOSING = np.zeros(64, bool)
_CLOSING[list(b".,;:!?)")] = True


class Words(NamedTuple):
    """Words of some documents, one document after another."""

    ids: Array  # uint32: number of the folded form in ``ChunkTokenizer.forms``
    starts: Array  # int32: first character in the document
    lengths: Array  # int32: characters
    counts: Array  # int64: words a document


class HashTable:
    """64 bit hash -> small number, vectorised; -1 where a hash is new."""

    def __init__(self, bits: int = 16) -> None:
        self.bits, self.count = bits, 0
        self.hashes = np.zeros(1 << bits, U)
        self.values = np.full(1 << bits, -1, np.int32)

    def get(self, hashes: Array) -> Array:
        """int32 values of the hashes."""
        mask = (1 << self.bits) - 1
        slot = (hashes >> U(64 - self.bits)).view(np.intp)
        values = self.values.take(slot)
        todo = np.flatnonzero((self.hashes.take(slot) != hashes) & (values >= 0))
        while len(todo):
            slot[todo] = (slot[todo] + 1) & mask
            values[todo] = self.values[slot[todo]]
            todo = todo[(self.hashes[slot[todo]] != hashes[todo]) & (values[todo] >= 0)]
        return values

    def learn(self, hashes: Array, number: Callable[[Array], Array]) -> Array:
        """Add hashes that are not in the table, some perhaps more than once; returns their values.

        ``number`` is given where the distinct ones are among them, and gives their values.
        """
        if (self.count + len(hashes)) * 2 > len(self.hashes):
            self._grow(self.count + len(hashes))
        slot = self._claimed(hashes)
        first = np.flatnonzero(self.values[slot] == np.arange(len(hashes)))
        self.values[slot[first]] = number(first)
        self.count += len(first)
        return self.values[slot]

    def _grow(self, count: int) -> None:
        kept = np.flatnonzero(self.values >= 0)
        hashes, values = self.hashes[kept], self.values[kept]
        self.bits = (count * 2).bit_length() + 1
        self.hashes, self.values = np.zeros(1 << self.bits, U), np.full(1 << self.bits, -1, np.int32)
        self.values[self._claimed(hashes)] = values

    def _claimed(self, hashes: Array) -> Array:
        """New slots of hashes, the value of each the place of one of the equal hashes that share it."""
        mask = (1 << self.bits) - 1
        slot = (hashes >> U(64 - self.bits)).astype(np.intp)
        todo = np.arange(len(hashes))
        while len(todo):
            at = slot[todo]
            free = np.flatnonzero(self.values[at] < 0)
            self.values[at[free]] = todo[free]
            won = free[self.values[at[free]] == todo[free]]
            self.hashes[at[won]] = hashes[todo[won]]
            todo = todo[self.hashes[at] != hashes[todo]]
            slot[todo] = (slot[todo] + 1) & mask
        return slot


class Numbers(dict[str, int]):
    """String -> its number, a new one where it was not seen before; ``strings`` grows along."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, form: str) -> int:
        number = self[form] = len(self)
        self._strings.append(form)
        return number


class _Column:
    """An int32 array that grows."""

    def __init__(self) -> None:
        self.data = np.zeros(1 << 12, np.int32)
        self.count = 0

    def extend(self, values: Sequence[int] | Array) -> None:
        need = self.count + len(values)
        if need > len(self.data):
            self.data = np.concatenate([self.data, np.zeros(max(need, len(self.data)), np.int32)])
        self.data[self.count : need] = values
        self.count = need


class ChunkTokenizer:
    """Words of many texts with numbers for their folded forms.

    ``ready``: white space separates words, which are taken as they are.  ``forms[i]`` is the form of number ``i``.
    Not for use by several threads.
    """

    def __init__(self, ready: bool = False) -> None:
        self.forms: list[str] = []
        self.chunks = 0
        self._ready = ready
        self._number = Numbers(self.forms).__getitem__
        self._table = HashTable()
        self._long: dict[str, int] = {}
        self._first, self._count = _Column(), _Column()  # a chunk: its words
        self._form, self._lead, self._size = _Column(), _Column(), _Column()  # a word of a chunk
        base = secrets.randbits(64) | 1
        self._base, self._inverse = U(base), U(pow(base, -1, 1 << 64))
        self._powers = np.cumprod(np.full(1, self._base, U))
        self._unpowers = np.cumprod(np.full(1, self._inverse, U))

    def words(self, texts: Sequence[str]) -> Words:
        """The words of the texts, equal to ``analysis.tokens.tokenize`` of each."""
        parts: list[Words] = []
        batch: list[str] = []
        size = 0
        for text in texts:
            whole = JOINER in text and not self._ready
            if batch and (whole or size + len(text) > BATCH):
                parts.append(self._batch(batch))
                batch, size = [], 0
            if whole:
                parts.append(self._whole(text))
            else:
                batch.append(text)
                size += len(text) + 1
        if batch:
            parts.append(self._batch(batch))
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return Words(np.empty(0, np.uint32), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int64))
        return Words(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _whole(self, text: str) -> Words:
        found = tokenize(text)
        ids = np.array([self._number(t.text) for t in found], np.uint32)
        starts = np.array([t.start for t in found], np.int32)
        ends = np.array([t.end for t in found], np.int32)
        return Words(ids, starts, ends - starts, np.array([len(found)]))

    def _batch(self, texts: list[str]) -> Words:
        joined = " ".join(texts) + " "
        data = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        gaps = np.flatnonzero(data <= 32)
        left = np.zeros_like(gaps)
        left[1:] = gaps[:-1] + 1
        start, end = (left, gaps) if self._ready else _trim(data, left, gaps)
        filled = end > start
        start, end = start[filled], end[filled]
        chunk = self._chunks(joined, data, start, end)
        begins = runs(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)  # of the texts
        per_text = np.diff(np.searchsorted(start, begins))
        length = end - start
        start -= np.repeat(begins[:-1], per_text)
        if self._ready:  # every chunk is one word, of the same number
            return Words(chunk.view(np.uint32), start.astype(np.int32), length.astype(np.int32), per_text)
        counts = self._count.data[chunk]
        word = spread(self._first.data[chunk], counts)
        return Words(
            self._form.data[word].view(np.uint32),
            (np.repeat(start, counts) + self._lead.data[word]).astype(np.int32),
            self._size.data[word],
            np.diff(runs(counts)[runs(per_text)]),
        )

    def _chunks(self, joined: str, data: Array, start: Array, end: Array) -> Array:
        """Numbers of the chunks ``joined[start:end]``."""
        size = len(data)
        if size > len(self._powers):
            self._powers = np.cumprod(np.full(size * 2, self._base, U))
            self._unpowers = np.cumprod(np.full(size * 2, self._inverse, U))
        sums = np.zeros(size + 1, U)
        np.cumsum(data * self._powers[:size], out=sums[1:])
        hashes = (sums[end] - sums[start]) * self._unpowers[start]
        hashes ^= hashes >> U(29)
        hashes *= U(0xBF58476D1CE4E5B9)
        hashes ^= hashes >> U(32)
        chunk = self._table.get(hashes)
        long = np.flatnonzero(end - start > LONG)
        for i, a, b in zip(long.tolist(), start[long].tolist(), end[long].tolist(), strict=True):
            piece = joined[a:b]
            if piece not in self._long:
                self._long[piece] = self._learn([piece])[0]
            chunk[i] = self._long[piece]
        new = np.flatnonzero(chunk < 0)
        if len(new):
            starts, ends = start[new], end[new]

            def learn(at: Array) -> Array:
                pieces = zip(starts[at].tolist(), ends[at].tolist(), strict=True)
                return self._learn([joined[a:b] for a, b in pieces])

            chunk[new] = self._table.learn(hashes[new], learn)
        return chunk

    def _learn(self, pieces: list[str]) -> Array:
        """New chunks get numbers; ICU is asked once for all that are not plainly one word."""
        numbers = np.arange(self.chunks, self.chunks + len(pieces))
        self.chunks += len(pieces)
        if self._ready:  # a new chunk is a new form
            self.forms += pieces
            return numbers
        found = list(map(plain, pieces))
        alone = np.fromiter(map(bool, found), bool, len(pieces))
        counts, first = np.ones(len(pieces), np.int64), np.empty(len(pieces), np.int64)
        forms = list(filter(None, found))
        sizes = np.fromiter(map(len, forms), np.int64, len(forms))
        first[alone] = self._take(forms, np.zeros_like(sizes), sizes) + np.arange(len(forms))
        if len(forms) < len(pieces):
            rest = [piece for piece, form in zip(pieces, found, strict=True) if not form]
            cut, begins, ends = words("\n".join(rest))
            starts = np.array(begins, np.int64)
            lines = runs(np.fromiter(map(len, rest), np.int64, len(rest)) + 1)
            owner = np.searchsorted(lines, starts, "right") - 1
            counts[~alone] = per_piece = np.bincount(owner, minlength=len(rest))
            base = self._take(cut, starts - lines[owner], np.array(ends, np.int64) - starts)
            first[~alone] = base + runs(per_piece)[:-1]
        self._first.extend(first)
        self._count.extend(counts)
        return numbers

    def _take(self, forms: list[str], leads: Array, sizes: Array) -> int:
        """Words of chunks; returns the number of the first."""
        self._form.extend(list(map(self._number, forms)))
        self._lead.extend(leads)
        self._size.extend(sizes)
        return self._form.count - len(forms)


def _trim(data: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Chunks without the punctuation at their edges, which is never part of a word: fewer distinct ones."""
    start, end = start.copy(), end.copy()
    for _ in range(2):
        low = np.flatnonzero(data[end - 1] < len(_CLOSING))
        last = end[low] - 1
        end[low] -= _CLOSING[data[last]] & (last >= start[low])
    start += (data[start] == ord("(")) & (end > start)
    return start, end
