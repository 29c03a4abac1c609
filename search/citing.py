"""A citation in the query becomes article ids: what was understood, and what else the number could mean.

Never a silent rewrite: the readings go into the interpretation, each with the documents it would give.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as wq

from analysis import places, statutes
from analysis.citations import Citation, Context, read_laws, read_query
from analysis.citations.dating import is_year
from analysis.citations.lexicon import query_country
from analysis.tokens import tokenize
from schema import GENERAL, UNRESOLVED
from search.collect import Collector
from search.counting import Counts
from search.labels import label
from search.parse import any_of
from search.results import Reading

MAX_READINGS = 8
MAX_COUNTRY_WORDS = 4
MAX_CITATIONS = 8


@dataclass(frozen=True, slots=True)
class Cited:
    """A query read as a citation.  ``query`` matches the documents of the chosen reading; ``rest`` is left as text."""

    query: wq.Query
    ids: tuple[str, ...]
    readings: tuple[Reading, ...]
    rest: str


class Provisions:
    """The values of the article facet that documents of a snapshot have.

    ``counts``: documents a value; ``laws``: the values that are no articles; both of all documents.
    """

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.laws: list[str] = []
        self._alike: dict[str, list[str]] = {}
        for value, _ in sorted(counts.items(), key=_most_cited):
            _, article, tail = value.partition("/art-")
            (self._alike.setdefault(tail, []) if article else self.laws).append(value)

    def alike(self, tail: str) -> list[str]:
        """The same article of every statute, most documents first; ``tail``: ``174/part-2``."""
        return self._alike.get(tail, [])


def _most_cited(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


def read_citation(query: str, collector: Collector, provisions: Provisions, lang: str, widen: bool) -> Cited | None:
    """The citation in a query, or None where there is none or no document has it in any code.

    A query that is nothing but the name of a law gives the documents that cite or name it, in every edition.

    A citation without a statute takes the reading with the most documents; the other statutes that have an article of
    this number are offered beside it.
    """
    found = read_query(query, Context())[:MAX_CITATIONS]
    if not found:
        return _read_laws(query, provisions, lang)
    counts = provisions.counts
    chosen: list[str] = []
    others: list[Reading] = []
    readings: list[Reading] = []
    for citation in found:
        options = _options(citation, provisions)
        if not options:
            return None
        best = options[0]
        group = _group(best, widen)
        cited = [i for i in group if counts[i]]
        chosen += cited
        total = counts[cited[0]] if len(cited) == 1 else collector.search(any_of("article", cited), limit=0).total
        readings.append(_reading(best, total, lang))
        offered = (o for o in options[1:MAX_READINGS] if o not in group)
        others += [Reading(o, label("article", o, lang), counts[o], False) for o in offered]
    rest = query
    for citation in sorted(found, key=lambda c: -c.start):
        rest = rest[: citation.start] + " " + rest[citation.end :]
    ids = tuple(dict.fromkeys(chosen))
    rest = rest.strip(" ,.;:()")
    # a year beside a law tells the edition, and is no word of the documents
    if is_year(rest) or _names_country(rest, {c.country for c in found}):
        rest = ""
    return Cited(any_of("article", ids), ids, (*readings, *(o for o in others if o.value not in ids)), rest)


def _read_laws(query: str, provisions: Provisions, lang: str) -> Cited | None:
    """The laws that a query names, each by those of its editions that documents have."""
    families = {mention.statute for mention in read_laws(query)}
    if not families:
        return None
    ids = [v for v in provisions.laws if v in families or _family(v) in families]
    readings = tuple(_reading(i, provisions.counts[i], lang) for i in ids if not i.endswith(GENERAL))
    return Cited(any_of("article", ids), tuple(ids), readings, "") if readings else None


def _names_country(text: str, countries: set[str | None]) -> bool:
    """Whether a text is nothing but the name of one of the countries whose law is cited, in full or cut short."""
    tokens = tokenize(text)
    if tokens and all(query_country(text[t.start : t.end]) in countries for t in tokens):
        return True
    named = places.mentions(text) if 0 < len(tokens) <= MAX_COUNTRY_WORDS else ()
    covered = all(any(m.start <= t.start and t.end <= m.end for m in named) for t in tokens)
    return bool(tokens) and covered and {m.value for m in named} <= countries


def _reading(value: str, documents: int, lang: str) -> Reading:
    return Reading(value, label("article", value, lang), documents, True)


def _options(citation: Citation, provisions: Provisions) -> list[str]:
    """Ids in the index that the citation can mean, best first; of an article whose part no document has, the whole."""
    _, _, tail = citation.id.partition("/art-")
    while tail:
        if options := _options_of(citation, tail, provisions):
            return options
        tail = tail.rpartition("/")[0]
    return []


def _options_of(citation: Citation, tail: str, provisions: Provisions) -> list[str]:
    """Those with this ``tail``: as resolved, its edition family, then other statutes."""
    same_number = provisions.alike(tail)
    if citation.statute is None:
        countries = {citation.country} if citation.country else set()
        mine = [v for v in same_number if not countries or v.split("/")[0] in countries]
        named = [v for v in mine if not v.startswith(UNRESOLVED)]
        return [*named, *(v for v in same_number if v not in named and not v.startswith(UNRESOLVED))] or same_number[:1]
    own = f"{citation.statute}/art-{tail}"
    group = _group(own, widen=False)
    if not any(provisions.counts[i] for i in group):
        family = [v for v in same_number if v.startswith(_family(own))]
        return [*family, *(v for v in same_number if v not in family)] if family else []
    return [own, *(v for v in same_number if v not in group and not v.startswith(UNRESOLVED))]


def _family(article: str) -> str:
    """``kz/criminal-code-2014/art-174`` -> ``kz/criminal-code``: the statute without its edition."""
    statute = "/".join(article.split("/")[:2])
    head, _, year = statute.rpartition("-")
    return head if year.isdigit() else statute


def _group(article: str, widen: bool) -> list[str]:
    """An id with the same article of the code whose edition the text leaves open, and its successions if asked."""
    family = _family(article)
    statute = "/".join(article.split("/")[:2])
    group = [article, family + article[len(statute) :]]
    if widen:
        known = statutes.registry()
        group += [*known.successors(article), *known.predecessors(article)]
    return list(dict.fromkeys(group))
