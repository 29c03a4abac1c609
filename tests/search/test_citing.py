"""A query for an article, however it is spelt: the reading that is said, and documents that cite it first."""

from pathlib import Path

import pytest

from search.engine import Engine
from search.request import SearchRequest

LINES = Path(__file__).with_name("article-queries.tsv").read_text("utf-8").splitlines()
QUERIES = [line.split("\t") for line in LINES if not line.startswith("#")]


def test_there_are_more_than_sixty_spellings() -> None:
    assert len(QUERIES) > 60


@pytest.mark.parametrize(("query", "article"), QUERIES)
def test_one_search_understands_an_article_and_shows_a_document_that_cites_it(
    engine: Engine, query: str, article: str
) -> None:
    results = engine.search(SearchRequest(q=query, size=3))
    assert results.interpretation.readings[0].value == article
    assert results.interpretation.readings[0].chosen
    statute, _, provision = article.partition("/art-")
    meant = (article, f"{statute.rpartition('-')[0]}/art-{provision}")
    cited = [value for hit in results.hits for value in hit.facets["article"]]
    assert any(value == one or value.startswith(f"{one}/") for value in cited for one in meant)
