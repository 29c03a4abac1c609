"""What a query becomes, layer by layer, for a person to read."""

from __future__ import annotations

from pathlib import Path

from analysis import names
from analysis.citations import Context, read_query
from analysis.errors import SnapshotError
from analysis.layers import query_stems
from analysis.tokens import tokenize
from search.engine import Engine
from search.request import SearchRequest
from search.syntax import read


def explain_query(query: str, index: Path) -> str:
    """The citation, the words with folded form, stems and name keys, and, with an index, what it makes of them."""
    syntax = read(query)
    out = [f"query: {query}"]
    out += [f"ignored: {kind} {text}" for kind, text in syntax.limits]
    out += [f"citation: {c.id}  «{query[c.start : c.end]}»" for c in read_query(query, Context())]
    for token in tokenize(query):
        out += [
            f"word: {query[token.start : token.end]}",
            f"    folded: {token.text}",
            f"    stems: {' '.join(query_stems(token.text)) or '-'}",
            f"    name keys: {' '.join(names.name_keys(token.text)) or '-'}",
        ]
    out.append(f"looks like a name: {'yes' if names.looks_like_name(query) else 'no'}")
    try:
        results = Engine(index).search(SearchRequest(q=query, size=1))
    except SnapshotError as error:
        return "\n".join([*out, f"no index to ask: {error}"])
    understood = results.interpretation
    out.append(f"understood as: {understood.kind}, {results.total} documents")
    out += [f"    {r.value}: {r.label} ({r.count})" for r in understood.readings]
    if understood.variants:
        out.append(f"    spellings included: {' '.join(understood.variants)}")
    return "\n".join(out)
