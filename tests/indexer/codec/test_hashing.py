"""Equal stretches have equal hashes, wherever they lie and however much is hashed at once."""

from __future__ import annotations

import numpy as np

from indexer.codec import hashing
from indexer.codec.arrays import runs
from indexer.codec.hashing import Hasher


def test_stretches_are_equal_exactly_where_their_hashes_are_in_one_block_and_in_many() -> None:
    random = np.random.default_rng(7)
    sizes = random.integers(0, 5, 3 * hashing.BLOCK // 2)
    sizes[1000] = hashing.BLOCK + 1  # longer than a block
    letters = random.integers(0, 3, int(sizes.sum()), dtype=np.uint8)
    first = runs(sizes)
    hashes = Hasher().hashes(letters, first[:-1], first[1:]).tolist()
    stretches = [letters[a:b].tobytes() for a, b in zip(first[:-1].tolist(), first[1:].tolist(), strict=True)]
    assert len(set(zip(stretches, hashes, strict=True))) == len(set(stretches)) == len(set(hashes))
