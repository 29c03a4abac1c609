"""Articles of what nothing here knows, so of no law of ours: "Article 5 of the handbook", «мұрағаттың 5-бабы»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import chain

from analysis.citations.chains import Ref
from analysis.citations.lexer import HYPHENS, WORD, Token, Tokens
from analysis.citations.named import Name
from analysis.citations.words import BESIDE, PLAIN, SUFFIXING, read_lists

_NEAR = 6  # tokens between a law and an article of it
_HIGHEST = 99  # articles that such a paper may have
_SHORTEST = 6  # letters of a genitive
_SHORT = 3  # letters of a word that tells nothing: "of", "the"
_DETERMINERS = frozenset(("the", "our", "a", "an", "their", "his", "her", "its"))
_PRONOUNS = frozenset(("it", "them", "which", "these", "those", "both", "each", "whatever", "late"))
_IZAFET = "и"


def is_strange(tokens: Tokens, names: Sequence[Name], ref: Ref, lawful: bool) -> bool:
    """Is a low article that of a word which no list knows?  ``lawful``: a law was named in this paragraph."""
    if ref.name is not None or not _is_low(ref) or _is_named_near(tokens, names, ref):
        return False
    last = max(ref.unit.last, ref.last)
    if ref.unit.lang in SUFFIXING:
        return ref.unit.after and ref.first > 0 and _is_owner(tokens, ref.first - 1, ref.unit.lang)
    behind = tokens.items[last : last + _NEAR]
    if ref.unit.lang == "en":
        return _is_of(behind)
    return not lawful and (_is_izafet(behind) if ref.unit.lang == "tg" else _is_abstract(behind))


def is_strange_code(tokens: Tokens, ref: Ref) -> bool:
    """Is a low article that of a code with an unknown adjective, «студенттік кодекс», «кодекси донишҷӯён»?"""
    name = ref.name
    if name is None or name.kind != "code" or not _is_low(ref):
        return False
    if ref.unit.lang == "tg":
        beside = tokens.items[name.last : name.last + 1]
        return bool(beside) and beside[0].kind == WORD and _is_unknown(beside[0])
    beside = tokens.items[max(0, name.first - 1) : name.first]
    relative = bool(beside) and beside[0].word is PLAIN and beside[0].text.lower().endswith(_endings("relative"))
    return relative and ref.unit.lang in SUFFIXING


def _is_low(ref: Ref) -> bool:
    return ref.number is not None and ref.number.first.isdecimal() and int(ref.number.first) <= _HIGHEST


def _is_named_near(tokens: Tokens, names: Sequence[Name], ref: Ref) -> bool:
    """Is a law named a few words before or behind in the sentence?"""
    here = bisect_left(names, ref.first, key=lambda name: name.first)
    before, behind = names[max(0, here - 1) : here], names[here : here + 1]
    near = [name for name in before if ref.first - name.last <= _NEAR]
    near += [name for name in behind if name.first - ref.last <= _NEAR]
    return any(tokens.sentence[name.first] == tokens.sentence[ref.first] for name in near)


def _is_owner(tokens: Tokens, at: int, lang: str) -> bool:
    """A word in the genitive that tells nothing, no abbreviation."""
    token = tokens.items[at]
    ending = at > 0 and tokens.items[at - 1].text in HYPHENS
    telling = token.word.cues or token.word.keywords or token.word.joins or token.word.ordinals
    plain = token.kind == WORD and not (telling or ending or token.text[:2].isupper())
    return plain and len(token.text) >= _SHORTEST and token.text.lower().endswith(_endings("genitive", lang))


def _is_of(behind: Sequence[Token]) -> bool:
    """ "of our handbook", up to a mark nothing but unknown words."""
    if not behind or behind[0].text != "of":
        return False
    nouns = [token for token in behind[1:] if token.text.lower() not in _DETERMINERS]
    if not nouns or nouns[0].kind != WORD or not _tells_nothing(nouns[0]) or nouns[0].text in _PRONOUNS:
        return False
    return not any(token.word.stems for token in nouns if len(token.text) > _SHORT)


def _is_izafet(behind: Sequence[Token]) -> bool:
    """«моддаи 5 дафтари меҳмонон»: an unknown word in izafet right behind the number."""
    word = next((token for token in behind[:3] if token.kind == WORD and token.text != _IZAFET), None)
    return word is not None and _is_unknown(word) and word.text.endswith(_endings("izafet"))


def _is_abstract(behind: Sequence[Token]) -> bool:
    """«статья 14 концессии»: an unknown word in the genitive, told by its suffix."""
    word = behind[0] if behind and behind[0].kind == WORD else None
    return word is not None and _is_unknown(word) and word.text.endswith(_endings("abstract"))


def _is_unknown(token: Token) -> bool:
    return _tells_nothing(token) and token.text.islower() and len(token.text) >= _SHORTEST


def _tells_nothing(token: Token) -> bool:
    """A word that the lists do not know, or only as one that stands beside a word for a paper: "club's"."""
    word = token.word
    if word is PLAIN:
        return True
    return not (word.stems or word.keywords or word.joins) and all(cue.startswith(BESIDE) for cue in word.cues)


@cache
def _endings(kind: str, lang: str = "") -> tuple[str, ...]:
    """One list of ``strangers.toml``: of a language, or of all that have it."""
    lists = read_lists("strangers.toml", ("genitive", "relative", "izafet", "abstract"))[kind]
    return tuple(lists[lang] if lang else chain.from_iterable(lists.values()))
