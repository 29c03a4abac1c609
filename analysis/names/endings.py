"""Endings of names: what a form in running text may be a form of (``data/names/endings.toml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from analysis.names.tables import load

Kind = Literal["", "case form", "gender"]

_DATA = load(
    "endings",
    {
        "families": "Cyrl Latn feminine examples not_examples",
        "persian": "Cyrl Latn least examples not_examples",
        "russian": "family adjective_lemma adjective examples not_examples",
        "given": "after_consonant after_vowel after_i least examples not_examples",
        "turkic": "Cyrl Latn hard before_hard after_family_Latn least examples not_examples",
        "clitics": "after before examples not_examples",
        "patronymic": "russian_Cyrl russian_Latn turkic_Cyrl turkic_Latn not_after_Cyrl not_after_Latn least "
        "examples not_examples",
    },
)
_TURKIC = {script: frozenset(_DATA["turkic"][script].split()) for script in ("Cyrl", "Latn")}
_AFTER_FAMILY = frozenset(_DATA["turkic"]["after_family_Latn"].split())
_HARD, _BEFORE_HARD = (frozenset(_DATA["turkic"][key]) for key in ("hard", "before_hard"))
_LEAST: int = _DATA["turkic"]["least"]
_GIVEN_LEAST: int = _DATA["given"]["least"]
_FAMILY_ENDINGS = frozenset(_DATA["russian"]["family"].split("|"))
_GIVEN: dict[str, dict[str, list[str]]] = {
    place: {ending: lemmas.split("|") for ending, lemmas in _DATA["given"][f"after_{place}"].items()}
    for place in ("consonant", "vowel", "i")
}
_GIVEN_ENDINGS = frozenset().union(*_GIVEN.values())
_GIVEN_LAST = frozenset(ending[-1] for ending in _GIVEN_ENDINGS)
_FEMININE = frozenset(_DATA["families"]["feminine"])
_ADJECTIVE_LEMMA: str = _DATA["russian"]["adjective_lemma"]
_ADJECTIVE = re.compile(rf"(?:{_DATA['russian']['adjective']})$")
_FAMILY = {script: tuple(_DATA["families"][script].split("|")) for script in ("Cyrl", "Latn")}
_PERSIAN = {script: tuple(_DATA["persian"][script].split("|")) for script in ("Cyrl", "Latn")}
PERSIAN = (*_PERSIAN["Cyrl"], *_PERSIAN["Latn"])
_PERSIAN_LEAST: int = _DATA["persian"]["least"]
_FATHERS = {
    kind: _DATA["patronymic"][kind].split() for kind in ("russian_Cyrl", "russian_Latn", "turkic_Cyrl", "turkic_Latn")
}
_TURKIC_FATHERS = frozenset(_FATHERS["turkic_Cyrl"] + _FATHERS["turkic_Latn"])
_FATHER = {
    script: tuple(sorted(_FATHERS[f"russian_{script}"] + _FATHERS[f"turkic_{script}"], key=len, reverse=True))
    for script in ("Cyrl", "Latn")
}
_NOT_FATHER = {script: tuple(_DATA["patronymic"][f"not_after_{script}"].split()) for script in ("Cyrl", "Latn")}
_FATHER_LEAST: int = _DATA["patronymic"]["least"]
_KNOWN = {"Cyrl": _TURKIC["Cyrl"] | _FAMILY_ENDINGS, "Latn": _TURKIC["Latn"] | _AFTER_FAMILY}
_TAILS = {s: {e[i:]: e[i:] in known for e in known for i in range(len(e))} for s, known in _KNOWN.items()}
_FATHER_LAST = {script: frozenset(e[-2:] for e in endings) for script, endings in _FATHER.items()}
_RUSSIAN = re.compile("[а-яё]+")
_VOWELS = "аеёиоуыэюя"
_LONGEST = max(map(len, _TURKIC["Cyrl"] | _TURKIC["Latn"]))


class Stem(NamedTuple):
    """A reading of a form: what is left of it, what the taken ending says, the ending of a father's name if any.

    ``group`` is the list the ending comes from; a Russian and a Turkic ending never meet on one name.
    """

    text: str
    kind: Kind = ""
    group: Literal["", "family", "russian", "turkic"] = ""
    father: str = ""


def is_cyrillic(form: str) -> bool:
    """Whether the first letter of a folded form is Cyrillic."""
    return "\u0400" <= form[:1] <= "\u052f"


def is_turkic(father: str) -> bool:
    """Whether the ending of a father's name is a Turkic one (-ұлы) and not a Russian one (-ович)."""
    return father in _TURKIC_FATHERS


def is_family(form: str) -> bool:
    """Whether a folded form ends like a family name made by a Russian suffix (-ов, -ev), or like its feminine."""
    return (form[:-1] if form[-1:] in _FEMININE else form).endswith(_FAMILY["Cyrl" if is_cyrillic(form) else "Latn"])


def without_suffix(form: str) -> str:
    """A folded form without the Russian suffix of a family name, if it has one: раҳмонов, раҳмон."""
    if not is_family(form):
        return form
    bare = form[:-1] if form[-1:] in _FEMININE else form
    suffix = next(s for s in _FAMILY["Cyrl" if is_cyrillic(form) else "Latn"] if bare.endswith(s))
    return bare[: -len(suffix)]


def persian_suffix(form: str) -> str:
    """The suffix that makes a folded form a Tajik family name (-зода), "" if it has none."""
    found = next((s for s in _PERSIAN["Cyrl" if is_cyrillic(form) else "Latn"] if form.endswith(s)), "")
    return found if len(form) - len(found) >= _PERSIAN_LEAST else ""


def bare_father(text: str) -> str:
    """A father's name as -ович leaves it: Акай in Акай уулу is Ака- in Акаевич."""
    return text[:-1] if text[-1:] in "йy" else text


def read_stems(form: str) -> tuple[Stem, ...]:
    """The readings of a folded form: first the form itself, then the stems that known case endings leave.

    A reading that is a father's name (Муратович, Кемелұлы) is cut down to the father's own name.
    """
    bare = _without_clitics(form) if "'" in form else form
    script = "Cyrl" if is_cyrillic(bare) else "Latn"
    readings = [Stem(bare, "" if bare == form else "case form"), *_case_stems(bare, script)]
    return tuple([_father(stem, script) for stem in readings])


stems = lru_cache(1 << 15)(read_stems)  # for texts, where forms come again


def _case_stems(form: str, script: str) -> list[Stem]:
    families, turkic, tails = _FAMILY[script], _TURKIC[script], _TAILS[script]
    if script == "Cyrl" and (adjective := _ADJECTIVE.search(form)) and adjective.start() > 1:
        lemma = form[: adjective.start()] + _ADJECTIVE_LEMMA
        return [Stem(lemma, "case form", "family")] if lemma != form else []
    found = []
    for size in range(1, min(_LONGEST, len(form) - _LEAST) + 1):
        ending = form[-size:]
        known = tails.get(ending)
        if known is None:
            break
        if not known:
            continue
        stem = form[:-size]
        if stem.endswith(families):
            found.append(Stem(stem, "gender" if ending in _FEMININE else "case form", "family"))
        elif ending in turkic and (ending[0] not in _HARD or stem[-1] in _BEFORE_HARD):
            found.append(Stem(stem, "case form", "turkic"))
    if form[-1:] in _GIVEN_LAST and not (found and found[0].group == "family") and _RUSSIAN.fullmatch(form):
        found += _given_stems(form)
    return found


def _given_stems(form: str) -> list[Stem]:
    """Нурсултану: Нурсултан; Марии: Мария; Абая: Абай."""
    found = []
    for size in (1, 2):
        stem, ending = form[:-size], form[-size:]
        if ending not in _GIVEN_ENDINGS:
            continue
        last = stem[-1:]
        place = "i" if last == "и" else "vowel" if last in _VOWELS else "consonant"
        for lemma in _GIVEN[place].get(ending, ()):
            if len(stem) + len(lemma) >= _GIVEN_LEAST - (lemma == "й"):
                found.append(Stem(stem + lemma, "case form", "russian"))
    return found


def _father(stem: Stem, script: str) -> Stem:
    text = stem.text.replace("ı", "i")  # the alphabet of 2018 writes -ıch
    if text[-2:] not in _FATHER_LAST[script]:
        return stem
    if text.endswith(_FATHER[script]) and not text.endswith(_NOT_FATHER[script]):
        ending = next(e for e in _FATHER[script] if text.endswith(e))
        if len(text) - len(ending) >= _FATHER_LEAST:
            return stem._replace(text=stem.text[: -len(ending)], father=ending)
    return stem


def _without_clitics(form: str) -> str:
    for tail in _DATA["clitics"]["after"]:
        if form.endswith(tail) and len(form) - len(tail) >= _LEAST:
            form = form[: -len(tail)]
    for head in _DATA["clitics"]["before"]:
        if form.startswith(head) and len(form) - len(head) >= _LEAST:
            form = form[len(head) :]
    return form
