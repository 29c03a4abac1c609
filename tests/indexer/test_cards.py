"""A card comes back as it was packed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.cards import Card, pack, unpack
from schema import FACET_NAMES

TEXT = st.text(st.characters(exclude_characters="\x1e\x1f"), max_size=12)
VALUE = st.text(st.characters(exclude_characters="\x1e\x1f"), min_size=1, max_size=6)
NUMBER = st.integers(0, 2**32 - 1)


@given(
    st.lists(TEXT, min_size=7, max_size=7),
    st.fixed_dictionaries({name: st.lists(VALUE, max_size=3).map(tuple) for name in FACET_NAMES}),
    st.lists(st.tuples(NUMBER, NUMBER, st.sampled_from(["kk", "ky", ""])), max_size=4),
)
def test_a_card_comes_back(
    texts: list[str], facets: dict[str, tuple[str, ...]], paragraphs: list[tuple[int, int, str]]
) -> None:
    starts, ends, langs = ([row[i] for row in paragraphs] for i in range(3))
    card = Card(*texts, facets=facets, paragraphs=(starts, ends, langs))  # type: ignore[arg-type, misc]
    assert unpack(pack(card)) == card


@given(TEXT, TEXT)
def test_the_marks_between_fields_and_values_become_spaces(one: str, other: str) -> None:
    facets: dict[str, tuple[str, ...]] = {
        name: (f"{one}\x1e{other}",) if name == "actor" else () for name in FACET_NAMES
    }
    back = unpack(pack(Card("id", f"{one}\x1f{other}", "", "", "", "ru", "", facets, ([], [], []))))
    assert (back.title, back.facets["actor"]) == (f"{one} {other}", (f"{one} {other}",))
