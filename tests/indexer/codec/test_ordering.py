"""Packed terms are ordered and united as sorted lists of bytes are."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.arrays import runs
from indexer.codec.hashing import Hasher
from indexer.codec.ordering import Packed, in_order, ranked, union

LETTERS = st.sampled_from(["a", "b", "ab", "\0", "я", "\ud800", "\U0001f600", "\uffff", "0" * 70])
STRINGS = st.one_of(st.lists(LETTERS, max_size=30).map("".join), st.text(max_size=12))


def listed(packed: Packed) -> list[bytes]:
    data, ends = packed.data.tobytes(), packed.ends.tolist()
    return [data[a:b] for a, b in itertools.pairwise(ends)]


@settings(max_examples=200, deadline=None)
@given(st.lists(STRINGS, unique=True, max_size=60), st.data())
def test_used_strings_are_ranked_as_their_bytes_are_sorted(strings: list[str], data: st.DataObject) -> None:
    used = data.draw(st.sets(st.sampled_from(range(len(strings))))) if strings else set()
    terms, rank = ranked(strings, np.array(sorted(used), np.int64))
    order = sorted((strings[i].encode("utf-8", "surrogatepass"), i) for i in used)
    assert listed(terms) == [name for name, _ in order]
    assert [int(rank[i]) for _, i in order] == list(range(len(order)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=20), unique=True, max_size=20), min_size=1, max_size=9))
def test_a_union_holds_every_term_once_and_says_where(vocabularies: list[list[bytes]]) -> None:
    terms, numbers = union([Packed.of(sorted(v)) for v in vocabularies])
    together = listed(terms)
    assert together == sorted(set().union(*vocabularies))
    for vocabulary, own in zip(vocabularies, numbers, strict=True):
        assert [together[n] for n in own.tolist()] == sorted(vocabulary)


def test_stretches_that_zeros_or_their_place_tell_apart_have_hashes_of_their_own() -> None:
    texts = [b"", b"\0", b"\0\0", b"a", b"a\0", b"\0a", b"b", b"ab", b"ba"]
    packed, again = Packed.of(texts), Packed.of([b"xyz", *texts])
    hasher = Hasher()
    found = hasher.hashes(packed.data, packed.ends[:-1], packed.ends[1:]).tolist()
    assert len(set(found)) == len(texts)
    assert hasher.hashes(again.data, again.ends[1:-1], again.ends[2:]).tolist() == found


@given(st.lists(st.text("ab", max_size=40), max_size=40))
def test_equal_strings_stand_together(strings: list[str]) -> None:
    letters = np.frombuffer("".join(strings).encode("utf-32-le"), np.uint32)
    order = in_order(letters, runs(np.fromiter(map(len, strings), np.int64, len(strings))))
    assert [strings[i] for i in order.tolist()] == sorted(strings)
