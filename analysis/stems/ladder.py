"""The ladder: every legal suffix chain of a language, compiled into one table and looked up at the end of a word.

A chain (plural, possessive, case ...) is legal if each suffix may follow the one before it: slot, last letter, vowel
harmony.  The same three tests decide whether the chain may stand after a stem.  A reading is a noun stem (``бап``) or a
verb stem with a hyphen (``жаз-``), as dictionaries of these languages cite verbs: a noun and a verb that sound alike
do not meet.  Words of the lemma lists win; without them the longest chain whose guards hold.
Grammar: the tables of ``analysis/data/languages``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from analysis.stems.language import Language, Suffix

MAX_READINGS = 3


class Chain(NamedTuple):
    """What a chain asks of the stem before it.  ``harmony``: 0 back, 1 front, -1 either."""

    after: frozenset[str]
    harmony: int
    min_stem: int
    known: bool
    endings: tuple[str, ...]
    doubtful: tuple[str, ...]
    declines: bool
    adds: str
    first: str
    length: int


class Candidate(NamedTuple):
    """A stem that a word may have, and the chain that was taken off."""

    stem: str
    chain: Chain


class Ladder:
    """Readings of the words of one language.  Immutable after construction, so safe between threads."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.vowels = frozenset(language.vowels or language.back + language.front + language.neutral)
        self.side = (
            dict.fromkeys(language.back, 0) | dict.fromkeys(language.front, 1) | dict.fromkeys(language.open + language.neutral, -1)
        )
        self.nominal = self._compile(language.nominal)
        self.verbal = self._compile(language.verbal)
        self.longest = max(map(len, self.nominal), default=0)
        self.longest_verbal = max(map(len, self.verbal), default=0)

    def readings(self, form: str) -> tuple[str, ...]:
        """Stems of a folded form in the letters of the language, best first, at most three."""
        language = self.language
        if form in language.protected:
            return (form,)
        nouns = list(self.nouns(form))
        listed = _longest(c.stem for c in nouns if c.stem in language.nouns)
        if listed == form:
            return (form,)
        verbs = list(self.verbs(form, nouns))
        verb = _longest(c.stem for c in verbs if c.stem in language.verbs)
        if listed or verb:
            return tuple(reading for reading in (listed, verb and verb + "-") if reading)
        return self._unlisted(form, nouns, verbs)

    def nouns(self, form: str) -> Iterator[Candidate]:
        """The form itself and every stem that a noun chain leaves."""
        yield Candidate(form, NO_CHAIN)
        yield from self._candidates(form, self.nominal, self.longest)

    def verbs(self, form: str, nouns: list[Candidate]) -> Iterator[Candidate]:
        """Verb stems: of the form itself, and of each noun stem that is a participle or a verbal noun."""
        if form in self.language.verbs:
            yield Candidate(form, NO_CHAIN)
        seen = set()
        for noun in nouns:
            if noun.stem in seen:
                continue
            seen.add(noun.stem)
            for verb in self._candidates(noun.stem, self.verbal, self.longest_verbal):
                if noun.chain is NO_CHAIN or verb.chain.declines:
                    yield verb

    def _candidates(self, form: str, table: dict[str, tuple[Chain, ...]], longest: int) -> Iterator[Candidate]:
        for cut in range(max(2, len(form) - longest), len(form)):
            for chain in table.get(form[cut:], ()):
                last = form[cut - 1]
                if last in chain.after and self._agrees(form, cut, chain.harmony):
                    if chain.endings and not form.endswith(chain.endings, 0, cut):
                        continue
                    for stem in self._repaired(form[:cut], chain):
                        yield Candidate(stem, chain)

    def _agrees(self, form: str, cut: int, harmony: int) -> bool:
        if harmony < 0:
            return True
        side = self.side
        stem = form[:cut].rstrip(self.language.neutral)
        for c in reversed(stem):
            if c in side:
                return side[c] < 0 or side[c] == harmony
        return True

    def _repaired(self, stem: str, chain: Chain) -> Iterator[str]:
        """The stem as it is written without the chain: softened consonants, dropped vowels, clipped loans."""
        language = self.language
        if chain.adds:
            for pair in chain.adds.split():
                yield stem + pair
            return
        if chain.first in self.vowels:
            if stem in language.dropped_vowel:
                yield language.dropped_vowel[stem]
                return
            hard = language.softened.get(stem[-1])
            if hard is None or stem.endswith(language.hard_endings) or stem in language.nouns:
                yield stem
            else:
                yield stem[:-1] + hard
            return
        for loan in language.loans:
            if chain.first in loan.before and stem.endswith(loan.ending) and len(stem) > len(loan.ending) + 1:
                yield stem[: -len(loan.ending)] + loan.stem
                if stem in language.nouns:
                    yield stem
                return
        yield stem

    def _unlisted(self, form: str, nouns: list[Candidate], verbs: list[Candidate]) -> tuple[str, ...]:
        """No lemma list knows the word: the longest chain whose guards hold, a noun's and a verb's."""
        noun = max((c for c in nouns if self._guarded(c)), key=_weight, default=nouns[0])
        verb = max((c for c in verbs if self._guarded(c)), key=_weight, default=None)
        if verb is None:
            return (noun.stem,)
        if verb.chain.declines or noun.chain is NO_CHAIN:
            return (verb.stem + "-",)
        return (noun.stem, verb.stem + "-")

    def _guarded(self, candidate: Candidate) -> bool:
        stem, chain = candidate
        if chain.known or len(stem) < chain.min_stem or stem.endswith(chain.doubtful):
            return False
        return any(c in self.vowels for c in stem)

    def _compile(self, suffixes: tuple[Suffix, ...]) -> dict[str, tuple[Chain, ...]]:
        """Chain text -> what it asks of the stem; grown from the stem outwards, legal at every link."""
        allomorphs = [(s, text, side) for s in suffixes for text, side in self._forms(s)]
        table: dict[str, list[Chain]] = {}
        grown = [(text, side, s, self._chain(s, text, side)) for s, text, side in allomorphs if "stem" in s.follows]
        while grown:
            longer = []
            for text, side, last, chain in grown:
                if not last.bound:
                    table.setdefault(text, []).append(chain)
                for s, more, more_side in allomorphs:
                    if last.slot not in s.follows or (side >= 0 <= more_side and side != more_side):
                        continue
                    if text[-1] in self._letters(s.after):
                        both = max(side, more_side)
                        grown_chain = chain._replace(
                            harmony=chain.harmony if side >= 0 else both,
                            known=chain.known or s.known,
                            declines=s.declines,
                            length=len(text) + len(more),
                        )
                        longer.append((text + more, both, s, grown_chain))
            grown = longer
        return {text: tuple(dict.fromkeys(chains)) for text, chains in table.items()}

    def _chain(self, suffix: Suffix, text: str, side: int) -> Chain:
        return Chain(
            after=self._letters(suffix.after),
            harmony=side,
            min_stem=suffix.min_stem,
            known=suffix.known,
            endings=suffix.endings,
            doubtful=suffix.doubtful,
            declines=suffix.declines,
            adds=self._adds(suffix, side),
            first=text[0],
            length=len(text),
        )

    def _adds(self, suffix: Suffix, side: int) -> str:
        return " ".join(dict.fromkeys(text for text, s in self._spelled(suffix.adds) if side < 0 or s in (-1, side)))

    def _letters(self, after: str) -> frozenset[str]:
        classes = self.language.classes
        return frozenset("".join(classes.get(c, c) for c in after)) if after else frozenset(self.language.letters)

    def _forms(self, suffix: Suffix) -> Iterator[tuple[str, int]]:
        for form in suffix.forms:
            for text, side in self._spelled(form):
                yield text, side if suffix.harmony else -1

    def _spelled(self, form: str) -> Iterator[tuple[str, int]]:
        """A form with archiphonemes -> (spelling, harmony side)."""
        arch = self.language.archiphonemes
        places = [arch.get(c) for c in form]
        if not any(places):
            sides = {self.side.get(c, -1) for c in form if c in self.vowels}
            yield form, sides.pop() if len(sides) == 1 else -1
            return
        for side in (0, 1):
            letters = [tuple(p[side]) if p else (c,) for c, p in zip(form, places, strict=True)]
            for spelling in product(*letters):
                yield "".join(spelling), side


NO_CHAIN = Chain(frozenset(), -1, 0, False, (), (), False, "", "", 0)


def _weight(candidate: Candidate) -> tuple[int, int]:
    return (candidate.chain.length, len(candidate.stem))


def _longest(stems: Iterator[str]) -> str:
    return max(stems, key=len, default="")
