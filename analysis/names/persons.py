"""Whole names: parts in any order, initials, fathers' names, titles (``data/names/persons.toml``)."""

from __future__ import annotations

import re
from itertools import product
from typing import Literal, NamedTuple

from analysis.names.endings import bare_father, is_cyrillic, stems, without_suffix
from analysis.names.families import has_suffix, same_family
from analysis.names.keys import skeletons
from analysis.names.score import ACCEPT, Match, likeness
from analysis.names.sounds import MAX_LETTERS, may_be_uzbek, shows_abroad, spell
from analysis.names.tables import load
from analysis.tokens import APOSTROPHES, fold

_DATA = load(
    "persons",
    {"connectors": "words", "titles": "words", "articles": "words", "initials": "letters", "women": "endings"},
)
CONNECTORS = frozenset(_DATA["connectors"]["words"])
TITLES = frozenset(_DATA["titles"]["words"])
_ARTICLES = frozenset(_DATA["articles"]["words"])
_INITIALS = frozenset(_DATA["initials"]["letters"])
_WOMEN = tuple(_DATA["women"]["endings"])
_ASIDE = re.compile(r"\([^)]*\)|«[^»]*»|\"[^\"]*\"|\s[–—-]\s.*|[(;«\"].*", re.DOTALL)
_LETTER = r"[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*"  # and what stands on it or is not seen: Атамба́ев
_WORD = re.compile(rf"(?:{_LETTER})+(?:[{APOSTROPHES}](?:{_LETTER})+)*[{APOSTROPHES}]?\.?")
_CAMEL = re.compile("(?<=[a-zа-яёәіңғүұқөһўҳҷӣӯ])(?=[A-ZА-ЯЁӘІҢҒҮҰҚӨҺЎҲҶӢӮ])")  # AzretAlievna
_MOST_PARTS = 8
_LEAST_OF_A_PART = 0.84
_LEAST_OF_A_FORM = 0.82  # of a family name with another suffix
_PART = Match(ACCEPT, "part of a name")


class Part(NamedTuple):
    """A word of a whole name: its folded form, what it is, and for a father's name whether of a daughter."""

    text: str
    role: Literal["name", "initial", "father"]
    daughter: bool | None = None


def same_person(a: str, b: str) -> Match | None:
    """Whether two whole names can be one person's, and why; None if not.  Symmetric.

    Every name of the side with fewer must be a name of the other; an initial stands for a name that starts with its
    sound; fathers' names are compared if both sides have one.  One word alone against a longer name is the weakest
    link, with the least score and the reason "part of a name": every Асанов answers to Асанов.
    """
    best = None
    for x in _readings(a):
        for y in _readings(b):
            match = _compare(x, y)
            if match and (best is None or match.score > best.score):
                best = match
    return best


def _readings(text: str) -> list[list[Part]]:
    """The parts of a whole name, hyphens joined and, if there are any, hyphens split."""
    text = _CAMEL.sub(" ", text)
    joined, split = parts(text.replace("-", "")), parts(text.replace("-", " "))
    return [joined] if joined == split else [joined, split]


def words_of(text: str) -> list[str]:
    """The words of a whole name as they stand, an initial with its dot."""
    return _WORD.findall(_ASIDE.sub(" ", text))


def parts(text: str) -> list[Part]:
    """The parts of a whole name in order, without titles, connectors and what follows a dash or a bracket."""
    words: list[Part] = []
    for found in words_of(text):
        form = fold(found.rstrip("."))
        if form in CONNECTORS and words:
            words[-1] = Part(words[-1].text, "father", form.endswith(_WOMEN))
        elif is_initial(found):
            words.append(Part(form, "initial"))
        elif 0 < len(form) <= MAX_LETTERS and form not in TITLES:
            words.append(Part(form, "name"))
    if len(words) > 1:
        words = [p for p in words if p.text not in _ARTICLES] or words
    if len(words) < 3:
        return words
    return [_as_father(p) if p.role == "name" else p for p in words]


def is_initial(word: str) -> bool:
    """Whether a word of a name is an initial: one letter, or several that stand for one sound and a dot (Дж.)."""
    form = fold(word.rstrip("."))
    return len(form) == 1 or (word.endswith(".") and form in _INITIALS)


def _as_father(part: Part) -> Part:
    for stem in stems(part.text):
        if stem.father:
            return Part(part.text, "father", stem.father.endswith(_WOMEN))
    return part


def _compare(x: list[Part], y: list[Part]) -> Match | None:
    if len(_of(x, "name")) > len(_of(y, "name")):
        x, y = y, x
    names, others = _of(x, "name"), _of(y, "name")
    uzbek = (_any_uzbek(x), _any_uzbek(y))
    if not names and len(x) == len(y) == 1:
        return _only_fathers(x, y, uzbek)
    if not names or max(len(x), len(y)) > _MOST_PARTS:
        return None
    fathers = _fathers(_of(x, "father"), _of(y, "father"), uzbek)
    if fathers is None:
        return None
    found: Match | None = None
    for pairing in product(*_candidates(names, others, uzbek)):
        chosen = {i for i, _, _ in pairing}
        matches = [*(m for _, m, _ in pairing), *fathers]
        rest = [q for i, q in enumerate(others) if i not in chosen]
        if len(chosen) < len(names) or sum(renamed for _, _, renamed in pairing) > 1:
            continue
        if not _convince(matches) or not _linked(x, y, names, rest):
            continue
        weakest = _PART if _is_part(x, y) else min(matches, key=_weakness)
        if found is None or weakest > found:
            found = weakest
    return found


def _candidates(names: list[Part], others: list[Part], uzbek: tuple[bool, bool]) -> list[list[tuple[int, Match, bool]]]:
    """For each name the others that it may be: their numbers, how well, and whether in another form of a family name.

    Names without suffixes are such forms only in one place: Асан Нұрланов is not Нұрлан Асан.
    """
    found: list[list[tuple[int, Match, bool]]] = []
    for place, p in enumerate(names):
        row = []
        for i, q in enumerate(others):
            match, renamed = likeness(p.text, q.text, uzbek), False
            if match.score < ACCEPT and len(names) > 1 and (i == place or (has_suffix(p.text) and has_suffix(q.text))):
                other = same_family(p.text, q.text, uzbek)
                if other is not None and other > match:
                    match, renamed = other, True
            if match.score >= (_LEAST_OF_A_FORM if renamed else _least(p.text, q.text)):
                row.append((i, match, renamed))
        found.append(row)
    return found


def _least(a: str, b: str) -> float:
    """How well two parts must agree: spelled in one way, they are rather two names than two spellings."""
    return ACCEPT if (is_cyrillic(a), shows_abroad(a)) == (is_cyrillic(b), shows_abroad(b)) else _LEAST_OF_A_PART


def _convince(matches: list[Match]) -> bool:
    """Whether the parts of a name are together as alike as one word must be."""
    return sum(match.score for match in matches) / len(matches) >= ACCEPT


def _weakness(match: Match) -> tuple[float, bool]:
    return match.score, match.reason == "same spelling"


def _of(found: list[Part], role: str) -> list[Part]:
    return [p for p in found if p.role == role]


def _any_uzbek(found: list[Part]) -> bool:
    return any(may_be_uzbek(p.text) for p in found)


def _fathers(x: list[Part], y: list[Part], uzbek: tuple[bool, bool]) -> list[Match] | None:
    """The match of the fathers' names; empty if one side has none; None if they disagree."""
    if not x or not y:
        return []
    if x[0].daughter != y[0].daughter:
        return None
    match = likeness(x[0].text, y[0].text, uzbek)
    if match.score < ACCEPT:
        match = max(match, _same_father(x[0].text, y[0].text, uzbek))
    return [match] if match.score >= _least(x[0].text, y[0].text) else None


def _only_fathers(x: list[Part], y: list[Part], uzbek: tuple[bool, bool]) -> Match | None:
    """The match of two fathers' names that stand alone: Karim oʻgʻli, Каримович."""
    first, second = (_of([_as_father(part)], "father") for part in (*x, *y))
    match = max(_fathers(first, second, uzbek) or [], default=None)
    return match if match is not None and match.score >= ACCEPT else None


def _same_father(a: str, b: str, uzbek: tuple[bool, bool]) -> Match:
    """How well two fathers' names agree, one of them written apart from its connector (Бекназар уулу)."""
    best = max(likeness(_root(s.text), _root(t.text), uzbek) for s in stems(a) for t in stems(b))
    return Match(best.score, "patronymic")


def _root(text: str) -> str:
    return bare_father(without_suffix(text))


def _linked(x: list[Part], y: list[Part], names: list[Part], rest: list[Part]) -> bool:
    """Whether, beside the names that match, the initials agree and one more part joins the two sides."""
    initials_x, initials_y = _of(x, "initial"), _of(y, "initial")
    if len(names) > 1:
        spare = [*rest, *_of(y, "father"), *initials_y]
        return not initials_x or not spare or _begins(initials_x[0], spare)
    if initials_x:
        return _begins(initials_x[0], [*rest, *initials_y] or _of(y, "father"))
    if _of(x, "father") and _of(y, "father"):
        return True
    if _is_part(x, y):
        return True
    return not initials_y and not rest and bool(_of(x, "father")) == bool(_of(y, "father"))


def _is_part(x: list[Part], y: list[Part]) -> bool:
    return len(x) == 1 and len(y) > 1


def _begins(initial: Part, candidates: list[Part]) -> bool:
    return any(_first(initial.text) & _first(p.text) for p in candidates)


def _first(word: str) -> set[str]:
    """The first sounds that a word or an initial can stand for, coarse: its skeleton's first letter."""
    return {key[0] for key in skeletons(spell(word)) if key}
