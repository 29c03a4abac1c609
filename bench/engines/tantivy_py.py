"""tantivy through tantivy-py: two writer threads; a pass for the ten best and total, one for each set of filters."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import FRAGMENT, JOBS, TOP, Answer, panels
from bench.queries import Query

HEAP = 256_000_000
MOST_VALUES = 100_000


class Engine:
    """One text field with positions, stored; facets as raw strings with columns."""

    def version(self) -> str:
        """Name and version of the library."""
        return f"tantivy-py {version('tantivy')}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", stored=True, tokenizer_name="words", index_option="position")
        for facet in FACETS:
            schema.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        index = tantivy.Index(schema.build(), path=str(folder))
        index.register_tokenizer("words", _words())
        writer = index.writer(HEAP, JOBS)
        for document in corpora.read(corpus / "ready.jsonl"):
            made = tantivy.Document()
            made.add_text("id", document["id"])
            made.add_text("text", document["text"])
            for facet in FACETS:
                for value in document[facet]:
                    made.add_text(facet, value)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("words", _words())
        self._schema, self._searcher = self._index.schema, self._index.searcher()

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        base = self._base(query)
        found: Any = self._searcher.search(self._narrowed(base, query.filters), TOP, count=True)
        answer = Answer(found.count)
        if level == "search":
            return answer
        for filters, facets in panels(query):
            wanted = {f: {"terms": {"field": f, "size": MOST_VALUES}} for f in facets}
            counted = self._searcher.aggregate(self._narrowed(base, filters), wanted)
            answer.facets |= {facet: counted[facet]["buckets"] for facet in facets}
        if level == "whole":
            generator = tantivy.SnippetGenerator.create(self._searcher, base, self._schema, "text")
            generator.set_max_num_chars(2 * FRAGMENT)
            documents = [self._searcher.doc(address) for _, address in found.hits]
            answer.snippets = [generator.snippet_from_doc(d).to_html() for d in documents]
            answer.ids = [str(d.get_first("id")) for d in documents]
        return answer

    def _base(self, query: Query) -> Any:
        make, schema = tantivy.Query, self._schema
        if query.kind == "prefix":
            low = query.words[0]  # a range of words is exact and made at once; a phrase prefix stops at 50 words
            return self._index.parse_query(f"text:[{low} TO {low}\U0010ffff}}")
        if query.kind == "phrase":
            return make.phrase_query(schema, "text", list(query.words))
        if query.kind == "name":
            spellings = [make.phrase_query(schema, "text", list(s)) for s in query.spellings]
            return make.boolean_query([(tantivy.Occur.Should, s) for s in spellings])
        terms = [make.term_query(schema, "text", w) for w in query.words]
        occur = tantivy.Occur.Should if query.kind == "or" else tantivy.Occur.Must
        return terms[0] if len(terms) == 1 else make.boolean_query([(occur, t) for t in terms])

    def _narrowed(self, base: Any, filters: dict[str, list[str]]) -> Any:
        if not filters:
            return base
        make, must = tantivy.Query, tantivy.Occur.Must
        parts = [(must, base)]
        for facet, values in filters.items():
            terms = [make.term_query(self._schema, facet, v, index_option="basic") for v in values]
            either = terms[0] if len(terms) == 1 else make.boolean_query([(tantivy.Occur.Should, t) for t in terms])
            parts.append((must, make.const_score_query(either, 0.0)))
        return make.boolean_query(parts)


def _words() -> Any:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
