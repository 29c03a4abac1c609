"""People of public life in the spellings of seven languages and of the press, written down from general knowledge.

``people.tsv``: the language of the person's own spelling, then the spellings.  Floors a little below what was measured.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from analysis.names import name_keys, same_person
from analysis.tokens import fold

ROWS = [line.split("\t") for line in (Path(__file__).parent / "people.tsv").read_text("utf-8").splitlines()]
FLOORS = {"ky": 0.98, "tg": 0.96, "tk": 0.97, "uz": 0.96, "kk": 0.96}


@pytest.mark.parametrize(("lang", "floor"), FLOORS.items())
def test_the_spellings_of_a_person_are_one_person(lang: str, floor: float) -> None:
    pairs = [pair for own, *spellings in ROWS if own == lang for pair in combinations(spellings, 2)]
    assert sum(same_person(a, b) is not None for a, b in pairs) / len(pairs) > floor


def test_people_who_share_a_name_are_not_one_person() -> None:
    holders = defaultdict(set)
    for number, (_, *spellings) in enumerate(ROWS):
        for spelled in spellings:
            for key in {key for word in spelled.replace("-", " ").split() for key in name_keys(fold(word))}:
                holders[key].add((number, spelled))
    pairs = {
        (a, b)
        for people in holders.values()
        for (i, a), (j, b) in combinations(sorted(people), 2)
        if i != j and " " in a and " " in b
    }
    assert len(pairs) > 1000
    assert [pair for pair in pairs if same_person(*pair)] == []
