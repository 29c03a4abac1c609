"""One word from one alphabet of a language to the alphabet in which its stems are written.

Uzbek: Cyrillic to the Latin alphabet of 1995, one apostrophe.  Turkmen: Cyrillic to the Latin alphabet of 1993.
Kazakh: the Latin alphabets of 2018 and 2021 to Cyrillic.
"""

from __future__ import annotations

import re

_UZBEK = dict(zip("абвгдзийклмнопрстуфхўқғҳэыъ", "abvgdziyklmnoprstufxõqğhei'", strict=True))
_UZBEK |= {"ё": "yo", "ж": "j", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "е": "e", "ь": ""}
_YE = re.compile(r"(^|[аеёиоуэюяўъь])е")
_TS = re.compile(r"(?<=[аеёиоуэюяў])ц")
_UZBEK_LATIN = str.maketrans({"õ": "o'", "ó": "o'", "ö": "o'", "ō": "o'", "ğ": "g'", "ǵ": "g'", "ş": "sh", "ç": "ch"})

_TURKMEN = dict(zip("абвгджҗзийклмнңоөпрстуүфхчшыэә", "abwgdžjziýklmnňoöprstuüfhçşyeä", strict=True))
_TURKMEN |= {"ё": "ýo", "ю": "ýu", "я": "ýa", "ц": "s", "щ": "ş", "ъ": "", "ь": ""}
_TURKMEN_YE = re.compile(r"(^|[аеёиоөуүыэәюяъь])е")

_KAZAKH_SHARED = dict(zip("abvgdejzklmnoprstfhyqäöüğşñŋ", "абвгдежзклмнопрстфхықәөүғшңң", strict=True))
_KAZAKH_2018 = _KAZAKH_SHARED | {
    "á": "ә",
    "ó": "ө",
    "ú": "ү",
    "ǵ": "ғ",
    "ń": "ң",
    "ý": "у",
    "u": "ұ",
    "i": "і",
    "ı": "и",
}
_KAZAKH_2021 = _KAZAKH_SHARED | {"u": "у", "ū": "ұ", "i": "и", "ı": "і"}
_ONLY_2018 = frozenset("áóúǵńý")
_ONLY_2021 = frozenset("äöüğşñŋū")


def uzbek_latin(form: str) -> str:
    """A folded Uzbek form of either script -> Latin: ``сўз`` -> ``so'z``, ``konstitutsiya``."""
    if not any("а" <= c <= "ҳ" for c in form):
        return form if form.isascii() else form.translate(_UZBEK_LATIN)
    form = _TS.sub("тс", _YE.sub(r"\1йе", form)).replace("ц", "с")
    return "".join(_UZBEK.get(c, c) for c in form).replace("õ", "o'").replace("ğ", "g'")


def turkmen_latin(form: str) -> str:
    """A folded Turkmen form of either script -> Latin: ``язык`` -> ``ýazyk``."""
    if not any("а" <= c <= "ӿ" for c in form):
        return form
    return "".join(_TURKMEN.get(c, "e" if c == "е" else c) for c in _TURKMEN_YE.sub(r"\1йе", form))


def kazakh_cyrillic(form: str) -> tuple[str, ...]:
    """A folded Kazakh form in Latin letters -> its Cyrillic spellings, one for each alphabet that it may be in."""
    form = form.replace("i\u0307", "i")
    letters = set(form)
    tables = []
    if not letters & _ONLY_2021:
        tables.append((_KAZAKH_2018, (("sh", "ш"), ("ch", "ч"))))
    if not letters & _ONLY_2018:
        tables.append((_KAZAKH_2021, (("ia", "я"), ("iu", "ю"))))
    spelled = dict.fromkeys(_spell(form, table, pairs) for table, pairs in tables)
    return tuple(s for s in spelled if not any("a" <= c <= "z" for c in s))


def _spell(form: str, table: dict[str, str], pairs: tuple[tuple[str, str], ...]) -> str:
    for pair, letter in pairs:
        form = form.replace(pair, letter)
    return "".join(table.get(c, c) for c in form)
