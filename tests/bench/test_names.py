"""The figures of the name matcher must not fall: floors a little below what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.names import Spelling, half_of, is_strict, matched, near_misses, pairs, read

DATA = Path(__file__).parents[2].parent / "shared" / "names" / "dev.tsv"


def test_a_person_and_their_names_are_always_in_one_half() -> None:
    assert {half_of(f"P{n:05}") for n in range(40)} == {"tune", "measure"}
    assert half_of("P00001") == half_of("P00001")


@pytest.mark.shared
def test_recall_and_false_matches_on_persons_never_tuned_to() -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA} is not here")
    groups = {g: v for g, v in read(DATA).items() if half_of(g) == "measure"}
    persons = [p for p in pairs({g: v for g, v in groups.items() if g[0] == "P"}) if is_strict(*p)]
    parts = [p for p in pairs({g: v for g, v in groups.items() if g[0] != "P"}) if is_strict(*p)]
    everything = list(pairs({g: v for g, v in groups.items() if g[0] != "P"}))
    misses = near_misses(groups)
    assert sum(matched(*p) for p in persons) / len(persons) > 0.97
    assert sum(matched(*p) for p in parts) / len(parts) > 0.96
    assert sum(matched(*p) for p in everything) / len(everything) > 0.87
    assert sum(matched(Spelling(a, ""), Spelling(b, "")) for a, b in misses) / len(misses) < 0.01
