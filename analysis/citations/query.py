"""A short query read as a citation: "174", "ст 174 ук рк", "174-бап", "Art. 174 Kazakhstan", "19 ICCPR"."""

from __future__ import annotations

from analysis.citations.model import Citation, Context

_UNKNOWN = Context()


def read_query(query: str, context: Context = _UNKNOWN) -> list[Citation]:
    """The citations a query is or contains."""
    return []
