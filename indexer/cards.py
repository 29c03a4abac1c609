"""The card of a document, what is shown with every hit; packed so that a page of hits is read in few steps.

Bytes: two uint32, the size of the text and the number of paragraphs; the text, UTF-8: fields set apart by U+001F, the
values of one by U+001E; where the paragraphs begin, then where they end, uint32.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from schema import FACET_NAMES

_FIELD, _VALUE = "\x1f", "\x1e"
_SPACES = str.maketrans(_FIELD + _VALUE, "  ")
_HEAD = struct.Struct("=2I")


class Card(NamedTuple):
    """``facets``: the most precise values of every facet; ``paragraphs``: (start, end, language), rising.

    ``extra``: JSON of what else was given, "" for nothing.
    """

    id: str
    title: str
    url: str
    source: str
    date: str
    lang: str
    extra: str
    facets: dict[str, tuple[str, ...]]
    paragraphs: list[tuple[int, int, str]]


def pack(card: Card) -> bytes:
    """The bytes of a card.  U+001E and U+001F, which a text has no use for, become spaces."""
    langs = [lang for _, _, lang in card.paragraphs]
    lists = [langs[:1] if len(set(langs)) == 1 else langs, *(card.facets.get(name, ()) for name in FACET_NAMES)]
    fields = [*(field.translate(_SPACES) for field in card[:7]), *map(_joined, lists)]
    text = _FIELD.join(fields).encode("utf-8", "surrogatepass")
    bounds = array("I", [start for start, _, _ in card.paragraphs] + [end for _, end, _ in card.paragraphs])
    return _HEAD.pack(len(text), len(langs)) + text + bounds.tobytes()


def unpack(data: bytes) -> Card:
    """The card that ``pack`` made the bytes of."""
    size, count = _HEAD.unpack_from(data)
    at = _HEAD.size + size
    id, title, url, source, date, lang, extra, langs, *values = (
        data[_HEAD.size : at].decode("utf-8", "surrogatepass").split(_FIELD)
    )
    several = [tuple(found.split(_VALUE)) if found else () for found in values]
    bounds = memoryview(data)[at:].cast("I").tolist()
    spoken = langs.split(_VALUE) if _VALUE in langs else repeat(langs)
    paragraphs = list(zip(bounds[:count], bounds[count:], spoken, strict=False))
    return Card(id, title, url, source, date, lang, extra, dict(zip(FACET_NAMES, several, strict=True)), paragraphs)


def _joined(values: Iterable[str]) -> str:
    return _VALUE.join(value.translate(_SPACES) for value in values)
