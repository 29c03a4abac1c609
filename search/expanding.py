"""What a prefix, a pattern, a misspelt word or a range stands for: numbers of terms of one segment, rising."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from typing import Any

from whoosh import query as q
from whoosh.automata import lev

from analysis.errors import RequestError
from indexer.codec.terms import Terms

MAX_SCAN = 400_000  # terms a pattern may be held against

Numbers = range | list[int]


def encoded(term: Any) -> bytes:
    """A term as it stands in the index."""
    return term if isinstance(term, bytes) else str(term).encode("utf-8", "surrogatepass")


def expand(query: Any, terms: Terms) -> Numbers:
    """The terms that a multi-term query stands for.  Raises RequestError where a pattern is too wide."""
    if isinstance(query, q.Prefix):
        return range(*terms.prefix(encoded(query.text)))
    if isinstance(query, q.TermRange):
        return term_range(query, terms)
    return fuzzy(query, terms) if isinstance(query, q.FuzzyTerm) else pattern(query, terms)


def stretches(numbers: Any) -> Iterator[tuple[int, int]]:
    """Runs of consecutive term numbers as ranges."""
    if isinstance(numbers, range):
        if numbers.stop > numbers.start:
            yield numbers.start, numbers.stop
        return
    low = last = None
    for n in numbers:
        if last is None or n != last + 1:
            if low is not None and last is not None:
                yield low, last + 1
            low = n
        last = n
    if low is not None and last is not None:
        yield low, last + 1


def term_range(query: Any, terms: Terms) -> range:
    low, high = 0, len(terms)
    if query.start is not None:
        start = encoded(query.start)
        low = terms.left(start) + (1 if query.startexcl and terms.find(start) >= 0 else 0)
    if query.end is not None:
        end = encoded(query.end)
        high = terms.left(end) + (1 if not query.endexcl and terms.find(end) >= 0 else 0)
    return range(low, max(low, high))


def pattern(query: Any, terms: Terms) -> list[int]:
    """Terms that a wildcard pattern matches."""
    literal = re.split(r"[*?\[]", query.text, maxsplit=1)[0]
    low, high = terms.prefix(encoded(literal))
    if high - low > MAX_SCAN:
        raise RequestError(f"the pattern {query.text!r} is too wide: write more letters before the first * or ?")
    match = re.compile(fnmatch.translate(query.text)).match
    words = terms.between(low, high)
    return [low + i for i, w in enumerate(words) if match(w.decode("utf-8", "surrogatepass"))]


def fuzzy(query: Any, terms: Terms) -> list[int]:
    """Terms within an edit distance, by Whoosh's Levenshtein automaton stepping through the sorted terms."""
    automaton = lev.levenshtein_automaton(query.text, query.maxdist, min(query.prefixlength, len(query.text))).to_dfa()
    out, at = [], 0
    while at < len(terms):
        term = terms[at].decode("utf-8", "surrogatepass")
        wanted = automaton.next_valid_string(term)
        if wanted is None:
            break
        if wanted == term:
            out.append(at)
            at += 1
        else:
            at = max(terms.left(encoded(wanted)), at + 1) if wanted > term else at + 1
    return out
