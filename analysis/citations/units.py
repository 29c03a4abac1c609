"""A level word with its numbers: "статьи 174 и 405", "2-бөлігі", "part 3" (law-and-names §2.3, §2.4).

One pass from left to right; every token is looked at a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.citations.lexer import BREAK, HYPHENS, MARK, NUMBER, WORD, Tokens
from analysis.citations.numbers import Number, is_year, next_element, opens_letter, read_brackets, read_elements
from analysis.citations.unlisted import QUOTES
from analysis.citations.words import PLAIN, SUFFIXING, Keyword, Word

_BARE_BEFORE = frozenset(("статье", "статью", "статьей", "статьею"))
_SUBSTANCES = frozenset(("modda", "модда", "madda"))  # also "matter": "narkotik modda 3 gramm"
_LONGEST_LIST = 60
_PART_REACH = 3  # tokens between an article and a part behind it


@dataclass(frozen=True, slots=True)
class Unit:
    """``tokens[first:last]``: a level word and its numbers.  ``after``: the word stands after the numbers.

    ``weak``: the reading needs the name of a law beside it ("174 статья").  ``keyword`` is None for numbers that
    continue a list of articles without a word of their own ("ст.ст. 174 ч. 1, 256 ч. 2").
    """

    level: str
    numbers: tuple[Number, ...]
    first: int
    last: int
    keyword: Keyword | None
    after: bool = False
    weak: bool = False

    @property
    def lang(self) -> str:
        return self.keyword.lang if self.keyword else ""

    def lang_in(self, text: str) -> str:
        """The language of the words, that of the ``text`` where they are letters shared by several: "174-б."."""
        return text if text and self.keyword and self.keyword.id.endswith("-short") else self.lang or text

    @property
    def many(self) -> bool:
        return bool(self.keyword and self.keyword.many)


def find_units(tokens: Tokens) -> list[Unit]:
    """All units, in order, none inside another."""
    units: list[Unit] = []
    at, tried, items = 0, 0, tokens.items
    while at < len(items):
        token = items[at]
        if token.word is PLAIN and token.kind == WORD and len(token.text) > 1:
            at += 1
            continue
        unit = None
        letter = len(token.text) == 1 and opens_letter(tokens, at)
        spelled = token.word.ordinals or (token.word.cardinal and at + 1 < len(items) and _goes_on(items[at + 1].word))
        if at >= tried and (token.kind == NUMBER or spelled or letter):
            unit, tried = _number_first(tokens, at)
        if unit is None and token.kind in (WORD, MARK) and (token.word.keywords or token.text == "§"):
            unit = _keyword_first(tokens, at)
        if unit:
            units.append(_second(unit, units))
            at, more = _continued(tokens, units)
            units += more
        else:
            at += 1
    return units


def _second(unit: Unit, units: Sequence[Unit]) -> Unit:
    """ "174-б. 2-б.": of two one-letter words behind one another the second is that of a part."""
    before = units[-1] if units else None
    if before is None or before.keyword is None or unit.keyword is None or before.level != "article":
        return unit
    short = (
        unit.keyword.id.endswith("-short")
        and before.keyword.id.endswith("-short")
        and len(unit.numbers[0].first) < len(before.numbers[0].first)
    )
    return replace(unit, level="part") if short and unit.first - before.last <= _PART_REACH else unit


def _goes_on(word: Word) -> bool:
    return bool(word.cardinal or word.ordinals)


def _number_first(tokens: Tokens, at: int) -> tuple[Unit | None, int]:
    """ "174-бап", "2-бөлігі", "«г» банди", "174-я статья", "second part"; and the place before which none starts."""
    items = tokens.items
    numbers, last = read_list(tokens, at, "")
    if not numbers:
        return None, at + 1
    here = _after_note(tokens, last) if last < len(items) and items[last].text == "(" else last
    hyphen = here < len(items) and items[here].text in HYPHENS
    here += hyphen
    if here < len(items) and items[here].text == ")" and items[at].kind == NUMBER:
        here += 1  # "1) тармақшасы"
    for keyword in items[here].word.keywords if here < len(items) else ():
        weak = _reads_after(tokens, here, keyword, numbers[-1], hyphen)
        if weak is not None and _fits(keyword, numbers):
            in_words = keyword.level == "article" and items[at].kind == WORD  # "the second article"
            unit = Unit(keyword.level, tuple(numbers), at, here + 1, keyword, after=True, weak=weak or in_words)
            return unit, here + 1
    if any(token.text == "(" for token in items[at:last]):
        return None, at + 1
    whole = len(numbers) < _LONGEST_LIST
    return None, numbers[-1 if whole else len(numbers) // 2].stop


def _reads_after(tokens: Tokens, here: int, keyword: Keyword, number: Number, hyphen: bool) -> bool | None:
    """Can this level word stand after its number?  None: no; True: only beside the name of a law."""
    items = tokens.items
    form = items[here].word.form
    if len(form) <= 2 and not hyphen and number.first.isdecimal():
        follows = items[here + 1].kind if here + 1 < len(items) else BREAK
        return True if form == "ст" and keyword.lang == "ru" and follows == WORD else None  # "143 ст ГК"
    if keyword.lang in SUFFIXING:
        short = len(form) == 1  # "158-м." is an article in Uzbek, "в 75-м полку" none in Russian
        return None if keyword.order == "before" else short or not (hyphen or number.ordinal)
    followed = here + 1 < len(items) and (items[here + 1].kind == NUMBER or items[here + 1].text == ".")
    if followed and not number.ordinal:
        return None
    if number.ordinal and keyword.lang == "en" and keyword.level == "article":
        return True  # "her 19th article"
    if number.ordinal:
        return False if not (keyword.level == "article" and len(items[number.start].text) > 4 and followed) else None
    if keyword.lang == "ru" and keyword.level == "article" and keyword.order == "both":
        return form not in _BARE_BEFORE
    return None


def _keyword_first(tokens: Tokens, at: int) -> Unit | None:
    """ "ст. 174", "articles 19 and 21", "моддаи 307", "пункт «д»"."""
    items = tokens.items
    if unit := _bracketed_list(tokens, at):
        return unit
    here = at + 1
    while here < min(at + 6, len(items)) and (
        items[here].text in (".", "№", "#", ":")
        or (items[here].text in QUOTES and here + 1 < len(items) and items[here + 1].kind == NUMBER)
        or (items[here].text.lower() == "no" and here + 1 < len(items) and items[here + 1].text == ".")
        or (items[here].kind == WORD and items[here].word.form == items[at].word.form and len(items[here].text) <= 2)
    ):
        here += 1
    for keyword in sorted(items[at].word.keywords, key=lambda k: k.lang in SUFFIXING):  # Tajik before Uzbek
        if keyword.order == "after" or (keyword.lang in SUFFIXING and len(items[at].text) > 5):
            continue
        numbers, last = read_list(tokens, here, keyword.level)
        if numbers and items[at].text == "§" and here == at + 1:
            numbers, last = numbers[:1], numbers[0].stop  # "Articles 6 § 1 and 13"
        listed = len(numbers) > 1 or items[here - 1].text != ":" or (numbers and len(numbers[0].first) > 2)
        quoted = items[here - 1].text in QUOTES
        unclosed = quoted and (last >= len(items) or items[last].text not in QUOTES)  # 'article "130 days in prison"'
        if numbers and listed and not unclosed and _fits(keyword, numbers):
            plain = items[numbers[0].start].kind == NUMBER and len(items[at].word.form) > 1
            weak = keyword.level == "article" and (not plain or items[at].word.form in _SUBSTANCES)
            return Unit(keyword.level, tuple(numbers), at, last, keyword, weak=weak)
    return None


def _bracketed_list(tokens: Tokens, at: int) -> Unit | None:
    """ "bir nechta moddasi (139, 140, 165)": two articles or more in brackets behind the word for them."""
    items = tokens.items
    keyword = next((k for k in items[at].word.keywords if k.level == "article"), None)
    if keyword is None or len(items[at].text) < 3 or at + 2 >= len(items) or items[at + 1].text != "(":
        return None
    numbers, last = read_list(tokens, at + 2, "article")
    if len(numbers) < 2 or last >= len(items) or items[last].text != ")":
        return None
    return Unit("article", tuple(numbers), at, last, keyword)


def _fits(keyword: Keyword, numbers: list[Number]) -> bool:
    """Articles have numbers, not letters; numbers in words are of the language of the level word."""
    spoken = all(not number.langs or keyword.lang in number.langs for number in numbers)
    both = len(numbers) > 1 and numbers[0].start == numbers[1].start  # "обе статьи"
    return spoken and (keyword.level != "article" or (numbers[0].first.isdecimal() and not both))


def read_list(tokens: Tokens, at: int, level: str) -> tuple[list[Number], int]:
    """Numbers with separators between, from ``at``; ``level`` is "" when the level word comes after them."""
    numbers = read_elements(tokens, at, level)
    if not numbers or _is_counted(tokens, numbers[-1]):
        return [], at
    here = _after_bracket(tokens, numbers[-1].stop, level)
    while len(numbers) < _LONGEST_LIST:
        skipped = _after_note(tokens, here) if level in ("article", "") else here
        start, joins = next_element(tokens, skipped)
        if not joins:
            break
        if more := _bracket_again(tokens, start, numbers[-1], level):
            numbers, here = [*numbers, more], more.stop
            continue
        found = read_elements(tokens, start, level)
        counting = level == "article" and found and found[0].langs and found[0].stop - found[0].start == 1
        if not found or counting or not _continues(tokens, found[-1], level):
            break  # "Article 19 and eleven organisations"
        if joins == "to" and len(found) == 1 and not found[0].rest:
            numbers[-1] = replace(numbers[-1], upto=found[0].first, stop=found[0].stop)
        else:
            numbers += found
        here = _after_bracket(tokens, found[-1].stop, level)
    return numbers, here


def _after_bracket(tokens: Tokens, here: int, level: str) -> int:
    """Index after the closing bracket of "п.п. 2)"."""
    items = tokens.items
    if (
        level not in ("", "article")
        and here < len(items)
        and items[here].text == ")"
        and items[here - 1].kind == NUMBER
    ):
        opened = any(items[i].text == "(" for i in range(max(0, here - 8), here))
        return here if opened else here + 1
    return here


def _after_note(tokens: Tokens, here: int) -> int:
    """Index after a note in brackets or quotation marks behind an article: "130 (клевета) и 131 (оскорбление)".

    A note that holds a provision of its own ("(часть 2)") is not passed over.
    """
    items = tokens.items
    last = tokens.closing(here) if here < len(items) else None
    if last is None:
        return here
    for at in range(here + 1, last - 1):
        if items[at].word.keywords and items[at + 1].kind in (NUMBER, MARK) and items[at + 1].text not in (",", ")"):
            return here
    return last


def _bracket_again(tokens: Tokens, at: int, before: Number, level: str) -> Number | None:
    """ "Article 19 (1) and (2)", "14(3)(b) and (d)", "paragraph 3 (b) and (d)": more of the same."""
    if not before.brackets or at >= len(tokens) or tokens.items[at].text != "(":
        return None
    brackets, here = read_brackets(tokens, at)
    deep = len(before.brackets) > 1  # the paragraph stays the same as well
    if brackets and not brackets[0].isdecimal() and (level == "article" or deep):
        brackets = (*before.brackets[:1], brackets[0]) if deep and len(brackets) == 1 else ()
    return replace(before, start=at, stop=here, brackets=brackets) if brackets else None


def _continues(tokens: Tokens, number: Number, level: str) -> bool:
    """May a list go on with this number, or does the number belong to what follows?"""
    items, here = tokens.items, number.stop
    if is_year(number) or _is_counted(tokens, number) or (level not in ("", "article") and len(number.first) > 2):
        return False
    if not level or here >= len(items):
        return True
    hyphen = items[here].text in HYPHENS
    word = items[here + hyphen].word if here + hyphen < len(items) else items[here].word
    if hyphen or number.ordinal:
        return not any(k.order != "before" for k in word.keywords)
    if level == "article":
        return not any(k.order == "after" for k in word.keywords)
    return not any(k.level == level for k in word.keywords)


def _is_counted(tokens: Tokens, number: Number) -> bool:
    """A noun that is counted follows a small number: "3 раза", "12 лет", "5 мая"."""
    items, here = tokens.items, number.stop
    if here < len(items) and items[here].text in HYPHENS:
        here += 1
    return len(number.first) < 3 and here < len(items) and bool(items[here].word.cues & {"counted", "month"})


def _continued(tokens: Tokens, units: list[Unit]) -> tuple[int, list[Unit]]:
    """Articles that go on after a part of one: "ст.ст. 174 ч. 1, 256 ч. 2", "articles 19 (paras. 2 and 3) and 21".

    They have no level word of their own.
    """
    items, unit = tokens.items, units[-1]
    at = unit.last
    article = len(units) > 1 and units[-2].level == "article" and unit.first - units[-2].last <= _PART_REACH
    if unit.after or unit.level == "article" or not article or at >= len(items) or items[at].kind == BREAK:
        return at, []
    bracket = items[at].text == ")" and unit.first > 0 and items[unit.first - 1].text == "("
    start, joins = next_element(tokens, at + bracket)
    numbers, last = read_list(tokens, start, "article") if joins == "and" else ([], at)
    followed = last < len(items) and any(
        k.level == unit.level and k.order != "after" for k in items[last].word.keywords
    )
    plain = bool(numbers) and all(n.first.isdecimal() and not n.ordinal for n in numbers)
    if plain and (
        followed or bracket or len(numbers[0].first) > 2 or (units[-2].many and items[unit.first].text == "§")
    ):
        return last, [Unit("article", tuple(numbers), start, last, None)]
    return at, []
