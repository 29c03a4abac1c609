"""What is kept to be shown: the text with the offsets of its words, the card, the receipts; each compressed alone.

A text is one blob: four uint32 (bytes of the stream, words, characters of the text, escapes); the stream
``text + "\\n" + title`` in UTF-8; for every word the gap before it, then for every word its length, in characters, one
byte each (gaps are nearly all 1, so they compress to nothing); for more than 255 an escape: uint32 word, gap, length.
"""

from __future__ import annotations

import struct
import threading
from typing import Any, NamedTuple

import numpy as np
import zstandard

from indexer.codec.arrays import Array, Arrays, ArrayWriter, runs

LEVEL = 3
_HEAD = struct.Struct("<4I")
_local = threading.local()


class Stored(NamedTuple):
    """A document's text.  ``starts``/``ends``: int32, characters of ``text + "\\n" + title``, one a place."""

    text: str
    title: str
    starts: Array
    ends: Array
    text_words: int  # places below it are words of the text, the others of the title
    langs: list[tuple[int, str]]  # (first place, language) in order


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
        for part in packed:
            self._stream.write(part.tobytes())

    def close(self) -> None:
        """Write the offsets."""
        self._writer.put(f"{self._key}.at", runs(np.concatenate([*self._sizes, np.empty(0, np.int64)])))


def read_blob(arrays: Arrays, key: str, doc: int) -> bytes:
    """The blob of a document."""
    at = arrays[f"{key}.at"]
    low, high = int(at[doc]), int(at[doc + 1])
    if low == high:
        return b""
    unpack: Any = getattr(_local, "unpack", None)
    if unpack is None:
        unpack = _local.unpack = zstandard.ZstdDecompressor().decompress
    blob: bytes = unpack(arrays[key][low:high])
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


def pack_text(stream: bytes, words: int, characters: int, escapes: int, offsets: bytes) -> bytes:
    """The blob of one text, uncompressed."""
    return _HEAD.pack(len(stream), words, characters, escapes) + stream + offsets


def unpack_text(blob: bytes) -> tuple[str, int, Array, Array]:
    """Stream, characters of the text, starts and ends of a blob."""
    size, words, characters, escapes = _HEAD.unpack_from(blob)
    at = _HEAD.size
    stream = blob[at : at + size].decode("utf-8", "surrogatepass")
    gaps = np.frombuffer(blob, np.uint8, words, at + size)
    lengths = np.frombuffer(blob, np.uint8, words, at + size + words)
    if escapes:
        gaps, lengths = gaps.astype(np.int32), lengths.astype(np.int32)
        extra = np.frombuffer(blob, np.uint32, escapes * 3, at + size + 2 * words).reshape(-1, 3)
        gaps[extra[:, 0]] = extra[:, 1]
        lengths[extra[:, 0]] = extra[:, 2]
    ends = np.add(gaps, lengths, dtype=np.int32).cumsum(dtype=np.int32)
    return stream, characters, ends - lengths, ends
