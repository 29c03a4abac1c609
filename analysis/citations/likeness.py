"""Which listed law has nearly this name: long names that no pattern takes, compared word by word.

Two names are compared as sets of content words, each cut to its beginning (Jaccard's coefficient: common words by all
words).  A name is taken where one law of a country is clearly the nearest; short names are left to the patterns.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from analysis.citations.lexer import BREAK, MARK, NUMBER, STROKES, WORD, Tokens
from analysis.citations.unlisted import LAW_REACH, QUOTES, is_between, is_passable
from analysis.citations.words import plain, read_lists
from analysis.statutes import NameForm, registry

_CODES = frozenset(("constitution", "criminal", "criminal-procedure", "civil", "civil-procedure", "administrative"))
_NEAR = 0.75  # common words by all words
_AHEAD = 0.1  # by how much the nearest law is nearer than the second
_FEWEST, _FEWEST_SAME = 3, 2  # common words of names that are nearly, quite the same
_REACH = 24  # tokens of a name
_BEGINNING = 5  # letters that stand for a word
_CODE_WORDS = 6  # words of the name of a code
_CODE_WORD = ("код", "kod", "code")
_CODE_LETTERS = 5  # by which the name of a code may be longer or shorter
_SHORTEST = 3  # letters of a content word
_LETTERS = str.maketrans("қғҳҷңөүұәіһı", "кгхчноууаихи", "'ь")
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*")
_ABOUT = frozenset(("on", "о", "об", "дар", "оид"))
_PASSED = STROKES | {",", "'", "’"}


class Alike(NamedTuple):
    """Forms of the laws, one of a country at most, that are called nearly like ``tokens[first:last]``."""

    forms: tuple[NameForm, ...]
    first: int
    last: int


class _Title(NamedTuple):
    form: NameForm
    country: str
    words: frozenset[str]


_Words = Sequence[tuple[int, frozenset[str]]]
"""Places of content words, and the beginnings that each can have."""


def alike(tokens: Tokens, countries: Container[int], first: int, last: int, treaty: bool) -> Alike | None:
    """The laws nearly called what stands in quotation marks beside the law word ``items[first:last]``, or behind it.

    Without quotation marks the name of a law begins with "on"; that of a treaty may also stand before its word.
    """
    for start, stop in _quoted(tokens, countries, first, last):
        words = _content(tokens, range(start, stop))
        if forms := _nearest(words, treaty, True)[0]:
            return Alike(forms, min(first, start), max(last, stop))
    if treaty or (last < len(tokens) and tokens.items[last].text.lower() in _ABOUT):
        forms, at = _nearest(_content(tokens, _run(tokens, range(last, last + _REACH))), treaty, False)
        if forms:
            return Alike(forms, first, at + 1)
    if treaty:
        forms, at = _nearest(_content(tokens, _run(tokens, range(first - 1, first - _REACH, -1))), treaty, False)
        if forms:
            return Alike(forms, at, last)
    return None


def alike_whole(tokens: Tokens, first: int, last: int) -> Alike | None:
    """The laws nearly called what stands in quotation marks, where ``items[first:last]`` is no more than its beginning:
    "On Assemblies, Rallies …" is no law "On Assemblies".
    """
    items = tokens.items
    if last >= len(items) or items[last].text in QUOTES:
        return None
    for at in range(last - 1, max(-1, first - 2), -1):
        if items[at].text in QUOTES:
            stop = tokens.closing(at)
            if stop is None or stop <= last:
                return None
            forms = _nearest(_content(tokens, range(at + 1, stop - 1)), False, True)[0]
            return Alike(forms, first, stop - 1) if forms else None
    return None


def alike_code(tokens: Tokens, at: int, modified: bool) -> Alike | None:
    """The codes called by the words beside "code" ``items[at]``, but for letters: "Ma'muriy javobgirlik … kodeks".

    ``modified``: an adjective stands before it, so that what stands behind it is not its whole name.
    """
    for step in (-1,) if modified else (-1, 1):
        keys, letters = set[str](), 0
        for here in _run(tokens, range(at + step, at + step * (_CODE_WORDS + 1), step)):
            if tokens.items[here].text == "," or tokens.items[here].word.joins:
                break
            if not (content := _content(tokens, (here,))):
                continue
            if content[0][1].isdisjoint(_code_words()):
                break
            keys.update(content[0][1])
            letters += len(tokens.items[here].text)
            named = _codes().get(frozenset(keys), ())
            if forms := tuple(form for form, length in named if abs(length - letters) <= _CODE_LETTERS):
                return Alike(forms, min(here, at), max(here, at) + 1)
    return None


@cache
def _codes() -> Mapping[frozenset[str], Sequence[tuple[NameForm, int]]]:
    """The words of the long names of codes, without their "code" -> forms and their letters."""
    found: dict[frozenset[str], dict[tuple[str, str], tuple[NameForm, int]]] = defaultdict(dict)
    for family in registry().families():
        if family.kind == "administrative" or family.kind.endswith("-procedure"):
            for form in (form for form in family.names if form.kind != "abbreviation"):
                words = [word.rstrip("*") for word in form.tokens if not word.startswith(_CODE_WORD)]
                told = {key: word for word in words if len(key := _beginning(word)) >= _SHORTEST}
                keys = frozenset(told) - _listed("empty")
                if len(keys) >= _FEWEST_SAME:
                    named = form._replace(kind="title"), sum(len(told[key]) for key in keys)
                    found[keys].setdefault((family.country, form.lang), named)
    return {keys: tuple(forms.values()) for keys, forms in found.items()}


@cache
def _code_words() -> frozenset[str]:
    return frozenset(chain.from_iterable(_codes()))


def _quoted(tokens: Tokens, countries: Container[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks before and behind a law word."""
    items, at = tokens.items, first - 1
    while at > max(0, first - LAW_REACH) and (at in countries or is_between(items[at])):
        at -= 1
    if at > 0 and items[at].text in QUOTES:
        start = next((s for s in range(at - 1, max(-1, at - _REACH), -1) if tokens.closing(s) == at + 1), None)
        if start is not None:
            yield start + 1, at
    for at in range(last, min(last + LAW_REACH, len(items))):
        if items[at].text in QUOTES:
            stop = tokens.closing(at)
            if stop is not None:
                yield at + 1, stop - 1
            return
        passed = at in countries or is_passable(items[at]) or is_between(items[at])
        if items[at].kind == BREAK or (items[at].kind == WORD and not passed):
            return


def _run(tokens: Tokens, places: Iterable[int]) -> Iterator[int]:
    """The places of a sentence up to a mark that no name has inside."""
    items, sentence = tokens.items, None
    for at in places:
        if not 0 <= at < len(items):
            return
        sentence = tokens.sentence[at] if sentence is None else sentence
        token = items[at]
        if token.kind == BREAK or tokens.sentence[at] != sentence or (token.kind == MARK and token.text not in _PASSED):
            return
        yield at


def _content(tokens: Tokens, places: Iterable[int]) -> _Words:
    """The content words of a name, up to a number; none where a word says that it is another law."""
    words = []
    for at in places:
        token = tokens.items[at]
        if token.kind == NUMBER:
            break
        if token.kind != WORD or token.word.joins or len(token.text) < _SHORTEST:
            continue
        key = _beginning(token.text)
        if key in _listed("another"):
            return ()
        if key not in _listed("empty"):
            stems = (_beginning(stem[:-1]) for stem in token.word.stems if stem[-1] == "*")
            words.append((at, frozenset((key, *(stem for stem in stems if len(stem) >= _SHORTEST)))))
    return words


def _nearest(words: _Words, treaty: bool, whole: bool) -> tuple[tuple[NameForm, ...], int]:
    """Forms of the laws nearest to a name, at most one of a country, and the place of the last word in common.

    ``whole``: all the words are the name; else it ends at the last word that it has in common with a law.
    """
    common: dict[int, list[int]] = defaultdict(list)  # title -> numbers of the words in common
    titles, homes = _titles(treaty)
    for number, (_, keys) in enumerate(words):
        for title in {title for key in keys for title in homes.get(key, ())}:
            common[title].append(number)
    best: dict[tuple[str, str], tuple[float, NameForm, int]] = {}  # country and law -> likeness, form, last word
    for title, numbers in common.items():
        form, country, there = titles[title]
        here = frozenset(chain.from_iterable(words[number][1] for number in numbers)) & there
        shared = min(len(numbers), len(here))
        length = len(words) if whole else numbers[-1] + 1
        likeness = shared / (length + len(there) - shared)
        if shared >= (_FEWEST_SAME if likeness == 1 and whole else _FEWEST):
            found = likeness, form, words[numbers[-1]][0]
            best[country, form.owner] = max(best.get((country, form.owner), found), found, key=lambda one: one[0])
    return _clear(best)


def _clear(best: Mapping[tuple[str, str], tuple[float, NameForm, int]]) -> tuple[tuple[NameForm, ...], int]:
    """Of each country the law that is near enough and clearly nearer than any other."""
    forms, last = [], 0
    for country in dict.fromkeys(country for country, _ in best):
        ranked = sorted((found for law, found in best.items() if law[0] == country), key=lambda one: -one[0])
        likeness, form, at = ranked[0]
        if likeness >= _NEAR and (len(ranked) == 1 or likeness - ranked[1][0] >= _AHEAD):
            forms.append(form)
            last = max(last, at)
    return tuple(forms), last


@lru_cache(maxsize=8192)
def _beginning(word: str) -> str:
    """What a word is compared by: its first letters, without marks, doubled ones once ("проццестик", "процесстик")."""
    folded = unicodedata.normalize("NFD", plain(word).translate(_LETTERS))
    return _DOUBLED.sub(r"\1", "".join(c for c in folded if not unicodedata.combining(c)))[:_BEGINNING]


@cache
def _titles(treaty: bool) -> tuple[Sequence[_Title], Mapping[str, Sequence[int]]]:
    """The names of treaties or of other laws, and beginning of a word -> the names that have it."""
    titles: dict[tuple[str, frozenset[str]], _Title] = {}
    for family in registry().families():
        if (family.country == "int") is not treaty or family.kind in _CODES:
            continue
        ids = tuple(edition.id for edition in family.editions)
        forms = [form for form in family.names if form.kind != "abbreviation"]
        for lang, title in chain(family.titles.items(), *(edition.titles.items() for edition in family.editions)):
            words = tuple(_WORD.findall(title.replace("{of}", "")))
            forms.append(NameForm(family.id, lang, words, "title", False, ids))
        for form in forms:
            keys = frozenset(_beginning(word.rstrip("*")) for word in form.tokens)
            keys = frozenset(key for key in keys if len(key) >= _SHORTEST) - _listed("empty")
            if len(keys) >= _FEWEST_SAME:
                titles.setdefault((family.id, keys), _Title(form._replace(kind="title"), family.country, keys))
    homes: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(titles.values()):
        for word in one.words:
            homes[word].append(number)
    return tuple(titles.values()), homes


@cache
def _listed(kind: str) -> frozenset[str]:
    """The beginnings of the words of one list of ``likeness.toml``."""
    lists = read_lists("likeness.toml", ("empty", "another"))[kind]
    return frozenset(_beginning(word) for words in lists.values() for word in words)
