"""Stem readings of one word in one language, without the language prefix (see ``analysis.layers``)."""

from __future__ import annotations

from functools import cache

from analysis.stems import snowball
from analysis.stems.ladder import MAX_READINGS, Ladder
from analysis.stems.scripts import kazakh_cyrillic, turkmen_latin, uzbek_latin
from analysis.stems.tables import language

LONGEST_WORD = 64  # letters; what is longer is no word and reads as itself

# Inside the Uzbek ladder o' and g' are one letter each; the apostrophe of ma'lumot, often left out, is no letter.
_UZBEK_IN = str.maketrans({"'": ""})
_UZBEK_OUT = str.maketrans({"õ": "o'", "ğ": "g'"})


def readings(form: str, code: str) -> tuple[str, ...]:
    """Readings of a folded form in the language ``code`` (no script), best first, one to three."""
    if len(form) > LONGEST_WORD:
        return (form,)
    if code in ("ru", "en"):
        return snowball.readings(form, code)
    if code == "uz":
        return tuple(r.translate(_UZBEK_OUT) for r in compiled(code).readings(_uzbek(form)))
    if code == "kk" and "a" <= form[0] <= "ŋ":
        spellings = kazakh_cyrillic(form)
        found = (r for spelling in spellings for r in compiled(code).readings(spelling))
        return tuple(dict.fromkeys(found))[:MAX_READINGS]
    return compiled(code).readings(turkmen_latin(form) if code == "tk" else form)


@cache
def compiled(code: str) -> Ladder:
    """The compiled ladder of ``kk``, ``ky``, ``uz``, ``tg`` or ``tk``."""
    return Ladder(language(code))


def _uzbek(form: str) -> str:
    return uzbek_latin(form).replace("o'", "õ").replace("g'", "ğ").translate(_UZBEK_IN)
