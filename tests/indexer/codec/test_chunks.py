"""The chunk cache gives the words of ICU over the whole text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tokens import plain, tokenize
from indexer.codec.chunks import BATCH, LONG, ChunkTokenizer

AWKWARD = (
    "aбЖ1.,'’ \u00a0\u202f\u0301\u200d\u00ad\u200bℹ😀𝐅ⓜ\t\n\r\x0b\x0c\x01\x1f\u0085"
    "\u2028():;_-‘ʻก中カ\ud800é🇦🇧\u200c\ufe0f"
)
KNOWN = ["1\u00a0000\u00a0000 сом", "3,14 км", "сло'во.", "О‘zbek (ст. 174)!", "a" * (LONG + 9), "é" * LONG]
TEXTS = st.lists(
    st.text(st.sampled_from(AWKWARD), max_size=16)
    | st.text(max_size=12)
    | st.sampled_from(
        ["1\u00a0000\u00a0000 сом", "3,14 км", "сло'во.", "О‘zbek (ст. 174)!", "a" * (LONG + 9), "é" * LONG]
    ),
    max_size=5,
)
SHARED = ChunkTokenizer()


def words(tokenizer: ChunkTokenizer, texts: list[str]) -> list[list[tuple[str, int, int]]]:
    found, out, at = tokenizer.words(texts), [], 0
    for count in found.counts.tolist():
        span = range(at, at + count)
        starts, sizes = found.starts.tolist(), found.lengths.tolist()
        out.append([(tokenizer.forms[found.ids[i]], starts[i], starts[i] + sizes[i]) for i in span])
        at += count
    return out


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_words_equal_icu_over_the_whole_text_with_a_warm_and_a_cold_cache(texts: list[str]) -> None:
    expected = [[tuple(t) for t in tokenize(text)] for text in texts]
    assert words(SHARED, texts) == expected
    assert words(ChunkTokenizer(), texts) == expected


def test_a_plain_word_is_one_word_of_icu() -> None:
    letters = [c for c in map(chr, range(0x600)) if plain(c)]
    assert {"z", "Z", "я", "ө", "7", "ı"} <= set(letters)
    assert not {"'", "²", "ß", " ", "-", "İ"} & set(letters)
    for word in [before + c + after for c in letters for before in ("a", "Я", "5") for after in ("b1", "ж1")]:
        if form := plain(word):
            assert [tuple(t) for t in tokenize(word)] == [(form, 0, len(word))]


def test_texts_beyond_one_batch_keep_their_words() -> None:
    texts = [f"слово{i} word{i % 9}, " * 900 for i in range(40)]
    assert sum(len(t.encode()) for t in texts) > 2 * BATCH
    assert words(ChunkTokenizer(), texts) == [[tuple(t) for t in tokenize(text)] for text in texts]


def test_ready_words_are_split_at_white_space_and_kept_as_they_are() -> None:
    first, last = [("A", 0, 1), ("b,", 2, 4), ("A", 5, 6)], [("ж-", 1, 3), ("A", 4, 5)]
    assert words(ChunkTokenizer(ready=True), ["A b, A", "", " ж- A\n"]) == [first, [], last]
