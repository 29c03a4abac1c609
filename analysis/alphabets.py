"""One word list, several alphabets: stems and endings written once are matched in their twin alphabets too.

Kazakh in the Latin alphabets of 2018 and 2021, Uzbek in Cyrillic (law-and-names §4.2, §6.2, §6.4).
"""

from __future__ import annotations

_UZ = {
    **dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True)),
    **{"o'": "ў", "g'": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "'": "ъ"},
}
_KK = dict(zip("абвгдежзйклмнопрстфхһцчщыэ", "a b v g d e j z ı k l m n o p r s t f h h ts ch shsh y e".split(), strict=True))
_KK |= {"қ": "q", "ш": "sh", "ё": "io", "ю": "ıý", "я": "ıa", "ь": "", "ъ": ""}
_TABLES = {
    "uz-Cyrl": _UZ,
    "kk-Latn-2018": _KK | dict(zip("әғиіңөуұү", "áǵıińóýuú", strict=True)),
    "kk-Latn-2021": _KK | dict(zip("әғиіңөуұүшйюя", ["ä", "ğ", "i", "ı", "ñ", "ö", "u", "ū", "ü", "ş", "i", "iu", "ia"], strict=True)),
}


def transliterate(word: str, alphabet: str) -> str:
    """A lower-case word in a twin alphabet, longest spelling first.  KeyError for an unknown alphabet."""
    table = _TABLES[alphabet]
    out: list[str] = []
    i = 0
    while i < len(word):
        step = 2 if word[i : i + 2] in table else 1
        letter = word[i : i + step]
        out.append("э" if alphabet == "uz-Cyrl" and letter == "e" and i == 0 else table.get(letter, letter))
        i += step
    return "".join(out)
