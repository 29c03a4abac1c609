"""The card of a document, what is shown with every hit; packed so that a page of hits is read in few steps.

Bytes: two uint32, the size of the text and the number of paragraphs; the text, UTF-8: fields set apart by U+001F, the
values of one by U+001E; where the paragraphs begin, then where they end, uint32.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schema import FACET_NAMES

_FIELD, _VALUE = "\x1f", "\x1e"
_SPACES = str.maketrans(_FIELD + _VALUE, "  ")
_HEAD = struct.Struct("=2I")

Paragraphs = tuple[Sequence[int], Sequence[int], Sequence[str]]
"""Where they begin, where they end, and their languages; rising."""


class Card(NamedTuple):
    """``facets``: the most precise values of every facet; ``extra``: JSON of what else was given, "" for nothing."""

    id: str
    title: str
    url: str
    source: str
    date: str
    lang: str
    extra: str
    facets: dict[str, tuple[str, ...]]
    paragraphs: Paragraphs


def pack(card: Card) -> bytes:
    """The bytes of a card.  U+001E and U+001F, which a text has no use for, become spaces."""
    starts, ends, langs = card.paragraphs
    lists = [langs[:1] if len(set(langs)) == 1 else langs, *(card.facets.get(name, ()) for name in FACET_NAMES)]
    texts = (card.id, card.title, card.url, card.source, card.date, card.lang, card.extra)
    fields = [*(text.translate(_SPACES) for text in texts), *map(_joined, lists)]
    text = _FIELD.join(fields).encode("utf-8", "surrogatepass")
    return _HEAD.pack(len(text), len(langs)) + text + array("I", [*starts, *ends]).tobytes()


def unpack(data: bytes) -> Card:
    """The card that ``pack`` made the bytes of."""
    size, count = _HEAD.unpack_from(data)
    at = _HEAD.size + size
    fields = data[_HEAD.size : at].decode("utf-8", "surrogatepass").split(_FIELD)
    id, title, url, source, date, lang, extra, langs, *several = fields
    facets = {
        name: tuple(found.split(_VALUE)) if found else () for name, found in zip(FACET_NAMES, several, strict=True)
    }
    spoken = langs.split(_VALUE) if _VALUE in langs else [langs] * count
    bounds = memoryview(data)[at:].cast("I").tolist()
    return Card(id, title, url, source, date, lang, extra, facets, (bounds[:count], bounds[count:], spoken))


def _joined(values: Iterable[str]) -> str:
    return _VALUE.join(value.translate(_SPACES) for value in values)
