"""Numbers of provisions as they are written: 174, 73-3, 207.3, 244¹, 19(3)(b), "second", «д», and lists of them.

What a written number means ("244-1": an inserted article or a range?) is decided later, when the law is known
(``analysis.citations.provisions``).
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from analysis.citations.brackets import ROMAN, is_letter, read_brackets
from analysis.citations.lexer import BREAK, DASHES, HYPHENS, MARK, NUMBER, RAISED, WORD, Tokens
from analysis.citations.words import PLAIN

_SEPARATORS = frozenset(",;/&")
_QUOTES = frozenset("«»“”„\"‘’'`")
_PASSED = frozenset(("the", "по", "так", "ни"))  # "как по 174-й, так и по 405-й статье"
_LONGEST = 5  # digits
_BEFORE_INSERTED = HYPHENS | {","}  # «307, шарҳи 1»
_ATTACHED = frozenset(("иловаи", "шарҳи"))  # words that insert only with a number: «307 иловаи 3»
_DEEPEST = 3  # numbers joined to a number
_SPELLED = 8  # tokens of a number in words
_HUNDRED = 100
_NO_LANGUAGE: frozenset[str] = frozenset()
_MOST_SLASHED = 20
_YEARS = range(1900, 2100)


class Number(NamedTuple):
    """One number at ``tokens[start:stop]``: ``first`` and what is joined to it.

    ``joint`` says how ``rest`` is joined: hyphen, dash, dot, raised, inserted (прим) or "".  ``brackets`` are the
    contents of brackets after it; ``upto`` is the other end of a range in words; ``ordinal``: 174th, "second";
    ``langs`` are the languages of a number in words.
    """

    first: str
    start: int
    stop: int
    rest: tuple[str, ...] = ()
    joint: str = ""
    brackets: tuple[str, ...] = ()
    upto: str = ""
    ordinal: bool = False
    langs: frozenset[str] = frozenset()


def read_number(tokens: Tokens, at: int) -> Number | None:
    """The number in digits that starts at ``at``."""
    items = tokens.items
    if at >= len(items) or items[at].kind != NUMBER or len(items[at].text) > _LONGEST:
        return None
    number, here = Number(items[at].text, at, at + 1), at + 1
    if _is_sunk(tokens, here):
        return number._replace(rest=(items[here].text,), joint="raised", stop=here + 1)
    if here < len(items) and _stands_apart(tokens, here):
        return number
    while len(number.rest) < _DEEPEST and (joined := _joined(tokens, here, number)):
        digits, joint, here = joined
        number = number._replace(rest=(*number.rest, digits), joint=joint)
    if here < len(items) and items[here].text == "°":
        here += 1
    ordinal = _ordinal_ending(tokens, here)
    if ordinal:
        return number._replace(stop=ordinal, ordinal=True)
    if not number.rest and (inserted := read_inserted(tokens, here)):
        digits, here = inserted
        number = number._replace(rest=(digits,), joint="inserted")
    if number.joint == "hyphen" and (below := _joined(tokens, here, Number("", at, here))) and below[1] == "dot":
        return number._replace(brackets=below[:1], stop=below[2])  # "41-1.1"
    brackets, here = read_brackets(tokens, here)
    if here < len(items) - 1 and items[here].text in HYPHENS and tokens.joined(here):
        after = items[here + 1]
        if after.text in _SEPARATORS or (after.word.joins and not tokens.joined(here + 1)):
            here += 1  # "139-, 140-moddalari"
        elif _is_compound(tokens, here + 1):
            return None
    return number._replace(brackets=brackets, stop=here) if brackets or here != number.stop else number


def _is_sunk(tokens: Tokens, here: int) -> bool:
    """ "18 1 -modda": a raised number that has come down between spaces."""
    items = tokens.items
    if here + 2 >= len(items) or items[here].kind != NUMBER or len(items[here].text) > 2:
        return False
    article = any(keyword.level == "article" for keyword in items[here + 2].word.keywords)
    apart = not tokens.joined(here) and not tokens.joined(here + 1) and tokens.joined(here + 2)
    return items[here + 1].text in HYPHENS and article and apart


def _stands_apart(tokens: Tokens, here: int) -> bool:
    """Does a word stand apart from the number before it, as most do?  Then nothing of it belongs to the number."""
    token = tokens.items[here]
    return token.kind == WORD and len(token.text) > 1 and not token.word.inserted and not tokens.joined(here)


def _is_compound(tokens: Tokens, at: int) -> bool:
    """ "5-летнего", "4-страничная": the number is part of another word."""
    token = tokens.items[at]
    known = token.word.keywords or token.word.numeral or token.word.case or token.word.inserted
    return token.kind == WORD and tokens.joined(at) and len(token.text) > 3 and not known


def _joined(tokens: Tokens, here: int, number: Number) -> tuple[str, str, int] | None:
    """A further part of a number: its digits, how it is joined, index after it.

    A mark with a space beside it joins the ends of a range only.
    """
    items = tokens.items
    if here >= len(items):
        return None
    mark = items[here]
    if mark.kind == RAISED and tokens.joined(here) and len(mark.text) < _LONGEST:
        return str(int(unicodedata.normalize("NFKC", mark.text))), "raised", here + 1
    if mark.kind != MARK or here + 1 >= len(items) or items[here + 1].kind != NUMBER:
        return None
    digits = items[here + 1].text
    if mark.text == "/":
        return _slashed(tokens, here, number)
    kind = {".": "dot"}.get(mark.text) or ("hyphen" if mark.text in HYPHENS else "dash" if mark.text in DASHES else "")
    if not (tokens.joined(here) and tokens.joined(here + 1)):
        apart = kind in ("hyphen", "dash") and not tokens.joined(here + 1)
        short = mark.text == "—" and len(digits) < 2  # "ч. 4 — 5 дел"
        rises = len(digits) <= _LONGEST and int(digits) >= int(number.first or 0)
        kind = "dash" if apart and not short and rises else ""
    ranged = kind == "dash" and number.joint == "hyphen" and len(number.rest) == 1 and digits == number.first
    if ranged:
        kind = "hyphen"  # "244-5–244-6" as "244-5-244-6"
    if not kind or number.joint not in ("", kind) or len(digits) > _LONGEST:
        return None
    return digits, kind, here + 2


def _slashed(tokens: Tokens, here: int, number: Number) -> tuple[str, str, int] | None:
    """ "244/6": an inserted article; "19/20" is a list."""
    digits = tokens.items[here + 1].text
    tight = tokens.joined(here) and tokens.joined(here + 1) and len(number.first) > 2 and not number.rest
    return (digits, "hyphen", here + 2) if tight and len(digits) < 3 and int(digits) <= _MOST_SLASHED else None


def _ordinal_ending(tokens: Tokens, here: int) -> int | None:
    """Index after the ending of an ordinal: 174-й, 174th, 274-ші, 42-nji."""
    items = tokens.items
    if here < len(items) and items[here].text in HYPHENS and tokens.joined(here):
        here += 1
    if here >= len(items) or not tokens.joined(here) or not items[here].word.numeral:
        return None
    if items[here].word.keywords and not (here + 1 < len(items) and items[here + 1].word.keywords):
        return None  # "158-м." is an article, "174-м статьям" an ordinal
    return here + 1


def read_inserted(tokens: Tokens, here: int) -> tuple[str, int] | None:
    """ "прим", "прим. 1", "prim 1", "bis"."""
    items = tokens.items
    if here < len(items) and items[here].text in _BEFORE_INSERTED:
        here += 1
    if here >= len(items) or not items[here].word.inserted:
        return None
    here += 1
    if items[here - 1].word.form in _ATTACHED and not (here < len(items) and items[here].kind == NUMBER):
        return None
    after = here
    while after < len(items) and items[after].kind == MARK and items[after].text in ".-":
        after += 1
    if after < len(items) and items[after].kind == NUMBER and len(items[after].text) <= 2:
        return items[after].text, after + 1
    return "1", here


def opens_letter(tokens: Tokens, at: int) -> bool:
    """May a letter that stands for a number begin here: «д», (b), а)?"""
    items = tokens.items
    return (
        items[at].kind == MARK
        and at + 3 < len(items)
        and items[at + 1].kind == WORD
        and len(items[at + 1].text) == 1
        and items[at + 2].kind == MARK
    ) or (items[at].kind == WORD and len(items[at].text) == 1 and at + 2 < len(items) and items[at + 1].text == ")")


def read_letter(tokens: Tokens, at: int) -> Number | None:
    """A letter that stands for a number: «д», "a", (b), а)."""
    items = tokens.items
    opened = at < len(items) and items[at].kind == MARK and (items[at].text in _QUOTES or items[at].text == "(")
    here = at + opened
    if here >= len(items) or not (is_letter(items[here]) or (opened and _is_bracketed(tokens, at))):
        return None
    closed = here + 1 < len(items) and (items[here + 1].text in _QUOTES or items[here + 1].text == ")")
    if opened and not closed:
        return None
    if not closed and not (here + 1 < len(items) and items[here + 1].word.keywords):
        return None
    return Number(items[here].text.lower(), at, here + 1 + closed)


def _is_bracketed(tokens: Tokens, at: int) -> bool:
    """ "Paragraphs (1) and (3)": a small number in brackets of its own."""
    inner = tokens.items[at + 1]
    return tokens.items[at].text == "(" and inner.kind == NUMBER and len(inner.text) <= 2


def read_words(tokens: Tokens, at: int, cardinals: bool) -> list[Number]:
    """A number in words: "second", "сто семьдесят четвёртой", with ``cardinals`` also "two"; "both" gives two."""
    word = tokens.items[at].word if at < len(tokens.items) else PLAIN
    if len(word.ordinals) > 1:
        return [Number(str(n), at, at + 1, ordinal=True) for n in word.ordinals]
    number, ordinal = _spelled(tokens, at)
    return [number] if number and (ordinal or cardinals) else []


def _spelled(tokens: Tokens, at: int) -> tuple[Number | None, bool]:
    """The number words from ``at`` on, all of one language, and whether they end in an ordinal."""
    items, total, below, here, stop = tokens.items, 0, 1000, at, at
    langs = items[at].word.counted_in if at < len(items) else _NO_LANGUAGE
    ordinal = False
    while here < min(at + _SPELLED, len(items)) and not ordinal:
        word = items[here].word
        value = word.ordinals[0] if word.ordinals else word.cardinal
        if total and (items[here].text in HYPHENS or word.form == "and"):
            here += 1  # "one hundred and seventy-four"
            continue
        if not langs & word.counted_in:
            break
        if value == _HUNDRED and 1 <= total < 10:
            total *= value
        elif 0 < value < below:
            total += value
        else:
            break
        langs, ordinal = langs & word.counted_in, bool(word.ordinals)
        below = _HUNDRED if value % _HUNDRED == 0 else 10 if value % 10 == 0 else 1
        here = stop = here + 1
    return (Number(str(total), at, stop, ordinal=True, langs=langs) if total else None), ordinal


def read_elements(tokens: Tokens, at: int, level: str) -> list[Number]:
    """The number, number in words, or letter at ``at``, as one element of a list.

    ``level`` is that of the word before the list, "" if the word comes after it; articles have no letters.
    """
    number = read_number(tokens, at)
    if number:
        return [number]
    letter = read_letter(tokens, at) if level != "article" else None
    if letter:
        return [letter]
    if level not in ("", "article") and at < len(tokens) and (roman := tokens.items[at].text.lower()) in ROMAN:
        told = tokens.items[at].text.isupper()
        return [Number(str(ROMAN.index(roman) + 1), at, at + 1)] if told else []
    words = read_words(tokens, at, cardinals=bool(level))
    if level == "article" and (len(words) != 1 or (len(words[0].first) < 2 and not _is_ordinal(tokens, words[0]))):
        return []  # "both of the Code", "article one"
    return words


def _is_ordinal(tokens: Tokens, number: Number) -> bool:
    """ "Моддаи якуми", «статья первая»; not "the article first published"."""
    return bool(tokens.items[number.stop - 1].word.ordinals) and "en" not in number.langs


def next_element(tokens: Tokens, at: int) -> tuple[int, str]:
    """Index after separators and list words at ``at``, and "and", "to" or "" if there are none."""
    items, here, joins = tokens.items, at, ""
    while here < min(at + 4, len(items)) and items[here].kind != BREAK:
        token = items[here]
        if token.kind == MARK and token.text in _SEPARATORS:
            joins = joins or "and"
        elif token.kind == WORD and token.word.joins and not (joins and token.word.joins == "to"):
            joins = token.word.joins
        elif not (joins and (token.text in HYPHENS or token.text in _PASSED)):
            break
        here += 1
    return here, joins


def is_year(number: Number) -> bool:
    """A bare number that can only be a year in a list of articles."""
    return len(number.first) == 4 and not number.rest and int(number.first) in _YEARS
