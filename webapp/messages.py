"""The words of the interface: one TOML catalogue a language, ICU MessageFormat for plurals and numbers.

A message without ``{`` is taken as it stands; any other is an ICU pattern with named arguments.
"""

from __future__ import annotations

import threading
import tomllib
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

import icu

from analysis.errors import DataError

FOLDER = Path(__file__).parent / "messages"
LANGUAGES = ("en", "ru", "kk", "ky", "uz")
"""Languages of the interface; the first is the one taken when no other fits."""

NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча", "uz": "Oʻzbekcha"}
LOCALES = {"en": "en_GB"}
"""Where the dates and numbers of a language are those of one of its regions."""

DATES = {
    "kk": {"yMMMM": "y 'жылғы' MMMM", "yMMMMd": "y 'жылғы' d MMMM"},
    "uz": {"yMMMM": "y-'yil' MMMM", "yMMMMd": "y-'yil' d-MMMM"},
}
"""A month and a day as laws write them, where ICU's pattern is another ("30-oktabr, 2019")."""

SIGN = 0xE000
"""A code point of private use, for the first argument of a message where it is a text; the next for the second."""

_local = threading.local()


class Messages:
    """The catalogue of one language.

    ``messages("results.count", count=3)`` gives the text; a missing key raises DataError naming language and key.
    """

    def __init__(self, lang: str, texts: dict[str, str]) -> None:
        self.lang = lang
        self.texts = texts

    def __call__(self, key: str, **values: str | int | float) -> str:
        try:
            pattern = self.texts[key]
        except KeyError:
            raise DataError(f"{self.lang}.toml: no message {key!r}: add it to webapp/messages") from None
        if "{" not in pattern:
            return pattern
        texts = {SIGN + at: value for at, value in enumerate(values.values()) if isinstance(value, str)}
        signed = [(name, chr(at) if at in texts else value) for at, (name, value) in enumerate(values.items(), SIGN)]
        said = _formatted(self.lang, pattern, tuple(signed))
        return said.translate(texts) if texts else said

    def maybe(self, key: str, otherwise: str, **values: str | int | float) -> str:
        """The message of an id that comes from another room, or else ``otherwise``."""
        return self(key, **values) if key in self.texts else otherwise

    def date(self, iso: str) -> str:
        """``2019-10-30`` -> "30 October 2019"; a year or a month alone stays as coarse as it is."""
        return _dated(self.lang, iso)

    def number(self, value: int) -> str:
        """A whole number with the language's own grouping."""
        return _numbered(self.lang, value)


@cache
def load(lang: str) -> Messages:
    """The catalogue of one language.  Raises DataError for a file that cannot be read."""
    path = FOLDER / f"{lang}.toml"
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from None
    texts: dict[str, str] = {}
    for section, entries in tree.items():
        for key, text in entries.items() if isinstance(entries, dict) else [("", entries)]:
            if not isinstance(text, str) or not key:
                raise DataError(f"{path.name}: {section}.{key}: a message is a text in a [section]")
            texts[f"{section}.{key}"] = text
    return Messages(lang, texts)


@lru_cache(maxsize=4096)
def _formatted(lang: str, pattern: str, values: tuple[tuple[str, str | float], ...]) -> str:
    """A message of numbers and signs: a page has few of them, many times; no query is ever kept."""
    return str(_format(lang, pattern).format([n for n, _ in values], [icu.Formattable(v) for _, v in values]))


@lru_cache(maxsize=4096)
def _numbered(lang: str, value: int) -> str:
    return str(_number_format(lang).format(value))


@lru_cache(maxsize=4096)
def _dated(lang: str, iso: str) -> str:
    parts = iso[:10].split("-")
    skeleton = {1: "y", 2: "yMMMM", 3: "yMMMMd"}.get(len(parts), "")
    try:
        numbers = [int(part) for part in parts]
        day = datetime(*[*numbers, 1, 1][:3], tzinfo=UTC)  # type: ignore[misc, arg-type]
    except (ValueError, TypeError):
        return iso
    return str(_date_format(lang, skeleton).format(day.timestamp())) if skeleton else iso


def negotiate(accept_language: str) -> str:
    """The interface language for an Accept-Language header; English when the header cannot be read."""
    try:
        found = _matcher().getBestMatchForListString(accept_language[:500])
    except icu.ICUError:
        return LANGUAGES[0]
    return str(found.getLanguage())


def _matcher() -> icu.LocaleMatcher:
    if not hasattr(_local, "matcher"):
        builder = icu.LocaleMatcherBuilder()
        builder.setSupportedLocalesFromListString(",".join(LANGUAGES))
        _local.matcher = builder.build()
    return _local.matcher


def _locale(lang: str) -> icu.Locale:
    return icu.Locale(LOCALES.get(lang, lang))


# ICU formats are kept by thread: they are costly to build and not safe to share while they work.
def _kept(kind: str, lang: str, pattern: str) -> tuple[dict[tuple[str, str, str], icu.Format], tuple[str, str, str]]:
    if not hasattr(_local, "formats"):
        _local.formats = {}
    return _local.formats, (kind, lang, pattern)


def _format(lang: str, pattern: str) -> icu.MessageFormat:
    formats, key = _kept("message", lang, pattern)
    if key not in formats:
        formats[key] = icu.MessageFormat(pattern, _locale(lang))
    return formats[key]


def _date_format(lang: str, skeleton: str) -> icu.SimpleDateFormat:
    formats, key = _kept("date", lang, skeleton)
    if key not in formats:
        locale = _locale(lang)
        pattern = DATES.get(lang, {}).get(skeleton)
        pattern = pattern or icu.DateTimePatternGenerator.createInstance(locale).getBestPattern(skeleton)
        made = icu.SimpleDateFormat(pattern, locale)
        made.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
        formats[key] = made
    return formats[key]


def _number_format(lang: str) -> icu.NumberFormat:
    formats, key = _kept("number", lang, "")
    if key not in formats:
        formats[key] = icu.NumberFormat.createInstance(_locale(lang))
    return formats[key]
