"""Names that are one though their sounds are not (``data/names/variants.toml``)."""

from __future__ import annotations

import re

from analysis.errors import DataError
from analysis.names.sounds import sounds
from analysis.names.tables import load

_NAMES = load("variants", {"name": "forms"})["name"]
_PLAIN = str.maketrans("AUWOqGHxNJXßY", "auuokghhnZSsS")
_LAST_I = re.compile("[iI][iIy]*$")
_SEVERAL = (("j", "Zy"), ("Þ", "Ch"), ("0", "oa"))  # letters of two readings, that of English and Turkmen first


def _readings(form: str) -> list[str]:
    found = [_LAST_I.sub("i", sounds(form).translate(_PLAIN))]
    for letter, readings in _SEVERAL:
        if letter in found[0]:
            found = [text.replace(letter, reading) for text in found for reading in readings]
    return found


def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _NAMES:
        if len(entry["forms"]) < 2:
            raise DataError(f"variants.toml: name {entry!r} needs two spellings or more under 'forms'")
        for form in entry["forms"]:
            if table.setdefault(_readings(form)[0], entry["forms"][0]) != entry["forms"][0]:
                raise DataError(f"variants.toml: {form!r} stands in two names")
    return table


_GROUP_OF = _groups()
GROUPS: tuple[tuple[str, ...], ...] = tuple(tuple(entry["forms"]) for entry in _NAMES)


def variant_group(form: str) -> str | None:
    """The first spelling of the dictionary entry that a folded form sounds like a member of; None if of none."""
    return next((group for text in _readings(form) if (group := _GROUP_OF.get(text))), None)
