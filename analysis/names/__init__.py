"""One name in many spellings: keys that propose candidates, a score that accepts them, whole names, keyboards.

The index needs no field for names: it keeps, for its distinct words, a table ``name_keys`` -> words.  The keys of a
query's word lead to candidate words, and ``same_name`` decides over the spellings which of them are the same name.
A lossy key before a strict comparison is the idea of Beider and Morse (2008) and of the JRC-Names project (2011).
"""

from analysis.names.endings import is_family
from analysis.names.families import apart, family_keys, has_suffix, same_family
from analysis.names.keyboards import keyboard_variants
from analysis.names.keys import name_keys
from analysis.names.persons import is_initial, same_person
from analysis.names.queries import fathers_names, initials, is_pair, looks_like_name, name_parts, titles
from analysis.names.score import ACCEPT, Match, same_name, score
from analysis.names.sounds import may_be_uzbek

__all__ = [
    "ACCEPT",
    "Match",
    "apart",
    "family_keys",
    "fathers_names",
    "has_suffix",
    "initials",
    "is_family",
    "is_initial",
    "is_pair",
    "keyboard_variants",
    "looks_like_name",
    "may_be_uzbek",
    "name_keys",
    "name_parts",
    "same_family",
    "same_name",
    "same_person",
    "score",
    "titles",
]
