"""What is kept to be shown: the text with the offsets of its words, the card, the receipts; each compressed alone.

A text is one blob: four uint32 (bytes of the stream, words, characters of the text, escapes) and a byte that tells the
encoding; the stream ``text + "\\n" + title``, one byte a character where ``LETTERS`` has all of them, else UTF-8; for
every word the gap before it, then for every word its length, in characters, one byte each (gaps are nearly all 1, so
they compress to nothing); for more than 255 an escape: uint32 word, gap, length.
"""

from __future__ import annotations

import codecs
import struct
import threading
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import zstandard

from indexer.codec.arrays import Array, Arrays, ArrayWriter, runs

LEVEL = -1  # without entropy coding: unpacked in half the time of 1, a third larger
LETTERS = (
    "\0\t\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁё"
    "ӘәҒғҚқҢңӨөҰұҮүҺһІіЎўҲҳӢӣӮӯҶҷЄєЇїҐґÄäÇçŇňÖöŞşÜüÝýŽžĞğİıÑñŪūÛûÂâÉé"
    "\u00a0«»—–“”„‘’ʻʼ…•№§°·€₸₽©®™×\u2011−"
)  # at most 256; a byte stands for the letter at its number; changing it changes the format
_HEAD = struct.Struct("<4IB")
_UTF8, _LETTERS = 0, 1
_BYTES: Any = codecs.charmap_build(LETTERS)


class _Unpacker(threading.local):
    """One a thread: what it unpacks with is not to be shared."""

    def __init__(self) -> None:
        self.unpack: Any = zstandard.ZstdDecompressor().decompress


_local = _Unpacker()


class Stored:
    """A document's text; its parts are decoded when they are asked for."""

    __slots__ = (
        "_blob",
        "_bounds",
        "_encoding",
        "_langs",
        "_size",
        "_stream",
        "_text",
        "characters",
        "escapes",
        "words",
    )

    def __init__(self, blob: bytes, langs: Callable[[], list[tuple[int, str]]]) -> None:
        self._blob, self._langs = blob, langs
        self._size, self.words, self.characters, self.escapes, self._encoding = _HEAD.unpack_from(blob)
        self._stream: str | None = None
        self._text: str | None = None
        self._bounds: tuple[Array, Array] | None = None

    @property
    def stream(self) -> str:
        """``text + "\\n" + title``."""
        if self._stream is None:
            data = self._blob[_HEAD.size : _HEAD.size + self._size]
            if self._encoding == _LETTERS:
                self._stream = _letters(data)
            else:
                self._stream = data.decode("utf-8", "surrogatepass")
        return self._stream

    @property
    def text(self) -> str:
        """The kept text."""
        if self._text is None:
            if self._encoding == _LETTERS and self._stream is None:
                self._text = _letters(self._blob[_HEAD.size : _HEAD.size + self.characters])
            else:
                self._text = self.stream[: self.characters]
        return self._text

    @property
    def title(self) -> str:
        """The title."""
        if self._encoding == _LETTERS and self._stream is None:
            return _letters(self._blob[_HEAD.size + self.characters + 1 : _HEAD.size + self._size])
        return self.stream[self.characters + 1 :]

    @property
    def starts(self) -> Array:
        """int32, one a place: where words begin, in characters of the stream."""
        return self._spans()[0]

    @property
    def ends(self) -> Array:
        """int32, one a place: where words end, in characters of the stream."""
        return self._spans()[1]

    @property
    def text_words(self) -> int:
        """Places below it are words of the text, the others of the title."""
        starts = self.starts
        if not len(starts) or starts[-1] <= self.characters:
            return len(starts)
        return int(np.searchsorted(starts, self.characters, "right"))

    @property
    def langs(self) -> list[tuple[int, str]]:
        """(first place, language) in order."""
        return self._langs()

    @property
    def gaps(self) -> bytes:
        """The gap before every word, one byte each; right where there are no ``escapes``."""
        at = _HEAD.size + self._size
        return self._blob[at : at + self.words]

    @property
    def lengths(self) -> bytes:
        """The length of every word, one byte each; right where there are no ``escapes``."""
        at = _HEAD.size + self._size + self.words
        return self._blob[at : at + self.words]

    def _spans(self) -> tuple[Array, Array]:
        if self._bounds is None:
            gaps, lengths = (np.frombuffer(data, np.uint8).astype(np.int32) for data in (self.gaps, self.lengths))
            if self.escapes:
                at = _HEAD.size + self._size + 2 * self.words
                extra = np.frombuffer(self._blob, np.uint32, self.escapes * 3, at).reshape(-1, 3)
                gaps[extra[:, 0]] = extra[:, 1]
                lengths[extra[:, 0]] = extra[:, 2]
            ends = (gaps + lengths).cumsum(dtype=np.int32)
            self._bounds = ends - lengths, ends
        return self._bounds


def spans(documents: Sequence[Stored], docs: Array, places: Array) -> list[tuple[int, int]]:
    """Where some words of documents begin and end, in characters of their streams; all in one go.

    ``docs``: the number of the document of each word, rising; ``places``: its number in the stream.
    """
    if any(d.escapes for d in documents):
        cuts = docs.searchsorted(np.arange(len(documents) + 1)).tolist()
        out: list[tuple[int, int]] = []
        for document, (a, b) in zip(documents, pairwise(cuts), strict=True):
            at = places[a:b]
            out += zip(document.starts[at].tolist(), document.ends[at].tolist(), strict=True)
        return out
    lengths = np.frombuffer(b"".join([d.lengths for d in documents]), np.uint8)
    until = np.zeros(len(lengths) + 1, np.int64)
    np.add(np.frombuffer(b"".join([d.gaps for d in documents]), np.uint8), lengths, out=until[1:], dtype=np.int64)
    until.cumsum(out=until)
    first = np.array([0, *accumulate(d.words for d in documents)]).take(docs)
    word = first + places
    ends = until.take(word + 1) - until.take(first)
    return list(zip((ends - lengths.take(word)).tolist(), ends.tolist(), strict=True))


def _letters(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", LETTERS)[0]


class BlobWriter:
    """Blobs of documents one after another, each compressed."""

    def __init__(self, writer: ArrayWriter, key: str) -> None:
        self._writer, self._key = writer, key
        self._stream = writer.stream(key, np.uint8)
        self._sizes: list[Array] = []
        self._packer = zstandard.ZstdCompressor(level=LEVEL)

    def add(self, blobs: list[bytes]) -> None:
        """The blobs of the next documents; where all are empty they take no room."""
        if not any(blobs):
            self._sizes.append(np.zeros(len(blobs), np.int64))
            return
        packed: Any = self._packer.multi_compress_to_buffer([*blobs], threads=1)
        self._sizes.append(np.fromiter(map(len, packed), np.int64, len(packed)))
        self._stream.write(b"".join([part.tobytes() for part in packed]))

    def close(self) -> None:
        """Write the offsets."""
        self._writer.put(f"{self._key}.at", runs(np.concatenate([*self._sizes, np.empty(0, np.int64)])))


class BlobReader:
    """Blobs of documents as ``BlobWriter`` wrote them."""

    def __init__(self, arrays: Arrays, key: str) -> None:
        self._at = memoryview(arrays[f"{key}.at"])  # type: ignore[arg-type]
        self._data = memoryview(arrays[key])  # type: ignore[arg-type]

    def __getitem__(self, doc: int) -> bytes:
        """The blob of a document."""
        low, high = self._at[doc], self._at[doc + 1]
        blob: bytes = _local.unpack(self._data[low:high]) if low < high else b""
        return blob


def pack_words(starts: Array, lengths: Array, counts: Array) -> tuple[list[bytes], list[int]]:
    """Offsets of the words of some documents as bytes, and the number of escapes in each.

    ``starts``: first characters in their document, ``lengths``: characters, ``counts``: words a document.
    """
    first = runs(counts)
    before = np.zeros(len(starts), np.int64)
    before[1:] = starts[:-1] + lengths[:-1]
    before[first[:-1][counts > 0]] = 0
    gaps = starts - before
    low_gaps, low_lengths = gaps.astype(np.uint8), lengths.astype(np.uint8)
    wide = np.flatnonzero((gaps > 255) | (lengths > 255))
    owner = np.searchsorted(first, wide, "right") - 1
    escapes = np.bincount(owner, minlength=len(counts)).tolist()
    extra = np.stack([wide - first[owner], gaps[wide], lengths[wide]], 1).astype(np.uint32)
    blobs = []
    at = 0
    for low, high, wides in zip(first[:-1].tolist(), first[1:].tolist(), escapes, strict=True):
        tail = extra[at : at + wides].tobytes() if wides else b""
        at += wides
        blobs.append(low_gaps[low:high].tobytes() + low_lengths[low:high].tobytes() + tail)
    return blobs, escapes


def pack_text(text: str, title: str, words: int, escapes: int, offsets: bytes) -> bytes:
    """The blob of one text, uncompressed."""
    try:
        encoding, data = _LETTERS, b"".join((_encoded(text), _NEW_LINE, _encoded(title)))
    except UnicodeEncodeError:
        encoding, data = _UTF8, f"{text}\n{title}".encode("utf-8", "surrogatepass")
    return b"".join((_HEAD.pack(len(data), words, len(text), escapes, encoding), data, offsets))


def _encoded(text: str) -> bytes:
    return codecs.charmap_encode(text, "strict", _BYTES)[0]


_NEW_LINE = _encoded("\n")
