"""A word in all its readings is one term: what the engine reckons with arrays, reckoned once more with dicts."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from whoosh import query as wq

from analysis.layers import beginnings, query_stems
from analysis.tokens import tokenize
from search.blending import FIRST_WORDS, LEADING, Blended, Leading
from search.collect import Collector
from search.engine import Engine
from search.parse import COUNTRY, FEW, LOOSE_STEM, QUESTION_WORD, RAREST, compile_syntax, loosely, loosened
from search.request import SearchRequest
from search.syntax import read

WORDS = [
    "журналиста",
    "соттың",
    "сот",
    "мыйзамдын",
    "қонун",
    "jurnalist",
    "kitaplar",
    "қандай",
    "2021",
    "жоксөз",
    "law",
]


def share(form: str, word: str, kin: set[str]) -> float:
    """What one occurrence of a form counts for a word."""
    if form == word:
        return 1.0
    return max([LOOSE_STEM if form in kin else 0.0, *(s for b, s in beginnings(word).items() if form.startswith(b))])


def languages(collector: Collector) -> list[str]:
    """The language of each document, "" where none is known."""
    return ["".join(collector.facet_of(doc, "lang")[-1:]) for doc in range(collector.size)]


def rarity(counts: dict[int, float], languages: list[str]) -> float:
    """The mean of the inverse document frequencies in the languages of the documents, by what they hold of the word."""
    holding: Counter[str] = Counter()
    for doc, count in counts.items():
        holding[languages[doc]] += min(count, 1)  # type: ignore[assignment]
    sizes = Counter(languages)
    of = {lang: math.log1p((sizes[lang] - n + 0.5) / (n + 0.5)) for lang, n in holding.items()}
    return sum(of[lang] * n for lang, n in holding.items()) / sum(holding.values()) if holding else 0.0


@pytest.mark.parametrize("dense", [0, 1 << 20], ids=["sorted", "summed in a column"])
@pytest.mark.parametrize("word", WORDS)
def test_occurrences_count_their_shares_and_are_saturated_once(
    engine: Engine, word: str, dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.blending.DENSE", dense)
    monkeypatch.setattr("search.blending.FEW", 1 << 20)
    collector = engine._open.collector
    view = collector.view
    kin = {form for stem in query_stems(word) for form in collector.forms_of_stem(stem)}
    titled = {form for stem in query_stems(word) for form in collector.forms_of_stem(stem, "title_stem")}
    counts: dict[int, float] = {}
    first: dict[int, float] = {}
    for doc in range(view.size):
        title = [t.text for t in tokenize("".join(text for text, *_ in engine.document(collector.id_of(doc)).title))]
        words = collector.words(doc)
        count = sum(share(f, word, kin) for f in words) + sum(share(f, word, titled) for f in title)
        if count:
            counts[doc] = count
            first[doc] = sum(share(f, word, kin) for f in dict.fromkeys(words[:FIRST_WORDS]))
    if not dense:
        counts = {doc: count + first[doc] for doc, count in counts.items()}
    idf = rarity(counts, languages(collector)) * (QUESTION_WORD if word == "қандай" else 1)
    found = collector.search(loosely(word), limit=view.size)
    body = view.fields["body"]
    assert body.saturation is not None
    expected = {doc: idf * count * 2.2 / (count + float(body.saturation[doc])) for doc, count in counts.items()}
    assert sorted(found.docs.tolist()) == sorted(expected)
    assert np.allclose(found.scores, [expected[doc] for doc in found.docs.tolist()], rtol=1e-4)


@pytest.mark.parametrize("word", ["журналист", "журналистов", "редакция"])
def test_words_that_begin_like_one_of_many_documents_count_nothing(
    engine: Engine, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = engine._open.collector
    query = loosely(word)
    assert isinstance(query, Blended)
    kin = {word}.union(*(collector.forms_of_stem(stem) for stem in query_stems(word)))
    strict = {doc for doc in range(collector.size) if kin & {*collector.words(doc)}}
    monkeypatch.setattr("search.blending.FEW", len(strict))
    begun = set(collector.search(query, limit=collector.size).docs.tolist())
    assert begun > strict
    monkeypatch.setattr("search.blending.FEW", 0)
    assert set(collector.search(query, limit=collector.size).docs.tolist()) == (strict or begun)


@pytest.mark.parametrize("word", ["журналист", "сот", "суд", "2021", "жоксөз"])
def test_documents_that_begin_with_a_rare_word_in_any_form_get_something_for_it(
    engine: Engine, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = engine._open.collector
    kin = {word}.union(*(collector.forms_of_stem(stem) for stem in query_stems(word)))
    query = Leading(Blended({word: 1.0}, dict.fromkeys(query_stems(word), 1.0), {}))
    monkeypatch.setattr("search.blending.DENSE", 0)
    found = collector.search(query, limit=collector.size)
    assert set(found.docs.tolist()) == {d for d in range(collector.size) if kin & {*collector.words(d)[:FIRST_WORDS]}}
    assert (found.scores > LEADING / 2).all()
    monkeypatch.setattr("search.blending.DENSE", 1 << 20)
    assert collector.search(query, limit=1).total == 0


def test_a_form_that_is_read_in_two_ways_counts_the_greater_share(engine: Engine) -> None:
    collector = engine._open.collector
    (word,) = {form for form in collector.words(0) if form == collector.words(0)[0]}
    once = collector.search(Blended({word: 1.0}, {}, {}), limit=50)
    twice = collector.search(Blended({word: 1.0}, dict.fromkeys(query_stems(word), 0.0), {word: 0.0}), limit=50)
    kept = {doc: score for doc, score in zip(twice.docs.tolist(), twice.scores.tolist(), strict=True) if score}
    assert kept == dict(zip(once.docs.tolist(), once.scores.tolist(), strict=True))


def test_a_word_on_no_page_is_dropped_and_still_ranks_by_how_it_begins(engine: Engine) -> None:
    """No page has the made-up form; pages on journalists are nearer to the question than others on courts."""
    results = engine.search(SearchRequest(q="соттун өкүмү журналистсымактарга"))
    assert results.interpretation.kind == "relaxed"
    assert results.interpretation.dropped == ("журналистсымактарга",)
    collector = engine._open.collector
    parsed = compile_syntax(read("соттун журналистсымактарга"))
    loose = loosened(parsed, [FEW, 0])
    assert loose is not None
    found = collector.search(loose.query, limit=50)
    begun = collector.search(parsed.loose[1], limit=50).docs
    alone = dict(zip(*(a.tolist() for a in collector.search(parsed.loose[0], limit=50)[1:3]), strict=True))
    scores = dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))
    raised = {doc for doc, score in scores.items() if score > alone.get(doc, 0)}
    assert raised == set(found.docs.tolist()) & set(begun.tolist()) != set()


def test_a_question_word_is_demanded_last(engine: Engine) -> None:
    parsed = compile_syntax(read("қанша бір екі үш төрт бес алты"))
    loose = loosened(parsed, [10, *[19] * RAREST])
    assert loose is not None
    assert list(loose.query.a.child.subqueries) == [q for _, q in parsed.words[1:]]


def test_documents_about_a_country_that_a_relaxed_query_names_get_as_much_as_for_a_rare_word(engine: Engine) -> None:
    collector = engine._open.collector
    parsed = compile_syntax(read("клевета узбекистане"))
    loose = loosened(parsed, [FEW, FEW])
    assert loose is not None
    found = collector.search(loose.query, limit=99)
    plain = collector.search(wq.Or(parsed.loose), limit=99)
    words = dict(zip(plain.docs.tolist(), plain.scores.tolist(), strict=True))
    added = {doc: score - words[doc] for doc, score in zip(found.docs.tolist(), found.scores.tolist(), strict=True)}
    about = {doc for doc in added if "uz" in collector.facet_of(doc, "country")}
    assert about
    assert added == {doc: pytest.approx(COUNTRY if doc in about else 0, abs=1e-4) for doc in added}
    assert len(about) < len(added)


def test_a_word_of_every_document_of_its_language_is_not_rare_among_many_languages(engine: Engine) -> None:
    collector = engine._open.collector
    russian = languages(collector).count("ru")
    found = collector.search(loosely("в"), limit=99)
    assert found.total * 2 > russian
    assert found.scores.max() < collector.search(loosely("клевета"), limit=99).scores.max() / 2
