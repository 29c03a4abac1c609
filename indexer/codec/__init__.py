"""The index on disk: a Whoosh codec over mapped NumPy arrays.

Write: ``SegmentBuilder`` in any number of processes, ``join`` of what they wrote, then one ``commit``.
Read: ``search.collect.Collector``.
A folder holds ``toc.json`` and the files of its segments; nothing in it is a pickle, nothing changes in place.
The slow roads for any schema of Whoosh, ``documents`` and ``bridge``, are imported by those who want them.
"""

from indexer.codec.builder import SegmentBuilder, seldom_collected
from indexer.codec.merging import join
from indexer.codec.records import Analysis, Record, SegmentInfo, with_ancestors
from indexer.codec.toc import FORMAT, Entry, Toc, commit, document_ids, files, lock, read_toc

__all__ = [
    "FORMAT",
    "Analysis",
    "Entry",
    "Record",
    "SegmentBuilder",
    "SegmentInfo",
    "Toc",
    "commit",
    "document_ids",
    "files",
    "join",
    "lock",
    "read_toc",
    "seldom_collected",
    "with_ancestors",
]
