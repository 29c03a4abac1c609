"""What is made of distinct forms does not depend on who made it, nor on the order of runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from whoosh import query

from indexer import codec
from indexer.codec import deriving
from indexer.codec.deriving import Deriving
from search.collect import Collector

FORMS = [f"сот{n}" for n in range(90)]


class Counting:
    """An analysis that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def stems(self, form: str, lang: str) -> tuple[str, ...]:
        self.asked.append(f"{lang}:{form}")
        return (f"{lang}:{form[:4]}", f"{lang}:{form[:4]}")

    def names(self, form: str) -> list[str]:
        self.asked.append(form)
        return [form[-1], form[:3]]


def derive(forms: list[str], folder: Path | None) -> tuple[Counting, list[list[str]]]:
    """One process: the strings made of the forms in two languages and as names, and what was asked."""
    counting = Counting()
    made = Deriving(codec.Analysis(counting.stems, counting.names), forms, folder)
    numbers = np.arange(len(forms))
    made.prepare({"kk": numbers, "ru": numbers[::2]}, numbers)
    assert made.stems is not None
    assert made.names is not None
    out = []
    for derived, key, wanted in (
        (made.stems, "kk", numbers),
        (made.stems, "ru", numbers[::2]),
        (made.names, "", numbers),
    ):
        first, flat = derived.table()
        rows = derived.rows(deriving.STEM + key if key else deriving.NAMES, wanted).tolist()
        out.append([" ".join(sorted(derived.strings[i] for i in flat[first[r] : first[r + 1]].tolist())) for r in rows])
    return counting, out


def test_what_one_process_derived_another_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "WORTH", 1)
    alone = derive(FORMS[10:], None)
    first = derive(FORMS[:60], tmp_path)
    second = derive(FORMS[10:], tmp_path)
    assert second[1] == alone[1]
    assert sorted(first[0].asked) == sorted(derive(FORMS[:60], None)[0].asked)
    assert {word.rpartition(":")[2] for word in second[0].asked} & set(FORMS[11:60:2]) == set()


def test_a_share_that_another_process_claimed_and_has_not_told_is_derived_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deriving, "WORTH", 1)
    for share in range(0, deriving.SHARES, 2):
        (tmp_path / f"{deriving.PREFIX}{share}.claim").touch()
    assert derive(FORMS, tmp_path)[1] == derive(FORMS, None)[1]


def test_a_commit_removes_what_processes_told_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "WORTH", 1)
    counting = Counting()
    made = codec.SegmentBuilder(tmp_path, codec.Analysis(counting.stems, counting.names), shared=True)
    made.add(_record("a", "сот сотта", "kk"))
    info = made.finish()
    assert list(tmp_path.glob(f"{deriving.PREFIX}*"))
    codec.commit(tmp_path, new=[info])
    assert not list(tmp_path.glob(f"{deriving.PREFIX}*"))


def test_languages_that_come_in_another_order_in_a_later_run_keep_their_stems(tmp_path: Path) -> None:
    """Each run numbers the languages anew; what was made of a form in one of them must not be taken for another's."""
    counting = Counting()
    made = codec.SegmentBuilder(tmp_path, codec.Analysis(counting.stems, counting.names), run_words=1)
    for number, lang in enumerate(("kk", "ru", "kk")):
        made.add(_record(str(number), "сотта", lang))
        made._take()  # each document is a run
    codec.commit(tmp_path, new=[made.finish()])
    engine = Collector(tmp_path)
    for lang, ids in (("kk", ["0", "2"]), ("ru", ["1"])):
        found = engine.search(query.Term("stem", f"{lang}:сотт"), limit=9)
        assert sorted(map(engine.id_of, found.docs.tolist())) == ids


def _record(id_: str, text: str, lang: str) -> codec.Record:
    return codec.Record(
        id=id_,
        text=text,
        title="",
        passages=[(0, len(text), lang)],
        title_lang=lang,
        facets={},
        date=0,
        card=b"{}",
        receipts=b"",
    )
