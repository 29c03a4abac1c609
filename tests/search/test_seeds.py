"""The five documents that the project began from: their people are found however they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import pipeline
from search.engine import Engine
from search.request import SearchRequest

pytestmark = pytest.mark.shared

TYPED = """
003 Нарымбаев; Narymbayev; Narımbaev; Е. Нарымбаев; Нарымбаева; Нарымбаевтың; Ermek Narymbaev; Ермек Нарымбаев
003 Мамбеталин; Мәмбеталин; Mämbetalin; С. Мамбеталин; Мамбеталиным; Серикжан Мамбеталин; Телибеков
001 Батырбеков; Batırbekov; Batyrbekow; А. Батырбеков; Батырбекову; Батырбековты; Амангельды Батырбеков
001 Abdiyev; Абдиев; Бахтияр Абдиев; Сапаров; Мангилик; Mangilik; Мәңгілік
000 Бекешев; Бекешева; Д. Бекешев; Дастан Бекешев; Bekeshew; Атамбаев; Atambaev; Атамбаевым; Jeenbekov
000 Жээнбеков; Жеенбекова; Садыбакасов; Аскарбеков; Мавлян Аскарбеков
002 Калеева; Kaleeva; Тамара Калеева; Умиралиев; Umiraliev; Ж. Умиралиев; Жандос Умиралиев; Бижанова
004 Жапаров; Zhaparov; Жапаровго; Садыр Жапаров; С. Жапаров; Žaparow
"""
PEOPLE = [(row[:3], name.strip()) for row in TYPED.strip().splitlines() for name in row[3:].split(";")]


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An index of the five."""
    index = tmp_path_factory.mktemp("seeds")
    report = pipeline.run([shared / "samples" / "seeds"], index)
    assert (report.indexed, report.failed) == (5, [])
    return Engine(index)


@pytest.mark.parametrize(("seed", "typed"), PEOPLE)
def test_a_person_is_found_by_other_spellings_scripts_initials_and_cases(
    shared: Path, seeds: Engine, seed: str, typed: str
) -> None:
    """The document of that seed comes first, with the name as it is written there marked."""
    path = next((shared / "samples" / "seeds").glob(f"{seed}_*.txt"))
    text = path.read_text(encoding="utf-8").replace("\xa0", " ")
    hits = seeds.search(SearchRequest(q=typed)).hits
    assert hits
    assert "".join(t for t, _ in hits[0].title).replace("\xa0", " ") in text
    assert any(
        is_hit for segments in (hits[0].title, *(s.segments for s in hits[0].snippets)) for _, is_hit in segments
    )


@pytest.mark.parametrize("typed", ["Назарбаев", "Сапарбаев", "Шарапов", "Батырханов"])
def test_another_person_is_not_found(seeds: Engine, typed: str) -> None:
    """A like name is another name."""
    assert seeds.search(SearchRequest(q=typed)).total == 0


def test_the_strict_search_gives_exactly_the_folded_form(seeds: Engine) -> None:
    """No stems, no spellings."""
    assert seeds.search(SearchRequest(q="Атамбаев", exact=True)).total == 0
    assert seeds.search(SearchRequest(q="ATAMBAYEV", exact=True)).total == 1
    assert seeds.search(SearchRequest(q='"Atambayev"')).total == 1
