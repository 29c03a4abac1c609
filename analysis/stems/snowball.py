"""Russian and English by the Snowball algorithms of PyStemmer."""

from __future__ import annotations

import threading

import Stemmer

_ALGORITHMS = {"ru": "russian", "en": "english"}
_local = threading.local()


def readings(form: str, code: str) -> tuple[str, ...]:
    """The one Snowball stem.  A Stemmer object is not safe between threads, so each thread has its own."""
    stemmers = _local.__dict__.setdefault("stemmers", {})
    stemmer = stemmers.get(code)
    if stemmer is None:
        stemmer = stemmers[code] = Stemmer.Stemmer(_ALGORITHMS[code], 0)
    word = form.replace("ё", "е") if code == "ru" else form.removesuffix("'s").replace("'", "")
    return (stemmer.stemWord(word),)
