"""What makes "the code" or "the law" the name of one that the registry does not hold: its adjective, its title."""

from __future__ import annotations

from collections.abc import Container, Sequence

from analysis.citations.lexer import BREAK, HYPHENS, NUMBER, WORD, Token, Tokens
from analysis.statutes import registry

QUOTES = frozenset("«»“”„\"‘’'")
LAW_REACH = 16  # tokens between a law word and the title of the law
_FUNCTION = frozenset(
    (
        "this",
        "which",
        "itself",
        "new",
        "current",
        "old",
        "draft",
        "linking",
        "dating",
        "about",
        "formerly",
        "criminal",
        "legal",
        "counted",
    )
)
_ADJECTIVES = ("ого", "ому", "ым", "ом", "ый", "ой", "его", "ему", "им", "ий")
_GENITIVES = ("ого", "его", "ой", "ых", "их")
_SHORTEST = 5  # letters of a genitive, more
_SUFFIXED = ("кодекси", "кодексі", "kodeksi", "қонуни", "заңы", "мыйзамы")
_SUFFIXED_LAWS = ("заң", "мыйзам", "qonun", "қонун", "kanun", "zań", "zañ")
_ATTRIBUTIVE = ("дағы", "дегі", "тағы", "тегі", "дагы", "деги", "тагы", "теги", "dagi", "даги", "daky", "däki")
_CONSTITUTIONAL = ("конституцио", "конституциял", "конституцияв", "конститутсио", "konstitutsiyav", "konstitusion")
_PHRASE = 7  # words of what a code is of, with its country
_NO = ("№", "N")
_ABOUT = ("on", "о", "об")  # before a title without quotation marks


def modifier(tokens: Tokens, first: int) -> int:
    """Index of a word that makes the law word ``items[first]`` another: "Labour Code", «Трудового кодекса»."""
    items = tokens.items
    if first == 0 or items[first - 1].kind != WORD or tokens.sentence[first - 1] != tokens.sentence[first]:
        return first
    token = items[first - 1]
    if token.word.cues & _FUNCTION or token.word.joins or token.word.keywords or len(token.text) < 4:
        return first
    russian = token.text.lower().endswith(_ADJECTIVES)
    english = token.text.isascii() and items[first].text.lower() in ("code", "law", "act")
    suffixing = items[first].word.form.startswith(_SUFFIXED)
    if english and token.text[0].isupper():
        return _capitals(items, first - 1)
    return _adjectives(items, first - 1) if russian else first - suffixing


def _adjectives(items: Sequence[Token], first: int) -> int:
    """Where the adjectives before «кодекса» begin: «Административного процедурно-процессуального»."""
    if first > 1 and items[first - 1].text in HYPHENS and items[first - 2].kind == WORD:
        first -= 2
        before = items[first - 1 : first]
        capital = bool(before) and before[0].kind == WORD and before[0].text[0].isupper()
        first -= capital and before[0].text.endswith(_ADJECTIVES)
    return first


def _capitals(items: Sequence[Token], first: int) -> int:
    """Where the capitals before "Code" begin: "Criminal Enforcement Code"."""
    while first > 0 and items[first - 1].kind == WORD and items[first - 1].text.istitle():
        if items[first - 1].word.joins or items[first - 1].word.keywords or len(items[first - 1].text) < _SHORTEST:
            break
        first -= 1
    return first


def title_beside(tokens: Tokens, countries: Container[int], first: int, last: int, law: bool) -> str:
    """ "quoted" or "plain" if there is a title behind or before the name ``items[first:last]``, else "".

    The title of a ``law`` may stand further on; "numbered" if it has none but a number that no law listed has.
    """
    items, before = tokens.items, first - 1
    while before > 0 and ("about" in items[before].word.cues or _is_constitutional(items[before])):
        before -= 1
    opening = before == first - 1 and tokens.joined(first) and not tokens.joined(before)
    if before >= 0 and not opening and (items[before].text in QUOTES or before < first - 1):
        return "quoted" if items[before].text in QUOTES or items[before + 1].text in QUOTES else "plain"
    if law and not opening and items[last - 1].word.form.startswith(_SUFFIXED_LAWS):
        while before > max(0, first - LAW_REACH) and (before in countries or _is_dating(items[before])):
            before -= 1
        if before >= 0 and items[before].text in QUOTES:
            return "quoted"
    told = ""
    for at in range(last, min(last + (LAW_REACH if law else 1), len(items))):
        token = items[at]
        if token.text in _NO and _is_other_number(items[at + 1 : at + 4]):
            told = "numbered"
        if token.text in QUOTES and token.text != "'":
            return "quoted"
        if token.word.form in _ABOUT:
            return "plain"
        if token.kind == BREAK or (token.kind == WORD and not is_passable(token) and at not in countries):
            return told
    return told


def _is_other_number(beside: Sequence[Token]) -> bool:
    """ "184-ФЗ", "215-VII": the number of a law, of none that is listed."""
    if len(beside) < 3 or beside[0].kind != NUMBER or beside[1].text not in HYPHENS or not beside[2].text.isupper():
        return False
    return f"{beside[0].text}-{beside[2].text}" not in registry().by_number


def _is_dating(token: Token) -> bool:
    """A word of the date of a law between its title and the law word: «… туралы» 2001 жылғы 23 қаңтардағы Заң."""
    return (
        token.kind == NUMBER
        or token.text in HYPHENS
        or token.text in ("№", "N")
        or bool(token.word.cues & {"dating", "month", "adopted", "linking"})
        or token.text.endswith(_ATTRIBUTIVE)
        or (token.text.isupper() and len(token.text) <= _SHORTEST)
    )


def of_what(tokens: Tokens, countries: Container[int], last: int) -> int:
    """Index after what a code is of: "Кодекс торгового мореплавания"; ``last`` if it is not told in a Russian genitive.

    A country is no such genitive, nor is a word that points.
    """
    items = tokens.items
    if last + 1 >= len(items) or last in countries or items[last].word.cues & _FUNCTION:
        return last
    genitive = items[last].text.endswith(_GENITIVES) and len(items[last].text) > _SHORTEST
    if not genitive or items[last + 1].kind != WORD or items[last].word.keywords:
        return last
    return phrase_end(tokens, last)


def phrase_end(tokens: Tokens, at: int) -> int:
    """Index after the words from ``at`` on, up to a mark or a level word."""
    items, until = tokens.items, at
    while until < min(at + _PHRASE, len(items)) and items[until].kind == WORD and not items[until].word.keywords:
        until += 1
    return until


def is_between(token: Token) -> bool:
    """May a word stand between the title of a law and the law word behind it: "about", "constitutional", its date?"""
    return "about" in token.word.cues or _is_constitutional(token) or _is_dating(token)


def _is_constitutional(token: Token) -> bool:
    return token.kind == WORD and token.text.lower().startswith(_CONSTITUTIONAL)


def is_passable(token: Token) -> bool:
    """May a word stand between a law word and its title: a month, "from", "№", "constitutional"?"""
    if _is_constitutional(token):
        return True
    return bool(token.word.cues & {"month", "linking", "dating", "about"}) or len(token.text) <= 2
