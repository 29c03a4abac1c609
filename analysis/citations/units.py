"""A level word with its numbers: "статьи 174 и 405", "2-бөлігі", "part 3" (law-and-names §2.3, §2.4).

One pass from left to right; every token is looked at a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.citations.lexer import BREAK, HYPHENS, MARK, NUMBER, STROKES, WORD, Tokens
from analysis.citations.lists import LONGEST_LIST, after_note, read_list
from analysis.citations.numbers import Number, next_element, opens_letter, read_inserted
from analysis.citations.unlisted import QUOTES
from analysis.citations.words import SUFFIXING, Keyword, Word

_BARE_BEFORE = frozenset(("статье", "статью", "статьей", "статьею"))
_FROM = frozenset(("с", "со", "от", "from"))  # "статьи с 174 по 176"
_SUBSTANCES = frozenset(("modda", "модда", "madda"))  # also "matter": "narkotik modda 3 gramm"
_FEMININE = ("ru-article", "ru-articles")
_MASCULINE = frozenset(("го", "му"))  # "статья 14-го цикла"
_PAGE = "en-part-short"  # "p. 2", a page where the number has more digits
_PLURALS = ("s", "ы", "ты", "ов", "ам", "ами", "ях", "ах")
_TELLING = 3  # digits
_TURKMEN = frozenset(("nji", "njy", "нҗи", "нҗы"))  # endings of ordinals
_PART_REACH = 3  # tokens between an article and a part behind it


class Unit(NamedTuple):
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
    until, tried, items = 0, 0, tokens.items
    for at in _places(tokens):
        if at < until:
            continue
        token, word, unit = items[at], items[at].word, None
        if not (token.kind == NUMBER or word.keywords or word.ordinals or word.cardinal or len(token.text) == 1):
            continue
        letter = len(token.text) == 1 and opens_letter(tokens, at)
        spelled = word.ordinals or (word.cardinal and at + 1 < len(items) and _goes_on(items[at + 1].word))
        if at >= tried and (token.kind == NUMBER or spelled or letter):
            unit, tried = _number_first(tokens, at)
        if unit is None and word.keywords:
            unit = _keyword_first(tokens, at)
        if unit:
            units.append(_of_one(tokens, _second(tokens, unit, units), units))
            until, more = _continued(tokens, units)
            units += more
    return units


def _places(tokens: Tokens) -> Iterator[int]:
    """Where a unit may begin: at a number, a word that is known, and a mark before a letter."""
    items = tokens.items
    for at in tokens.telling:
        if len(items[at].text) == 1 and at and items[at - 1].kind == MARK:
            yield at - 1
        yield at


def _second(tokens: Tokens, unit: Unit, units: Sequence[Unit]) -> Unit:
    """ "174-б. 2-б.": of two one-letter words behind one another the second is that of a part."""
    before = units[-1] if units else None
    if before is None or before.keyword is None or unit.keyword is None or before.level != "article":
        return unit
    brief = len(tokens.items[before.last - 1].text) <= len("ст.")
    short = unit.keyword.id.endswith("-short") and brief and len(unit.numbers[0].first) < len(before.numbers[0].first)
    return unit._replace(level="part") if short and unit.first - before.last <= _PART_REACH else unit


def _of_one(tokens: Tokens, unit: Unit, units: Sequence[Unit]) -> Unit:
    """ "Articles 9, paragraph 1, and 19, paragraph 2": a part that ends where the list of articles goes on."""
    before = units[-1] if units else None
    if unit.after or len(unit.numbers) < 2 or before is None or not before.numbers:
        return unit
    if before.level != "article" or unit.level == "article" or unit.first - before.last > _PART_REACH:
        return unit
    complete = not tokens.items[unit.first].text.endswith(_PLURALS)
    for at, (one, following) in enumerate(pairwise(unit.numbers), 1):
        if _is_article(tokens, unit, before, following, complete):
            return unit._replace(numbers=unit.numbers[:at], last=one.stop)
        complete = any(token.word.joins == "and" for token in tokens.items[one.stop : following.start])
    return unit


def _is_article(tokens: Tokens, unit: Unit, article: Unit, number: Number, complete: bool) -> bool:
    """Is ``number`` no further part but an article, with a part of its own, or higher where the parts are complete?"""
    if not (article.numbers[-1].first.isdecimal() and number.first.isdecimal()):
        return False
    higher = int(number.first) > int(article.numbers[-1].first) and (article.many or article.keyword is None)
    return _has_level(tokens, number.stop, unit.level) or (complete and higher)


def _has_level(tokens: Tokens, at: int, level: str) -> bool:
    """Does a level word stand here, or behind a comma?"""
    items = tokens.items
    at += at < len(items) and items[at].text == ","
    return at < len(items) and any(k.level == level and k.order != "after" for k in items[at].word.keywords)


def _goes_on(word: Word) -> bool:
    return bool(word.cardinal or word.ordinals)


def _number_first(tokens: Tokens, at: int) -> tuple[Unit | None, int]:
    """ "174-бап", "2-бөлігі", "«г» банди", "174-я статья", "second part"; and the place before which none starts."""
    items = tokens.items
    numbers, last = read_list(tokens, at, "")
    if not numbers:
        return None, at + 1
    here = after_note(tokens, last) if last < len(items) and items[last].text == "(" else last
    hyphen = here < len(items) and items[here].text in HYPHENS
    here += hyphen
    if here < len(items) and items[here].text == ")" and items[at].kind == NUMBER:
        here += 1  # "1) тармақшасы"
    keywords = items[here].word.keywords if here < len(items) else ()
    for keyword in sorted(keywords, key=lambda k: hyphen and k.lang not in SUFFIXING):  # "12-статья" is no Russian
        weak = _reads_after(tokens, here, keyword, numbers[-1], hyphen)
        if weak is not None and _fits(keyword, numbers):
            small = len(numbers[-1].first) < _TELLING
            in_words = keyword.level == "article" and items[at].kind == WORD and small  # "the second article"
            stop = here + 1
            if keyword.level == "article" and not numbers[-1].rest and (behind := read_inserted(tokens, stop)):
                digits, stop = behind  # "116-модда прим-2"
                numbers[-1] = numbers[-1]._replace(rest=(digits,), joint="inserted")
            unit = Unit(keyword.level, tuple(numbers), at, stop, keyword, after=True, weak=weak or in_words)
            return unit, stop
    if any(token.text == "(" for token in items[at:last]):
        return None, at + 1
    whole = len(numbers) < LONGEST_LIST
    return None, numbers[-1 if whole else len(numbers) // 2].stop


def _reads_after(tokens: Tokens, here: int, keyword: Keyword, number: Number, hyphen: bool) -> bool | None:
    """Can this level word stand after its number?  None: no; True: only beside the name of a law."""
    items = tokens.items
    form = items[here].word.form
    if len(form) <= 2 and not hyphen and number.first.isdecimal():
        dotted = here + 1 < len(items) and items[here + 1].text == "."
        follows = items[here + 1 + dotted].kind if here + 1 + dotted < len(items) else BREAK
        return True if form == "ст" and keyword.lang == "ru" and follows == WORD else None  # "143 ст ГК"
    if keyword.lang == "kk" and items[here - 1].text in _TURKMEN:
        return None  # "17-nji bap" is a chapter
    if keyword.lang in SUFFIXING:
        short = len(form) == 1  # "158-м." is an article in Uzbek, "в 75-м полку" none in Russian
        return None if keyword.order == "before" else short or not (hyphen or number.ordinal)
    followed = here + 1 < len(items) and (items[here + 1].kind == NUMBER or items[here + 1].text == ".")
    if followed and not number.ordinal:
        leads = here + 2 < len(items) and any(k.level == "article" for k in items[here + 2].word.keywords)
        return False if leads and keyword.level == "part" and keyword.order == "both" else None  # "2 части 174 статьи"
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
        or (items[here].text == "§" and items[at].text == "§")
        or (items[here].word.form in _FROM and here == at + 1)
        or (items[here].text in QUOTES and here + 1 < len(items) and items[here + 1].kind == NUMBER)
        or (items[here].text.lower() == "no" and here + 1 < len(items) and items[here + 1].text == ".")
        or (items[here].kind == WORD and items[here].word.form == items[at].word.form and len(items[here].text) <= 2)
    ):
        here += 1
    for keyword in sorted(items[at].word.keywords, key=lambda k: k.lang in SUFFIXING):  # Tajik before Uzbek
        if keyword.order == "after" or (keyword.lang in SUFFIXING and len(items[at].text) > 5):
            continue
        numbers, last = read_list(tokens, here, keyword.level)
        spelled = numbers and numbers[0].langs and keyword.lang in SUFFIXING
        if spelled and last < len(items) and items[last].word.keywords:
            continue  # "ushbu modda ikkinchi qismi"
        if numbers and items[at].text == "§" and here == at + 1:
            numbers, last = numbers[:1], numbers[0].stop  # "Articles 6 § 1 and 13"
        listed = len(numbers) > 1 or items[here - 1].text != ":" or (numbers and len(numbers[0].first) > 2)
        quoted = items[here - 1].text in QUOTES
        unclosed = quoted and (last >= len(items) or items[last].text not in QUOTES)  # 'article "130 days in prison"'
        other = keyword.id in _FEMININE and items[numbers[-1].stop - 1].text in _MASCULINE if numbers else False
        if numbers and listed and not (unclosed or other) and _fits(keyword, numbers):
            plain = items[numbers[0].start].kind == NUMBER and len(items[at].word.form) > 1
            weak = keyword.level == "article" and (not plain or items[at].word.form in _SUBSTANCES)
            return Unit(keyword.level, tuple(numbers), at, last, keyword, weak=weak)
    return None


def _bracketed_list(tokens: Tokens, at: int) -> Unit | None:
    """ "bir nechta moddasi (139, 140, 165)", "an article (405)": articles in brackets behind their word."""
    items = tokens.items
    keyword = next((k for k in items[at].word.keywords if k.level == "article"), None)
    if keyword is None or len(items[at].text) < 3 or at + 2 >= len(items) or items[at + 1].text != "(":
        return None
    numbers, last = read_list(tokens, at + 2, "article")
    telling = len(numbers) > 1 or (numbers and len(numbers[0].first) == _TELLING)
    if not telling or last >= len(items) or items[last].text != ")":
        return None
    return Unit("article", tuple(numbers), at, last, keyword, weak=len(numbers) < 2)


def _fits(keyword: Keyword, numbers: list[Number]) -> bool:
    """Articles have numbers, not letters; numbers in words are of the language of the level word."""
    spoken = all(not number.langs or keyword.lang in number.langs for number in numbers)
    both = len(numbers) > 1 and numbers[0].start == numbers[1].start  # "обе статьи"
    if keyword.id == _PAGE:
        return len(numbers) == 1 and len(numbers[0].first) == 1
    return spoken and (keyword.level != "article" or (numbers[0].first.isdecimal() and not both))


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
    dash = items[at].text in STROKES  # "ст. 24 ч. 3 – 174 ч. 2"
    noted = after_note(tokens, at) if items[at].text == "(" else at + bracket  # «104, қ. 2 (одамкушӣ) ва 195»
    start, joins = (at + 1, "and") if dash else next_element(tokens, noted)
    numbers, last = read_list(tokens, start, "article") if joins == "and" else ([], at)
    followed = _has_level(tokens, last, unit.level)
    higher = bool(numbers) and bool(units[-2].numbers) and _is_article(tokens, unit, units[-2], numbers[0], True)
    plain = bool(numbers) and all(n.first.isdecimal() and not n.ordinal for n in numbers)
    if plain and (followed or bracket or len(numbers[0].first) > 2 or higher):
        return last, [Unit("article", tuple(numbers), start, last, None)]
    return at, []
