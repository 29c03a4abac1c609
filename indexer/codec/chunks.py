"""Texts become word ids, vectorised: ICU sees only chunks of text that were not seen before.

ICU never joins a word over an ASCII space or control character (UAX 29: no rule keeps an unlisted or white space
character with a letter after it), so the words of a text are the words of its chunks between them.  The one exception
is a zero width joiner, which may tie a space to a pictograph that is also a letter; texts with one go whole to ICU.
A chunk is hashed and looked up in an open-addressing table of arrays; long chunks go through a dictionary instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.tokens import plain, tokenize, words
from indexer.codec.arrays import Array, runs, spread
from indexer.codec.hashing import Hasher, U

BATCH = 1 << 17  # characters hashed at once: their hashes fit the processor's second cache
ROW = 4  # numbers of a row of the tables
LONG = 64  # characters; a longer chunk is looked up by itself
JOINER = "\u200d"

_CLOSING = np.zeros(65, bool)  # of a character; the last stands for all above
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
        self._size(bits)
        self._count = 0

    def _size(self, bits: int) -> None:
        self._bits, self._mask = bits, (1 << bits) - 1
        self._rows = np.zeros((1 << bits, 2), U)  # a hash and its number + 1, side by side; 0 where there is none
        self._hashes, self._numbers = self._rows.T

    def get(self, hashes: Array) -> Array:
        """int32 numbers of the hashes."""
        slot = (hashes >> U(64 - self._bits)).view(np.intp)
        row = self._rows.take(slot, axis=0)
        numbers = row[:, 1].astype(np.int32)
        todo = np.flatnonzero((row[:, 0] != hashes) & (numbers > 0))
        while len(todo):
            slot[todo] = (slot[todo] + 1) & self._mask
            row = self._rows.take(slot[todo], axis=0)
            numbers[todo] = row[:, 1]
            todo = todo[(row[:, 0] != hashes[todo]) & (row[:, 1] > 0)]
        return numbers - 1

    def learn(self, hashes: Array, number: Callable[[Array], Array]) -> Array:
        """Add hashes that are not in the table, some perhaps more than once; returns their numbers.

        ``number`` is given where the distinct ones are among them, and gives their numbers.
        """
        need = (self._count + len(hashes)) * 2
        if need > len(self._rows):
            kept = self._rows[self._numbers > 0]
            self._size(need.bit_length() + 1)
            self._numbers[self._claimed(kept[:, 0])] = kept[:, 1]
        slot = self._claimed(hashes)
        first = np.flatnonzero(self._numbers[slot] == np.arange(1, len(hashes) + 1))
        self._numbers[slot[first]] = number(first) + 1
        self._count += len(first)
        return self._numbers[slot].astype(np.int32) - 1

    def _claimed(self, hashes: Array) -> Array:
        """New slots of hashes; the number there is the place (+ 1) of one of the equal hashes that share it."""
        slot = (hashes >> U(64 - self._bits)).astype(np.intp)
        todo = np.arange(len(hashes))
        while len(todo):
            at = slot[todo]
            free = np.flatnonzero(self._numbers[at] == 0)
            self._numbers[at[free]] = todo[free] + 1
            won = free[self._numbers[at[free]] == todo[free] + 1]
            self._hashes[at[won]] = hashes[todo[won]]
            todo = todo[self._hashes[at] != hashes[todo]]
            slot[todo] = (slot[todo] + 1) & self._mask
        return slot


class Numbers(dict[str, int]):
    """String -> its number, a new one where it was not seen before; ``strings`` grows along."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__(zip(strings, range(len(strings)), strict=True))
        self._strings = strings

    def __missing__(self, form: str) -> int:
        number = self[form] = len(self)
        self._strings.append(form)
        return number


class _Rows:
    """Rows of int32 from number 1 on: what is read together lies together."""

    def __init__(self) -> None:
        self.data = np.zeros((1 << 12, ROW), np.int32)
        self.count = 1

    def extend(self, rows: Array) -> None:
        need = self.count + len(rows)
        if need > len(self.data):
            self.data = np.concatenate([self.data, np.zeros((max(need, len(self.data)), ROW), np.int32)])
        self.data[self.count : need] = rows
        self.count = need


class ChunkTokenizer:
    """Words of many texts with numbers for their folded forms.

    ``ready``: white space separates words, which are taken as they are.  ``forms[i]`` is the form of number ``i``; no
    word has number 0.
    Not for use by several threads.
    """

    def __init__(self, ready: bool = False) -> None:
        self.forms = [""]
        self.chunks = 1
        self._ready = ready
        self._number = Numbers(self.forms).__getitem__
        self._table = HashTable()
        self._long: dict[str, int] = {}
        self._words = _Rows()  # words of chunks: form, first character in the chunk, characters
        self._rows = _Rows()  # chunks: the only word; or, with their number as the last, where the words begin
        self._hasher = Hasher()

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
        row = self._rows.data.take(chunk, axis=0)
        counts = row[:, 3]
        several = np.flatnonzero(counts != 1)
        if len(several):
            first, many, at = row[several, 0], counts[several], runs(counts)
            row, start = row.repeat(counts, axis=0), start.repeat(counts)
            row[spread(at[several], many)] = self._words.data[spread(first, many)]
            per_text = np.diff(at[runs(per_text)])
        form, lead, size = row[:, 0].astype(np.uint32), row[:, 1], row[:, 2].copy()
        return Words(form, (start + lead).astype(np.int32), size, per_text)

    def _chunks(self, joined: str, data: Array, start: Array, end: Array) -> Array:
        """Numbers of the chunks ``joined[start:end]``."""
        hashes = self._hasher.hashes(data, start, end)
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
        rows = np.zeros((len(pieces), ROW), np.int32)
        forms = list(filter(None, found))
        rows[alone] = self._word_rows(forms, 0, np.fromiter(map(len, forms), np.int64, len(forms)))
        if len(forms) < len(pieces):
            rest = [piece for piece, form in zip(pieces, found, strict=True) if not form]
            cut, begins, ends = words("\n".join(rest))
            starts = np.array(begins, np.int64)
            lines = runs(np.fromiter(map(len, rest), np.int64, len(rest)) + 1)
            owner = np.searchsorted(lines, starts, "right") - 1
            new = self._word_rows(cut, starts - lines[owner], np.array(ends, np.int64) - starts)
            counts = np.bincount(owner, minlength=len(rest))
            first = runs(counts)[:-1]
            row = np.stack([self._words.count + first, counts * 0, counts * 0, counts], 1)
            row[counts == 1] = new[first[counts == 1]]
            rows[~alone] = row
            self._words.extend(new)
        self._rows.extend(rows)
        return numbers

    def _word_rows(self, forms: list[str], leads: Array | int, sizes: Array) -> Array:
        """Words as rows of chunks that are one word."""
        rows = np.ones((len(forms), ROW), np.int32)
        rows[:, 0], rows[:, 1], rows[:, 2] = list(map(self._number, forms)), leads, sizes
        return rows


def _trim(data: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Chunks without the punctuation at their edges, which is never part of a word: fewer distinct ones."""
    start, end = start.copy(), end.copy()
    low = np.flatnonzero(data.take(end - 1) < len(_CLOSING))
    for _ in range(2):
        last = end[low] - 1
        low = low[_CLOSING.take(data.take(last), mode="clip") & (last >= start[low])]
        end[low] -= 1
    start += (data.take(start) == ord("(")) & (end > start)
    return start, end
