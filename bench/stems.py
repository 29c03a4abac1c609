"""Do the forms of a lemma meet, and do different lemmas stay apart?  ``python -m bench.stems``.

The forms are written by generators that share no code and no table with the analyser: one function a language, from the
grammar's rules of harmony and assimilation.  Lemmas: ``bench/paradigms.toml``.  Half of them, by a hash of the lemma,
is shown apart.  "joined": the share of pairs of different lemmas, neighbours in the alphabet, any of whose forms meet.
"""

from __future__ import annotations

import sys
import tomllib
import zlib
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from analysis.layers import stems

HERE = Path(__file__).parent
CYRILLIC_VOWELS = "аәоөұүыіеэиуяюё"


def lemmas(lang: str) -> list[str]:
    """The marked lemmas of a language, in order."""
    table = tomllib.loads((HERE / "paradigms.toml").read_text("utf-8"))
    return table[lang]["lemmas"].split()  # type: ignore[no-any-return]


def bare(marked: str) -> str:
    """The lemma without its marks."""
    return marked.rstrip("+*").partition("/")[0]


def forms(marked: str, lang: str) -> list[str]:
    """The inflected forms of a marked lemma, itself left out."""
    before_vowel = marked.rstrip("+*").partition("/")[2]
    write = {"kk": kazakh, "ky": kyrgyz, "uz": uzbek, "tk": turkmen, "tg": tajik}[lang]
    return write(bare(marked), before_vowel, marked.endswith("*"))


def kazakh(lemma: str, before_vowel: str, hard: bool) -> list[str]:
    """Plural, possessive of the third person and six cases, each with each."""
    back = _is_back(lemma, back="аоұыяё", front="әөүеіэи", neutral="ую")
    a, y = ("а", "ы") if back else ("е", "і")
    g, k = ("ғ", "қ") if back else ("г", "к")
    voiceless = "пфкқтсшщчцхһбвгд"

    def cases(stem: str) -> list[str]:
        last = stem[-1]
        if last in voiceless:
            return [f"{stem}т{y}ң", stem + k + a, f"{stem}т{y}", f"{stem}т{a}", f"{stem}т{a}н", stem + "пен"]
        genitive = "н" if last in "аәоөұүыіеэяёмнң" else "д"
        accusative = "н" if last in "аәоөұүыіеэяё" else "д"
        ablative = "н" if last in "мнң" else "д"
        instrumental = "бен" if last in "зж" else "мен"
        attributive = f"{stem}д{a}{g}{y}"
        return [
            f"{stem}{genitive}{y}ң", stem + g + a, f"{stem}{accusative}{y}", f"{stem}д{a}", f"{stem}{ablative}{a}н",
            stem + instrumental, attributive,
        ]  # fmt: skip

    last = lemma[-1]
    plural = lemma + ("т" if last in voiceless else "д" if last in "мнңзжл" else "л") + a + "р"
    stem = before_vowel or (lemma if hard else lemma[:-1] + {"қ": "ғ", "к": "г", "п": "б"}.get(last, last))
    owned = f"{lemma}с{y}" if last in "аәоөұүыіеэяё" else stem + y
    third = [*_after_third(owned, y, a, g), plural + y, *_after_third(plural + y, y, a, g)]
    return [*cases(lemma), plural, *cases(plural), owned, *third]


def _after_third(owned: str, y: str, a: str, g: str) -> list[str]:
    return [
        f"{owned}н{y}ң", f"{owned}н{a}", owned + "н", f"{owned}нд{a}", f"{owned}н{a}н", owned + "мен",
        f"{owned}нд{a}{g}{y}",
    ]  # fmt: skip


def kyrgyz(lemma: str, before_vowel: str, hard: bool) -> list[str]:
    """Plural, possessive of the third person and the cases, with full four-way harmony."""
    voiceless = "пфктсшщчцхбвгд"

    def harmony(stem: str) -> tuple[str, str]:
        last = [c for c in stem if c in "аоуыяюёэеиөү"][-1]
        return {
            "а": ("а", "ы"), "ы": ("а", "ы"), "у": ("а", "у"), "о": ("о", "у"), "я": ("а", "ы"), "ю": ("а", "у"),
            "ё": ("о", "у"), "е": ("е", "и"), "и": ("е", "и"), "э": ("е", "и"), "ө": ("ө", "ү"), "ү": ("ө", "ү"),
        }[last]  # fmt: skip

    def cases(stem: str) -> list[str]:
        a, y = harmony(stem)
        last = stem[-1]
        d = "т" if last in voiceless else "д"
        g = "к" if last in voiceless else "г"
        n = "н" if last in "аоуыяюёэеиөү" else d
        after = harmony(stem + d + a)[1]
        return [
            f"{stem}{n}{y}н",
            stem + g + a,
            f"{stem}{n}{y}",
            stem + d + a,
            stem + d + a + "н",
            f"{stem}{d}{a}г{after}",
        ]

    last = lemma[-1]
    a, y = harmony(lemma)
    plural = lemma + ("т" if last in voiceless else "д" if last in "мнңзжл" else "л") + a + "р"
    stem = before_vowel or (lemma if hard else lemma[:-1] + {"к": "г", "п": "б"}.get(last, last))
    owned = f"{lemma}с{y}" if last in "аоуыяюёэеиөү" else stem + y

    def after_third(owned: str) -> list[str]:
        a, y = harmony(owned)
        return [f"{owned}н{y}н", owned + "н" + a, owned + "н", f"{owned}нд{a}", f"{owned}н{a}н"]

    owned_plural = plural + harmony(plural)[1]
    return [*cases(lemma), plural, *cases(plural), owned, *after_third(owned), owned_plural, *after_third(owned_plural)]


def uzbek(lemma: str, before_vowel: str, hard: bool) -> list[str]:
    """Plural, possessive of the third person and the cases."""

    def cases(stem: str) -> list[str]:
        dative = "ka" if stem[-1] == "k" else "qa" if stem[-1] == "q" else "ga"
        return [stem + "ning", stem + dative, stem + "ni", stem + "da", stem + "dan", stem + "dagi"]

    softened = lemma
    many = sum(c in "aeiou" for c in lemma) > 1
    if lemma[-1] == "k" and many and not hard:
        softened = lemma[:-1] + "g"
    if lemma[-1] == "q" and many and not hard and lemma not in ("huquq", "ittifoq"):
        softened = lemma[:-1] + "g'"
    owned = lemma + "si" if lemma[-1] in "aeiou" or lemma.endswith("o'") else (before_vowel or softened) + "i"
    plural = lemma + "lar"
    return [*cases(lemma), plural, *cases(plural), owned, *cases(owned), plural + "i", *cases(plural + "i")]


def turkmen(lemma: str, before_vowel: str, hard: bool) -> list[str]:
    """Plural, possessive of the third person and the cases.  Vowel stems have no dative here: their vowel changes."""
    back = _is_back(lemma, back="aouy", front="äeiöü", neutral="")
    a, y, ä = ("a", "y", "a") if back else ("e", "i", "ä")
    vowels = "aouyäeiöü"

    def cases(stem: str, soft: str) -> list[str]:
        if stem[-1] in vowels:
            return [f"{stem}n{y}ň", f"{stem}n{y}", f"{stem}d{a}", f"{stem}d{a}n", f"{stem}d{ä}k{y}"]
        return [f"{soft}{y}ň", soft + a, soft + y, f"{stem}d{a}", f"{stem}d{a}n", f"{stem}d{ä}k{y}"]

    last = lemma[-1]
    long = sum(c in vowels for c in lemma) > 1
    softening = {"k": "g", "p": "b", "ç": "j", "t": "d"} if long else {}
    soft = before_vowel or lemma[:-1] + softening.get(last, last)
    if last == "t" and lemma not in ("ýurt", "kanat"):
        soft = lemma
    plural = f"{lemma}l{a}r"
    owned = f"{lemma}s{y}" if last in vowels else soft + y
    third = [f"{o}n{c}" for o in (owned, plural + y) for c in (f"{y}ň", a, y, f"d{a}", f"d{a}n", f"d{ä}k{y}")]
    return [*cases(lemma, soft), plural, *cases(plural, plural), owned, plural + y, *third]


def tajik(lemma: str, before_vowel: str, hard: bool) -> list[str]:
    """Plural in -ҳо, the link -и and the object ending -ро; of a verb, whose present stem is given, its forms."""
    if before_vowel:
        return tajik_verb(lemma.removesuffix("ан"), before_vowel)
    short = lemma[:-1] + "и" if lemma.endswith("ӣ") else lemma
    return [short + "и", short + "ро", short + "ҳо", short + "ҳои", short + "ҳоро"]


def tajik_verb(past: str, present: str) -> list[str]:
    """The persons of the past, the present and the perfect, with and without the prefixes; the infinitive declined."""
    finite = [past, *(past + e for e in ("ам", "ӣ", "ем", "ед", "анд"))]
    now = [present + ("я" if present[-1] in "оуӯ" else "а") + e for e in ("м", "д", "нд")]
    perfect = [f"{past}а{e}" for e in ("", "ам", "аст", "анд", "гӣ")]
    return [
        *finite,
        *("на" + form for form in finite),
        *("ме" + form for form in finite),
        *("наме" + form for form in finite),
        *now,
        *("на" + form for form in now),
        *("ме" + form for form in now),
        *("наме" + form for form in now),
        *perfect,
        *("на" + form for form in perfect),
        past + "ани",
        past + "анро",
    ]


def _is_back(lemma: str, back: str, front: str, neutral: str) -> bool:
    body = lemma.rstrip(neutral)
    for c in reversed(body):
        if c in back or c in neutral:
            return True
        if c in front:
            return False
    return True


def recall(lang: str, chosen: list[str]) -> tuple[int, int, list[tuple[str, str]]]:
    """Forms found, forms asked, and the (lemma, form) that are missed."""
    meets: Callable[[str, str], bool] = partial(_meet, lang)
    asked = [(bare(m), form) for m in chosen for form in forms(m, lang)]
    missed = [(lemma, form) for lemma, form in asked if not meets(lemma, form)]
    return len(asked) - len(missed), len(asked), missed


def joined(lang: str, chosen: list[str]) -> tuple[int, int, list[tuple[str, str]]]:
    """Pairs of alphabetical neighbours that meet in some form, pairs asked, and the pairs that meet."""
    readings = {bare(m): {r for form in [bare(m), *forms(m, lang)] for r in stems(form, lang)} for m in chosen}
    pairs = list(pairwise(sorted(readings)))
    met = [(a, b) for a, b in pairs if readings[a] & readings[b]]
    return len(met), len(pairs), met


def apart(lang: str) -> tuple[int, int, list[tuple[str, str]]]:
    """Pairs of look-alikes that meet, pairs asked, and the pairs that meet."""
    table = tomllib.loads((HERE / "paradigms.toml").read_text("utf-8"))["apart"]
    pairs = [tuple(pair.split("/")) for pair in table[lang].split()]
    met = [(a, b) for a, b in pairs if _meet(lang, a, b)]
    return len(met), len(pairs), met


def _meet(lang: str, a: str, b: str) -> bool:
    return bool(set(stems(a, lang)) & set(stems(b, lang)))


def held_out(marked: str) -> bool:
    """Half of the lemmas, always the same."""
    return zlib.crc32(bare(marked).encode()) % 2 == 0


def main() -> int:
    """Print the figures; with a language as argument also what is missed."""
    print("lang  half       found        joined")
    for lang in ("kk", "ky", "uz", "tk", "tg"):
        for name, half in (("seen", False), ("held out", True)):
            chosen = [m for m in lemmas(lang) if held_out(m) == half]
            found, asked, missed = recall(lang, chosen)
            met, pairs, which = joined(lang, chosen)
            print(f"{lang:<5} {name:<9} {found / asked:.3f} {found}/{asked}  {met / pairs:.3f} {met}/{pairs}")
            if lang in sys.argv[1:] and not half:
                for lemma, form in missed:
                    print(f"      {lemma} {form}: {stems(lemma, lang)} {stems(form, lang)}")
                print("      joined", which)
    print("lang  look-alikes joined")
    for lang in ("kk", "ky", "uz", "tk", "tg"):
        met, pairs, which = apart(lang)
        print(f"{lang:<5} {met / pairs:.3f} {met}/{pairs}  {' '.join('='.join(pair) for pair in which)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
