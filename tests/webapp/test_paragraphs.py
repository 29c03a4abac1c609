import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import messages
from webapp.paragraphs import blocks_of, hits_of, plain, read_span
from webapp.receipts import explanation, quotation, sentence

SEGMENTS = st.lists(st.tuples(st.text("аб xy", min_size=1, max_size=8), st.booleans()), min_size=1, max_size=6)
PARAGRAPHS = st.lists(SEGMENTS, min_size=1, max_size=4)


def placed(paragraphs: list[list[tuple[str, bool]]]) -> list[tuple[int, int, str, list[tuple[str, bool]]]]:
    out, at = [], 0
    for segments in paragraphs:
        size = len(plain(segments))
        out.append((at, at + size, "ru", segments))
        at += size + 1
    return out


@given(PARAGRAPHS, st.integers(-5, 60), st.integers(-5, 60))
def test_pieces_joined_are_the_text_hits_are_numbered_and_the_lit_pieces_are_the_span(
    paragraphs: list[list[tuple[str, bool]]], low: int, high: int
) -> None:
    rows = placed(paragraphs)
    blocks = blocks_of(rows, (low, high))
    assert ["".join(p.text for p in block.pieces) for block in blocks] == [plain(row[3]) for row in rows]
    marked = sum(is_hit for segments in paragraphs for _, is_hit in segments)
    firsts = [piece.hit for block in blocks for piece in block.pieces if piece.first]
    assert firsts == list(range(1, marked + 1))
    assert hits_of(blocks) == marked
    text = "\n".join(plain(row[3]) for row in rows)
    lit = "".join(piece.text for block in blocks for piece in block.pieces if piece.lit)
    assert lit == (text[max(low, 0) : max(high, 0)].replace("\n", "") if low < high else "")


@given(st.text(max_size=30))
def test_a_span_from_an_address_is_two_numbers_or_nothing(raw: str) -> None:
    low, high = read_span(raw)
    assert (low, high) == (0, 0) or raw == f"{low}-{high}" or raw.replace("0", "") == f"{low}-{high}".replace("0", "")


def test_a_span_is_read() -> None:
    assert read_span("12-180") == (12, 180)
    assert read_span("٣-٤") == read_span("12") == read_span("1-2-3") == read_span("9" * 30 + "-1") == (0, 0)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Первое. Ст. 174 УК РК говорит о розни. Третье.", "174", "Ст. 174 УК РК говорит о розни."),
        (
            "He was tried under Art. 19 of the Covenant. Then he left.",
            "Art. 19",
            "He was tried under Art. 19 of the Covenant.",
        ),
        ("No end here art. 174", "174", "No end here art. 174"),
        ("«Судили!» Он вышел в 2016. Потом уехал.", "2016", "Он вышел в 2016."),
    ],
)
def test_the_sentence_around_a_citation_is_found(text: str, words: str, expected: str) -> None:
    at = text.index(words)
    low, high = sentence(text, at, at + len(words))
    assert text[low:high] == expected


@given(PARAGRAPHS, st.data())
def test_a_quotation_is_a_piece_of_its_paragraph_with_the_words_inside(
    paragraphs: list[list[tuple[str, bool]]], data: st.DataObject
) -> None:
    rows = placed(paragraphs)
    text = "\n".join(plain(row[3]) for row in rows)
    number = data.draw(st.integers(0, len(rows) - 1))
    start = data.draw(st.integers(rows[number][0], rows[number][1]))
    end = data.draw(st.integers(start, rows[number][1]))
    quote = quotation(rows, {"paragraph": number, "start": start, "end": end})
    assert quote is not None
    assert quote.words == text[start:end]
    assert quote.before + quote.words + quote.after == text[quote.start : quote.end]


def test_a_value_that_was_given_has_no_quotation() -> None:
    assert quotation(placed([[("abc", False)]]), {"paragraph": -1, "start": -1, "end": -1}) is None


def test_a_sentence_without_an_end_is_found_in_linear_time_and_cut() -> None:
    text = "а. " * 40_000 + "174" + " б." * 40_000
    at = text.index("174")
    quote = quotation([(0, len(text), "ru", [(text, False)])], {"paragraph": 0, "start": at, "end": at + 3})
    assert quote is not None
    assert quote.cut_before
    assert quote.cut_after
    assert quote.end - quote.start < 400


def test_a_receipt_says_in_words_what_decided() -> None:
    receipt = {"source": "rule", "where": "title", "note": "explicit, edition-assumed"}
    said = "read in the title; the statute is named beside the number; no date decides the edition"
    assert explanation(receipt, messages.load("en")) == said
    given = {"source": "given", "where": "text", "note": ""}
    assert explanation(given, messages.load("ru")) == "дано вместе с документом"
    cited = {"source": "rule", "where": "text", "note": "kz/criminal-code-2014/art-174"}
    assert (
        explanation(cited, messages.load("en")) == "read in the text; Article 174, Criminal Code of Kazakhstan (2014)"
    )
    assert explanation({**cited, "note": "Kazakhstan*"}, messages.load("en")) == "read in the text; Kazakhstan*"
