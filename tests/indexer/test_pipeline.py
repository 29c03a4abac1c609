"""The road of documents: only what changed is read, one bad file stops nothing, a killed run leaves what was."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from analysis.errors import DataError, IndexOutdated
from indexer import pipeline, snapshot, versions, workers
from indexer.document import Document, Findings
from indexer.extract import extract
from indexer.overrides import Overrides
from search.engine import Engine
from search.request import SearchRequest


def found(index: Path, query: str) -> set[str]:
    """Titles of the documents that a query finds."""
    hits = Engine(index).search(SearchRequest(q=query, size=100, exact=True)).hits
    return {"".join(t for t, _ in hit.title) for hit in hits}


def write(folder: Path, name: str, text: str) -> Path:
    """A small document."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name}\n\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents."""
    for name, text in (("one.txt", "журналист адвокат"), ("two.txt", "прокурор адвокат"), ("sub/three.txt", "депутат")):
        write(tmp_path / "docs", name, text)
    return tmp_path / "docs"


def test_a_second_run_reads_only_what_changed(folder: Path, tmp_path: Path) -> None:
    """Unchanged, changed, new and removed files, by their content."""
    index = tmp_path / "index"
    first = pipeline.run([folder], index)
    assert (first.indexed, first.unchanged, first.removed, first.failed) == (3, 0, 0, [])
    again = pipeline.run([folder], index)
    assert (again.indexed, again.unchanged, again.removed) == (0, 3, 0)
    assert again.snapshot == first.snapshot
    write(folder, "one.txt", "редактор")
    write(folder, "four.txt", "адвокат")
    (folder / "two.txt").unlink()
    third = pipeline.run([folder], index)
    assert (third.indexed, third.unchanged, third.removed) == (2, 1, 1)
    assert found(index, "адвокат") == {"four.txt"}
    assert found(index, "редактор") == {"one.txt"}
    assert found(index, "") == {"one.txt", "four.txt", "sub/three.txt"}


def test_one_bad_file_stops_nothing_and_is_named_each_time(folder: Path, tmp_path: Path) -> None:
    """An unknown suffix, broken JSON lines, a broken PDF, a missing path."""
    (folder / "bad.xyz").write_text("x")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "lines.jsonl").write_text('{"id": "a", "title": "good", "text": "адвокат"}\nno json\n{"id": 1.5}\n')
    for _ in range(2):
        report = pipeline.run([folder, tmp_path / "nowhere"], tmp_path / "index")
        failed = {path.rsplit("/", 1)[-1] for path, _ in report.failed}
        assert failed == {"bad.xyz", "bad.pdf", "lines.jsonl:2", "lines.jsonl:3", "nowhere"}
        assert all(reason for _, reason in report.failed)
    assert report.unchanged == 4
    assert found(tmp_path / "index", "адвокат") == {"one.txt", "two.txt", "good"}


def test_lines_are_known_by_their_content_and_keep_their_ids(tmp_path: Path) -> None:
    """Appending a line to a file of lines reads that line alone."""
    lines, index = tmp_path / "lines.jsonl", tmp_path / "index"
    rows = [{"id": f"doc-{i}", "title": f"t{i}", "text": f"адвокат слово{i}"} for i in range(50)]
    lines.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    assert pipeline.run([lines], index).indexed == 50
    rows = [*rows[1:], {"id": "doc-new", "title": "new", "text": "адвокат"}]
    lines.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    report = pipeline.run([lines], index)
    assert (report.indexed, report.unchanged, report.removed) == (1, 49, 1)
    ids = {hit.id for hit in Engine(index).search(SearchRequest(q="адвокат", size=100)).hits}
    assert ids == {row["id"] for row in rows}


def test_an_id_given_twice_is_an_error_that_names_both_and_the_first_stays(tmp_path: Path) -> None:
    """In one file, in two files, and against what is indexed already; a line repeated is one document."""
    folder, index = tmp_path / "docs", tmp_path / "docs" / "index"
    folder.mkdir()
    first = {"id": "a", "title": "one", "text": "адвокат журналист"}
    again = {"id": "a", "title": "two", "text": "адвокат депутат"}
    rows = [first, first, again, {"id": "b", "title": "three", "text": "адвокат"}]
    (folder / "x.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    (folder / "y.jsonl").write_text(json.dumps({**again, "title": "four"}, ensure_ascii=False), encoding="utf-8")
    for indexed in (2, 0):
        report = pipeline.run([folder], index)
        assert report.indexed == indexed
        assert [path for path, _ in report.failed] == ["docs/x.jsonl:3", "docs/y.jsonl:1"]
        assert all("'a'" in reason and "docs/x.jsonl" in reason for _, reason in report.failed)
        assert found(index, "адвокат") == {"one", "three"}
        snapshot.verify(snapshot.current(index))


def test_what_came_from_elsewhere_stays_until_a_full_run(folder: Path, tmp_path: Path) -> None:
    """Two folders, one after the other; --full starts anew."""
    other, index = tmp_path / "other", tmp_path / "index"
    write(other, "five.txt", "адвокат")
    pipeline.run([folder], index)
    pipeline.run([other], index)
    assert found(index, "адвокат") == {"one.txt", "two.txt", "five.txt"}
    pipeline.run([other], index, full=True)
    assert found(index, "") == {"five.txt"}


def test_an_index_of_other_versions_is_rebuilt_or_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebuilt where all its folders are at hand; refused, with the command, where documents would be lost."""
    other, index = tmp_path / "other", tmp_path / "index"
    write(other, "five.txt", "адвокат")
    pipeline.run([folder, other], index)
    changed = {**versions.versions(), "analysis": "another"}
    monkeypatch.setattr(pipeline, "versions", lambda: changed)
    with pytest.raises(IndexOutdated, match="--full"):
        pipeline.run([folder], index)
    report = pipeline.run([folder, other], index)
    assert report.rebuilt == "analysis"
    assert report.indexed == 4


def test_overrides_win_and_a_change_of_them_is_a_change(folder: Path, tmp_path: Path) -> None:
    """An editor's decision, taken up by the next run; a broken file of decisions is an error that names it."""
    index = tmp_path / "index"
    pipeline.run([folder], index)
    (folder / "overrides.toml").write_text(
        '["one.txt"]\nby = "A. Editor"\ndate = 2026-11-22\ncountry = ["kg"]\n', encoding="utf-8"
    )
    assert pipeline.run([folder], index).indexed == 1
    hits = Engine(index).search(SearchRequest(country=("kg",))).hits
    assert ["".join(t for t, _ in h.title) for h in hits] == ["one.txt"]
    receipts = Engine(index).document(hits[0].id).receipts["country"]
    assert receipts[0]["receipts"][0]["source"] == "override"
    (folder / "overrides.toml").write_text("country = [", encoding="utf-8")
    with pytest.raises(DataError, match=r"overrides\.toml"):
        pipeline.run([folder], index)


def test_several_processes_give_the_same_answers_as_one(tmp_path: Path) -> None:
    """The same documents, titles and counts, whoever built the segments."""
    rng = random.Random(3)
    words = [f"слово{i}" for i in range(300)]
    rows = [
        {
            "id": f"d{i}",
            "title": f"t{i}",
            "text": " ".join(rng.choices(words, k=900)),
            "country": rng.choice(["kz", "kg"]),
        }
        for i in range(160)
    ]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    assert lines.stat().st_size > 1 << 20
    one, two = tmp_path / "one", tmp_path / "two"
    assert pipeline.run([lines], one, jobs=1).indexed == pipeline.run([lines], two, jobs=2).indexed == 160
    for query in ("", "слово1", "слово2 слово3", '"слово4 слово5"', "слово10*"):
        a, b = (Engine(i).search(SearchRequest(q=query, size=100, exact=True)) for i in (one, two))
        assert a.total == b.total
        assert a.panels == b.panels
        assert {h.id: round(h.score, 4) for h in a.hits if h.score > b.hits[-1].score} == {
            h.id: round(h.score, 4) for h in b.hits if h.score > b.hits[-1].score
        }


class Histories(RuleBasedStateMachine):
    """Random histories of a folder against a dict: no document lost, none twice."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.home = Path(tempfile.mkdtemp())
        self.folder, self.index = self.home / "docs", self.home / "index"
        self.folder.mkdir()
        self.model: dict[str, str] = {}
        self.clean = False

    @rule(name=st.sampled_from("abcd"), word=st.sampled_from(["адвокат", "журналист", "депутат"]))
    def put(self, name: str, word: str) -> None:
        """Write or rewrite a file."""
        write(self.folder, f"{name}.txt", word)
        self.model[f"{name}.txt"], self.clean = word, False

    @rule(name=st.sampled_from("abcd"))
    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        (self.folder / f"{name}.txt").unlink(missing_ok=True)
        self.model.pop(f"{name}.txt", None)
        self.clean = False

    @rule(full=st.booleans())
    def index_it(self, full: bool) -> None:
        """Run the indexer."""
        report = pipeline.run([self.folder], self.index, full=full)
        assert report.indexed + report.unchanged == len(self.model)
        self.clean = True

    @invariant()
    def the_index_is_the_folder(self) -> None:
        """After a run every word finds exactly the files that hold it."""
        if self.clean:
            for word in ("адвокат", "журналист", "депутат"):
                assert found(self.index, word) == {n for n, w in self.model.items() if w == word}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.home)


Histories.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
test_no_history_loses_or_doubles_a_document = Histories.TestCase


DRIVER = """
import os, random, signal, sys, time
from pathlib import Path
root, folder, index = (Path(a) for a in sys.argv[1:])
sys.path.insert(0, str(root))
from indexer import pipeline
from search.engine import Engine
from search.request import SearchRequest

def run(round):
    for j in range(30):
        (folder / f"{j}.txt").write_text(f"title {j}\\n\\n" + f"адвокат раунд{round} " * 50, encoding="utf-8")
    child = os.fork()
    if not child:
        pipeline.run([folder], index)
        os._exit(0)
    return child

began = time.monotonic()
os.waitpid(run(0), 0)
whole, rng, news = time.monotonic() - began, random.Random(7), 0
for i in range(1, 51):
    before = Engine(index).generation
    child = run(i)
    time.sleep(rng.random() * whole * 1.2)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    now = Engine(index)
    changed = now.search(SearchRequest(q=f"раунд{i}", exact=True)).total
    assert changed == (0 if now.generation == before else 30), (i, changed)
    assert now.search(SearchRequest(q="адвокат", exact=True)).total == 30, i
    news += changed > 0
assert pipeline.run([folder], index).failed == []
assert not list(index.glob(".draft-*"))
print("killed", 50, "finished first", news)
"""


def test_a_run_killed_at_any_moment_leaves_an_index_that_answers_as_before(tmp_path: Path, root: Path) -> None:
    """50 times SIGKILL at a random moment of a run that changes everything: the old answer or the new one, whole."""
    (tmp_path / "docs").mkdir()
    arguments = [sys.executable, "-c", DRIVER, str(root), str(tmp_path / "docs"), str(tmp_path / "index")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("killed 50")


def test_a_fault_of_ours_in_one_document_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(document: Document, overrides: Overrides) -> Findings:
        if "bad" in document.title:
            raise IndexError
        return extract(document, overrides)

    monkeypatch.setattr(workers, "extract", faulty)
    corpus = tmp_path / "corpus"
    write(corpus, "good.txt", "Freedom of speech.")
    write(corpus, "bad.txt", "Freedom of speech.")
    report = pipeline.run([corpus], tmp_path / "index")
    assert report.indexed == 1
    [(path, reason)] = report.failed
    assert path == "corpus/bad.txt"
    assert "IndexError" in reason
    monkeypatch.undo()
    assert pipeline.run([corpus], tmp_path / "index").indexed == 1
