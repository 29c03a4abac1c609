"""One name in many spellings: keys that propose candidates, a score that accepts them, whole names, keyboards.

The index needs no field for names: it keeps, for its distinct words, a table from ``name_keys`` to words.  A query
word's keys lead to candidate words, and ``same_name`` decides over the spellings which of them are the same name.
Source of the scheme: own measurements; the idea of a cheap lossy key before a strict comparison is that of Beider and
Morse (2008) and of the JRC-Names project.
"""

from analysis.names.keys import name_keys
from analysis.names.persons import same_person
from analysis.names.score import ACCEPT, Match, same_name, score

__all__ = ["ACCEPT", "Match", "name_keys", "same_name", "same_person", "score"]
