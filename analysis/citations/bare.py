"""Numbers that have no level word beside them, only the name of a law."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from analysis.citations.laws import CODES, named_laws
from analysis.citations.lexer import BREAK, DASHES, MARK, NUMBER, WORD, Tokens
from analysis.citations.lexicon import UNLISTED
from analysis.citations.lists import read_list
from analysis.citations.named import Name
from analysis.citations.numbers import Number, is_year, read_number
from analysis.citations.units import Unit
from analysis.citations.unlisted import QUOTES
from analysis.citations.words import SUFFIXING

_CODE_ABBREVIATIONS = ("ru", "kk", "tg")  # languages in which they mean next to nothing else
_GOVERNING = frozenset(
    ("under", "per", "with", "of", "to", "by", "from", "violating", "breaching", "is", "against", "and")
)
_PREPOSITIONS = frozenset(("по", "на", "с", "со", "под", "under"))
_BEFORE_NUMBER = DASHES | frozenset(":,(№")
_NUMBERED = frozenset(("гл", "глава", "главы", "главе", "главой", "стр", "разд", "раздел", "раздела", "разделе", "том"))
_ALSO = frozenset(("under", "по", "на"))
_ONLY = frozenset(("одна", "одну", "лишь", "только"))  # «… статья 330, часть 2 статьи 326, дошла одна 327-я»
_VERBS = ("ли", "ла", "ло", "лся", "лись", "ет", "ют", "ит", "ят", "ся", "ют", "ены", "ена", "ено")
_LONG = 5  # tokens of a number
_TELLING = 3  # digits
_CASE = 15  # tokens around a number without a level word in which a case must be told


def bare_units(tokens: Tokens, units: Sequence[Unit], names: Sequence[Name]) -> Iterator[Unit]:
    """ "По 174 УК РК", "ҚК 174 және 405", "три статьи УК КР: 278 и 330", «статья Уголовного кодекса 174», "19(3)"."""
    taken = {at for unit in units for at in range(unit.first, unit.last)}
    parts = {unit.last: unit.first for unit in units if unit.level != "article"}
    sentences = {tokens.sentence[unit.first] for unit in units if unit.level == "article"}
    ends = {name.last for name in names}
    for name in names:
        for unit in (
            _before(tokens, name, parts, sentences, ends),
            _shared(tokens, name, sentences),
            _after_article(tokens, name) or _after(tokens, name),
        ):
            if unit and taken.isdisjoint(range(unit.first, unit.last)):
                yield unit
                taken |= set(range(unit.first, unit.last))
    named, cited = {name.first for name in names}, _cited(tokens, units)
    starts = {unit.first for unit in units if unit.level == "part" and not unit.after}
    for at in tokens.telling:
        if tokens.items[at].kind == NUMBER and at and at not in taken:
            unit = (
                _understood(tokens, at, named)
                or _again(tokens, at, cited)
                or _also(tokens, at, sentences)
                or _with_part(tokens, at, starts)
            )
            if unit and taken.isdisjoint(range(unit.first, unit.last)):
                sentences.add(tokens.sentence[at])
                yield unit


def _cited(tokens: Tokens, units: Sequence[Unit]) -> dict[tuple[int, str], int]:
    """Paragraph and number of the articles that have a level word -> the place of the first."""
    articles = (unit for unit in reversed(units) if unit.level == "article" and not unit.weak)
    return {(tokens.paragraph[unit.first], n.first): unit.first for unit in articles for n in unit.numbers}


def _again(tokens: Tokens, at: int, cited: Mapping[tuple[int, str], int]) -> Unit | None:
    """ "Article 19(2) protects …; 19(3) lists …": another paragraph of an article that the text has just cited."""
    if cited.get((tokens.paragraph[at], tokens.items[at].text), at) >= at:
        return None
    number = read_number(tokens, at)
    told = number and not number.rest and number.brackets and number.brackets[0].isdecimal()
    return Unit("article", (number,), at, number.stop, None) if number and told else None


def _also(tokens: Tokens, at: int, sentences: Collection[int]) -> Unit | None:
    """ "202-2 статью — о ложной информации и 201-1 — о призывах", "130-ю статью и 131-ю", "… under Article 174, but not
    under 405", «по 174-й сняли, по 405-й оставили»: an article behind another.
    """
    before = tokens.items[at - 1]
    noted = before.text == "," and at > 1 and tokens.items[at - 2].text == ")"
    if tokens.sentence[at] not in sentences or not (
        noted or before.word.joins == "and" or before.text in _ALSO | _ONLY
    ):
        return None
    number = read_number(tokens, at)
    if number is None:
        return None
    if noted:  # "ст. 174 УК (разжигание), 405 (участие)"
        note = number.stop < len(tokens) and tokens.items[number.stop].text == "(" and not number.ordinal
        return Unit("article", (number,), at, number.stop, None) if note and len(number.first) == _TELLING else None
    if before.text in _ALSO | _ONLY:
        after = tokens.items[number.stop] if number.stop < len(tokens) else before
        done = after.kind == WORD and number.ordinal and after.text.endswith(_VERBS)
        ends = number.stop == len(tokens) or after.kind != WORD or bool(after.word.joins)
        fits = number.ordinal if before.text in _ONLY else not (number.ordinal and before.text == "under")
        plain = len(number.first) == _TELLING and fits
        return Unit("article", (number,), at, number.stop, None) if plain and (done or ends) else None
    inserted = number.joint == "hyphen" and len(number.rest) == 1 and int(number.rest[0]) < int(number.first)
    inserted = inserted or (number.joint == "dot" and len(number.first) == _TELLING)
    alone = number.stop == len(tokens) or tokens.items[number.stop].kind != WORD
    told = inserted or (number.ordinal and len(number.first) == _TELLING and alone)
    return Unit("article", (number,), at, number.stop, None) if told else None


def _understood(tokens: Tokens, at: int, named: Collection[int]) -> Unit | None:
    """ "Статья" left out, where a case is told: «судили по 274-й», «переквалифицировали на 330-ю», «по 207.3»."""
    items, sentence = tokens.items, tokens.sentence
    before = at - 1 - (items[at - 1].text in QUOTES)
    if before < 0 or items[before].word.form not in _PREPOSITIONS:
        return None
    number = read_number(tokens, at)
    if number is None or not (number.rest or (number.ordinal and len(number.first) == 3)):
        return None
    quoted = before < at - 1 or (number.stop < len(items) and items[number.stop].text in QUOTES)
    after = number.stop + quoted
    judged = number.ordinal and before > 0 and "criminal" in items[before - 1].word.cues  # «осуждён по 307-й …»
    counts = after < len(items) and items[after].kind == WORD and after not in named and not items[after].word.joins
    if counts and not judged:
        return None
    near = range(max(0, at - _CASE), min(len(items), at + _CASE))
    signs = {cue for i in near if sentence[i] == sentence[at] for cue in items[i].word.cues}
    wanted = {"criminal", "administrative", "legal"} if quoted else {"criminal", "administrative"}
    return Unit("article", (number,), at, number.stop, None) if signs & wanted else None


def _with_part(tokens: Tokens, at: int, starts: Collection[int]) -> Unit | None:
    """ "Вымогательство (165-я, часть 3)", "reclassified to 174, part 2": a number that has a part behind it."""
    number = read_number(tokens, at) if starts and len(tokens.items[at].text) == _TELLING else None
    led = tokens.items[at - 1].text in ("to", "under", "на", "по")
    if number is None or not (number.ordinal or led):
        return None
    after = number.stop + (number.stop < len(tokens) and tokens.items[number.stop].text == ",")
    return Unit("article", (number,), at, number.stop, None) if after in starts else None


def _before(
    tokens: Tokens, name: Name, parts: Mapping[int, int], sentences: Collection[int], ends: Collection[int]
) -> Unit | None:
    """Numbers before the abbreviation of a code: "по 174 УК", "330 КЖК", "405 (ч. 2) УК", "174 и 405 УК"."""
    if unit := _of_another(tokens, name, sentences):
        return unit
    items, of = tokens.items, _of_code(tokens, name, tokens.sentence[name.first] in sentences)
    parted = name.first in parts  # "158 ч.3 ЖК"
    code = name.kind == "abbreviation" and (
        name.lang == "ru" or ((parted or _is_code(name)) and name.lang in SUFFIXING)
    )
    if of is None and not code:
        return None
    last = name.first if of is None else of
    while last > 0 and (last in parts or items[last - 1].text in ("(", ")", ",")):
        last = parts.get(last, last - 1)
    numbers: list[Number] = []
    digits = 2 if name.lang == "ru" and last == name.first else 3
    while number := _ending(tokens, last):
        if len(number.first) < digits or is_year(number):
            break
        numbers.append(number)
        last, digits = number.start, 3
        while last > 0 and (items[last - 1].text in (",", "/") or items[last - 1].word.joins == "and"):
            last -= 1
        if last == number.start and number.ordinal and last and items[last - 1].text == "на":
            last -= 1  # «переквалифицировали 130-ю на 131-ю УК»
        if last == number.start:
            break
    numbers.reverse()
    if numbers and numbers[0].start in ends:
        return None  # "JKning 139-, MJtKning 40-moddalari"
    if numbers and not (
        _is_governed(tokens, numbers[0].start) if of is not None else _is_free(tokens, numbers[0].start)
    ):
        return None
    return Unit("article", tuple(numbers), numbers[0].start, numbers[-1].stop, None) if numbers else None


def _of_another(tokens: Tokens, name: Name, sentences: Collection[int]) -> Unit | None:
    """ "Articles 19 of the ICCPR and 10 of the ECHR", «статьи 29 Конституции и 10 Конвенции»: of a second law."""
    items, last = tokens.items, name.first
    if name.kind in ("law", "code", UNLISTED) or tokens.sentence[last] not in sentences:
        return None
    while last > 0 and items[last - 1].text in ("of", "the"):
        last -= 1
    number = _ending(tokens, last)
    if number is None or number.start == 0 or is_year(number) or number.ordinal:
        return None
    before = items[number.start - 1]
    joined = before.word.joins == "and" or (before.text == "," and name.kind == "abbreviation")
    return Unit("article", (number,), number.start, number.stop, None) if joined else None


def _of_code(tokens: Tokens, name: Name, cited: bool) -> int | None:
    """Where "of the Criminal Code", "CC of Kazakhstan" begins, None where no code in English follows a number.

    ``cited``: the sentence has an article, so that "405 CC" is one as well.
    """
    items, at = tokens.items, name.first
    if name.lang not in ("", "en") or name.kind == "law":
        return None
    if not (name.kind == "code" or name.generic == "code" or any(one.kind in CODES for one in named_laws(name, "en"))):
        return None
    while at > 0 and (items[at - 1].text in ("of", "the") or (name.year and items[at - 1].text == name.year)):
        at -= 1
    return at if at < name.first or (name.kind == "abbreviation" and (name.country or cited)) else None


def _is_governed(tokens: Tokens, at: int) -> bool:
    """Does a preposition, a mark or nothing stand before a number?  A noun would be what it numbers: "page 174"."""
    before = tokens.items[at - 1] if at else None
    return before is None or before.kind in (MARK, BREAK) or before.text.lower() in _GOVERNING


def _is_free(tokens: Tokens, at: int) -> bool:
    """Does a number belong to no noun before it: «на странице 174 УК», «гл. 47 УПК»?"""
    at -= at > 1 and tokens.items[at - 1].text == "."
    return at == 0 or not (
        "counted" in tokens.items[at - 1].word.cues or tokens.items[at - 1].text.lower() in _NUMBERED
    )


def _ending(tokens: Tokens, last: int) -> Number | None:
    """The number that ends at a place."""
    first, items = last - 1, tokens.items
    while first > 0 and tokens.joined(first) and items[first - 1].kind in (NUMBER, MARK) and last - first < _LONG:
        first -= 1
    numbers = (read_number(tokens, here) for here in range(max(first, 0), last))
    return next((n for n in numbers if n and n.stop == last), None)


def _after(tokens: Tokens, name: Name) -> Unit | None:
    """Numbers of three digits behind the abbreviation of a code, before no noun that they could count."""
    english = (
        name.kind == "abbreviation" and name.lang == "en" and any(one.kind in CODES for one in named_laws(name, "en"))
    )
    if name.kind != "abbreviation" or not (english or _is_code(name)):
        return None
    at = name.last + (name.last < len(tokens) and tokens.items[name.last].text in _BEFORE_NUMBER)
    numbers, last = read_list(tokens, at, "article")
    if not numbers or any(len(n.first) != _TELLING or n.ordinal for n in numbers):
        return None
    if english and not (name.country or numbers[0].brackets):
        return None
    after = tokens.items[last : last + 1]
    part = after and any(k.level != "article" for k in after[0].word.keywords)
    counts = after and after[0].kind == WORD and not part and not after[0].word.joins
    return None if counts else Unit("article", tuple(numbers), at, last, None)


def _shared(tokens: Tokens, name: Name, sentences: Collection[int]) -> Unit | None:
    """ "Қылмыстық кодекстің 174-ші, Әкімшілік кодекстің 488-ші баптары": a number that shares the level word behind."""
    items, number = tokens.items, read_number(tokens, name.last)
    if number is None or number.stop >= len(tokens) or name.lang not in SUFFIXING or is_year(number):
        return None
    shares = items[number.stop].text == "," or items[number.stop].word.joins == "and"
    joined = shares and items[number.stop + 1 : number.stop + 2] and items[number.stop + 1].word.stems
    cited = tokens.sentence[name.first] in sentences
    return Unit("article", (number,), number.start, number.stop, None) if joined and cited else None


def _is_code(name: Name) -> bool:
    """An abbreviation that can hardly mean anything else: КЖК, but not ЖК, a parliament in Kyrgyz."""
    return name.lang in _CODE_ABBREVIATIONS or not name.ambiguous


def _after_article(tokens: Tokens, name: Name) -> Unit | None:
    """Numbers after "articles of the Criminal Code:", or after the name where "article" stands right before it."""
    items, at = tokens.items, name.last
    colon = at < len(items) and items[at].text in _BEFORE_NUMBER - {","}
    before = items[max(0, name.first - (4 if colon else 1)) : name.first]
    if not any(keyword.level == "article" for token in before for keyword in token.word.keywords):
        return None
    if any(token.kind == NUMBER for token in before):
        return None  # "ст. 174 УК — 25 дел"
    numbers, last = read_list(tokens, at + colon, "article")
    if not numbers or is_year(numbers[0]) or any(n.langs and n.stop - n.start < 2 for n in numbers):
        return None
    return Unit("article", tuple(numbers), at + colon, last, None)
