"""What a word becomes: the layers of one position in the index, harmless first, then lossy.

1. ``folded``: the folded form (``analysis.tokens.fold``): case, look-alike letters, apostrophes.
2. ``stem``: its stem readings, each with its language: ``kk:бап``.  Two words meet if they share a reading.
3. ``name``: its name keys (``analysis.names``), over the distinct words of the index.
4. ``beginning``: its first letters.  Words that begin alike are often kin (Корея, кореялық) and often not, so a
   beginning raises documents that are found otherwise; alone it finds them only where no document holds the word and
   others may be missing too.

A document gets the readings of its passage's language, a query those of all languages that its letters allow.
"""

from __future__ import annotations

from functools import cache, lru_cache

from analysis import names
from analysis.stems import readings
from analysis.stems.tables import language
from schema import LANGUAGES

LAYERS = ("folded", "stem", "name", "beginning")
MAX_TERMS = 3  # stem terms of one position of a document
BEGINNINGS = {4: 0.15, 5: 0.35, 6: 0.5}  # letters in common -> share of an occurrence
_CACHE = 200_000


def stems(form: str, lang: str) -> tuple[str, ...]:
    """Stem terms of a folded form in a passage of ``lang`` (BCP 47; "" unknown), best first, at most three.

    The term is language without script, colon, reading; Uzbek is always written in Latin, Kazakh in Cyrillic letters.
    A form with a digit and a form of a language that is none of ours have none.
    """
    code = lang.partition("-")[0]
    if code not in LANGUAGES:
        return query_stems(form)[:MAX_TERMS] if not lang else ()
    return _terms(form, code)


@lru_cache(_CACHE)
def query_stems(form: str) -> tuple[str, ...]:
    """Stem terms of a folded form in every language whose alphabets have all its letters."""
    return tuple(term for code in languages_of(form) for term in _terms(form, code))


def beginnings(form: str) -> dict[str, float]:
    """Beginnings of a folded form, to look for among folded forms, and the share that each makes a word count."""
    return {form[:n]: share for n, share in BEGINNINGS.items() if len(form) >= n} if form.isalpha() else {}


def is_question_word(form: str) -> bool:
    """Does a folded form only ask: қанша, сколько, how?"""
    return form in _question_words()


def languages_of(form: str) -> tuple[str, ...]:
    """Languages whose alphabets have all letters of a folded form, in the order of ``schema.LANGUAGES``."""
    letters = frozenset(form)
    return tuple(code for code in LANGUAGES if any(letters <= alphabet for alphabet in _alphabets(code)))


def name_keys(form: str) -> tuple[str, ...]:
    """Name keys of a folded form (``analysis.names.name_keys``)."""
    return names.name_keys(form)


def _terms(form: str, code: str) -> tuple[str, ...]:
    if not form.isalpha() and (not form or any(map(str.isdigit, form))):
        return ()
    return tuple([f"{code}:{reading}" for reading in readings(form, code)])


@cache
def _question_words() -> frozenset[str]:
    return frozenset().union(*(language(code).question_words for code in LANGUAGES))


@cache
def _alphabets(code: str) -> tuple[frozenset[str], ...]:
    table = language(code)
    return tuple(frozenset(letters) for letters in (table.letters, *table.other_letters))
