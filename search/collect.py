"""Matching, ranking and counting over an index folder (``indexer.codec``): match, count, fetch, suggest.

One ``Collector`` serves all threads: arrays are mapped and have no cursors, caches are bounded and guarded.  Documents
have global numbers ``0..size-1`` in the order of the segments; equal scores are ordered by them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as whoosh_query

from analysis.errors import RequestError
from indexer.codec.arrays import Array
from indexer.codec.layers import LANGUAGES
from indexer.codec.stored import Stored
from schema import DATE_UNKNOWN
from search.counting import Counts, Facet, Joint
from search.expanding import encoded
from search.matching import Matcher
from search.matchsets import Dense, Sparse, below, best
from search.placing import Placer
from search.roads import Selection
from search.view import DENSE, Cache, View
from search.words import Places

Filters = Mapping[str, Sequence[str | tuple[int, int]]]


class Found(NamedTuple):
    """The answer of a search: live documents in all, the documents of the page, their scores, the counts by facet."""

    total: int
    docs: Array  # int64, best first
    scores: Array  # float32, parallel
    counts: dict[str, Counts]


class Collector:
    """An opened index folder.

    ``size`` documents, ``count`` of them live; ``generation`` as given to the commit.  Opening raises IndexMissing,
    IndexCorrupt or IndexOutdated.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.view = View(folder)
        self.size, self.count, self.generation = self.view.size, self.view.count, self.view.generation
        self.matcher = Matcher(self.view)
        self._placer = Placer(self.matcher)
        self._facets = {name: Facet(self.view, name) for name in self.view.facets}
        self._masks: Cache[Array] = Cache(48)
        self._orders: Cache[Array] = Cache(2)
        self._joints: Cache[Joint] = Cache(8)

    def search(
        self,
        query: Any,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
        sort: str = "relevance",
        facets: Iterable[str] = (),
    ) -> Found:
        """The documents that match the query and every filter.

        ``query``: a Whoosh query tree.  ``filters``: facet -> values, or inclusive ``(low, high)`` ranges for facets of
        whole numbers; any of a facet's values will do.  ``sort``: relevance, newest, oldest.  The counts of a facet
        ignore the facet's own filter.  Raises RequestError for what cannot be run.
        """
        masks = {name: self._filter(name, tuple(values)) for name, values in (filters or {}).items() if values}
        wanted = list(facets)
        panels = {name: self._facet(name) for name in wanted}
        try:
            match = self.matcher.match(query)
        except RecursionError:
            raise RequestError("the query is nested too deeply") from None
        docs, scores, chosen, others = self._select(match, masks, wanted)
        counts = self._counted(panels, chosen, others)
        order = self._rank(docs, scores, sort, offset + limit, chosen)[offset:]
        if docs is None:
            return Found(chosen.count, order, scores[order], counts)
        return Found(chosen.count, docs[order], scores[order], counts)

    def _counted(self, panels: dict[str, Facet], chosen: Selection, others: dict[str, Selection]) -> dict[str, Counts]:
        """Counts of every facet wanted; ``others``: the selections of those with a filter of their own."""
        if len(panels) == 1 or len(others) == len(panels):
            return {name: panel.count(others.get(name, chosen)) for name, panel in panels.items()}
        names = tuple(panels)
        joint = self._joints.get(names, lambda: Joint(self.view, list(panels.values())))
        return dict(zip(names, joint.count(chosen, [others.get(n) for n in names]), strict=True))

    def _select(
        self, match: Sparse | Dense, masks: dict[str, Array], wanted: list[str]
    ) -> tuple[Array | None, Array, Selection, dict[str, Selection]]:
        """Documents (None: all, by number), their scores, the selection, and those without one facet's filter.

        ``masks``: of live documents.
        """
        view, live = self.view, self.view.live
        if isinstance(match, Dense):
            return self._select_dense(match, masks, wanted)
        docs, scores = match.docs, match.scores
        inside = {name: mask.take(docs) for name, mask in masks.items()}
        others = {}
        for name in masks.keys() & wanted:
            more = [hit for other, hit in inside.items() if other != name] or _live(live, docs)
            others[name] = Selection(view, docs.take(reduce(and_, more).nonzero()[0]) if more else docs, None)
        if kept := list(inside.values()) or _live(live, docs):
            at = reduce(and_, kept).nonzero()[0]
            docs, scores = docs.take(at), scores.take(at)
        return docs, scores, Selection(view, docs, None), others

    def _select_dense(
        self, match: Dense, masks: dict[str, Array], wanted: list[str]
    ) -> tuple[Array | None, Array, Selection, dict[str, Selection]]:
        view, scores = self.view, match.scores
        hits = match.hits() if view.live is None else match.hits() & view.live
        full = reduce(and_, masks.values(), hits)
        count = int(np.count_nonzero(full))
        others = {}
        for name in masks.keys() & wanted:
            rest = reduce(and_, [mask for other, mask in masks.items() if other != name], hits)
            others[name] = Selection(view, None, rest)
        if count * DENSE < view.size:
            docs = full.nonzero()[0]
            return docs, scores.take(docs), Selection(view, docs, full), others
        if match.mask is not None:
            scores = scores + below(full)
        elif masks:
            scores = scores * full
        elif view.live is not None:
            scores = scores.copy()
            scores[view.deleted] = 0
        return None, scores, Selection(view, None, full, count), others

    def _rank(self, docs: Array | None, scores: Array, sort: str, limit: int, chosen: Selection) -> Array:
        """Places of the best in ``scores``; ties in order."""
        limit = min(limit, chosen.count)
        if sort == "relevance":
            return best(scores, limit)
        if sort not in ("newest", "oldest"):
            raise RequestError(f"sort={sort!r} is not known: use relevance, newest or oldest")
        rank = self._orders.get(sort, lambda: self._date_rank(newest=sort == "newest"))
        if docs is not None:
            return best(rank[docs], limit)
        return best(rank + below(chosen.mask), limit)

    def _date_rank(self, newest: bool) -> Array:
        """float64[size]: larger is earlier in the order; documents without a date are last both ways."""
        column = self.view.numbers("date")
        values = np.full(self.size, DATE_UNKNOWN) if column is None else column[0]
        key = values.astype(np.float64) if newest else -values.astype(np.float64)
        key[values == DATE_UNKNOWN] = -(2.0**40)
        return key

    def _facet(self, name: str) -> Facet:
        facet = self._facets.get(name)
        if facet is None and self.size:
            raise RequestError(f"there is no facet {name!r}: use one of {', '.join(self._facets)}")
        return facet or Facet(self.view, name)

    def _filter(self, name: str, values: tuple[str | tuple[int, int], ...]) -> Array:
        """bool[size]: documents with any of the values."""
        facet = self._facet(name)

        def make() -> Array:
            mask = np.zeros(self.size, bool)
            for value in values:
                if isinstance(value, str):
                    mask[facet.docs_of(value)] = True
                    continue
                for known in facet.names:
                    if known.lstrip("-").isdecimal() and value[0] <= int(known) <= value[1]:
                        mask[facet.docs_of(known)] = True
            if self.view.live is not None:
                mask &= self.view.live
            mask.flags.writeable = False
            return mask

        return self._masks.get((name, values), make)

    def places(self, query: Any, doc: int) -> Array:
        """Word numbers in the stream of a document that matched the query, rising (int64); for marks.

        Words of patterns and stems at their places, of phrases only where the phrase stands, of a Not none.
        """
        return self._placer.places(query, [doc]).places

    def places_many(self, query: Any, docs: Sequence[int], known: bool = False) -> Places:
        """``places`` of several documents in one go; ``known``: they are known to match, which is sooner."""
        return self._placer.places(query, docs, known)

    def fetch(self, doc: int) -> Stored:
        """The text of a document with the offsets of its words."""
        return self.fetch_many((doc,))[0]

    def fetch_many(self, docs: Sequence[int]) -> list[Stored]:
        """``fetch`` of several documents; ``indexer.codec.stored.spans`` has the characters of their places."""
        segments = self.view.segments
        return [segments[at].text(doc) for at, doc in self.view.located(docs)]

    def cards(self, docs: Sequence[int]) -> list[bytes]:
        """``card`` of several documents."""
        segments = self.view.segments
        return [segments[at].blob("card", doc) for at, doc in self.view.located(docs)]

    def card(self, doc: int) -> bytes:
        """What is shown with every hit, as ``indexer.cards`` reads it."""
        return self.cards((doc,))[0]

    def receipts(self, doc: int) -> bytes:
        """The JSON of where each facet value came from."""
        segment, local = self.view.locate(doc)
        return segment.blob("receipts", local)

    def id_of(self, doc: int) -> str:
        """The id of a document."""
        return self.ids((doc,))[0]

    def ids(self, docs: Sequence[int]) -> list[str]:
        """``id_of`` of several documents."""
        segments = self.view.segments
        return [segments[at].id_of(doc) for at, doc in self.view.located(docs)]

    def doc_of(self, id_: str) -> int | None:
        """The live document of an id, or None."""
        for segment, base in zip(reversed(self.view.segments), reversed(self.view.bases), strict=True):
            local = segment.doc_of(id_)
            if local >= 0 and (self.view.live is None or self.view.live[base + local]):
                return base + local
        return None

    def date_of(self, doc: int) -> int:
        """Days since 1970-01-01, or ``schema.DATE_UNKNOWN``."""
        segment, local = self.view.locate(doc)
        return int(segment.arrays["date.values"][local])

    def words(self, doc: int, places: Array | slice = slice(None)) -> list[str]:
        """The folded form at every place of the stream, or at some places of it."""
        segment, local = self.view.locate(doc)
        body = segment.fields["body"]
        assert body.starts is not None
        assert body.forward is not None
        numbers = body.forward[body.starts[local] : body.starts[local + 1] - 1][places].tolist()
        return [t.decode("utf-8", "surrogatepass") for t in body.terms.at(numbers)]

    def values(self, facet: str) -> Sequence[str]:
        """All values of a facet that some document has, sorted."""
        chosen = self._facet(facet)
        return [chosen.names[i] for i in np.flatnonzero(chosen.totals).tolist()]

    def facet_of(self, doc: int, facet: str) -> list[str]:
        """The values of a document, with the ancestors of tree values."""
        return self._facet(facet).values_of(doc)

    def doc_frequency(self, field: str, term: str) -> int:
        """Documents with a term, deleted ones included until they are merged away."""
        known = self.view.fields.get(field)
        return known.look_up(term).frequency if known else 0

    def terms_with_prefix(self, field: str, prefix: str, limit: int = 100) -> list[str]:
        """Terms that begin with a prefix, in order."""
        known = self.view.fields.get(field)
        found: set[bytes] = set()
        for reader in known.readers if known else ():
            low, high = reader.terms.prefix(encoded(prefix))
            found.update(reader.terms.between(low, min(high, low + limit)))
        return [t.decode("utf-8", "surrogatepass") for t in sorted(found)[:limit]]

    def terms_within(self, field: str, word: str, distance: int, prefix: int = 0, limit: int = 100) -> list[str]:
        """Terms within an edit distance whose first ``prefix`` letters are the word's, in order."""
        known = self.view.fields.get(field)
        if known is None:
            return []
        query = whoosh_query.FuzzyTerm(field, word, maxdist=distance, prefixlength=prefix)
        numbers = self.matcher.expansions(query, known)
        found = {t for r, n in zip(known.readers, numbers, strict=True) for t in r.terms.at(n)}
        return [t.decode("utf-8", "surrogatepass") for t in sorted(found)[:limit]]

    def candidates(self, keys: Iterable[str]) -> list[str]:
        """Forms of ``body`` that have one of the name keys, sorted."""
        return sorted({f for key in keys for s in self.view.segments for f in s.forms_of_name(key)})

    def forms_of_stem(self, stem: str, field: str = "stem") -> list[str]:
        """Forms of the words behind a term of a stem layer, sorted."""
        known = self.view.fields.get(field)
        if known is None:
            return []
        out: set[bytes] = set()
        for segment, reader, term in zip(self.view.segments, known.readers, known.look_up(stem).numbers, strict=True):
            if term >= 0 and reader.forms is not None:
                forms = segment.pairs(reader, term) // LANGUAGES
                out.update(segment.fields[reader.forms].terms.at(forms.tolist()))
        return [t.decode("utf-8", "surrogatepass") for t in sorted(out)]


def _live(live: Array | None, docs: Array) -> list[Array]:
    """Which of the documents are live; nothing where all documents of the view are."""
    return [] if live is None else [live.take(docs)]
