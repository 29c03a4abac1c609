from schema import FACETS
from search.request import SearchRequest
from search.results import FacetValue, Panel
from tests.webapp.fake_engine import FakeEngine
from webapp import messages, rows
from webapp.links import Links

FACET_OF = {facet.name: facet for facet in FACETS}
T = messages.load("en")
CODE = "kz/criminal-code-2014"


def value(id: str, count: int = 1, *children: FacetValue, **more: bool) -> FacetValue:
    width = more.get("width", len(children))
    return FacetValue(id, id, count, more.get("selected", False), children, more.get("partly", False), width)


def column(name: str, *values: FacetValue) -> tuple[list[rows.Row], tuple[str, str] | None]:
    return rows.column(Panel(name, values), FACET_OF[name], T, Links("en").onward(SearchRequest(q="x")))


def names(found: tuple[rows.Row, ...]) -> list[str]:
    return [rows.said("article", row.value, row.label, T)[0] for row in found]


def test_the_column_has_the_first_values_and_those_that_are_chosen_and_tells_how_many_there_are() -> None:
    shown = FACET_OF["actor"].shown
    values = [value(f"a{n}", selected=n == shown + 3) for n in range(shown + 5)]
    got, more = column("actor", *values)
    assert [row.value for row in got] == [*(f"a{n}" for n in range(shown)), f"a{shown + 3}"]
    assert more == ("/en/facet/actor?q=x", f"Show all {shown + 5}")
    assert column("actor", *values[:shown])[1] is None


def test_articles_are_folded_below_their_statute_and_called_by_their_number() -> None:
    part = value(f"{CODE}/art-174/part-2", selected=True)
    articles = [value(f"{CODE}/art-{n}") for n in range(1, 5)]
    chosen = value(f"{CODE}/art-174", 1, part, partly=True)
    [statute], _ = column("article", value(CODE, 9, *articles, chosen, width=9))
    address = f"/en/facet/article?q=x&find={CODE}"
    assert (statute.fold, statute.more) == ("9 articles", (address, "Show all 9"))
    assert names(statute.children) == [*(f"Art. {n}" for n in range(1, 5)), "Art. 174"]
    assert names(statute.children[-1].children) == ["part 2"]
    assert statute.children[-1].partly
    assert not statute.children[0].children


def test_all_rows_of_a_facet_are_all_its_values() -> None:
    def ids(found: tuple[rows.Row, ...]) -> list[str]:
        return [id for row in found for id in (row.value, *ids(row.children))]

    def below(values: tuple[FacetValue, ...]) -> list[str]:
        return [id for v in values for id in (v.value, *below(v.children))]

    for panel in FakeEngine().search(SearchRequest()).panels:
        assert ids(rows.whole(panel.facet, panel.values, T)) == below(panel.values)


def test_numbers_are_grouped_as_the_language_has_it() -> None:
    [row], _ = column("country", value("kz", 12345))
    assert row.number == "12,345"
