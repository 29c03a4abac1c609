"""Is a query the name of a person, and which words of it are searched for (``data/names/queries.toml``)."""

from __future__ import annotations

import re

from analysis.names.endings import PERSIAN, is_family, stems
from analysis.names.persons import CONNECTORS, TITLES, is_initial, parts, words_of
from analysis.names.sounds import MAX_LETTERS
from analysis.names.tables import load
from analysis.tokens import fold, script_of

_DATA = load("queries", {"endings": "Cyrl Latn least examples not_examples", "common": "words"})
_ENDING = {script: re.compile(f"(?:{_DATA['endings'][script]})$") for script in ("Cyrl", "Latn")}
_LEAST: int = _DATA["endings"]["least"]
_COMMON = frozenset(_DATA["common"]["words"])
_PARTICLES = CONNECTORS | set(PERSIAN)  # that are written small in a name: Турсун-заде, Тажибек кызы
_MOST_WORDS = 4  # family, given, father's name, connector
_LONGEST_ABBREVIATION = 5  # letters


def looks_like_name(query: str) -> bool:
    """Whether a query reads as a person's name: a few words, all capitalised or one with an ending of names.

    Says yes too often rather than too seldom for single capitalised words; never for quotes, digits or longer queries.
    """
    words = query.replace("-", " ").split()
    if not 0 < len(words) <= _MOST_WORDS or any(c.isdigit() or c in '"«»“”§:*' for c in query):
        return False
    forms = [fold(w.strip(".,")) for w in words]
    if any(_has_name_ending(form) for form in forms):
        return True
    return (
        all(_capitalised(w) or fold(w) in _PARTICLES for w in words)
        and any(len(f) > 1 for f in forms)
        and not _abbreviated(words)
    )


def name_parts(query: str) -> list[str]:
    """The words of a name query to search for, folded: no initials, titles or connectors; hyphens split.

    The initials are returned if nothing else is left.
    """
    found = [part for part in parts(query.replace("-", " ")) if part.text]
    names = [part.text for part in found if part.role != "initial"]
    return list(dict.fromkeys(names or [part.text for part in found]))


def initials(query: str) -> list[str]:
    """The initials in a query as they were typed: "С." and "Н." of "Жапаров С.Н."."""
    return [word for word in words_of(query) if is_initial(word)]


def is_pair(given: str, family: str) -> bool:
    """Whether two folded words that stand side by side are, by their endings, a given and a family name (-ов, -ев)."""
    if not is_family(family) or len(family) <= _LEAST or family in _COMMON or is_family(given) or given in TITLES:
        return False
    return len(given) > 1 and (given + family).isalpha() and not any(s.father for s in stems(given))


def titles(query: str) -> list[str]:
    """The titles in a query, folded: no part of a name, but words that were asked for."""
    return [form for word in query.split() if (form := fold(word)) in TITLES]


def fathers_names(query: str) -> list[str]:
    """The fathers' names in a name query, folded: many texts leave them out, so none need be there.

    None where fewer than two other names are left.
    """
    found = parts(query.replace("-", " "))
    fathers = [part.text for part in found if part.role == "father"]
    return fathers if len([part for part in found if part.role == "name"]) > 1 else []


def _capitalised(word: str) -> bool:
    return word[:1].isupper()


def _abbreviated(words: list[str]) -> bool:
    """ "УК РК", "ICCPR", "СМИ"; a name in capitals has a longer word beside them."""
    return all(w.isupper() for w in words) and max(map(len, words)) <= _LONGEST_ABBREVIATION


def _has_name_ending(form: str) -> bool:
    ending = _ENDING.get(script_of(form))
    if ending is None or form in _COMMON or len(form) > MAX_LETTERS:
        return False
    return any(len(s.text) >= _LEAST and (s.father or ending.search(s.text)) for s in stems(form))
