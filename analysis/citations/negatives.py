"""What looks like an article and is none (law-and-names §2.7, N1-N40)."""

from __future__ import annotations

from analysis.citations.chains import Ref
from analysis.citations.lexer import BREAK, NUMBER, WORD, Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.setting import Setting
from analysis.citations.unlisted import QUOTES
from analysis.citations.words import SUFFIXING
from analysis.tokens import APOSTROPHES

_GAZETTE_REACH = 30
_NUMERO = ("№", "N")
_NUMBER_REACH = 7
_GENITIVE_PLURAL = ("ов", "ев", "ей", "ий")
_ORGANISATION_REACH = 4
_TELLING = 3  # digits
_ABLATIVE = ("dan", "den", "tan", "ten", "дан", "ден", "тан", "тен", "дон")
_SUM_REACH = 8  # tokens between what is counted and "consists of"


def is_no_article(tokens: Tokens, setting: Setting, ref: Ref, titled: bool = False) -> bool:
    """Is this reference something else: a gazette item, an organisation, a press article?

    ``titled``: it is the heading of a text below the name of a law.
    """
    named = ref.name is not None and (ref.name.kind not in GENERIC or ref.attached)
    ours = named and ref.attached and not (ref.unit.lang == "en" and ref.name and ref.name.lang in SUFFIXING)
    return (
        _is_gazette(tokens, ref, _GAZETTE_REACH if setting.document["gazette"] else _NUMBER_REACH)
        or (not ours and _is_organisation(tokens, ref, bool(named)))
        or (ref.unit.weak and not (named or titled or _is_weighty(tokens, setting, ref) or _is_parted(ref)))
        or (not named and _is_counting(tokens, ref))
        or _is_measured(tokens, ref)
        or (not named and _is_title(tokens, ref))
        or (not named and _is_history(setting, tokens, ref))
    )


def is_unresolved_legal(tokens: Tokens, setting: Setting, ref: Ref) -> bool:
    """Is an article without a law still surely one (step 8)?"""
    cues = setting.cues(tokens.sentence[ref.first])
    legal = cues & {"legal", "criminal", "administrative", "civil", "constitution"}
    if ref.unit.lang == "en" or ref.unit.keyword is None:
        if tokens.items[ref.last : ref.last + 1] and tokens.items[ref.last].text[0].isupper():
            return False  # "Article 5 Chambers"
        return bool(legal - {"legal"} or setting.document["legal"] > 1 or ref.variants) and "press" not in cues
    if ref.variants or len(ref.unit.numbers) > 1:
        return True
    document = sum(setting.document[c] for c in ("legal", "criminal", "administrative", "civil", "constitution"))
    return bool(document) and "press" not in cues


def _is_weighty(tokens: Tokens, setting: Setting, ref: Ref) -> bool:
    """A number of three digits where a case is told: "174 бап бойынша айыпталды"."""
    cues = setting.cues(tokens.sentence[ref.first])
    return bool(ref.number and len(ref.number.first) > 2 and "criminal" in cues and "press" not in cues)


def _is_parted(ref: Ref) -> bool:
    """ "378-б. 1-бөл.", «2 часть 174 статьи»: a short or doubtful word, but with a part."""
    telling = ref.number is not None and len(ref.number.first) >= _TELLING
    return bool(ref.variants and ref.unit.keyword and (telling or ref.unit.keyword.id.endswith("-short")))


def _is_gazette(tokens: Tokens, ref: Ref, reach: int) -> bool:
    """ "(Ведомости …, 1991 г., № 16, ст. 158)"; ``reach``: tokens before the article in which it may be told."""
    items = tokens.items
    if ref.unit.after and ref.first > 1 and items[ref.first - 1].text == "№" and items[ref.first - 2].text == ",":
        return True  # "2010 ý., № 2, 28-nji madda"
    numbered, closed = False, 0
    for at in range(ref.first - 1, max(-1, ref.first - reach), -1):
        token = items[at]
        if token.kind == BREAK and items[at - 1].text not in _NUMERO:
            return False
        closed += (token.text == ")") - (token.text == "(")
        if closed > 0:
            continue  # "(Ведомости …, ст. 229) следующие изменения: в статье 226 …"
        if "gazette" in token.word.cues and token.text[0].isupper():
            inside = at > 0 and tokens.sentence[at - 1] == tokens.sentence[at]  # else "Maglumatlary", any information
            return inside or any(t.text in _NUMERO for t in items[at : ref.first])
        counts = token.text in _NUMERO or token.word.form == "no"
        if counts and ref.first - _NUMBER_REACH < at < ref.first - 1:
            behind = [
                t for t in items[at + 1 + (items[at + 1].text == ".") : ref.first] if t.kind != BREAK
            ]  # "vol. 19, no. 2, art. 158"
            numbered = behind[:1] != [] and behind[0].kind == NUMBER and any(t.text in ",;" for t in behind[1:])
            if numbered:
                return True
    return False


def _is_organisation(tokens: Tokens, ref: Ref, listed: bool) -> bool:
    """ "ARTICLE 19 welcomes …", «19-бап» ұйымы; ``listed``: a law is named later in the list."""
    number = ref.number
    if ref.unit.many or number is None or number.first != "19" or number.rest or number.brackets:
        return False
    if _is_called_organisation(tokens, ref):
        return True
    if ref.unit.lang != "en" or ref.variants:
        return False
    items = tokens.items
    if _is_among_others(tokens, ref):
        return True
    if items[ref.unit.first].text.islower():
        return False
    if items[ref.unit.first].text.isupper() and len(items[ref.unit.first].text) > 3:
        return True
    if ref.last + 1 < len(items) and items[ref.last].text in APOSTROPHES and items[ref.last + 1].text == "s":
        return True
    if ref.last < len(items) and items[ref.last].text in ("v", "vs"):
        return True  # "ARTICLE 19 v. …", a party of a case
    after = items[ref.last : ref.last + _ORGANISATION_REACH]
    before = items[max(0, ref.first - 2) : ref.first]
    if any("said" in t.word.cues and t.word.form != "and" for t in (*after[:3], *before)):
        return True
    if listed:
        return False
    joined = after[:1] and after[0].word.form == "and" and len(after) > 1 and after[1].text[:1].isupper()
    follows = before and before[-1].word.form == "and" and len(before) > 1 and before[0].text[:1].isupper()
    return bool(joined or follows)


def _is_called_organisation(tokens: Tokens, ref: Ref) -> bool:
    """A quoted name right beside a word for an organisation."""
    return "organisation" in _around_quoted(tokens, ref)


def _is_among_others(tokens: Tokens, ref: Ref) -> bool:
    """ "Article 19" in English inside a text in another language, or behind "the organisation": no article."""
    items, first, last = tokens.items, ref.unit.first, ref.unit.last
    around = [t for t in (*items[max(0, first - 1) : first], *items[last : last + 1]) if t.kind == WORD]
    foreign = any(not t.text.isascii() or t.word.cues & {"organisation"} for t in around)
    near = (*items[max(0, first - _ORGANISATION_REACH) : first], *items[last : last + _ORGANISATION_REACH])
    spoken = {cue for token in near for cue in token.word.cues}
    return items[first].text[0].isupper() and (foreign or "organisation" in spoken)


def _is_title(tokens: Tokens, ref: Ref) -> bool:
    """Китоби «Моддаи 30»: a quoted name beside a word for a book or a paper."""
    return bool(_around_quoted(tokens, ref) & {"press", "organisation"})


def _around_quoted(tokens: Tokens, ref: Ref) -> set[str]:
    """What the words right beside an article say that is all that stands in quotation marks."""
    items = tokens.items
    first, last = ref.unit.first - 1, ref.unit.last
    if first < 0 or last >= len(items) or items[first].text not in QUOTES or items[last].text not in QUOTES:
        return set()
    behind = (tokens.closing(last + 1) if last + 1 < len(items) else None) or last + 1  # «19-бап» (Article 19) ұйымы
    around = (*items[max(0, first - 2) : max(0, first)], *items[behind : behind + 2])
    return {cue for token in around for cue in token.word.cues}


def _is_counting(tokens: Tokens, ref: Ref) -> bool:
    """ "К статье 5 фотографий": a small number before a Russian genitive plural counts it."""
    after = tokens.items[ref.last : ref.last + 1]
    if ref.unit.lang != "ru" or ref.unit.after or not after or not ref.number or len(ref.number.first) > 2:
        return False
    return len(after[0].text) > 4 and after[0].text.endswith(_GENITIVE_PLURAL) and not after[0].word.keywords


def _is_measured(tokens: Tokens, ref: Ref) -> bool:
    """ "5 модда ғизоӣ", "3 тармақтан тұрады", "7 bapdan we 38 maddadan ybarat"."""
    items = tokens.items
    around = [t.text for t in (*items[max(0, ref.first - 1) : ref.first], *items[ref.last : ref.last + 2])]
    if around == ["(", ")", ":"] and ref.unit.weak and not ref.variants:
        return True  # "кодекси (5 берене): 195-берене …"
    ablative = items[ref.last - 1].text.endswith(_ABLATIVE)
    after = items[ref.last : ref.last + (_SUM_REACH if ablative else 2)]
    return any(
        ("measured" in t.word.cues or (ablative and "composed" in t.word.cues))
        and tokens.sentence[ref.first] == tokens.sentence[at]
        for at, t in enumerate(after, ref.last)
    )


def _is_history(setting: Setting, tokens: Tokens, ref: Ref) -> bool:
    """Article 58 of Stalin's time."""
    return "history" in setting.cues(tokens.sentence[ref.first])
