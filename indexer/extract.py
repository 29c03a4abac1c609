"""Document -> facet values, each with its receipts.  Given metadata wins over rules, overrides win over both."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from analysis import actors, detect, places, years
from analysis.citations import Citation, Context, Mention, find_all
from analysis.errors import DocumentError, StatuteNotFound
from analysis.evidence import Evidence, Reading, is_heading, read
from analysis.statutes import registry
from indexer.document import Document, Finding, Findings, Receipt
from indexer.overrides import Override, Overrides, load_overrides
from indexer.read import boilerplate, build, meta
from schema import COUNTRIES, FACET_NAMES, GENERAL, UNRESOLVED

__all__ = ["EXTRACTOR_VERSION", "explain_record", "extract", "load_overrides"]

EXTRACTOR_VERSION = "1"
MAX_RECEIPTS = 20  # shown for one value; the strongest are kept
LANGUAGE_SHARE = 0.25  # of the letters, for a second language of a document
_CERTAIN = {"country": 12.0, "year": 8.0, "actor": 6.0}  # score at which the confidence is full
_BESIDE = 24  # characters around the name of a law in which its country may stand
_GUESSED = frozenset({"document_default", "none"})  # resolutions that rest on the country found before

_FOLLOWING = frozenset({"list", "anaphora"})  # resolutions that rest on a law named before

_Place = TypeVar("_Place", Citation, Mention)


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything the rules found in one text, before anything given is looked at."""

    countries: Sequence[places.Country]
    year: years.Year | None
    citations: Sequence[tuple[Citation, str]]  # with "text" or "title"
    mentions: Sequence[tuple[Mention, str]]
    actors: Sequence[actors.Actor]


def extract(doc: Document, overrides: Overrides | None = None) -> Findings:
    """All five facets of a document, in the order of the schema; a facet of which nothing is known has no findings."""
    spans = [(p.start, p.end, p.lang) for p in doc.passages]
    found = _find(doc.title, doc.text, spans, doc.lang, doc.given, doc.date, doc.url)
    findings = {
        "country": [_finding("country", c.value, c.score, c.evidence) for c in found.countries],
        "year": [_finding("year", y.value, y.score, y.evidence) for y in [found.year] if y],
        "article": _articles(found, doc.text, spans),
        "actor": [_finding("actor", a.value, a.score, a.evidence) for a in found.actors],
        "lang": _languages(doc),
    }
    for facet, values in doc.given.items():
        findings[facet] = [Finding(v, (Receipt("given", "given"),)) for v in values]
    for override in _overrides_of(doc, overrides or {}):
        _apply(override, findings)
    return {facet: tuple(findings[facet]) for facet in FACET_NAMES}


def explain_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """The findings of ``{"text", "lang"?, "country"?, "year"?, "title"?}``; offsets are characters of that text.

    Raises DocumentError for a record without a text.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise DocumentError("record", '"text" must be a string')
    given = meta.read({k: record[k] for k in ("title", "lang", "country", "year", "date") if record.get(k)}, "record")
    line = None if given.title else build.title_line(text)
    first = text[slice(*line)] if line else ""
    heading = line[0] if line and is_heading(first) else -1
    kept = boilerplate.kept_spans(text, given.title or first)
    tags = detect.detect_passages(text, kept)
    spans = [(start, end, tag) for (start, end), tag in zip(kept, tags, strict=True)]
    lang = given.lang or detect.main_language(text, kept, tags)
    found = _find(given.title, text, spans, lang, given.given, given.date, "", heading)
    countries = given.given.get("country")
    year = given.given.get("year")
    return {
        "lang": lang,
        "country": _given(countries) if countries else [_shown(c.value, c.evidence) for c in found.countries],
        "year": _given(year) if year else [_shown(y.value, y.evidence) for y in [found.year] if y],
        "articles": [_shown_citation(c, text) for c, where in found.citations if where == "text"],
        "actors": [_shown(a.value, a.evidence) for a in found.actors],
    }


def _find(
    title: str,
    text: str,
    spans: Sequence[tuple[int, int, str]],
    lang: str,
    given: Mapping[str, tuple[str, ...]],
    date: str,
    url: str,
    heading: int | None = None,
) -> _Found:
    """Countries and year from words, citations in that light, then countries and year again in theirs."""
    reading = read(text, title, spans, lang, heading)
    words = places.find(reading)
    first = given.get("country") or tuple(c.value for c in places.decide(reading, words))
    year = given.get("year", ("",))[0] or _year(reading, (), url)
    context = Context(lang, tuple(c for c in first if c in COUNTRIES), date or year)
    cited, named = _citations(title, text, spans, context)
    laws = [(c.start, c.end) for c, where in cited if where == "text"]
    laws += [(m.start, m.end) for m, where in named if where == "text"]
    evidence = [*words, *_cited_countries(cited, {e.value for e in words})]
    return _Found(
        countries=places.decide(reading, evidence, _treaty(cited)),
        year=years.decide(years.find(reading, laws, url)),
        citations=cited,
        mentions=named,
        actors=actors.decide(actors.find(reading)),
    )


def _treaty(cited: Iterable[tuple[Citation, str]]) -> str:
    """Where a treaty is cited: "title" before "text", "" if nowhere."""
    return max((where for c, where in cited if c.country == places.INTERNATIONAL), default="")


def _year(reading: Reading, laws: Sequence[tuple[int, int]], url: str) -> str:
    found = years.decide(years.find(reading, laws, url))
    return found.value if found else ""


def _citations(
    title: str, text: str, spans: Sequence[tuple[int, int, str]], context: Context
) -> tuple[list[tuple[Citation, str]], list[tuple[Mention, str]]]:
    """What text and title cite; what stands outside the paragraphs given is boilerplate and left out."""
    head = f"{title}\n" if title else ""
    starts = [start for start, _, _ in spans]
    citations, mentions = find_all(head + text, context)
    cited = [(_moved(c, len(head)), "text") for c in citations if _inside(c.start - len(head), starts, spans)]
    named = [(_moved(m, len(head)), "text") for m in mentions if _inside(m.start - len(head), starts, spans)]
    cited = [(c, "title") for c in citations if c.end <= len(title)] + cited
    named = [(m, "title") for m in mentions if m.end <= len(title)] + named
    return cited, named


def _moved(found: _Place, by: int) -> _Place:
    return replace(found, start=found.start - by, end=found.end - by)


def _inside(offset: int, starts: Sequence[int], spans: Sequence[tuple[int, int, str]]) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < spans[at][1]


def _cited_countries(cited: Iterable[tuple[Citation, str]], named: set[str]) -> list[Evidence]:
    """A citation is evidence only where its own words resolved it, not the country found before.

    What follows a law by "the same", or in a list, speaks for a country that is ``named`` or has an article cited in
    full: a constitution that is only mentioned was taken for that of the language, and language is no evidence.
    """
    own = [(c, where) for c, where in cited if c.country in places.COUNTRIES and c.resolved_by not in _GUESSED]
    own = [(c, where) for c, where in own if "country-assumed" not in c.flags]
    full = {c.country for c, _ in own if c.resolved_by not in _FOLLOWING}
    return [places.cited(c.country or "", c.start, c.end, where, c.id) for c, where in own if c.country in full | named]


def _articles(found: _Found, text: str, spans: Sequence[tuple[int, int, str]]) -> list[Finding]:
    """Every id as it is cited, each once, and ``<statute>/general`` for a statute named without any article."""
    receipts: dict[str, list[Receipt]] = defaultdict(list)
    families: set[str] = set()
    for citation, where in found.citations:
        if citation.country not in COUNTRIES and citation.statute is None and citation.country is not None:
            continue
        receipts[citation.id].append(_citation_receipt(citation, where))
        families.add(_family(citation.statute or UNRESOLVED))
    for mention, where in found.mentions:
        country = mention.statute.split("/")[0]
        if _family(mention.statute) in families or country not in COUNTRIES:
            continue
        if where == "title" or _meant(country, mention.start, mention.end, text, spans):
            receipts[f"{mention.statute}/{GENERAL}"].append(_citation_receipt(mention, where))
    return [Finding(v, tuple(sorted(r, key=lambda r: -r.confidence)[:MAX_RECEIPTS])) for v, r in receipts.items()]


def _meant(country: str, start: int, end: int, text: str, spans: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a law named without an article is one the text is about, and of this country.

    It is not where another state was named last before it in its paragraph, or where its own is only compared with.
    """
    if country == places.INTERNATIONAL:
        return True
    at = bisect_right([s for s, _, _ in spans], start) - 1
    first, last, lang = spans[at]
    names = [e for e in places.mentions(text[first:last], lang.partition("-")[0]) if e.kind in places.NAMES]
    beside = [e for e in names if start <= first + e.end <= end + _BESIDE or start - _BESIDE <= first + e.start < end]
    own = [e for e in beside if e.value == country]
    if own:
        return not all(e.note for e in own)
    before = [e for e in names if first + e.end <= start]
    return not before or before[-1].value == country


def _family(statute: str) -> str:
    try:
        return registry().family(statute).id
    except StatuteNotFound:
        return statute


def _citation_receipt(found: Citation | Mention, where: str) -> Receipt:
    rule = found.rule if isinstance(found, Citation) else "mention"
    note = ", ".join((found.resolved_by, *(found.flags if isinstance(found, Citation) else ())))
    return Receipt("rule", rule, found.start, found.end, where, found.confidence, note)


def _languages(doc: Document) -> list[Finding]:
    """The main language, and others in which a good part of the text is written."""
    letters: Counter[str] = Counter()
    longest: dict[str, tuple[int, int]] = {}  # says more for a language than a caption or a date line
    for start, end, lang in ((p.start, p.end, p.lang) for p in doc.passages if p.lang):
        letters[lang] += end - start
        longest[lang] = max(longest.get(lang, (start, end)), (start, end), key=lambda span: span[1] - span[0])
    enough = LANGUAGE_SHARE * letters.total()
    tags = [tag for tag in (doc.lang, *(t for t, n in letters.most_common() if n >= enough)) if tag]
    return [
        Finding(tag, (Receipt("rule", "lang.passages", *longest.get(tag, (-1, -1)), confidence=1.0),))
        for tag in dict.fromkeys(tags)
    ]


def _finding(facet: str, value: str, score: float, evidence: Sequence[Evidence]) -> Finding:
    confidence = round(min(1.0, score / _CERTAIN[facet]), 2)
    return Finding(
        value,
        tuple(
            Receipt("inferred" if e.start < 0 else "rule", e.rule, e.start, e.end, _place(e.where), confidence, e.note)
            for e in evidence[:MAX_RECEIPTS]
        ),
    )


def _place(where: str) -> str:
    return where if where == "title" else "text"


def _overrides_of(doc: Document, overrides: Overrides) -> Iterable[Override]:
    return [overrides[key] for key in dict.fromkeys((doc.path, doc.id)) if key in overrides]


def _apply(override: Override, findings: dict[str, list[Finding]]) -> None:
    receipt = Receipt("override", override.rule)
    for facet, values in override.values.items():
        findings[facet] = [Finding(v, (receipt,)) for v in values]
    for facet, value in override.removed:
        findings[facet] = [f for f in findings[facet] if f.value != value]


def _shown(value: str, evidence: Sequence[Evidence]) -> dict[str, Any]:
    receipts = [
        {"rule": e.rule, "where": e.where, "span": [e.start, e.end], "weight": round(e.weight, 2), "note": e.note}
        for e in evidence[:MAX_RECEIPTS]
    ]
    return {"value": value, "receipts": receipts}


def _given(values: Sequence[str]) -> list[dict[str, Any]]:
    return [{"value": v, "receipts": [{"rule": "given"}]} for v in values]


def _shown_citation(citation: Citation, text: str) -> dict[str, Any]:
    parts = {"part": citation.part, "point": citation.point}
    return {
        "id": citation.id,
        "country": citation.country,
        "statute": citation.statute,
        "article": citation.article,
        **{name: value for name, value in parts.items() if value},
        "span": [citation.start, citation.end],
        "text": text[citation.start : citation.end],
    }
