"""What would be indexed of a file, and why, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.errors import DocumentError
from indexer.document import Document, Receipt
from indexer.extract import extract, load_overrides
from indexer.read import read_file


def explain_file(path: Path) -> str:
    """Language, title, every facet value with its receipts, then the kept text.  Raises DocumentError."""
    overrides = load_overrides(path.parent / "overrides.toml")
    out: list[str] = []
    for item in read_file(path, path.parent):
        if isinstance(item, DocumentError):
            out.append(f"failed: {item}")
            continue
        out += _lines(item, path)
        for name, findings in extract(item, overrides).items():
            for finding in findings:
                out.append(f"{name}: {finding.value}")
                out += [f"    {_receipt(r, item)}" for r in finding.receipts]
        out += ["", item.text, ""]
    return "\n".join(out)


def _lines(document: Document, path: Path) -> Iterator[str]:
    yield f"document: {document.id}  {path}"
    yield f"title: {document.title}"
    yield f"lang: {document.lang or 'unknown'}"
    for name in ("date", "url", "source"):
        if value := getattr(document, name):
            yield f"{name}: {value}"


def _receipt(receipt: Receipt, document: Document) -> str:
    """``rule 0.95 [120:134] «Article 174 of the»``, or where else it came from."""
    if receipt.start < 0:
        return f"{receipt.source} {receipt.rule} {receipt.note}".rstrip()
    text = document.title if receipt.where == "title" else document.text
    words = text[receipt.start : receipt.end].replace("\n", " ")
    place = f"{receipt.where}[{receipt.start}:{receipt.end}]"
    return f"{receipt.rule} {receipt.confidence:.2f} {place} «{words}» {receipt.note}".rstrip()
