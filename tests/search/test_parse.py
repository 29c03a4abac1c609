"""What a query becomes: its limits are applied before it runs, and said."""

from __future__ import annotations

import pytest
from whoosh import query as wq

from search.parse import MAX_VARIANTS, compile_syntax
from search.syntax import read


@pytest.mark.parametrize(("spellings", "said"), [(MAX_VARIANTS, []), (MAX_VARIANTS + 1, [("too_many_terms", "ли")])])
def test_a_name_of_too_many_spellings_is_cut_to_the_nearest_and_that_is_said(
    spellings: int, said: list[tuple[str, str]]
) -> None:
    """Never more than the limit, and never silently."""
    others = [(f"form{i}", 1.0) for i in range(spellings)]
    parsed = compile_syntax(read("ли"), variants=lambda form: others)
    assert parsed.limits == said
    assert parsed.variants == [form for form, _ in others[:MAX_VARIANTS]]


def test_an_exact_query_has_no_layer_but_the_folded_form() -> None:
    """Title and text, no stems, no names."""
    query = compile_syntax(read("журналисты"), exact=True, variants=lambda form: [("zhurnalisty", 1.0)]).query
    assert {(t.fieldname, t.text) for t in query.leaves() if isinstance(t, wq.Term)} == {
        ("body", "журналисты"),
        ("title", "журналисты"),
    }
