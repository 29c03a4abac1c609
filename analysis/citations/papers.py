"""Papers that are no law though they have articles: a charter, a contract, a standard (law-and-names §2.7, N32).

Such a paper owns the articles written as its own, "Article 5 of our charter", and then, in the same paragraph, the bare
ones that go on from there, "Article 6 …", until a law is named or a case is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from analysis.citations.chains import Ref
from analysis.citations.laws import is_soft
from analysis.citations.lexer import HYPHENS, NUMBER, WORD, Token, Tokens
from analysis.citations.lexicon import GENERIC, UNLISTED
from analysis.citations.named import Name
from analysis.citations.records import is_heading
from analysis.citations.setting import Setting
from analysis.citations.strangers import is_strange, is_strange_code
from analysis.citations.unlisted import QUOTES
from analysis.citations.words import BESIDE, HEAD, SUFFIXING, PaperRule, paper_rules
from analysis.tokens import APOSTROPHES

_AROUND = 3  # words between "code" and "ethics"
_NOTED = 6  # tokens from the paper to the bracket, comma or colon before its article
_BESIDE = 4  # the same from a paper that means other things as well
_WORDS = 5  # tokens from an article to the paper behind it
_TITLE = 15  # tokens in which a paper names itself
_HEADINGS = 3  # headings that make a text with such a title a paper
_CLAUSE = 12  # words of a clause on each side of an article
_REACH = 4  # sentences in which a paper goes on
_FOLLOWING = 3  # steps in which the numbers of a paper go on behind a law
_APART = 20  # more than a paper's own articles lie apart
_TELLING = 3  # digits
_CASES = frozenset(("criminal", "administrative"))
_OF = frozenset(("of", "in", "under", "from", "to"))
_WITHIN = frozenset(("in", "at", "within", "в", "во", "дар"))
_ADJECTIVES = ("ого", "его", "ому", "ему", "ой", "ей", "ых", "их", "ым", "им", "ом", "ем", "ый", "ий", "ая", "ое")
_SHORTEST = 4  # letters of an adjective, more


@dataclass(slots=True)
class _Current:
    """The paper that speaks; ``number``: its last article, 0 where it was named without one."""

    at: int
    sentence: int
    paragraph: int
    number: int


class Papers:
    """Asked about the references of a text in their order."""

    def __init__(self, tokens: Tokens, setting: Setting, names: list[Name]) -> None:
        self._tokens = tokens
        self._setting = setting
        self._names = names
        listed = (n for n in names if n.kind not in (*GENERIC, UNLISTED) and not is_soft(n))
        laws = {at for name in listed for at in range(name.first, name.last)}
        self._heads = {at: alone for at, alone in _heads(tokens).items() if at not in laws}
        self._ahead = list(self._heads)[::-1]
        self._alone = -1  # the last paper that speaks without an article of its own
        self._current: _Current | None = None
        self.in_law = False
        """Is the text that of a law, which speaks of contracts without citing one?"""
        self._is_paper = False

    def read(self, refs: Sequence[Ref]) -> None:
        """Find out whether the text itself is a paper: a title that is the name of one, and headings of articles."""
        title = [at for at, alone in self._heads.items() if alone and at < _TITLE]
        first = next((ref.first for ref in refs if is_heading(self._tokens, self._setting, ref)), 0)
        headings = sum(is_heading(self._tokens, self._setting, ref) for ref in refs) if title else 0
        lawful = any(name.first < first for name in self._names if name.kind not in (*GENERIC, UNLISTED))
        self._is_paper = headings >= _HEADINGS and title[0] < first and not lawful

    def own(self, ref: Ref, law_at: int, cited: str, cited_at: int) -> bool:
        """Is this an article of a paper?

        ``law_at``: where a law was named last, -1 if none was; ``cited``: the last article of a law, at ``cited_at``.
        """
        self._pass(ref.first)
        if ref.number is None:
            spoken = self._is_said(ref.first) and self._current is not None and self._current.at > cited_at
            return spoken or self._of(ref)
        number = int(ref.number.first) if ref.number.first.isdecimal() and not ref.number.rest else 0
        law = int(cited) if cited.isdecimal() else 0
        if ref.attached and ref.name is not None and ref.name.kind == UNLISTED and not self._holds(ref.name):
            self._speak(ref.first, number)  # bare articles that follow are those of this law, which is not listed
            return False
        if not (self._is_own(ref, law_at) or (number and self._is_bare(ref, number, law_at, law, cited_at))):
            return False
        self._speak(ref.first, number)
        return True

    def _is_own(self, ref: Ref, law_at: int) -> bool:
        """Does it say whose it is?"""
        if ref.name is not None and self._holds(ref.name):
            return True
        if ref.name_before and self._is_behind(ref):
            return True  # "ст. 49 ГК; ст. 12 договора"
        lawful = law_at >= 0 and self._tokens.paragraph[law_at] == self._tokens.paragraph[ref.first]
        stranger = is_strange(self._tokens, self._names, ref, lawful) or is_strange_code(self._tokens, ref)
        strange = stranger and not (self._cues(ref) & _CASES or self._setting.owner(ref.first))
        return strange or (not _is_named(ref) and self._of(ref))

    def _is_bare(self, ref: Ref, number: int, law_at: int, law: int, cited_at: int) -> bool:
        """Does it say nothing, where a paper speaks?"""
        if _is_named(ref) or self.in_law:
            return False
        lawful = law_at >= 0 and self._tokens.paragraph[law_at] == self._tokens.paragraph[ref.first]
        if self._is_paper and number < 10 ** (_TELLING - 1) and not lawful:
            return True
        return self._goes_on(ref, number, law_at, law, cited_at) or self._is_alone(ref, number, law_at)

    def _pass(self, until: int) -> None:
        """Take the papers named before a place."""
        while self._ahead and self._ahead[-1] < until:
            at = self._ahead.pop()
            if self._heads[at]:
                self._alone = at
            if (number := self._clause(at)) is not None:
                self._speak(at, number)

    def _speak(self, at: int, number: int) -> None:
        self._current = _Current(at, self._tokens.sentence[at], self._tokens.paragraph[at], number)

    def _clause(self, at: int) -> int | None:
        """The clause with which a paper is named: "clause 4.2 of the contract", «келишимдин 4.2-пунктуна»."""
        items = self._tokens.items
        if at + 2 < len(items) and items[at + 1].kind == NUMBER:
            level = any(k.lang in SUFFIXING for t in items[at + 2 : at + 6] for k in t.word.keywords)
            return int(items[at + 1].text) if level else None
        for here in range(at - 1, max(0, at - _WORDS - 1), -1):
            if items[here].kind == NUMBER:
                keywords = [k for t in items[max(0, here - 4) : here] for k in t.word.keywords]
                owned = keywords and self._behind(here + 1, keywords[-1].lang) == at
                return int(items[here].text) if owned else None
        return None

    def _holds(self, name: Name) -> bool:
        """Is this the name of a paper, as it is of a law not listed, "Code of Ethics", or of soft law, "Resolution"?"""
        heads = [self._heads[at] for at in range(name.first, name.last) if at in self._heads]
        return any(heads) or (bool(heads) and is_soft(name))

    def _of(self, ref: Ref) -> bool:
        """Is an article that of a paper by grammar: before it in a genitive, in a note or a heading; behind it?"""
        items = self._tokens.items
        before = ref.first - 1
        if ref.unit.lang in SUFFIXING and ref.unit.after:
            while before >= 0 and (items[before].text in QUOTES or "this" in items[before].word.cues):
                before -= 1
            if before in self._heads:
                return True
        if before >= 0 and before in self._heads and items[before].text[-2:-1] in APOSTROPHES:
            return True  # "the charter's Article 5"
        return self._is_marked_off(ref) or self._is_behind(ref)

    def _is_marked_off(self, ref: Ref) -> bool:
        """ "The bylaws (Article 4)", "Договор аренды, статья 7", "Жатакана эрежелери: 3-берене"."""
        items, mark, high = self._tokens.items, ref.first - 1, ref.number is not None and len(ref.number.first) > 2
        if high or self.in_law or mark < 0 or items[mark].text not in ("(", ",", ":"):
            return False
        reach = 1 if ref.unit.lang in SUFFIXING else _NOTED  # there the paper stands last
        head = next((at for at in range(mark - 1, max(-1, mark - 1 - reach), -1) if at in self._heads), None)
        if head is None or not (self._heads[head] or (items[mark].text != ":" and mark - head < _BESIDE)):
            return False
        return all(items[at].kind == WORD for at in range(head, mark))

    def _is_behind(self, ref: Ref) -> bool:
        last = max(ref.unit.last, ref.last)
        return ref.unit.lang not in SUFFIXING and self._behind(last, ref.unit.lang) is not None

    def _behind(self, first: int, lang: str) -> int | None:
        """The paper named behind an article: "5 of our editorial charter", "3 нового устава", "9 оинномаи ҳизб"."""
        items = self._tokens.items
        for at in range(first, min(first + _WORDS, len(items))):
            if at in self._heads:
                return at
            if items[at].kind not in (WORD, NUMBER) or items[at].word.keywords:
                return None
            english = items[first].text in _OF
            adjective = len(items[at].text) >= _SHORTEST and items[at].text.endswith(_ADJECTIVES)
            pointing = items[at].word.cues & {"this", "draft", "its"}
            if not (english or adjective or pointing or (lang == "tg" and items[at].text == "и")):
                return None
        return None

    def _is_said(self, at: int) -> bool:
        """Does the paper named last still speak?"""
        current, tokens = self._current, self._tokens
        if current is None or current.paragraph != tokens.paragraph[at]:
            return False
        return tokens.sentence[at] - current.sentence <= _REACH

    def _goes_on(self, ref: Ref, number: int, law_at: int, law: int, cited_at: int) -> bool:
        current = self._current
        if current is None or not self._is_said(ref.first):
            return False
        step = number - current.number if current.number else 0
        lines = min(number, current.number) >= 10**_TELLING  # of a budget, "статья 2215"
        if number >= 10 ** (_TELLING - 1) and abs(step) > _APART and not lines:
            return False
        follows = 0 < step <= _FOLLOWING
        if law_at > current.at:
            return follows and not (cited_at > current.at and abs(number - law) <= step)
        if follows:
            return True
        if cited_at >= 0 and 0 <= number - law <= _FOLLOWING:
            return False
        return not self._cues(ref) & _CASES

    def _cues(self, ref: Ref) -> set[str]:
        """What the words of the clause say."""
        items, first, last = self._tokens.items, max(0, ref.first - _CLAUSE), ref.last + _CLAUSE
        before = takewhile(_is_inner, reversed(items[first : ref.first]))
        return {cue for token in (*before, *takewhile(_is_inner, items[ref.last : last])) for cue in token.word.cues}

    def _is_alone(self, ref: Ref, number: int, law_at: int) -> bool:
        """Is a low number beside a paper, where no law and no case is spoken of, an article of it?"""
        tokens, at = self._tokens, self._alone
        if at < 0 or number >= 10 ** (_TELLING - 1) or tokens.paragraph[at] != tokens.paragraph[ref.first]:
            return False
        since = tokens.sentence[ref.first] - tokens.sentence[at]
        governed = tokens.items[ref.first - 1].text.lower() in _WITHIN
        close = since == 0 and governed and ref.first - at <= _NOTED  # "the agreement, in Article 2, …"
        lawful = law_at >= 0 and tokens.paragraph[law_at] == tokens.paragraph[at]
        if law_at > at or (not close and (lawful or self._is_lawful(tokens.sentence[ref.first]))):
            return False
        return since <= 1 and not self._cues(ref) & (_CASES | {"civil", "constitution"})

    def _is_lawful(self, sentence: int) -> bool:
        """Does a sentence speak of a law, be it only "this Code"?"""
        starts, sentences = self._tokens.starts, self._tokens.sentence
        here = bisect_left(self._names, starts[sentence], key=lambda name: name.first)
        return here < len(self._names) and sentences[self._names[here].first] == sentence


def _is_inner(token: Token) -> bool:
    """Does the clause go on with it?"""
    return token.kind in (WORD, NUMBER) or token.text in HYPHENS


def _is_named(ref: Ref) -> bool:
    return ref.name is not None and (ref.name.kind not in GENERIC or ref.attached)


def _heads(tokens: Tokens) -> dict[int, bool]:
    """Places of the words for papers, in order; True where the paper speaks without an article of its own."""
    found: dict[int, bool] = {}
    rules = _rules()
    for at in tokens.telling:
        cues = tokens.items[at].word.cues
        if rules.keys().isdisjoint(cues):
            continue
        meant = [rule for cue in cues if (rule := rules.get(cue))]
        meant = [rule for rule in meant if not rule.beside or _is_beside(tokens, at, rule.id)]
        if meant:
            found[at] = any(rule.alone for rule in meant)
    return found


@cache
def _rules() -> dict[str, PaperRule]:
    """The rule of each cue of a word for a paper."""
    return {HEAD + rule.id: rule for rule in paper_rules()}


def _is_beside(tokens: Tokens, at: int, rule: str) -> bool:
    """Does a word that makes this one a paper stand near it, no mark between them?"""
    items, wanted = tokens.items, BESIDE + rule
    for steps in (range(at - 1, max(-1, at - 1 - _AROUND), -1), range(at + 1, min(at + 1 + _AROUND, len(items)))):
        for here in steps:
            if items[here].kind != WORD and items[here].text not in HYPHENS:
                break
            if wanted in items[here].word.cues:
                return True
    return False
