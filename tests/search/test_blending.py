"""A word in all its readings is one term: what the engine reckons with arrays, reckoned once more with dicts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.layers import beginnings, query_stems
from analysis.tokens import tokenize
from search.blending import Blended
from search.engine import Engine
from search.parse import LOOSE_STEM, QUESTION_WORD, compile_syntax, loosely, relaxed
from search.request import SearchRequest
from search.syntax import read
from search.typed import TypedFirst

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


@pytest.mark.parametrize("dense", [0, 1 << 20], ids=["sorted", "summed in a column"])
@pytest.mark.parametrize("word", WORDS)
def test_occurrences_count_their_shares_and_are_saturated_once(
    engine: Engine, word: str, dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.blending.DENSE", dense)
    collector = engine._open.collector
    view = collector.view
    kin = {form for stem in query_stems(word) for form in collector.forms_of_stem(stem)}
    titled = {form for stem in query_stems(word) for form in collector.forms_of_stem(stem, "title_stem")}
    counts = {}
    for doc in range(view.size):
        title = [t.text for t in tokenize("".join(text for text, *_ in engine.document(collector.id_of(doc)).title))]
        count = sum(share(f, word, kin) for f in collector.words(doc)) + sum(share(f, word, titled) for f in title)
        if count:
            counts[doc] = count
    holding = sum(min(count, 1) for count in counts.values())
    idf = math.log1p((view.size - holding + 0.5) / (holding + 0.5)) * (QUESTION_WORD if word == "қандай" else 1)
    found = collector.search(loosely(word), limit=view.size)
    body = view.fields["body"]
    assert body.saturation is not None
    expected = {doc: idf * count * 2.2 / (count + float(body.saturation[doc])) for doc, count in counts.items()}
    assert sorted(found.docs.tolist()) == sorted(expected)
    assert np.allclose(found.scores, [expected[doc] for doc in found.docs.tolist()], rtol=1e-4)


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
    query = relaxed(parsed, [1, 0])
    assert query is not None
    found = collector.search(query, limit=50)
    begun = collector.search(parsed.loose[1], limit=50).docs
    alone = dict(zip(*(a.tolist() for a in collector.search(parsed.loose[0], limit=50)[1:3]), strict=True))
    raised = {doc for doc, score in zip(found.docs.tolist(), found.scores.tolist(), strict=True) if score > alone[doc]}
    assert raised == set(found.docs.tolist()) & set(begun.tolist()) != set()


def test_a_question_word_is_demanded_last(engine: Engine) -> None:
    parsed = compile_syntax(read("қанша бір екі үш төрт"))
    query = relaxed(parsed, [1, 9, 9, 9, 9])
    assert isinstance(query, TypedFirst)
    assert list(query.query.a.child.subqueries) == [q for _, q in parsed.words[1:]]
