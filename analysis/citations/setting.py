"""What the words around a place say: signs of the kind of law, countries, years, subjects of articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from analysis.citations.lexer import BREAK, Tokens
from analysis.citations.names import Name, Names, is_year
from analysis.statutes import Statute

NEAR = 40
_NONE: frozenset[str] = frozenset()


class Setting:
    """Signs by sentence and for the whole text, gathered in one pass."""

    def __init__(self, tokens: Tokens, names: Names) -> None:
        self.tokens = tokens
        self._cues: dict[int, set[str]] = defaultdict(set)
        self.years: dict[int, set[str]] = defaultdict(set)
        self.countries: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.document: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self._starts: list[int] = []
        dates_of_laws = _law_dates(names.found)
        for at, token in enumerate(tokens.items):
            sentence = tokens.sentence[at]
            while len(self._starts) <= sentence:
                self._starts.append(at)
            if token.word.cues:
                self._cues[sentence] |= token.word.cues
                self.document.update(token.word.cues)
            if is_year(token.kind, token.text) and at not in dates_of_laws:
                self.years[sentence].add(token.text)
        for at, (code, _) in names.countries.items():
            self.countries[tokens.sentence[at]].append((at, code))
            self.named[code] += 1

    def cues(self, sentence: int) -> set[str] | frozenset[str]:
        return self._cues.get(sentence, _NONE)

    def near(self, first: int, last: int) -> list[str]:
        """Folded words near ``tokens[first:last]``, in the same paragraph."""
        tokens, paragraph = self.tokens, self.tokens.paragraph
        window = range(max(0, first - NEAR), min(len(tokens), last + NEAR))
        here = [tokens.items[i] for i in window if paragraph[i] == paragraph[first]]
        return [token.word.form or _plain(token.text) for token in here]

    def countries_near(self, at: int) -> list[str]:
        """Countries of the sentence, nearest first."""
        here = self.countries.get(self.tokens.sentence[at], [])
        return list(dict.fromkeys(code for _, code in sorted(here, key=lambda hit: abs(hit[0] - at))))

    @cached_property
    def main_country(self) -> str:
        """The country of ours that the text names most, "" if it names none."""
        ours = [(count, code) for code, count in self.named.items() if code != "other"]
        return max(ours, key=lambda hit: hit[0])[1] if ours else ""

    def starts_paragraph(self, at: int) -> bool:
        return at == 0 or self.tokens.items[at - 1].kind == BREAK


def _law_dates(names: list[Name]) -> set[int]:
    """Places of years that date a law, not an event."""
    return {at for name in names for at in range(name.first - 4, name.last + 6) if name.year}


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def speaks_of(edition: Statute, article: str, words: list[str]) -> bool:
    """Do these words name the subject of an article of the edition?"""
    known = edition.articles.get(article)
    if known is None:
        return False
    return any(_contains(words, pattern) for patterns in known.words.values() for pattern in patterns)


def _contains(words: list[str], pattern: tuple[str, ...]) -> bool:
    return any(
        all(_matches(words[at + k], part) for k, part in enumerate(pattern))
        for at in range(len(words) - len(pattern) + 1)
    )


def _matches(word: str, part: str) -> bool:
    part = part.replace("'", "").replace("ё", "е")
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
