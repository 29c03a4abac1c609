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

from analysis.stems.tables import Language, Suffix

MAX_READINGS = 3


class Chain(NamedTuple):
    """What a chain asks of the stem before it.  ``harmony``: 0 back, 1 front, -1 either."""

    after: frozenset[str]
    harmony: int
    min_stem: int
    known: bool
    voice: bool
    present: bool
    endings: tuple[str, ...]
    doubtful: tuple[str, ...]
    declines: bool
    sure: bool
    adds: str
    first: str
    length: int


class Candidate(NamedTuple):
    """A stem that a word may have, and the chain next to it that was taken off."""

    stem: str
    chain: Chain


Table = dict[str, tuple[Chain, ...]]
"""Chain text -> what its chains ask; and every ending of such a text, with none, so that a search may stop early."""


class Ladder:
    """Readings of the words of one language.  Immutable after construction, so safe between threads."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.vowels = frozenset(language.vowels)
        self.whole = language.nouns | language.stop_words
        self.past = {stem: past for past, stems in language.present.items() for stem in stems.split()}
        self.changing = self.vowels.union(*(loan.before for loan in language.loans))
        self.side = (
            dict.fromkeys(language.back, 0) | dict.fromkeys(language.front, 1) | dict.fromkeys(language.open, -1)
        )
        verbal = self._compile(language.verbal)
        declining = {text: tuple(c for c in chains if c.declines) for text, chains in verbal.items()}
        self.nominal = _table(self._compile(language.nominal))
        self.verbal = _table(verbal)
        self.declining = _table({text: chains for text, chains in declining.items() if chains})

    def readings(self, form: str) -> tuple[str, ...]:
        """Stems of a folded form in the letters of the language, best first, at most three."""
        found = self._readings(form)
        if silent := self.language.silent:
            found = [stem.rstrip(silent) or form for stem in found]
        return tuple(dict.fromkeys(found))[:MAX_READINGS]

    def _readings(self, form: str) -> list[str]:
        language = self.language
        if form in self.whole:
            return [form]
        nouns = self.nouns(form)
        noun = max([c for c in nouns if c.stem in language.nouns], key=_likely, default=None)
        verbs = self.verbs(form, nouns)
        roots = [c for c in verbs if c.stem in language.verbs]
        if not noun and not roots:
            return self._unlisted(form, nouns, verbs)
        found = [noun.stem] if noun else []
        if noun and noun.chain.known:  # қалам: perhaps "my city", perhaps a pen
            found.append(form)
        elif not noun and all(c.chain is NO_CHAIN for c in roots):  # далилде: a verb, perhaps a noun on no list
            found.append(self._unlisted_noun(nouns).stem)
        for kind in (_is_plain, _is_passive, _is_bare):
            stems = [c.stem for c in roots if kind(c)]
            found += [max(stems, key=len) + "-"] if stems else []
        return found

    def nouns(self, form: str) -> list[Candidate]:
        """Every stem that a noun chain leaves, shortest first, and the form itself."""
        found = [*self._candidates(form, self.nominal), Candidate(form, NO_CHAIN)]
        lemma = self.language.irregular
        if not lemma:
            return found
        return [Candidate(lemma[c.stem], c.chain) if c.stem in lemma else c for c in found]

    def verbs(self, form: str, nouns: list[Candidate]) -> list[Candidate]:
        """Verb stems: of the form itself, and of each noun stem that is a participle or a verbal noun."""
        found = self._verbal(form, self.verbal)
        for stem in dict.fromkeys([c.stem for c in nouns if c.stem[-1:] in self.declining]):
            if stem != form:
                found += self._verbal(stem, self.declining)
        found += [Candidate(bare, NO_CHAIN) for bare in self._unprefixed(form) if bare in self.language.verbs]
        return found

    def _verbal(self, form: str, table: Table) -> list[Candidate]:
        """Verb stems that a table leaves, a present stem as the past stem by which the verb is read."""
        found = [c for bare in self._unprefixed(form) for c in self._candidates(bare, table)]
        if not self.past:
            return found
        known = [c for c in found if not c.chain.present or c.stem in self.past]
        return [Candidate(self.past[c.stem], c.chain) if c.chain.present else c for c in known]

    def _unprefixed(self, form: str) -> list[str]:
        """A form, and what is left of it without a prefix of verbs."""
        prefixes = self.language.verb_prefixes
        if not form.startswith(prefixes):
            return [form]
        return [form, *(form[len(p) :] for p in prefixes if form.startswith(p) and len(form) > len(p))]

    def _candidates(self, form: str, table: Table) -> list[Candidate]:
        ends = []
        for cut in range(len(form) - 1, 1, -1):
            chains = table.get(form[cut:])
            if chains is None:
                break
            if chains:
                ends.append((cut, chains))
        found: list[Candidate] = []
        for cut, chains in reversed(ends):
            stem, last = form[:cut], form[cut - 1]
            for chain in chains:
                if last not in chain.after or (chain.endings and not stem.endswith(chain.endings)):
                    continue
                if chain.harmony >= 0 and self._side(stem) not in (-1, chain.harmony):
                    continue
                if chain.first in self.changing or chain.adds:
                    found += [Candidate(whole, chain) for whole in self._repaired(stem, chain)]
                else:
                    found.append(Candidate(stem, chain))
        return found

    def _side(self, stem: str) -> int:
        """The harmony of the last vowel of a stem: 0 back, 1 front, -1 either."""
        neutral, sides = self.language.neutral, self.side
        if stem.endswith(self.language.free_endings):
            return -1
        before = stem[:-1] if stem[-1] in neutral else stem  # transparent at the end, free inside: қатысуға, форумға
        for c in reversed(before):
            if c in neutral:
                return -1
            if c in sides:
                return sides[c]
        return -1

    def _repaired(self, stem: str, chain: Chain) -> tuple[str, ...]:
        """The stem as it is written without the chain: softened consonants, dropped vowels, clipped loans."""
        language = self.language
        if chain.adds:
            return tuple([stem + pair for pair in chain.adds.split()])
        if chain.first in self.vowels:
            if stem in language.dropped_vowel:
                return (language.dropped_vowel[stem],)
            hard = language.softened.get(stem[-1])
            if hard is None or stem.endswith(language.hard_endings) or stem in language.nouns:
                return (stem,)
            return (stem[:-1] + hard,)
        for loan in language.loans:
            if chain.first in loan.before and stem.endswith(loan.ending) and len(stem) > len(loan.ending) + 1:
                whole = stem[: -len(loan.ending)] + loan.stem
                return (whole, stem) if stem in language.nouns else (whole,)
        return (stem,)

    def _unlisted(self, form: str, nouns: list[Candidate], verbs: list[Candidate]) -> list[str]:
        """No lemma list knows the word: the shortest stems whose guards hold, and the form if they are in doubt."""
        noun = self._unlisted_noun(nouns)
        found = [noun.stem, *self._rivals(noun, nouns)]
        doubted = [form] if noun.chain.length <= 2 or len(noun.stem) <= 3 else []
        if roots := [c for c in verbs if self._guarded(c)]:
            best = min(roots, key=_shortest)
            close = [c.stem + "-" for c in roots if len(c.stem) - len(best.stem) in (0, 1)][:2]
            if best.chain.sure:
                return close
            found = close if noun.chain.length == 1 and len(best.stem) < len(noun.stem) else found[:1] + close
        return found + doubted

    def _unlisted_noun(self, nouns: list[Candidate]) -> Candidate:
        return next(c for c in nouns if c.chain is NO_CHAIN or self._guarded(c))

    def _rivals(self, noun: Candidate, nouns: list[Candidate]) -> list[str]:
        """Stems one letter longer or shorter: лимоны is лимон with -ы or лимо with -ны."""
        near = [c for c in nouns if abs(len(c.stem) - len(noun.stem)) == 1 and c.chain is not NO_CHAIN]
        return [c.stem for c in near if not c.chain.known and len(c.stem) >= c.chain.min_stem][:1]

    def _guarded(self, candidate: Candidate) -> bool:
        stem, chain = candidate
        if not any(c in self.vowels for c in stem):  # an abbreviation: РФда
            return not chain.known and chain.length > 1
        return not (chain.known or len(stem) < chain.min_stem or stem.endswith(chain.doubtful))

    def _compile(self, suffixes: tuple[Suffix, ...]) -> dict[str, tuple[Chain, ...]]:
        """Chain text -> what it asks of the stem; grown from the stem outwards, legal at every link."""
        allomorphs = [(s, text, side) for s in suffixes for text, side in self._forms(s)]
        letters = {s.after: self._letters(s.after) for s in suffixes}
        following = {
            slot: [(s, text, side, letters[s.after]) for s, text, side in allomorphs if slot in s.follows]
            for slot in {s.slot for s in suffixes}
        }
        table: dict[str, list[Chain]] = {}
        grown = [(text, side, s, self._chain(s, text, side)) for s, text, side in allomorphs if "stem" in s.follows]
        while grown:
            longer = []
            for text, side, last, chain in grown:
                if not last.bound:
                    table.setdefault(text, []).append(chain)
                for s, more, more_side, after in following[last.slot]:
                    if text[-1] in after and not (side >= 0 <= more_side and side != more_side):
                        both = max(side, more_side)
                        grown_chain = chain._replace(
                            harmony=chain.harmony if side >= 0 else both,
                            known=chain.known or s.known,
                            declines=s.declines,
                            sure=s.sure,
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
            voice=suffix.slot == "voice",
            present=suffix.slot == "present",
            endings=suffix.endings,
            doubtful=suffix.doubtful,
            declines=suffix.declines,
            sure=suffix.sure,
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


def _table(chains: dict[str, tuple[Chain, ...]]) -> Table:
    return {text[at:]: () for text in chains for at in range(len(text))} | chains


NO_CHAIN = Chain(frozenset(), -1, 0, False, False, False, (), (), False, False, "", "", 0)


def _shortest(candidate: Candidate) -> int:
    return len(candidate.stem)


def _is_bare(candidate: Candidate) -> bool:
    return candidate.chain is NO_CHAIN


def _is_passive(candidate: Candidate) -> bool:
    return candidate.chain.voice


def _is_plain(candidate: Candidate) -> bool:
    return not (candidate.chain.voice or candidate.chain is NO_CHAIN)


def _likely(candidate: Candidate) -> tuple[bool, int]:
    """Among listed stems the longest; endings that only listed stems take are rare, so they come last."""
    return (not candidate.chain.known, len(candidate.stem))
