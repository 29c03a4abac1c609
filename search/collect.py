"""Matching, ranking and counting over an index folder; see ``indexer.codec`` for what lies there.

One ``Collector`` serves all threads: arrays are mapped and have no cursors, caches are bounded and guarded.  Documents
have global numbers ``0..size-1`` in the order of the segments; equal scores are ordered by them.  All statistics (idf,
average length) are over all documents, deleted ones included until a merge drops them, as Whoosh has it.
"""
