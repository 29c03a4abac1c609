"""One family name in several forms: Раҳмонов and Раҳмон, Раҳимов and Раҳимзода, Байтұрсынов and Байтұрсынұлы.

Many people of the region dropped the Russian suffix or took one of their language for it, and are written both ways.
Only beside another name of the person: alone, Назар is not Назаров.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from analysis.names.endings import PERSIAN, is_family, persian_suffix, stems, without_suffix
from analysis.names.keys import FATHER, name_keys
from analysis.names.score import Match, likeness
from analysis.names.sounds import shows_turkic, shows_uzbek

_PENALTY = 0.08
_LEAST_OF_A_ROOT = 6  # letters: Бөкейхан; shorter ones are given names of somebody else too often
_LEAST_TO_LOOK_FOR = 5  # shorter roots are forms of too many words
_SON = ("ұлы", "улы", "uly", "uli", "ūly", "ulı", "ūlı", "úly")
_GLIDE = re.compile("(?<=[аәеоaäeo])[йyijý]$")  # Жұмабай is Жұмаба- in Жұмабаев
_ENDS = {"russian": "V", "persian": "ST", "turkic": FATHER, "": ""}
"""What each suffix adds to the keys of a name."""


class Root(NamedTuple):
    """A family name without its suffix, and of which language that was; "" of none."""

    text: str
    suffix: Literal["", "russian", "persian", "turkic"]


def root_of(form: str) -> Root:
    """The root of a folded family name: раҳим of раҳимов and раҳимзода."""
    if family := next((s.text for s in stems(form) if not s.father and is_family(s.text)), ""):
        return Root(_GLIDE.sub("", without_suffix(family)), "russian")
    if suffix := persian_suffix(form):
        return Root(form[: -len(suffix)], "persian")
    whole = stems(form)[0]
    if whole.father in _SON:
        return Root(_GLIDE.sub("", whole.text), "turkic")
    return Root(_GLIDE.sub("", form), "")


def has_suffix(form: str) -> bool:
    """Whether a folded form ends like a family name of any of the languages."""
    return root_of(form).suffix != ""


def same_family(a: str, b: str, uzbek: tuple[bool, bool] = (False, False)) -> Match | None:
    """How well two folded family names agree that differ in their suffix; None if they do not, or may not so.

    A name without any suffix must show by itself, or by ``uzbek`` of the names beside it, that it is no Russian one.
    """
    x, y = root_of(a), root_of(b)
    if x.suffix == y.suffix or min(len(x.text), len(y.text)) < 3:
        return None
    if not (x.suffix and y.suffix) and not any(uzbek) and not _may_be_bare(x, a) and not _may_be_bare(y, b):
        return None
    return Match(likeness(x.text, y.text, uzbek).score - _PENALTY, "spelling")


def apart(form: str) -> tuple[str, tuple[str, ...]]:
    """A folded family name in -зода or -ұлы as a root and the words that may stand beside it instead."""
    if suffix := persian_suffix(form):
        return form[: -len(suffix)], PERSIAN
    whole = stems(form)[0]
    return (whole.text, _SON) if whole.father in _SON else (form, ())


def family_keys(form: str, uzbek: bool = False) -> set[str]:
    """The name keys of the other forms of a folded family name; ``uzbek`` as the whole name shows."""
    root = root_of(form)
    bare = uzbek or (len(root.text) >= _LEAST_TO_LOOK_FOR and _may_be_bare(root, form))
    ends = [end for suffix, end in _ENDS.items() if suffix != root.suffix and (bare or (suffix and root.suffix))]
    return {key + end for key in name_keys(root.text) for end in ends}


def _may_be_bare(root: Root, form: str) -> bool:
    """Whether a name is known not to be a Russian one, by its letters or its length."""
    return len(root.text) >= _LEAST_OF_A_ROOT or shows_uzbek(form) or shows_turkic(form)
