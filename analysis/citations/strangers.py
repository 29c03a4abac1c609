"""Articles of what nothing here knows, so of no law of ours: "Article 5 of the handbook", «мұрағаттың 5-бабы»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from analysis.citations.chains import Ref
from analysis.citations.lexer import HYPHENS, WORD, Token, Tokens
from analysis.citations.names import Name
from analysis.citations.words import PLAIN, SUFFIXING

_NEAR = 6  # tokens between a law and an article of it
_HIGHEST = 99  # articles that such a paper may have
_SHORTEST = 6  # letters of a genitive
_GENITIVES = {
    "kk": (
        "ның",
        "нің",
        "дың",
        "дің",
        "тың",
        "тің",
        "дағы",
        "дегі",
        "тағы",
        "тегі",
        "nyń",
        "niń",
        "dyń",
        "diń",
        "tyń",
        "tiń",
    ),
    "ky": (
        *("нын", "нин", "нун", "нүн", "дын", "дин", "дун", "дүн", "тын", "тин", "тун", "түн"),
        *("дагы", "деги", "догу", "дөгү", "тагы", "теги", "тогу", "төгү"),
    ),
    "uz": ("ning", "нинг", "dagi", "даги"),
    "tk": ("yň", "iň", "uň", "üň", "daky", "däki"),
}
_DETERMINERS = frozenset(("the", "our", "a", "an", "their", "his", "her", "its"))
_PRONOUNS = frozenset(("it", "them", "which", "these", "those", "both", "each", "whatever", "late"))
_IZAFET = "и"


def is_strange(tokens: Tokens, names: Sequence[Name], ref: Ref, lawful: bool) -> bool:
    """Is a low article that of a word which no list knows?  ``lawful``: a law was named in this paragraph."""
    number = ref.number.first if ref.number else ""
    if not number.isdecimal() or int(number) > _HIGHEST or _is_named_near(tokens, names, ref):
        return False
    last = max(ref.unit.last, ref.last)
    if ref.unit.lang in SUFFIXING:
        return ref.unit.after and ref.first > 0 and _is_owner(tokens, ref.first - 1, ref.unit.lang)
    if ref.unit.lang == "en":
        return _is_of(tokens.items[last : last + _NEAR])
    return ref.unit.lang == "tg" and not lawful and _is_izafet(tokens.items[last : last + 3])


def _is_named_near(tokens: Tokens, names: Sequence[Name], ref: Ref) -> bool:
    """Is a law named a few words before or behind in the sentence?"""
    here = bisect_left(names, ref.first, key=lambda name: name.first)
    before, behind = names[max(0, here - 1) : here], names[here : here + 1]
    near = [name for name in before if ref.first - name.last <= _NEAR]
    near += [name for name in behind if name.first - ref.last <= _NEAR]
    return any(tokens.sentence[name.first] == tokens.sentence[ref.first] for name in near)


def _is_owner(tokens: Tokens, at: int, lang: str) -> bool:
    """An unknown word in the genitive, no abbreviation."""
    token = tokens.items[at]
    ending = at > 0 and tokens.items[at - 1].text in HYPHENS
    plain = token.kind == WORD and token.word is PLAIN and not ending and not token.text[:2].isupper()
    return plain and len(token.text) >= _SHORTEST and token.text.lower().endswith(_GENITIVES[lang])


def _is_of(behind: Sequence[Token]) -> bool:
    """ "of our handbook", up to a mark nothing but unknown words."""
    if not behind or behind[0].text != "of":
        return False
    nouns = [token for token in behind[1:] if token.text.lower() not in _DETERMINERS]
    if not nouns or nouns[0].kind != WORD or nouns[0].word is not PLAIN or nouns[0].text in _PRONOUNS:
        return False
    return not any(token.word.stems for token in nouns)


def _is_izafet(behind: Sequence[Token]) -> bool:
    """«моддаи 5 дафтари меҳмонон»: an unknown word in izafet right behind the number."""
    word = next((token for token in behind if token.kind == WORD and token.text != _IZAFET), None)
    plain = word is not None and word.word is PLAIN and word.text.islower()
    return word is not None and plain and len(word.text) >= _SHORTEST and word.text.endswith(_IZAFET)
