"""The front door: every command, the shapes that programs read, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis import errors
from izde import EXIT_CODES, main

TEXT = "Суд признал редактора виновным по ст. 174 УК РК. Алматы, Казахстан, 22 января 2016 года."


def run(*arguments: str, stdin: str = "") -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, arguments, input=stdin)


def lines(result: Result) -> list[Any]:
    """The JSON lines that a command printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of two documents."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "one.txt").write_text(f"Приговор редактору\n\n{TEXT}\n", encoding="utf-8")
    (folder / "two.md").write_text("---\ntitle: Two\nlang: en\ncountry: kg\nyear: 2024\n---\n\nA journalist.\n")
    made = str(tmp_path_factory.mktemp("made") / "index")
    result = run("index", str(folder), "--index", made)
    assert result.exit_code == 0, result.output
    assert "indexed 2, unchanged 0, removed 0, failed 0" in result.stdout
    return made


def test_a_failed_document_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    """1: done, but not all."""
    (tmp_path / "bad.xyz").write_text("x")
    result = run("index", str(tmp_path), "--index", str(tmp_path / "index"))
    assert result.exit_code == 1
    assert "failed: " in result.stderr
    assert "bad.xyz" in result.stderr


def test_search_prints_hits_for_a_person(index: str) -> None:
    """Totals, titles, fragments, facets, and what was understood."""
    result = run("search", "ст. 174 УК РК", "--index", index)
    assert result.exit_code == 0
    assert "understood as Article 174, Criminal Code of Kazakhstan" in result.stdout
    assert "1 documents" in result.stdout
    assert "Приговор редактору" in result.stdout


def test_search_speaks_the_json_of_the_api(index: str) -> None:
    """The keys that partners rely on."""
    answer = json.loads(run("search", "редактор", "--json", "--index", index).stdout)
    assert {"query", "interpretation", "total", "page", "size", "took_ms", "hits", "facets", "limits"} <= set(answer)
    hit = answer["hits"][0]
    assert {"id", "title", "url", "lang", "country", "year", "articles", "actors", "snippets"} <= set(hit)
    snippet = hit["snippets"][0]
    assert {"segments", "lang", "paragraph"} <= set(snippet)
    assert "".join(text for text, _ in snippet["segments"]) in TEXT
    assert [text for text, is_hit in snippet["segments"] if is_hit] == ["редактора"]
    row = answer["facets"]["country"][0]
    assert row == {**row, "value": "kz", "label": "Kazakhstan", "count": 1, "selected": False}
    statute = answer["facets"]["article"][0]
    assert statute["value"] == "kz/criminal-code-2014"
    assert statute["children"][0]["value"] == "kz/criminal-code-2014/art-174"


def test_search_answers_one_request_a_line_and_survives_a_bad_one(index: str) -> None:
    """Lists, defaults, errors; the order of the answers is that of the requests."""
    requests = [{"q": "journalist"}, {"q": "", "country": ["kz", "kg"], "size": 1}, {"q": "x", "sort": "best"}]
    stdin = "\n".join([*map(json.dumps, requests), "no json", '{"q": "174", "year": "2016..2019"}'])
    answers = lines(run("search", "--jsonl", "--index", index, stdin=stdin))
    assert [a.get("total") for a in answers] == [1, 2, None, None, 1]
    assert "sort" in answers[2]["error"]
    assert "JSON" in answers[3]["error"]
    assert len(answers[1]["hits"]) == 1


def test_options_narrow_the_search(index: str) -> None:
    """Each facet is an option."""
    assert "1 documents" in run("search", "--country", "kg", "--index", index).stdout
    assert "1 documents" in run("search", "--year", "2010..2020", "--index", index).stdout
    assert "0 documents" in run("search", "--country", "kg", "--year", "2016", "--index", index).stdout
    assert "1 documents" in run("search", "--article", "kz/criminal-code-2014", "--index", index).stdout


def test_explain_prints_the_receipts_of_a_file(tmp_path: Path) -> None:
    """Language, title, every value with the words that it rests on."""
    path = tmp_path / "one.txt"
    path.write_text(f"Приговор редактору\n\n{TEXT}\n", encoding="utf-8")
    shown = run("explain", str(path)).stdout
    assert "title: Приговор редактору" in shown
    assert "lang: ru" in shown
    assert "article: kz/criminal-code-2014/art-174" in shown
    assert "«ст. 174 УК РК»" in shown
    assert TEXT in shown


def test_explain_gives_spans_of_the_very_text(tmp_path: Path) -> None:
    """Offsets are Python characters, also behind characters outside the basic plane."""
    records = [{"text": TEXT}, {"text": "😀 " + TEXT, "country": "kz", "year": 2016}, {"no": "text"}]
    answers = lines(run("explain", "--jsonl", stdin="\n".join(json.dumps(r, ensure_ascii=False) for r in records)))
    for record, answer in zip(records[:2], answers, strict=False):
        assert {"lang", "country", "year", "articles", "actors"} <= set(answer)
        article = answer["articles"][0]
        assert article["id"] == "kz/criminal-code-2014/art-174"
        assert (article["country"], article["statute"], article["article"]) == ("kz", "kz/criminal-code-2014", "174")
        start, end = article["span"]
        assert record["text"][start:end] == article["text"] == "ст. 174 УК РК"
    assert "text" in answers[2]["error"]


def test_explain_shows_what_a_query_becomes(index: str) -> None:
    """Folded form, stems, name keys, the reading."""
    shown = run("explain", "--query", "редакторы", "--index", index).stdout
    assert "folded: редакторы" in shown
    assert "ru:редактор" in shown


def test_check_and_snapshots_speak_of_the_index(index: str, tmp_path: Path) -> None:
    """Whole; then a byte is changed."""
    assert "all as the manifest says" in run("check", "--index", index).stdout
    listed = run("snapshots", "list", "--index", index).stdout
    assert listed.startswith("* ")
    name = listed.split()[1]
    assert name in run("snapshots", "activate", name, "--index", index).stdout
    assert run("snapshots", "prune", "--index", index).stdout.strip() == "nothing to remove"
    assert run("snapshots", "rollback", "--index", index).exit_code == 6
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(index, broken)
    victim = max((broken / name).iterdir(), key=lambda p: p.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-1] + b"\0\0")
    result = run("check", "--index", str(broken))
    assert result.exit_code == 4
    assert victim.name in result.stderr


@pytest.mark.parametrize("command", [["search", "x"], ["check"], ["serve"], ["snapshots", "list"]])
def test_without_an_index_the_message_is_the_command_that_makes_one(command: list[str], tmp_path: Path) -> None:
    """Exit code 3."""
    result = run(*command, "--index", str(tmp_path / "none"))
    assert result.exit_code == 3
    assert "izde index" in result.stderr


def test_statutes_are_listed() -> None:
    """Id, period, name, of one country."""
    shown = run("statutes", "--country", "kz", "--lang", "ru").stdout
    assert "kz/criminal-code-2014" in shown
    assert "УК РК (2014)" in shown
    assert "kg/" not in shown


def test_every_error_has_an_exit_code() -> None:
    """The table covers the tree."""

    def classes(kind: type[errors.IzdeError]) -> list[type[errors.IzdeError]]:
        return [kind, *(c for sub in kind.__subclasses__() for c in classes(sub))]

    for kind in classes(errors.IzdeError):
        assert any(issubclass(kind, known) for known in EXIT_CODES)
