"""What was given to the builder can be read back, however it was cut into runs, segments and commits."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.util.numeric import byte_to_length

from analysis.errors import DocumentError, IndexCorrupt, IndexLocked, IndexMissing, IndexOutdated
from analysis.tokens import tokenize
from indexer import codec
from indexer.codec import builder, inverting
from indexer.codec.segment import Segment
from indexer.codec.stored import LETTERS, Stored, pack_text, spans
from search.collect import Collector

WORDS = ["сот", "сотта", "бап", "бапта", "court", "courts", "сло'во"]


def stems(form: str, lang: str) -> tuple[str, ...]:
    return (f"{lang}:{form[:3]}", f"{lang}:{form[:2]}", f"{lang}:{form[:3]}")


def name_keys(form: str) -> tuple[str, ...]:
    return (form[0], form[:2])


ANALYSIS = codec.Analysis(stems, name_keys)


def record(number: int, text: str = "", **changed: Any) -> codec.Record:
    base: dict[str, Any] = {
        "id": f"d{number}",
        "text": text or " ".join(WORDS[(number * k) % len(WORDS)] for k in range(1, 4 + number % 5)),
        "title": WORDS[number % len(WORDS)],
        "passages": [(0, 4, "kk"), (5, 9, "ru")],
        "title_lang": "en",
        "facets": {
            "country": ["kz", "kg", "kz"][number % 3 :],
            "article": ["kz/code-1/art-7/part-2", "unresolved/art-1"],
        },
        "date": number - 5,
        "card": json.dumps({"n": number}).encode(),
        "receipts": b"",
    }
    return base | changed  # type: ignore[return-value]


def build(folder: Path, records: list[codec.Record], run_words: int = 10**6) -> codec.SegmentInfo:
    made = codec.SegmentBuilder(folder, ANALYSIS, run_words=run_words)
    made.add_many(records)
    return made.finish()


def answers(engine: Collector) -> list[Any]:
    """Everything an index can be asked, by id."""
    out: list[Any] = [engine.count]
    for wanted in (
        query.Every(),
        query.Or([query.Term("body", w) for w in WORDS]),
        query.Or([query.Term("stem", "kk:со"), query.Term("title_stem", "en:ба")]),
        query.Phrase("body", ["бап", "сотта"], slop=3),
        query.Prefix("body", "со"),
    ):
        found = engine.search(wanted, limit=99, facets=("country", "article"))
        ids = [engine.id_of(d) for d in found.docs.tolist()]
        marks = [engine.places(wanted, d).tolist() for d in found.docs.tolist()]
        out.append((ids, found.scores.tolist(), marks, {f: c.items() for f, c in found.counts.items()}))
    docs = engine.search(query.Every(), limit=99).docs.tolist()
    out += [(engine.fetch(d).text, engine.fetch(d).langs, engine.words(d), engine.card(d)) for d in docs]
    return [*out, engine.candidates(["с", "co"]), engine.forms_of_stem("kk:со"), engine.terms_with_prefix("body", "с")]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(1, 25), st.integers(1, 60), st.integers(1, 24), st.booleans())
def test_answers_do_not_depend_on_runs_segments_or_merges(
    tmp_path_factory: pytest.TempPathFactory, count: int, run_words: int, cut: int, merged: bool
) -> None:
    records = [record(i) for i in range(count)]
    one, many = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("many")
    codec.commit(one, new=[build(one, records)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "PENDING", 40)
        infos = [build(many, records[:cut], run_words), build(many, records[cut:], run_words)]
    codec.commit(many, new=infos, max_segments=1 if merged else 8)
    assert answers(Collector(many)) == answers(Collector(one))


def test_a_merge_without_deleted_documents_equals_a_build_without_them(tmp_path: Path) -> None:
    records = [record(i) for i in range(24)]
    first, second, plain = (tmp_path / n for n in ("first", "second", "plain"))
    for folder in (first, plain):
        folder.mkdir()
    codec.commit(first, new=[build(first, records[:10]), build(first, records[10:])])
    gone = {"d0", "d5", "d9", "d10", "d23"}
    codec.commit(second, base=first, deleted=gone, max_segments=1)
    codec.commit(plain, new=[build(plain, [r for r in records if r["id"] not in gone])])
    assert answers(Collector(second)) == answers(Collector(plain))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text(max_size=8), st.integers(0, 400))
def test_a_stored_text_comes_back_with_the_offsets_of_its_words(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str, gap: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    text = f"{text}{'.' * gap} {'длинное' * gap} end"
    codec.commit(folder, new=[build(folder, [record(0, text, title=title)])])
    stored = Collector(folder).fetch(0)
    assert (stored.text, stored.title) == (text, title)
    found = tokenize(f"{text}\n{title}")
    assert stored.starts.tolist() == [t.start for t in found]
    assert stored.ends.tolist() == [t.end for t in found]
    assert stored.text_words == sum(t.start < len(text) for t in found)


def test_each_letter_of_a_stored_text_has_one_byte() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 256
    offsets = b"\1\3"
    plain, mixed = (pack_text(text, "", 1, 0, offsets) for text in ("Әділ «сот» №5", "Әділ «сот» №5 ☂"))
    assert len(mixed) - len(plain) > len(" ☂".encode())
    assert [Stored(blob, list).text for blob in (plain, mixed)] == ["Әділ «сот» №5", "Әділ «сот» №5 ☂"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.text("бап сот.", max_size=30), st.sampled_from([0, 0, 300])), min_size=1, max_size=5),
    st.data(),
)
def test_spans_of_many_documents_are_those_of_each(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, int]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("index")
    records = [record(i, f"{text} end{'.' * gap} бап", title="сот") for i, (text, gap) in enumerate(texts)]
    codec.commit(folder, new=[build(folder, records)])
    engine = Collector(folder)
    stored = engine.fetch_many(range(len(records)))
    places = [np.array(sorted(data.draw(st.sets(st.integers(0, d.words - 1)))), np.int64) for d in stored]
    expected = [
        (start, end)
        for d, at in zip(stored, places, strict=True)
        for start, end in zip(d.starts[at].tolist(), d.ends[at].tolist(), strict=True)
    ]
    docs = np.repeat(np.arange(len(stored)), [len(at) for at in places])
    assert spans(stored, docs, np.concatenate(places)) == expected


def test_places_of_many_documents_are_those_of_each(tmp_path: Path) -> None:
    texts = ["сот бап сот", "бап", "сот бап", "бап сот end", "сот сот бап"]
    records = [record(i, text, title="сот" if i % 2 else "") for i, text in enumerate(texts)]
    codec.commit(tmp_path, new=[build(tmp_path, records[:2]), build(tmp_path, records[2:])])
    engine = Collector(tmp_path)
    court, article = query.Term("body", "сот"), query.Term("body", "бап")
    for wanted in (
        court,
        query.And([court, article]),
        query.AndNot(article, court),
        query.AndMaybe(article, court),
        query.Or([query.Term("title", "сот"), query.Phrase("body", ["сот", "бап"])]),
        query.Phrase("body", ["сот", "бап"], slop=3),
        query.Otherwise(query.Term("title", "сот"), article),
        query.Or([court, query.Term("title", "бап"), query.Term("stem", "kk:ба"), query.Term("title_stem", "en:со")]),
        query.Or([query.Phrase("body", ["бап", "сот"]), query.Phrase("title", ["сот"])]),
        query.Prefix("body", "с"),
        query.Prefix("title", "с"),
        query.Prefix("stem", "kk:с"),
        query.Not(court),
    ):
        asked = [4, 0, 3, 1, 2]
        found = engine.places_many(wanted, asked)
        each = [found.places[a:b].tolist() for a, b in itertools.pairwise(found.cuts(len(asked)))]
        assert each == [engine.places(wanted, d).tolist() for d in asked]
        matching = engine.search(wanted).docs.tolist()
        for one, other in zip(
            engine.places_many(wanted, matching), engine.places_many(wanted, matching, known=True), strict=True
        ):
            assert one.tolist() == other.tolist()
        forms = [engine.words(asked[d])[p] for d, p in zip(found.docs.tolist(), found.places.tolist(), strict=True)]
        numbers = list(zip(found.docs.tolist(), found.words.tolist(), strict=True))
        assert all(
            (a == b) == (x == y)
            for (a, x), (b, y) in itertools.combinations(zip(numbers, forms, strict=True), 2)
            if a[0] == b[0]
        )


def test_stem_marks_stand_only_in_passages_of_the_language(tmp_path: Path) -> None:
    text = "сот бап сот"
    passages = [(0, 3, "kk"), (4, 11, "ru")]
    codec.commit(tmp_path, new=[build(tmp_path, [record(0, text, title="сот", passages=passages)])])
    engine = Collector(tmp_path)
    assert engine.places(query.Term("stem", "kk:сот"), 0).tolist() == [0]
    assert engine.places(query.Term("stem", "ru:сот"), 0).tolist() == [2]
    assert engine.places(query.Term("title_stem", "en:сот"), 0).tolist() == [3]
    assert engine.places(query.Term("title", "сот"), 0).tolist() == [3]
    assert engine.places(query.Phrase("body", ["сот", "бап"]), 0).tolist() == [0, 1]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 9), st.sampled_from(["kk", "ru", ""])), max_size=5),
    st.sampled_from(["", "сот бап"]),
)
def test_a_word_has_the_language_of_the_passage_it_begins_in(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, str]], title: str
) -> None:
    folder, text = tmp_path_factory.mktemp("index"), "а бб в ггг д ее жж з ии"
    passages = [(start, start + size, lang) for start, size, lang in sorted(rows)]
    expected, at, lang = ["en"] * 40, 0, ""
    for start, end, next_lang in [*passages, (len(text) + 1, 0, "en")]:
        if start >= at:  # what begins inside another passage is part of it
            expected[at:start] = [""] * (start - at)
            at, lang = start, next_lang
        stop = max(at, min(end, len(text) + 1))
        expected[at:stop] = [lang] * (stop - at)
        at = stop
    codec.commit(folder, new=[build(folder, [record(0, text, title=title, passages=passages)])])
    stored = Collector(folder).fetch(0)
    firsts, langs = zip(*stored.langs, strict=True)
    found = [langs[np.searchsorted(firsts, place, "right") - 1] for place in range(stored.words)]
    assert found == [expected[start] for start in stored.starts.tolist()]


def test_ancestors_begin_at_the_statute_and_unresolved_is_one() -> None:
    found = codec.with_ancestors(["kz/c-1/art-1/part-2", "kz/c-1/general", "unresolved/art-9", "kz/c-1"])
    assert found == [
        "kz/c-1",
        "kz/c-1/art-1",
        "kz/c-1/art-1/part-2",
        "kz/c-1/general",
        "unresolved",
        "unresolved/art-9",
    ]


def test_a_commit_links_unchanged_files_and_never_touches_the_base(tmp_path: Path) -> None:
    first, second, work = (tmp_path / n for n in ("first", "second", "work"))
    work.mkdir()
    codec.commit(first, new=[build(work, [record(i) for i in range(9)])], source=work, generation="one")
    before = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in first.iterdir()}
    newer = build(work, [record(3, "новое"), record(30)])
    codec.commit(second, base=first, new=[newer], source=work, deleted=["d1"], generation="two")
    assert {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in first.iterdir()} == before
    shared = [n for n in codec.files(first) if n != "toc.json"]
    assert all(os.path.samefile(first / n, second / n) for n in shared)
    engine = Collector(second)
    assert (engine.generation, engine.count, engine.doc_of("d1")) == ("two", 9, None)
    assert engine.fetch(engine.doc_of("d3") or 0).text == "новое"
    assert codec.document_ids(second) == ["d0", "d2", "d4", "d5", "d6", "d7", "d8", "d3", "d30"]


def test_a_commit_leaves_files_alone_that_are_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{}")
    codec.commit(tmp_path, new=[build(tmp_path, [record(1)])])
    assert (tmp_path / "settings.json").exists()


def test_many_small_segments_are_merged(tmp_path: Path) -> None:
    toc = codec.commit(tmp_path, new=[build(tmp_path, [record(i)]) for i in range(12)], max_segments=3)
    assert len(toc.entries) == 3
    assert codec.document_ids(tmp_path) == [f"d{i}" for i in range(12)]


def test_lengths_are_kept_as_whoosh_keeps_them() -> None:
    assert inverting._LENGTHS.tolist() == [byte_to_length(n) for n in range(256)]


def test_what_only_builds_does_not_wait_for_whoosh() -> None:
    code = "import sys, indexer.codec; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    codec.commit(tmp_path, new=[build(tmp_path, [])])
    engine = Collector(tmp_path)
    found = engine.search(query.Every())
    assert (engine.size, found.total, found.docs.tolist()) == (0, 0, [])


def test_the_lock_is_refused_to_a_second_writer_and_free_after_a_failure(tmp_path: Path) -> None:
    with codec.lock(tmp_path), pytest.raises(IndexLocked), codec.lock(tmp_path):
        pass
    with pytest.raises(ZeroDivisionError), codec.lock(tmp_path):
        raise ZeroDivisionError
    with codec.lock(tmp_path):
        assert (tmp_path / "write.lock").exists()


def test_what_is_wrong_with_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="izde index"):
        codec.read_toc(tmp_path)
    info = build(tmp_path, [record(1)])
    codec.commit(tmp_path, new=[info])
    places = tmp_path / f"{info.name}.body.places"
    places.write_bytes(places.read_bytes()[:-1])
    with pytest.raises(IndexCorrupt, match="wrong size"):
        Segment(tmp_path, info.name)
    (tmp_path / "toc.json").write_text('{"format": 0}')
    with pytest.raises(IndexOutdated, match="format 0"):
        codec.read_toc(tmp_path)


def test_a_record_without_an_id_is_refused_and_abort_leaves_nothing(tmp_path: Path) -> None:
    made = codec.SegmentBuilder(tmp_path, ANALYSIS, run_words=5)
    with pytest.raises(DocumentError):
        made.add(record(1, id=""))
    made.add_many(record(i) for i in range(5))
    made.abort()
    assert list(tmp_path.iterdir()) == []


def test_a_word_more_than_255_times_in_a_document_keeps_its_frequency(tmp_path: Path) -> None:
    codec.commit(tmp_path, new=[build(tmp_path, [record(i, "бап " * n) for i, n in enumerate((3, 700, 300))])])
    reader = Collector(tmp_path).view.fields["body"].readers[0]
    low, high = reader.span(reader.terms.find("бап".encode()))
    assert (
        reader.exact(low, high).tolist()
        == reader.frequencies([(low, high)]).tolist()
        == [3, 700, 301 - 1 + (WORDS[2] == "бап")]
    )
    assert reader.places is not None
    assert reader.place is not None
    assert np.all(np.diff(reader.places[reader.place[0] : reader.place[1]].astype(int)) > 0)
