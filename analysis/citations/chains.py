"""Units and names become references: which parts belong to which article, which law to which articles.

A *chain* is a run of units and names with nothing but separators, small linking words and notes between them:
"п. 3 ч. 2 ст. 274 и ст. 405 УК РК", "ҚК-нің 274-бабының 2-бөлігі".  In Russian, English and Tajik the law usually
follows its articles, in Kazakh, Kyrgyz, Uzbek and Turkmen it comes before them (law-and-names §2.3, §2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.citations.gaps import Gap, gap_between
from analysis.citations.later import is_told_later
from analysis.citations.laws import CODES, is_soft, named_laws
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.named import Name
from analysis.citations.numbers import Number
from analysis.citations.same import same_article
from analysis.citations.units import Unit
from analysis.citations.words import SUFFIXING

_SECTIONED = CODES | {"constitution", "treaty"}  # kinds of law that are divided into sections of articles
_SECTION = ("kk-section", "ky-section")
_SHORTENED = 3  # letters of "ст", "art"
_NOTE = 4  # tokens from a part to the article in brackets behind it
_NO_PART = 3  # digits that no part of an article has
_PLURAL = ("лері", "тері", "лары", "тары", "лөрү", "төрү", "lari", "лари", "leri")
_NOMINATIVE = frozenset(("заң", "мыйзам", "qonun", "қонун", "kanun"))


@dataclass(slots=True)
class Ref:
    """One article as written, its parts, and the name that belongs to it.

    ``number`` is None for "the same article".  ``variants``: every variant is a row of levels below the article,
    nearest first.  ``attached``: the name belongs to this very article, else it came through a list.
    """

    number: Number | None
    unit: Unit
    first: int
    last: int
    variants: list[list[Unit]] = field(default_factory=list)
    name: Name | None = None
    attached: bool = False
    name_before: bool = False

    def widen(self, first: int, last: int) -> None:
        self.first, self.last = min(self.first, first), max(self.last, last)


def find_refs(tokens: Tokens, units: Sequence[Unit], names: Sequence[Name]) -> list[Ref]:
    """The references of a text, in order."""
    taken = [False] * len(tokens)
    for unit in units:
        taken[unit.first : unit.last] = [True] * (unit.last - unit.first)
    items: list[Unit | Name] = [*units, *same_article(tokens, units, taken)]
    items += [name for name in names if not taken[name.first]]
    items.sort(key=lambda item: item.first)
    refs = _Builder(tokens, items).refs
    if len(refs) > 1 and refs[0].number is None and _notes(tokens, refs[0], refs[1]):
        refs[1].variants = refs[1].variants or refs[0].variants
    return refs


def _notes(tokens: Tokens, ref: Ref, following: Ref) -> bool:
    """Is an article told in brackets behind its part: "part 2 of this article (Article 330 of the Code)"?"""
    return ref.last < following.first <= ref.last + _NOTE and tokens.items[ref.last].text == "("


class _Builder:
    """Walks the items once; a chain ends where a gap holds anything unexpected."""

    def __init__(self, tokens: Tokens, items: Sequence[Unit | Name]) -> None:
        self.tokens = tokens
        self.items = items
        self.refs: list[Ref] = []
        self.gaps: list[Gap | None] = [None] * (len(items) + 1)
        for at in range(1, len(items)):
            self.gaps[at] = gap_between(tokens, items[at - 1].last, items[at].first, isinstance(items[at], Name))
        self._start = 0  # first ref of the chain
        self._pending: list[Unit] = []
        self._name: Name | None = None
        for at in range(len(items)):
            self._step(at)
        self._take_parts()

    def _step(self, at: int) -> None:
        item, gap = self.items[at], self.gaps[at]
        if gap is None:
            self._take_parts()
            self._start = len(self.refs)
            self._pending, self._name = [], None
            gap = Gap()
        if isinstance(item, Name):
            self._take_name(at, item, gap)
        elif item.level == "article":
            self._take_article(at, item, gap)
        elif self._is_of_soft_law(at):
            pass  # "General Comment No. 34 (para. 47)"
        elif len(self.refs) > self._start and not self._pending and self._looks_back(at, item, gap):
            self._add_level(item, gap)
        elif self._name is not None and self.items[at - 1] is self._name and _is_section(item, self._name):
            self._take_article(at, item._replace(level="article", weak=True), gap)  # "Criminal Code, section 174"
        elif not (item.keyword and item.keyword.id in _SECTION):
            self._pending.append(item)

    def _take_parts(self) -> None:
        """Parts left over may be those of the article before: "… under Article 278; the maximum under part 3 is …"."""
        parts, before = self._pending, self.refs[-1] if self.refs else None
        if parts and before and is_told_later(self.tokens, parts, before.last):
            same = parts[0]._replace(level="article", numbers=())
            variants = [list(group) for group in _groups(parts, self.gaps, self.items)]
            self.refs.append(Ref(None, same, parts[0].first, parts[-1].last, variants=variants))

    def _is_of_soft_law(self, at: int) -> bool:
        before = self.items[at - 1] if at else None
        return isinstance(before, Name) and self.gaps[at] is not None and is_soft(before)

    def _take_article(self, at: int, unit: Unit, gap: Gap) -> None:
        first_ref = len(self.refs)
        for number in unit.numbers or (None,):
            first, last = (number.start, number.stop) if number else (unit.first, unit.last)
            ref = Ref(number, unit, first, last)
            if self._name is not None and not self._is_subject(self._name, unit):
                ref.name, ref.name_before = self._name, True
                ref.attached = at > 0 and self.items[at - 1] is self._name and not gap.conjunction
            self.refs.append(ref)
        new = self.refs[first_ref:]
        new[0].widen(unit.first, new[0].last)
        new[-1].widen(new[-1].first, max(unit.last, new[-1].last) if unit.after else new[-1].last)
        heading = unit.first > 0 and self.tokens.items[unit.first - 1].text == "." and len(new[0].unit.numbers) == 1
        word = self.tokens.items[unit.first].text
        if gap.colon or (heading and len(word) > _SHORTENED and word.istitle()):
            self._pending = []  # 'Sheet, p. 3: "Article 419 …"', «Кодекс. Часть I. Статья 281»
        if self._pending:
            groups = _groups(self._pending, self.gaps, self.items)
            for ref in new if unit.many else new[:1]:
                ref.variants = [list(group) for group in groups]
            new[0].widen(self._pending[0].first, new[0].last)
            self._pending = []

    def _is_subject(self, name: Name, unit: Unit) -> bool:
        """ "Жаңа заң 130-бапты алып тастады": a law that does something to an article, not the law of it."""
        bare = self.tokens.items[name.last - 1].word.form in _NOMINATIVE
        return name.kind == "law" and unit.lang in SUFFIXING and bare

    def _add_level(self, unit: Unit, gap: Gap) -> None:
        for ref in self._sharing(unit):
            ref.variants = [[unit]]
        ref = self.refs[-1]
        ref.widen(ref.first, unit.last)
        if not ref.variants:
            ref.variants.append([unit])
            return
        variant = ref.variants[-1]
        depth = next((d for d, level in enumerate(variant) if level.level == unit.level), None)
        if depth is not None and not gap.tight:
            ref.variants.append([*variant[:depth], unit])
        else:
            variant.append(unit)

    def _sharing(self, unit: Unit) -> Sequence[Ref]:
        """The articles before the last whose parts are told together: "139- va 140-moddalarining ikkinchi qismlari"."""
        last, keyword = self.refs[-1], unit.keyword
        if not (unit.after and keyword and last.unit.lang == keyword.lang and not last.variants):
            return ()
        plural = keyword.lang in SUFFIXING and self.tokens.items[unit.last - 1].word.form
        if not plural or len(unit.numbers) > 1 or not any(ending in plural for ending in _PLURAL):
            return ()
        return [ref for ref in self.refs[-len(last.unit.numbers) : -1] if ref.unit is last.unit]

    def _looks_back(self, at: int, unit: Unit, gap: Gap) -> bool:
        """Does a part belong to the article before it, not to one after it?"""
        ahead = self._article_ahead(at)
        if ahead is None or self._goes_on_at(ahead):
            return True
        if unit.after and unit.lang in SUFFIXING:
            return True
        if not gap.tight:
            return False
        before = self.items[at - 1]
        if isinstance(before, Name) or (self.refs[-1].variants and before.level == "article"):
            return False
        following = self.items[ahead + 1] if ahead + 1 < len(self.items) else None
        next_gap = self.gaps[ahead + 1]
        return bool(isinstance(following, Unit) and following.level != "article" and next_gap and next_gap.tight)

    def _goes_on_at(self, ahead: int) -> bool:
        """ "32, қ. 3 – 320": an article without a word of its own stands behind the part of the one before it."""
        item = self.items[ahead]
        return isinstance(item, Unit) and item.keyword is None and bool(item.numbers)

    def _article_ahead(self, at: int) -> int | None:
        """Index of the article that this part leads up to: "ч. 2 [ст. 256]"."""
        for here in range(at + 1, min(at + 4, len(self.items))):
            item, gap = self.items[here], self.gaps[here]
            if gap is None or isinstance(item, Name) or gap.note or not (gap.tight or self._is_another(at, here, gap)):
                return None
            if item.level == "article":
                return None if item.after and item.lang in SUFFIXING else here
        return None

    def _is_another(self, at: int, here: int, gap: Gap) -> bool:
        """ "…, п. 1 ч. 1 и ч. 2 ст. 5": behind a comma and a point, a second part of the article that follows."""
        before, item, own = self.items[here - 1], self.items[here], self.gaps[at]
        apart = own is not None and own.comma and gap.conjunction and not gap.comma and here - 1 > at
        return apart and isinstance(before, Unit) and isinstance(item, Unit) and before.level == item.level

    def _take_name(self, at: int, name: Name, gap: Gap) -> None:
        if len(self.refs) == self._start:
            pending, self._pending = self._pending, []
            if pending and gap.tight and not gap.note and _is_section(pending[-1], name):
                self._pending = pending[:-1]
                self._take_article(at - 1, pending[-1]._replace(level="article", weak=True), gap)
                self.refs[-1].name, self.refs[-1].attached = name, True
        elif not self._pending and self._belongs_back(at, name, gap, self.refs[-1]):
            unit = self.refs[-1].unit
            for here in range(len(self.refs) - 1, self._start - 1, -1):
                ref = self.refs[here]
                same = ref.unit is unit
                if ref.name is not None and not (ref.name_before and (same or not ref.attached)):
                    break
                ref.name, ref.attached, ref.name_before = name, same, False
        self._name = name

    def _belongs_back(self, at: int, name: Name, gap: Gap, ref: Ref) -> bool:
        suffixing = ref.unit.after and ref.unit.lang in SUFFIXING
        if suffixing:
            return gap.bracket and ref.name is None
        if gap.conjunction:
            return False
        leads = at + 1 < len(self.items) and self._leads_on(at)
        if ref.name is not None and ref.name_before:  # "Article 15 UDHR and Article 12, paragraph 4, ICCPR"
            inherited = not (ref.attached or leads or gap.bracket)
            treaty = name.kind in ("covenant", "convention")  # "… and 10 of the Convention"
            beside = (ref.unit.keyword is None or treaty) and name.first - ref.last < _NOTE
            if (name.kind in GENERIC and not beside) or not (gap.tight or inherited):
                return False
        return gap.tight or gap.words or not leads

    def _leads_on(self, at: int) -> bool:
        """Does a name stand before articles of its own: "…; УК РФ, статья 282"?"""
        following, gap = self.items[at + 1], self.gaps[at + 1]
        return isinstance(following, Unit) and gap is not None and not gap.conjunction


def _is_section(unit: Unit, name: Name) -> bool:
    """Is this what other languages call an article: "section 174 of the Criminal Code", "§ 174", "Sec. 5 of the Law"?

    A code has sections of its own, with low numbers.
    """
    number = unit.numbers[0]
    if unit.after or is_soft(name) or name.kind in GENERIC or not number.first.isdecimal() or number.ordinal:
        return False
    if len(number.first) >= _NO_PART:
        return True
    kinds = {law.kind for law in named_laws(name, "")}
    return unit.level == "clause" and bool(kinds) and kinds.isdisjoint(_SECTIONED)


def _groups(pending: Sequence[Unit], gaps: Sequence[Gap | None], items: Sequence[Unit | Name]) -> list[list[Unit]]:
    """Parts before an article, as variants with the level nearest to the article first.

    "п. 1, 2 ч. 3 ст. 4" is one variant; "ч. 1, ч. 2 ст. 405", "п. 1 ч. 1, п. 2 ч. 2 ст. 5", "п. 1 ч. 1, ч. 2" are two.
    """
    groups: list[list[Unit]] = [[]]
    for unit in pending:
        same = bool(groups[-1]) and unit.level in (groups[-1][0].level, groups[-1][-1].level)
        if same and unit.first - groups[-1][-1].last in (1, 2):
            groups.append([])
        groups[-1].append(unit)
    return [group if group[0].after and group[0].lang in SUFFIXING else _ordered(group[::-1]) for group in groups]


def _ordered(levels: list[Unit]) -> list[Unit]:
    """«Ч. 3 п. «г» ст. 158»: the part first, where it was named before its point."""
    russian = levels[0].lang == "ru" and [level.level for level in levels] == ["item", "part"]
    return levels[::-1] if russian else levels
