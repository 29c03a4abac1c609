"""Which of our seven languages a passage is in: its letters first, then py3langid among the languages they leave.

A letter outside a language's alphabet speaks against it (a few foreign names are allowed for); letters that a language
cannot do without speak against it when they are missing.  Short passages follow their neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Letters of each tag, and those of them without which it hardly writes a sentence.
_ALPHABETS = {
    "kk": ("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "ғқұі"),
    "ky": ("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", ""),
    "uz-Cyrl": ("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ", "ўқғҳ"),
    "tg": ("абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюяц", "қғҳӣӯҷ"),
    "ru": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "ыь"),
    "en": ("abcdefghijklmnopqrstuvwxyz", "wth"),
    "uz": ("abcdefghijklmnopqrstuvxyzõğşçʻ", "oq"),
    "tk": ("abçdeäfghijžklmnňoöprsştuüwyýz", "äňýşžöüçw"),
    "tk-Cyrl": ("абвгдеёжҗзийклмнңоөпрстуүфхцчшщъыьэәюя", "җ"),
    "kk-Latn": ("abcdefghijklmnopqrstuvwxyzáóúýǵńäöüğşñŋūı", "qáóúýǵńäöüğşñŋūı"),
}
_ONLY = {  # letters that decide between languages that share most of theirs, and one in how many it takes
    "kk": ("әұіһ", 50),
    "uz-Cyrl": ("ў", 50),
    "tg": ("ӣӯҷ", 50),
    "tk": ("ňžý", 50),
    "tk-Cyrl": ("җ", 250),
}
FOREIGN = 0.03  # share of letters outside its alphabet that a passage may hold: names of other languages
NEEDED = 150  # letters after which a language's own letters must have shown up
SHORT = 24  # letters below which a passage follows its neighbours
HEAD = 600  # characters given to the model
MAIN_SHARE = 0.25  # of a text, written in the language that it has as a whole


def detect(text: str) -> str:
    """The tag of a text: ``kk ky uz uz-Cyrl tg tk ru en kk-Latn``; "" if it holds no Cyrillic or Latin letter."""
    return _public(_tag(text, _letters(text)))


def detect_passages(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """One tag for each ``text[start:end]``, in order.

    A passage of fewer than 24 letters takes the tag of the one before it, or of the whole text, if its letters allow.
    """
    passages = [text[start:end] for start, end in spans]
    previous = whole = _tag(text, _letters(text)) if passages else ""
    tags: list[str] = []
    for passage in passages:
        counts = _letters(passage)
        if counts.total() >= SHORT:
            tag = previous = _tag(passage, counts)
        else:
            allowed = (t for t in (previous, whole) if t and counts and counts.keys() <= set(_ALPHABETS[t][0]))
            tag = next(allowed, "") or _tag(passage, counts)
        tags.append(_public(tag))
    return tags


def main_language(text: str, spans: Sequence[tuple[int, int]], tags: Sequence[str]) -> str:
    """The tag of a whole text whose passages have these tags.

    It is the one that its letters together have, unless few of the passages do: a text of three languages has the
    letters of a fourth.
    """
    shares: Counter[str] = Counter()
    for (start, end), tag in zip(spans, tags, strict=True):
        shares[tag] += end - start if tag else 0
    whole = detect(text)
    if not shares or shares[whole] >= MAIN_SHARE * shares.total():
        return whole
    return max(shares, key=lambda tag: shares[tag])


def _public(tag: str) -> str:
    return "tk" if tag == "tk-Cyrl" else tag


def _tag(text: str, counts: Counter[str]) -> str:
    tags = _possible(counts)
    return tags[0] if len(tags) == 1 else _likeliest(text, tags)


def _letters(text: str) -> Counter[str]:
    counts = Counter(text.casefold())
    return Counter(
        {c: n for c, n in counts.items() if c.isalpha() and ("a" <= c <= "ŋ" or "а" <= c <= "ӿ" or c == "ū")}
    )


def _possible(counts: Counter[str]) -> list[str]:
    """Tags that the letters allow, at least one unless there are no letters."""
    total = counts.total()
    if not total:
        return []
    foreign = {tag: sum(n for c, n in counts.items() if c not in own) for tag, (own, _) in _ALPHABETS.items()}
    least = min(foreign.values())
    tags = [tag for tag, n in foreign.items() if n <= least + FOREIGN * total]
    if total >= NEEDED:
        tags = [tag for tag in tags if not (own := _ALPHABETS[tag][1]) or any(counts[c] for c in own)] or tags
    decided = [tag for tag in tags if tag in _ONLY and sum(counts[c] for c in _ONLY[tag][0]) * _ONLY[tag][1] > total]
    return decided if len(decided) == 1 else tags


def _likeliest(text: str, tags: Sequence[str]) -> str:
    if not tags:
        return ""
    codes = {tag.partition("-")[0]: tag for tag in reversed(tags)}
    ranked = _model().rank(text[:HEAD])
    return next(codes[code] for code, _ in ranked if code in codes)


@cache
def _model() -> LanguageIdentifier:
    """py3langid restricted to our languages.  Its arrays are only read, so one model serves all threads."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(["kk", "ky", "uz", "tg", "tk", "ru", "en"])
    return model
