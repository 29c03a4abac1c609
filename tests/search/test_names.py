"""People in the search: another form of a family name is found beside the given name, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import pipeline
from search.engine import Engine
from search.request import SearchRequest

TEXTS = {
    "bare": "Эмомалӣ Раҳмон суханронӣ кард.",
    "suffix": "Президент Эмомали Рахмонов подписал закон.",
    "case": "Встреча с Эмомали Рахмоновым прошла в Душанбе.",
    "other": "Абдулло Назаров и Саид Рахмонов дали показания.",
    "kk-bare": "Мағжан Жұмабай ақын.",
    "kk-suffix": "Стихи писал Магжан Жумабаев.",
    "kk-father": "Нұрлан Асанов сотқа келді.",
    "kk-son": "Асан Нұрланов сотқа келмеді.",
    "tg-zoda": "Рамазон Раҳимзода вазир аст.",
    "tg-ov": "Министр Рамазон Рахимов ушёл.",
    "zade-apart": "Поэт Мирзо Турсун-заде родился в 1911 году.",
    "zoda-joined": "Мирзо Турсунзода шоири халқӣ буд.",
    "tursunov": "Мирзо Алиев и Турсун Мирзоев.",
    "qj-apart": "Президент Касым-Жомарт Токаев подписал указ.",
    "qj-joined": "Президенти Қазоқистон Қосимҷомарт Тоқаев омад.",
    "qj-other": "Касым Токаев и Жомарт Алиев.",
    "son-apart": "Батыр Бауыржан Момыш-улы писал книги.",
    "son-joined": "Бауыржан Момышұлы батыр болған.",
    "short-ov": "Писатель Гулрухсор Сафиев выступил.",
    "short-bare": "Гулрухсор Сафӣ нависанда аст.",
    "court": "Дело рассмотрел Верховный суд, в суд пришли все.",
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An index of one sentence a document."""
    folder: Path = tmp_path_factory.mktemp("people")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / f"{name}.txt").write_text(f"{name}\n\n{text}\n", "utf-8")
    report = pipeline.run([folder / "in"], folder / "index")
    assert (report.indexed, report.failed) == (len(TEXTS), [])
    return Engine(folder / "index")


def found(people: Engine, typed: str, *, exact: bool = False) -> set[str]:
    hits = people.search(SearchRequest(q=typed, exact=exact, size=50)).hits
    return {"".join(text for text, _ in hit.title) for hit in hits}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Эмомалӣ Раҳмон", {"bare", "suffix", "case"}),
        ("Emomali Rahmonov", {"bare", "suffix", "case"}),
        ("Рахмонов Эмомали", {"bare", "suffix", "case"}),
        ("Мағжан Жұмабаев", {"kk-bare", "kk-suffix"}),
        ("Maghjan Jumabay", {"kk-bare", "kk-suffix"}),
        ("Рамазон Раҳимзода", {"tg-zoda", "tg-ov"}),
        ("Ramazon Rahimov", {"tg-zoda", "tg-ov"}),
        ("Гулрухсор Сафӣ", {"short-ov", "short-bare"}),
        ("Нұрлан Асанов", {"kk-father"}),
        ("Асан Нұрланов", {"kk-son"}),
        ("Рахмонов", {"suffix", "case", "other"}),
        ("Верховный Суд", {"court"}),
        ("Бауыржан Момышұлы", {"son-apart", "son-joined"}),
        ("Baurzhan Momysh-uly", {"son-apart", "son-joined"}),
        ("Мирзо Турсун-заде", {"zade-apart", "zoda-joined"}),
        ("Mirzo Tursunzoda", {"zade-apart", "zoda-joined"}),
        ("Қасым-Жомарт Тоқаев", {"qj-apart", "qj-joined", "qj-other"}),
    ],
)
def test_a_person_is_found_under_every_form_of_the_family_name_and_nobody_else_is(
    people: Engine, typed: str, names: set[str]
) -> None:
    assert found(people, typed) == names


def test_the_other_form_is_marked_and_says_why_it_was_found(people: Engine) -> None:
    page = people.search(SearchRequest(q="Эмомалӣ Раҳмон"))
    hit = next(h for h in page.hits if "".join(text for text, _ in h.title) == "suffix")
    marked = {text for snippet in hit.snippets for text, is_hit in snippet.segments if is_hit}
    assert marked == {"Эмомали", "Рахмонов"}
    assert "same_name:рахмонов" in {reason.lower() for reason in hit.reasons}
    assert "рахмонов" in page.interpretation.variants


def test_the_strict_search_knows_no_other_form(people: Engine) -> None:
    assert found(people, "Эмомали Рахмонов", exact=True) == {"suffix"}
