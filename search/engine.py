"""The main path: a request becomes an answer.

Read the query, as a citation or a name where it is one; match, rank and count; mark the documents that are shown.
One engine serves all threads.  It holds one open snapshot, notices a new one, and lets the old one go with its last
user.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from whoosh import query as wq

from analysis import statutes
from analysis.errors import DocumentNotFound, IndexCorrupt, SnapshotError
from indexer import snapshot
from schema import FACET_NAMES
from search import facets, hits, labels
from search.citing import Cited, Provisions, read_citation
from search.collect import Collector, Found
from search.names import Name, Variants
from search.parse import FEW, Loosened, Parsed, compile_syntax, loosened, ranked
from search.request import SearchRequest, year_range
from search.results import DocumentView, Interpretation, More, Results
from search.suggest import Suggester, corrections
from search.syntax import MAX_CHARS, Syntax, read

REFRESH_SECONDS = 1.0
NO_NAME = Name("", frozenset(), ())


@dataclass(frozen=True, slots=True)
class _Open:
    """One open snapshot and what is derived from it."""

    name: str
    collector: Collector
    variants: Variants
    suggester: Suggester
    provisions: Provisions
    trees: Mapping[str, facets.Tree]


@dataclass(slots=True)
class _Question:
    """A request as it was understood."""

    query: wq.Query
    marked: wq.Query | None
    kind: str
    parsed: Parsed
    cited: Cited | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    plain: bool = True


class Engine:
    """Answers requests from the current snapshot of an index folder."""

    def __init__(self, index: Path, *, verify: bool = True) -> None:
        self._index, self._verify = index, verify
        self._lock = threading.Lock()
        self._checked = time.monotonic()
        self._known: snapshot.Known = {}
        self._degraded = ""
        self._open = self._load()

    @property
    def generation(self) -> str:
        """Name of the snapshot in use."""
        return self._open.name

    @property
    def count(self) -> int:
        """Documents that can be found."""
        return int(self._open.collector.count)

    def ready(self) -> tuple[bool, str]:
        """Whether the newest snapshot is in use, and if not, why."""
        return not self._degraded, self._degraded

    def refresh(self) -> None:
        """Take up a newer snapshot if there is one; looked for at most once a second."""
        if time.monotonic() - self._checked < REFRESH_SECONDS or not self._lock.acquire(blocking=False):
            return
        try:
            self._checked = time.monotonic()
            try:
                if snapshot.current(self._index).name != self._open.name:
                    self._open = self._load()
            except SnapshotError as error:
                self._degraded = str(error)
        finally:
            self._lock.release()

    def search(
        self,
        request: SearchRequest,
        lang: str = "en",
        panel_limit: int = 0,
        child_limit: int = 0,
        more: bool = True,
    ) -> Results:
        """The answer.

        ``lang``: of the labels; ``panel_limit`` and ``child_limit``: see ``facets.panels``; ``more``: whether the
        documents that match in part are looked for, where few match whole.
        """
        began = time.perf_counter()
        opened = self._open
        question = self._understand(opened, request, lang)
        question, match = self._answer(opened, question, request)
        articles = (*(question.cited.ids if question.cited else ()), *request.article)
        docs, scores = match.docs.tolist(), match.scores.tolist()
        shown = hits.page(opened.collector, docs, scores, question.marked, articles, question.reasons)
        rest = self._more(opened, question, request, match) if more else None
        panels = facets.panels(
            match.counts,
            {name: request.selected(name) for name in FACET_NAMES},
            lambda facet, value: labels.label(facet, value, lang),
            opened.trees,
            panel_limit,
            child_limit,
        )
        return Results(
            request=request,
            total=match.total,
            hits=shown,
            panels=panels,
            interpretation=self._interpretation(opened, question, request, match.total),
            took_ms=(time.perf_counter() - began) * 1000,
            generation=opened.name,
            limits=tuple(dict.fromkeys(question.parsed.limits)),
            more=rest,
        )

    def count_of(self, request: SearchRequest) -> int:
        """How many documents a search for this request finds."""
        opened, first = self._open, replace(request, page=1, size=1)
        return self._answer(opened, self._understand(opened, first, "en"), first, ())[1].total

    def document(self, id: str, request: SearchRequest | None = None, lang: str = "en") -> DocumentView:
        """A whole document, marked where the request matches it.  Raises DocumentNotFound."""
        opened = self._open
        doc = opened.collector.doc_of(id)
        if doc is None:
            raise DocumentNotFound(f"no document has the id {id!r}")
        if request is None or not (request.q or request.article):
            return hits.document(opened.collector, doc, None, request.article if request else (), lang)
        question = self._understand(opened, request, lang)
        articles = (*(question.cited.ids if question.cited else ()), *request.article)
        marked = question.marked
        if marked is not None and question.plain and not len(opened.collector.places(marked, doc)):
            loose = self._loosened(opened, question.parsed)[0]
            marked = loose.words if loose else marked
        return hits.document(opened.collector, doc, marked, articles, lang)

    def suggest(self, text: str, lang: str = "en") -> list[Mapping[str, object]]:
        """Ways to go on from the beginning of a query: names, articles, statutes, titles of the index."""
        return self._open.suggester.suggest(text, lang)

    def _load(self) -> _Open:
        """Open the current snapshot, or the newest older one that is whole."""
        current = snapshot.current(self._index)
        older = [self._index / n for n in reversed(snapshot.names(self._index)) if n < current.name]
        failure: SnapshotError | None = None
        for folder in (current, *older):
            try:
                if self._verify:
                    snapshot.verify(folder, self._known)
                opened = self._open_folder(folder)
            except IndexCorrupt as error:
                failure = failure or error
                continue
            self._degraded = str(failure) if failure else ""
            return opened
        raise failure or IndexCorrupt(str(current))

    def _open_folder(self, folder: Path) -> _Open:
        collector = Collector(folder)
        every = collector.search(wq.Every(), limit=0, facets=("article",))
        counts = every.counts["article"]
        trees = {"article": facets.Tree(counts.names, _article_key)}
        suggester = Suggester(collector, counts)
        return _Open(folder.name, collector, Variants(collector), suggester, Provisions(counts), trees)

    def _understand(self, opened: _Open, request: SearchRequest, lang: str) -> _Question:
        literal = request.exact or request.as_text or len(request.q) > MAX_CHARS
        cited = None
        if request.q.strip() and not literal:
            cited = read_citation(request.q, opened.collector, opened.provisions, lang, request.widen)
        text = cited.rest if cited else request.q
        name = NO_NAME if literal else opened.variants.read(text)
        syntax = read(name.text if name.forms else text)
        parsed = compile_syntax(
            syntax, exact=request.exact, variants=lambda form: opened.variants.of(form) if form in name.forms else ()
        )
        parsed.limits += [("initial_ignored", word) for word in name.left_out]
        if cited is not None:
            return _cited_question(request.q, cited, None if syntax.tree is None else parsed.query, parsed)
        if not text.strip():
            return _Question(wq.Every(), None, "empty", parsed)
        others = opened.variants.other_forms(name)
        parsed.variants += [word for word in others.words if word not in parsed.variants]
        kind = "name" if parsed.variants else "text"
        query = parsed.query
        if kind == "name":
            query = opened.variants.with_initials(name, query)
            query = wq.Or([query, *others.queries]) if others.queries else query
            query = opened.variants.with_fathers(name, query)
        return _Question(ranked(query, parsed), query, kind, parsed, None, _reasons(parsed, kind), plain=syntax.plain)

    def _answer(
        self, opened: _Open, question: _Question, request: SearchRequest, counted: tuple[str, ...] = FACET_NAMES
    ) -> tuple[_Question, Found]:
        """The documents of a question; where no document holds all its words, those that hold one of the rarest."""
        match = self._match(opened, question.query, request, counted)
        if match.total or not _of_words(question, request):
            return question, match
        if opened.collector.search(question.query, limit=0).total:  # but of other facet values than were chosen
            return question, match
        loose, counts = self._loosened(opened, question.parsed)
        if loose is None:
            return question, match
        dropped = tuple(form for (form, _), n in zip(question.parsed.words, counts, strict=True) if not n)
        question = replace(question, query=loose.query, marked=loose.words, kind="relaxed", dropped=dropped)
        return question, self._match(opened, loose.query, request, counted)

    def _more(self, opened: _Open, question: _Question, request: SearchRequest, match: Found) -> More | None:
        """What comes after the few documents that match, in the order of relevance."""
        if match.total >= FEW or request.sort != "relevance" or not (question.plain and _of_words(question, request)):
            return None
        loose, _ = self._loosened(opened, question.parsed)
        if loose is None:
            return None
        rest = wq.AndNot(loose.query, question.query)
        limit, offset = request.size - len(match.docs), max((request.page - 1) * request.size - match.total, 0)
        found = opened.collector.search(rest, _filters(request), limit, offset)
        if not found.total:
            return None
        docs, scores = found.docs.tolist(), found.scores.tolist()
        return More(found.total, hits.page(opened.collector, docs, scores, loose.words, request.article, {}))

    def _loosened(self, opened: _Open, parsed: Parsed) -> tuple[Loosened | None, list[int]]:
        """A query that demands only a part of the words, and how many documents each of them finds."""
        counts = [int(opened.collector.search(query, limit=0).total) for _, query in parsed.words]
        return loosened(parsed, counts), counts

    def _count_whole(self, request: SearchRequest) -> int:
        """Documents that hold all the words: what a correction has to give."""
        opened, first = self._open, replace(request, page=1, size=1)
        return self._match(opened, self._understand(opened, first, "en").query, first, ()).total

    def _match(self, opened: _Open, query: wq.Query, request: SearchRequest, counted: tuple[str, ...]) -> Found:
        sort = "newest" if request.sort == "relevance" and isinstance(query, wq.Every) else request.sort
        offset = (request.page - 1) * request.size
        return opened.collector.search(query, _filters(request), request.size, offset, sort, counted)

    def _interpretation(self, opened: _Open, question: _Question, request: SearchRequest, total: int) -> Interpretation:
        suggestions: tuple[tuple[str, int], ...] = ()
        if request.q and (not total or question.kind == "relaxed"):
            suggestions = corrections(opened.collector, request, self._count_whole)
        return Interpretation(
            kind=question.kind,
            readings=question.cited.readings if question.cited else (),
            variants=tuple(question.parsed.variants),
            suggestions=suggestions,
            dropped=question.dropped,
            text=request.q,
        )


def _cited_question(text: str, cited: Cited, rest: wq.Query | None, parsed: Parsed) -> _Question:
    """The documents of the citation that match the rest of the query, those with its words in the text first."""
    words = compile_syntax(Syntax(read(text).tree, (), True), exact=True).words
    ranked = wq.AndMaybe(cited.query, wq.Or([q for _, q in words])) if words else cited.query
    return _Question(ranked if rest is None else wq.And([ranked, rest]), rest, "citation", parsed, cited)


def _of_words(question: _Question, request: SearchRequest) -> bool:
    """Whether a question is several words, of which fewer may do."""
    return question.kind in ("text", "name") and len(question.parsed.words) > 1 and not request.exact


def _filters(request: SearchRequest) -> dict[str, list[Any]]:
    """The chosen values of every facet, years as ranges."""
    chosen = {name: request.selected(name) for name in FACET_NAMES}
    return {name: [year_range(v) if name == "year" else v for v in values] for name, values in chosen.items() if values}


def _reasons(parsed: Parsed, kind: str) -> dict[str, str]:
    return dict.fromkeys(parsed.variants, "same_name") if kind == "name" else {}


def _article_key(article: str) -> object:
    """Sorts the children of one node: numbers as numbers."""
    return statutes.article_key(article.rpartition("/")[2].partition("-")[2])
