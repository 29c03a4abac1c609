"""Stock Whoosh (its codec, matchers, collector) indexes the same documents and must give the same answers.

Where stock 2.7.4 is wrong or depends on accidents, the test says so and compares what is right:

* a multi-term query (prefix, wildcard, fuzzy, range) scores BM25 where it expands to one or two terms in a segment, or
  in an index of more than 5,000 documents, and loses its boost; ours scores its boost: hits are compared, and the
  scores under a ConstantScoreQuery;
* And and Or of a single query lose their boost: not generated;
* DisjunctionMax takes the larger score of two matchers that may stand at different documents: compared with the
  larger of the scores that stock gives each of its queries;
* AndNot looks at its second query only after it has moved once, so it may let a first document through, and Require
  is run as AndNot: both are compared with what stock finds for their two queries alone;
* Not may let a deleted document through behind the last match of its query: those are left out of stock's hits;
* Otherwise decides in every segment for itself: compared over one segment.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage

import indexer.codec.merging
import search.collect
import search.counting
import search.leaves
import search.matching
import search.matchsets
import search.phrases
import search.view
from indexer import codec
from indexer.codec.bridge import whoosh_searcher
from indexer.codec.documents import DocumentWriter
from search.collect import Collector

WORDS = ["а", "аб", "абв", "б", "ба", "бап", "в", "word", "wort", "сло'во"]
PLACES = ["kz", "kg", "uz", "tj"]
SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    body=fields.TEXT(analyzer=RegexTokenizer(r"\S+"), phrase=True),
    stem=fields.TEXT(analyzer=RegexTokenizer(r"\S+"), phrase=False),
    country=fields.KEYWORD(commas=True, scorable=False),
    date=fields.NUMERIC(int, signed=True, sortable=True),
)
SLOW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking an index takes minutes
)


@dataclass(frozen=True)
class Corpus:
    """Documents, where the segments begin, which ids are deleted after the first commits, and which roads are taken."""

    docs: list[dict[str, Any]]
    cuts: list[int]
    deleted: list[str]
    dense: int
    merged: bool


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
    rows = draw(
        st.lists(
            st.tuples(words, words, st.sets(st.sampled_from(PLACES), max_size=3), st.none() | st.integers(-9, 9)),
            min_size=4,
            max_size=24,
        )
    )
    docs = [
        {"id": f"d{i}", "body": body, "stem": stem, "country": ",".join(sorted(where)), "date": date}
        for i, (body, stem, where, date) in enumerate(rows)
    ]
    cuts = sorted(draw(st.sets(st.integers(2, len(docs) - 1), max_size=2)))
    cuts = [c for c, d in zip(cuts, [*cuts[1:], len(docs)], strict=False) if d - c > 1]
    starts = [0, *cuts]
    last_of_segments = {b - 1 for b in [*cuts, len(docs)]}  # one document of every segment stays
    gone = draw(st.sets(st.integers(0, len(docs) - 1), max_size=5)) - last_of_segments
    merged = draw(st.booleans()) and not gone
    return Corpus(docs, starts, [f"d{i}" for i in sorted(gone)], draw(st.sampled_from([1, 12])), merged)


@contextmanager
def opened(corpus: Corpus) -> Iterator[tuple[Collector, Any, Any]]:
    """Ours, stock Whoosh, and stock's matchers over our files."""
    stock = RamStorage().create_index(SCHEMA)
    spans = list(zip(corpus.cuts, [*corpus.cuts[1:], len(corpus.docs)], strict=True))
    with (
        tempfile.TemporaryDirectory() as root,
        patch.multiple(search.matching, DENSE=corpus.dense),
        patch.multiple(search.leaves, DENSE=corpus.dense, FEW=2000 if corpus.dense == 1 else 2),
        patch.multiple(search.matchsets, LOOKED_UP=0 if corpus.dense == 1 else 200),
        patch.multiple(search.phrases, FEW=0 if corpus.dense == 1 else 64),
        patch.multiple(search.collect, DENSE=corpus.dense),
    ):
        built = []
        for low, high in spans:
            writer, ours = stock.writer(), DocumentWriter(root, SCHEMA, facets=("country",))
            for doc in corpus.docs[low:high]:
                given_fields = {k: v for k, v in doc.items() if v not in (None, "")}
                writer.add_document(**given_fields)
                ours.add_document(**given_fields)
            writer.commit(merge=False)
            built.append(ours.finish())
        first, final = Path(root) / "first", Path(root) / "final"
        codec.commit(first, new=built, source=root, max_segments=1 if corpus.merged else 8)
        codec.commit(final, base=first, deleted=corpus.deleted)
        if corpus.deleted:
            writer = stock.writer()
            for name in corpus.deleted:
                writer.delete_by_term("id", name)
            writer.commit(merge=False)
        searcher = stock.searcher()
        yield Collector(final), searcher, whoosh_searcher(final, SCHEMA)
        searcher.close()


def stock_scores(searcher: Any, wanted: Any) -> dict[str, float]:
    results = searcher.search(wanted, limit=None)
    gone = searcher.reader().is_deleted
    return {searcher.stored_fields(doc)["id"]: score for score, doc in results.top_n if not gone(doc)}


def our_scores(engine: Collector, wanted: Any) -> dict[str, float]:
    found = engine.search(wanted, limit=engine.size)
    assert found.total == len(found.docs)
    keys = list(zip((-found.scores).tolist(), found.docs.tolist(), strict=True))
    assert keys == sorted(keys), "best first, ties by document"
    return {engine.id_of(d): s for d, s in zip(found.docs.tolist(), found.scores.tolist(), strict=True)}


def assert_same(engine: Collector, searcher: Any, wanted: Any, scored: bool = True) -> None:
    ours, stock = our_scores(engine, wanted), stock_scores(searcher, wanted)
    assert set(ours) == set(stock), wanted
    if scored:
        for name, score in stock.items():
            assert ours[name] == pytest.approx(score, rel=1e-5, abs=1e-6), (wanted, name)
        top = engine.search(wanted, limit=10)
        best = sorted(stock.values(), reverse=True)[:10]
        assert top.scores.tolist() == pytest.approx(best, rel=1e-5, abs=1e-6)


WORD = st.sampled_from([*WORDS, "нет"])
BOOST = st.sampled_from([1.0, 1.0, 2.0, 0.5])
TERMS = st.builds(query.Term, st.sampled_from(["body", "stem"]), WORD, boost=BOOST) | st.builds(
    query.Term, st.just("country"), st.sampled_from([*PLACES, "ru"]), boost=BOOST
)
PHRASES = st.builds(
    query.Phrase, st.just("body"), st.lists(WORD, min_size=2, max_size=3), slop=st.integers(1, 4), boost=BOOST
)
PATTERNS = st.one_of(
    st.builds(query.Prefix, st.sampled_from(["body", "country"]), st.sampled_from(["а", "аб", "w", "k", "ю"])),
    st.builds(query.Wildcard, st.just("body"), st.sampled_from(["а?", "б*п", "wor?", "*о*", "[аб]*"])),
    st.builds(query.FuzzyTerm, st.just("body"), WORD, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 1)),
    st.builds(
        query.TermRange,
        st.just("body"),
        st.sampled_from(["а", "б", "zz"]),
        st.sampled_from(["ба", "в", "я"]),
        startexcl=st.booleans(),
        endexcl=st.booleans(),
    ),
)
RANGES = st.builds(
    query.NumericRange,
    st.just("date"),
    st.none() | st.integers(-9, 0),
    st.none() | st.integers(0, 9),
    startexcl=st.booleans(),
    endexcl=st.booleans(),
).filter(lambda r: r.start is not None or r.end is not None)
EVERY = st.builds(query.Every, st.sampled_from([None, "body"]), boost=BOOST)
CONSTANT = st.builds(query.ConstantScoreQuery, PATTERNS | PHRASES, st.sampled_from([1.0, 3.0]))


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.builds(query.And, several, boost=BOOST),
        st.builds(query.Or, several, boost=BOOST),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(lambda a, b: query.And([a, query.Not(b)]), inner, inner),
    )


SCORED = st.recursive(TERMS | PHRASES | EVERY | CONSTANT | RANGES, combined, max_leaves=6)


@SLOW
@given(corpora(), st.lists(SCORED, min_size=1, max_size=4))
def test_hits_scores_and_order_equal_stock_for_any_query(corpus: Corpus, queries: list[Any]) -> None:
    with opened(corpus) as (engine, stock, _):
        for wanted in queries:
            assert_same(engine, stock, wanted)


@SLOW
@given(
    corpora(), st.lists(st.builds(query.Phrase, st.just("body"), st.lists(WORD, min_size=2, max_size=4)), min_size=2)
)
def test_phrases_scored_together_equal_stock_whatever_their_lengths(corpus: Corpus, phrases: list[Any]) -> None:
    with opened(corpus) as (engine, stock, _):
        assert_same(engine, stock, query.Or(phrases))


@SLOW
@given(
    corpora(),
    st.lists(st.builds(query.Phrase, st.just("body"), st.lists(WORD, min_size=2, max_size=2)), min_size=8, max_size=20),
    st.integers(1, 4),
)
def test_phrases_of_a_common_word_beside_a_rare_one_equal_stock(corpus: Corpus, phrases: list[Any], few: int) -> None:
    with opened(corpus) as (engine, stock, _), patch.object(search.leaves, "FEW", few):
        assert_same(engine, stock, query.Or(phrases))


@SLOW
@given(corpora(), st.lists(PATTERNS | st.builds(query.Not, TERMS), min_size=1, max_size=4))
def test_patterns_find_what_stock_finds(corpus: Corpus, queries: list[Any]) -> None:
    with opened(corpus) as (engine, stock, _):
        for wanted in queries:
            assert_same(engine, stock, wanted, scored=False)
            assert set(engine.search(wanted, limit=200).scores.tolist()) <= {1.0}


@settings(SLOW, max_examples=25)
@given(corpora(), st.lists(TERMS | PHRASES | EVERY, min_size=1, max_size=3))
def test_whoosh_over_our_files_equals_whoosh_over_its_own(corpus: Corpus, queries: list[Any]) -> None:
    with opened(corpus) as (_, stock, bridge):
        for wanted in queries:
            theirs, ours = stock_scores(stock, wanted), stock_scores(bridge, wanted)
            assert theirs == pytest.approx(ours)


@settings(SLOW, max_examples=25)
@given(corpora(), SCORED, SCORED)
def test_require_and_and_not_keep_the_first_querys_scores(corpus: Corpus, a: Any, b: Any) -> None:
    with opened(corpus) as (engine, stock, _):
        first, second = stock_scores(stock, a), stock_scores(stock, b)
        with_b = {d: s for d, s in first.items() if d in second}
        without_b = {d: s for d, s in first.items() if d not in second}
        assert our_scores(engine, query.Require(a, b)) == pytest.approx(with_b, rel=1e-5)
        assert our_scores(engine, query.AndNot(a, b)) == pytest.approx(without_b, rel=1e-5)


@settings(SLOW, max_examples=25)
@given(corpora(), st.lists(TERMS | PHRASES, min_size=2, max_size=4), BOOST)
def test_disjunction_max_gives_the_best_score_of_its_queries(corpus: Corpus, subs: list[Any], boost: float) -> None:
    with opened(corpus) as (engine, stock, _):
        expected: dict[str, float] = {}
        for sub in subs:
            for name, score in stock_scores(stock, sub).items():
                expected[name] = max(expected.get(name, 0.0), score * boost)
        assert our_scores(engine, query.DisjunctionMax(subs, boost=boost)) == pytest.approx(expected, rel=1e-5)


@settings(SLOW, max_examples=25)
@given(corpora(), TERMS, TERMS)
def test_otherwise_takes_the_second_query_only_if_the_first_finds_nothing_at_all(
    corpus: Corpus, a: Any, b: Any
) -> None:
    one = Corpus(corpus.docs, [0], corpus.deleted, corpus.dense, False)
    with opened(one) as (engine, stock, _):
        found = stock_scores(stock, a)
        if not found and engine.doc_frequency(a.fieldname, a.text):
            return  # only deleted documents: stock's first matcher is then empty, ours is not asked about deletions
        assert our_scores(engine, query.Otherwise(a, b)) == pytest.approx(found or stock_scores(stock, b), rel=1e-5)


@settings(SLOW, max_examples=40)
@given(corpora(), SCORED)
def test_the_answer_does_not_depend_on_the_cut_into_segments(corpus: Corpus, wanted: Any) -> None:
    one = Corpus(corpus.docs, [0], corpus.deleted, corpus.dense, False)
    with opened(corpus) as (several, _, _), opened(one) as (single, _, _):
        a, b = (e.search(wanted, limit=200, facets=("country",)) for e in (several, single))
        assert a.docs.tolist() == b.docs.tolist()
        assert a.scores.tolist() == b.scores.tolist()
        assert a.counts["country"].items() == b.counts["country"].items()


@settings(SLOW, max_examples=40)
@given(corpora(), TERMS | PHRASES, st.sets(st.sampled_from(PLACES), max_size=2), st.sampled_from(["newest", "oldest"]))
def test_filters_counts_and_sorting_equal_a_loop_over_stocks_hits(
    corpus: Corpus, wanted: Any, chosen: set[str], sort: str
) -> None:
    with opened(corpus) as (engine, stock, _):
        assert_counts(corpus, engine, stock, wanted, chosen)
        found = engine.search(wanted, {"country": sorted(chosen)}, limit=200, sort=sort)
        number = {d["id"]: i for i, d in enumerate(corpus.docs)}
        names = [engine.id_of(d) for d in found.docs.tolist()]
        sign = -1 if sort == "newest" else 1
        dates = {d["id"]: (d["date"] is None, sign * (d["date"] or 0)) for d in corpus.docs}
        unknown_as_zero = {n: (False, sign * 0) if missing else (False, v) for n, (missing, v) in dates.items()}
        assert names == sorted(names, key=lambda n: (unknown_as_zero[n], number[n]))


def assert_counts(corpus: Corpus, engine: Collector, stock: Any, wanted: Any, chosen: set[str]) -> None:
    where = {d["id"]: set(filter(None, d["country"].split(","))) for d in corpus.docs}
    hits = stock_scores(stock, wanted)
    inside = {d for d in hits if not chosen or where[d] & chosen}
    found = engine.search(wanted, {"country": sorted(chosen)}, limit=200, facets=("country",))
    assert {engine.id_of(d) for d in found.docs.tolist()} == inside
    counts = {p: sum(p in where[d] for d in hits) for p in PLACES}
    assert found.counts["country"].items() == sorted((p, n) for p, n in counts.items() if n)


def _fixed() -> Corpus:
    """A corpus on which every planted fault shows."""
    docs = []
    for i, (a, b) in enumerate(itertools.product(WORDS, WORDS)):
        body = " ".join([a, "б"] * (i % 3) + [a, b, "в", "ба"][: 1 + i % 4] + ["word"] * (i % 7) + ["бап"])
        docs.append({"id": f"d{i}", "body": body, "stem": a, "country": ",".join(PLACES[i % 3 : i % 3 + 2]), "date": i})
    return Corpus(docs, [0, 40, 70], ["d1", "d44"], 12, False)


def _compare_all(corpus: Corpus) -> None:
    with opened(corpus) as (engine, stock, _):
        for wanted in (
            query.Term("body", "бап"),
            query.Or([query.Term("body", "word"), query.Term("stem", "аб")]),
            query.Phrase("body", ["б", "ба"], slop=3),
            query.Phrase("body", ["б", "в"], slop=2),
            query.Phrase("body", ["бап", "word"]),
        ):
            assert_same(engine, stock, wanted)
            assert_counts(corpus, engine, stock, wanted, set())
            assert_counts(corpus, engine, stock, wanted, {"kz"})


def _wrong_number(original: Any) -> Any:
    def part(segment: Any, kept: Any, number: Any, live: Any) -> Any:
        return original(segment, kept, np.maximum(number - 1, 0), live)

    return part


FAULTS = {
    "idf": (search.view.Field, "idf", lambda self, frequency: float(np.log(self.view.size / (frequency + 2)) + 1)),
    "length norm": (search.view, "B", 0.5),
    "phrase slop": (
        search.phrases,
        "phrase_chains",
        lambda r, w, slop, f=search.phrases.phrase_chains: f(r, w, slop + 1),
    ),
    "deletion": (search.view, "live_docs", lambda folder, entry: None),
    "many-valued facet": (
        search.counting.Facet,
        "_gathered",
        lambda self, docs: self._counted(self.column[self.column_first[docs]]),
    ),
    "segment merge": (indexer.codec.merging, "Part", _wrong_number(indexer.codec.merging.Part)),
}


def test_the_comparison_passes_without_a_fault() -> None:
    _compare_all(_fixed())
    _compare_all(Corpus(_fixed().docs, [0, 40, 70], [], 12, True))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_comparison_fails_with_a_planted_fault(fault: str) -> None:
    where, name, wrong = FAULTS[fault]
    corpus = _fixed()
    if fault == "segment merge":
        corpus = Corpus(corpus.docs, corpus.cuts, [], 12, True)
    with patch.object(where, name, wrong), pytest.raises(AssertionError):
        _compare_all(corpus)
