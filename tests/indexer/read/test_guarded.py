"""A file that is a bomb fails alone."""

import sys
import zlib
from functools import partial
from pathlib import Path

import pytest

from analysis.errors import DocumentError
from indexer import pipeline, workers
from indexer.read import read_file
from indexer.read.guarded import Reader

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE]


def pdf(content: bytes) -> bytes:
    """A PDF of one page with this content stream."""
    packed = zlib.compress(content)
    objects = [
        *PAGES,
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        FONT,
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


GOOD_PDF = pdf(b"BT /F1 12 Tf 72 700 Td (Article 174 of the Criminal Code) Tj ET")
MEMORY_BOMB = pdf(b"BT /F1 12 Tf 72 700 Td " + b"(hello) Tj " * 2_000_000 + b"ET")
GOOD_HTML = b"<html><body><p>Article 174 of the Criminal Code of Kazakhstan was applied twice.</p></body></html>"
LONG_WORK = b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x</p>"


def test_a_guarded_reader_gives_what_the_plain_one_gives(tmp_path: Path) -> None:
    for name, data in [("a.pdf", GOOD_PDF), ("a.html", GOOD_HTML), ("a.txt", b"Article 19"), ("b.html", b"")]:
        path = tmp_path / name
        path.write_bytes(data)
        with Reader() as reader:
            try:
                plain = read_file(path, tmp_path)
            except DocumentError as error:
                with pytest.raises(DocumentError, match=error.reason):
                    reader.read(path, tmp_path)
            else:
                assert reader.read(path, tmp_path) == plain


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_file_that_wants_too_much_memory_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(MEMORY_BOMB)
    (tmp_path / "b.pdf").write_bytes(GOOD_PDF)
    with Reader(max_memory=400_000_000) as reader:
        with pytest.raises(DocumentError, match="repair it or leave it out"):
            reader.read(tmp_path / "a.pdf", tmp_path)
        assert len(reader.read(tmp_path / "b.pdf", tmp_path)) == 1


def test_a_file_that_takes_too_long_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(LONG_WORK)
    with Reader(max_seconds=0.05) as reader, pytest.raises(DocumentError, match=r"takes more than 0\.05 seconds"):
        reader.read(tmp_path / "a.html", tmp_path)
    (tmp_path / "b.html").write_bytes(GOOD_HTML)
    with Reader() as reader:
        assert len(reader.read(tmp_path / "b.html", tmp_path)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_corpus_with_a_bomb_is_indexed_but_for_the_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "Reader", partial(Reader, max_memory=400_000_000))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text("Статья 174 УК РК.", encoding="utf-8")
    (corpus / "good.pdf").write_bytes(GOOD_PDF)
    (corpus / "bomb.pdf").write_bytes(MEMORY_BOMB)
    report = pipeline.run([corpus], tmp_path / "index")
    assert report.indexed == 2
    assert [path for path, _ in report.failed] == ["corpus/bomb.pdf"]
