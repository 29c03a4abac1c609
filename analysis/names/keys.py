"""The name key: cheap, lossy, the same for every spelling of a name; ``score`` decides afterwards.

A key is the consonants of a word in ten classes (``letters.toml``), a vowel marked only at the start.  What spellings
disagree about most is left out: vowels, glides, в and w inside, h at the end, doubled letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.names.endings import read_stems
from analysis.names.sounds import CLASSES, MAX_LETTERS, VOWELS, spell, spellings_for_keys
from analysis.names.variants import GROUPS, variant_group

_FIRST = {sound: name for name, members in CLASSES.items() for sound in members} | dict.fromkeys(VOWELS, " ")
_FIRST["y"] = ""
_INSIDE = str.maketrans(_FIRST | {"v": "", "w": ""})
_FAMILY = re.compile(rf"(?:[{VOWELS}][vw]+|[eo]f+)[{VOWELS}]?$")
_LABIALS = frozenset("vwf")
_REDUCE = re.compile("|".join(f"{c}(?={c})" for c in CLASSES) + "|T(?=[SJ])|(?<=N)K")
_VOWELS = frozenset(VOWELS)
_OF_AN_H = ("lohi", "loHi", "lahi", "laHi")
_H, _U = frozenset("hH"), frozenset("uU")
_NOT_LETTERS = re.compile("['·\u0300-\u036f]")  # apostrophe, middle dot, accents left over by composition
_CONSONANTAL_U = re.compile("[uU][aAeo]")
_SILENT_H = re.compile(rf"(?<=[{VOWELS}])H(?=[^H{VOWELS}])")
_SILENT = frozenset("аеиуыюяaeiyıá")  # endings without a consonant, which leave the key as it is
FATHER = "F"  # ends the key of a father's name, so that only fathers' names meet there


def name_keys(form: str) -> tuple[str, ...]:
    """The keys of one folded word, few and sorted; ``()`` for what cannot be a name (digits, one letter, long words).

    Two spellings of one name share a key; so do a name and its case forms.
    """
    if not 2 <= len(form) <= MAX_LETTERS or not (form.isalpha() or _NOT_LETTERS.sub("", form).isalpha()):
        return ()
    keys: set[str] = set()
    readings = read_stems(form)
    for reading in readings:
        if reading is readings[0] or form[len(reading.text) :] not in _SILENT:
            for spelling in spellings_for_keys(reading.text):
                found = skeletons(spelling)
                keys.update([key + FATHER for key in found] if reading.father else found)
    keys.discard("")
    if not keys.isdisjoint(_VARIANT_KEYS):
        keys |= {f"={group}" for stem in readings if (group := variant_group(stem.text))}
    return tuple(sorted(keys) if len(keys) > 1 else keys)


def skeletons(sounds: str) -> list[str]:
    """The skeletons of a row of sounds: one, or more where a Latin j, c, ch or x can be read in several ways."""
    readings = [sounds]
    if "j" in sounds:
        readings = [sounds.replace("j", "Z"), sounds.replace("j", "")]
    if sounds[:1] in _U and _CONSONANTAL_U.match(sounds):
        readings += ["v" + r[1:] for r in readings]  # Уәли, Вали
    if "Q" in sounds:
        readings = [r.replace("Q", c) for r in readings for c in "ksZ"]
    if sounds.endswith("x"):
        readings += [r[:-1] for r in readings]  # Shohrux beside Felix
    if sounds.endswith(("ef", "of")):
        readings += [r[:-1] + "p" for r in readings]  # Yousef beside Toqaeff
    if "H" in sounds and _SILENT_H.search(sounds):
        readings += [_SILENT_H.sub("", r) for r in readings]  # Маҳмад, Мамад
    if "Þ" in sounds:
        readings += [r.replace("Þ", "h") for r in readings]
    return [_skeleton(r) for r in readings]


def _skeleton(sounds: str) -> str:
    family = None if _LABIALS.isdisjoint(sounds[-2:]) else _FAMILY.search(sounds)
    body = sounds[: family.start()] if family and family.start() else sounds
    inside = body[1:-1] if body[-1:] in _H and body[-2:-1] in _VOWELS else body[1:]
    if inside.endswith(_OF_AN_H):
        inside = inside[:-2]  # Абдуллоҳи is Абдуллоҳ, joined with the name that follows
    classes = _REDUCE.sub("", _FIRST.get(body[:1], "") + inside.translate(_INSIDE)).replace("NP", "MP")
    bones = classes.replace(" ", "")  # of vowels, which kept equal consonants apart
    if classes[:1] in " ":
        bones = "A" + bones
        if bones.startswith("APTL") and len(bones) > 4:
            bones = "APT" + bones[4:]  # Abdulkarim beside Абдукарим
    return bones + "V" if body is not sounds else bones


def _variant_keys() -> Iterator[str]:
    """The skeletons of names of the dictionary that do not meet in a skeleton anyway."""
    for forms in GROUPS:
        found = [set(skeletons(spell(form))) for form in forms]
        if not set.intersection(*found):
            yield from set.union(*found)


_VARIANT_KEYS = frozenset(_variant_keys())
