"""PDF and DOCX: words broken at line ends, pictures only, bombs."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.errors import DocumentError
from indexer.read import docx, pdf


def make_pdf(lines: list[str]) -> bytes:
    """The smallest PDF with some lines of Latin text."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def make_docx(body: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    document = pdf.read(
        make_pdf(["The title of it", "The journa-", "list was heard", "by the court.", "Nobody spoke."]), "a.pdf", "id"
    )
    assert document.title == "The title of it"
    assert document.text == "The journalist was heard by the court.\nNobody spoke."


def test_the_cover_of_a_pdf_keeps_its_title_and_year_and_loses_its_page_number() -> None:
    cover = ["RULES FOR THE", "TOWN COURT", "The town and its people", "2014", "7", "Nobody spoke."]
    document = pdf.read(make_pdf(cover), "a.pdf", "id")
    assert document.title == "RULES FOR THE TOWN COURT"
    assert document.text == "The town and its people\n2014\nNobody spoke."


def test_a_hyphen_before_a_capital_or_a_figure_stays() -> None:
    assert pdf.join_lines("Nur-\nSultan and art. 244-\n1 of it") == "Nur-Sultan and art. 244-\n1 of it"


def test_a_pdf_without_text_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match="OCR"):
        pdf.read(make_pdf([]), "a.pdf", "id")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", make_pdf(["x"])[:200], b"%PDF-1.4" + b"<</A" * 5000])
def test_a_broken_pdf_is_one_failed_entry(data: bytes) -> None:
    with pytest.raises(DocumentError, match="PDF"):
        pdf.read(data, "a.pdf", "id")


def test_a_word_file_gives_its_paragraphs_and_raised_figures() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    body = "".join(
        f"<w:p>{p}</w:p>" for p in (run.format("The title"), run.format("Article 107") + raised + run.format(" of it"))
    )
    document = docx.read(make_docx(body), "a.docx", "id")
    assert (document.title, document.text) == ("The title", "Article 107-1 of it")


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(21):
            archive.writestr(f"word/{n}.xml", b"\x00" * 10_000_000)
    with pytest.raises(DocumentError, match="unpacks to more"):
        docx.read(out.getvalue(), "a.docx", "id")


@pytest.mark.parametrize("body", ["<w:p>", "&unknown;", '<!DOCTYPE a [<!ENTITY b "c">]>&b;'])
def test_a_broken_word_file_is_one_failed_entry(body: str) -> None:
    with pytest.raises(DocumentError):
        docx.read(make_docx(body), "a.docx", "id")
