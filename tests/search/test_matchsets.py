"""Sets of documents: the quick ways give what looking at each document gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.matchsets import positions

SIZE = 400
rising = st.sets(st.integers(0, SIZE - 1), max_size=60).map(sorted)


@given(rising, rising, st.sampled_from([SIZE, SIZE * 1_000]))
def test_positions_are_those_of_a_search_one_by_one(theirs: list[int], docs: list[int], size: int) -> None:
    at, hits = positions(np.array(theirs, np.int32), np.array(docs, np.int64), size)
    assert hits.tolist() == [doc in theirs for doc in docs]
    assert at[hits].tolist() == [theirs.index(doc) for doc in docs if doc in theirs]
