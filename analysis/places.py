"""Which countries a document is about: words as evidence, weights, thresholds (law-and-names §3.1, §3.2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from analysis.evidence import Evidence, Reading, Stretch, read
from analysis.lexicon import Lexicon, Match, load, table

COUNTRIES = ("kz", "kg", "uz", "tj", "tm", "ru")
INTERNATIONAL = "int"
KINDS = ("name", "weak", "institution", "city", "currency", "person", "outlet")
THRESHOLD = 6.0
FEW_WORDS = 250
ALONE_THRESHOLD = 3.0  # in a text of few words that names no other country
ALONE_RATIO = 3.0
SECONDARY_SHARE = 0.45  # of the best score
COMPARED = 0.2  # a country inside "similar to the law of …"
DATELINE = 4.0
CITATION = 3.0
NAME_WEIGHT = {"title": 6.0, "lead": 3.0, "body": 1.0}
LABEL = 6.0  # a name that heads a section
LABELLED_COUNTRIES = 3  # a survey: so many countries with a section each are all its countries
CAPS = {
    "label": 6.0, "name.title": 6.0, "name.lead": 6.0, "name.body": 5.0, "citation": 9.0, "institution": 8.0,
    "city": 6.0, "currency": 3.0, "person": 3.0, "outlet": 2.0, "dateline": 4.0,
}  # fmt: skip
TITLE_FACTOR = 2.0  # for what is no name of a state
KIND_WEIGHT = {"institution": 2.0, "city": 1.5, "currency": 1.0, "person": 1.5, "outlet": 1.0}
NAMES = frozenset({"name", "weak"})
_LABEL_END = re.compile(r"\s*(?:[.:]\s|\Z)")
_SECTION = 60  # characters of a paragraph that has something to say
_DATELINE = re.compile(r"([^\n]{0,60}?)(?:--|[—–]| - |, \d{1,2} \w+|\([^()\n]{2,40}\))")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_WINDOW = 40  # characters before or after a name in which a comparison is looked for
_WIDE = 64  # after a name: the verb of a comparison stands at the end of its clause


@dataclass(frozen=True, slots=True)
class Country:
    """One country with its score and all evidence for it, strongest first."""

    value: str
    score: float
    evidence: tuple[Evidence, ...]


def mentions(text: str, lang: str = "") -> list[Evidence]:
    """Every country word of a text, in order, with its bare weight: for other rooms that ask what a phrase names.

    ``note`` begins with "compared" where the country is only a comparison.
    """
    found = []
    for stretch in read(text, lang=lang).body:
        for match in lexicon().find(stretch):
            if match.rule.value:
                start, end, where = _span(stretch, match)
                note = _compared(stretch, start, end)
                rule = match.rule
                found.append(Evidence(rule.value, rule.id, rule.kind, rule.weight, start, end, where, note))
    return found


def find(reading: Reading) -> list[Evidence]:
    """All evidence of a document for its countries, weighted by place and context, in reading order."""
    return [
        e
        for stretch, following in zip_longest(reading.stretches, reading.stretches[1:])
        for e in _in_stretch(stretch, _says_something(following))
    ]


def cited(value: str, start: int, end: int, where: str = "text", note: str = "") -> Evidence:
    """The evidence of a resolved citation of a statute of this country."""
    return Evidence(value, f"{value}.citation", "citation", CITATION, start, end, where, note)


def decide(reading: Reading, evidence: Iterable[Evidence], treaty: str = "") -> list[Country]:
    """The countries of the document, best first; empty where no one reaches the threshold.

    ``treaty`` says where an international instrument is cited: "title", "text" or "".
    """
    found: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        found[e.value].append(e)
    scores = [Country(c, _score(es), tuple(sorted(es, key=lambda e: -e.weight))) for c, es in found.items()]
    scores.sort(key=lambda c: (-c.score, c.value))
    best = scores[0].score if scores else 0.0
    labelled = {c.value for c in scores if any(e.kind.startswith("label") for e in c.evidence)}
    survey = labelled if len(labelled) >= LABELLED_COUNTRIES else set()
    chosen = [
        c
        for c in scores
        if c.value in survey
        or (c.score >= THRESHOLD and c.score >= SECONDARY_SHARE * best and not _passing(reading, c.evidence))
    ]
    if not chosen and treaty != "title" and _alone(reading, scores):
        chosen = scores[:1]
    if not chosen and treaty:
        return [Country(INTERNATIONAL, 0.0, ())]
    return chosen


def _alone(reading: Reading, scores: Sequence[Country]) -> bool:
    """A page of few words cannot gather much evidence: half is enough where no other country is named beside it."""
    words = sum(len(s.tokens) for s in reading.stretches)
    if not scores or words > FEW_WORDS or scores[0].score < ALONE_THRESHOLD:
        return False
    return len(scores) == 1 or scores[1].score * ALONE_RATIO <= scores[0].score


def _says_something(stretch: Stretch | None) -> bool:
    return stretch is not None and stretch.end - stretch.start >= _SECTION


def _in_stretch(stretch: Stretch, followed: bool = False) -> Iterator[Evidence]:
    """Evidence of one paragraph: a name counts once a paragraph, everything else as often as it stands there."""
    named: set[str] = set()
    dateline = _dateline(stretch)
    for match in lexicon().find(stretch):
        rule = match.rule
        if not rule.value or (rule.kind == "currency" and not _amount(stretch, match)):
            continue
        if rule.kind in NAMES:
            if rule.value in named and stretch.zone != "title":
                continue
            weight = NAME_WEIGHT[stretch.zone] * rule.weight
        else:
            weight = KIND_WEIGHT[rule.kind] * rule.weight * (TITLE_FACTOR if stretch.zone == "title" else 1.0)
        if stretch.zone == "body":
            weight *= stretch.factor
        start, end, where = _span(stretch, match)
        kind, note = rule.kind, match.pattern
        if compared := _compared(stretch, start, end):
            weight, note = weight * COMPARED, compared
        elif rule.kind in NAMES:
            named.add(rule.value)
        if rule.kind in ("city", "name") and end <= dateline:
            kind, weight = "dateline", max(weight, DATELINE)
        if rule.kind == "name" and _labels(stretch, match, followed):
            kind, weight = "label", LABEL
        yield Evidence(rule.value, rule.id, f"{kind}.{stretch.zone}", weight, start, end, where, note)


def _labels(stretch: Stretch, match: Match, followed: bool) -> bool:
    """«Kazakhstan. The law …», or a line that is only the name, with a paragraph of text under it."""
    if match.first or stretch.where == "title" or stretch.zone == "title":
        return False
    end = stretch.tokens[match.last - 1].end
    label = _LABEL_END.match(stretch.text, end, stretch.end)
    return label is not None and (stretch.end - label.end() >= _SECTION or (followed and label.end() == stretch.end))


def _score(evidence: Sequence[Evidence]) -> float:
    """Sum with the caps of §3.1; institutions, cities and people count once each, by what they are called."""
    sums: dict[str, float] = defaultdict(float)
    best: dict[tuple[str, str], float] = {}
    for e in evidence:
        kind = e.kind.partition(".")[0]
        if kind in NAMES or kind in ("citation", "currency", "dateline", "label"):
            sums[e.kind if kind in NAMES else kind] += e.weight
        else:
            key = (kind, e.note)
            best[key] = max(best.get(key, 0.0), e.weight)
    for (kind, _), weight in best.items():
        sums[kind] += weight
    for zone in ("title", "lead", "body"):
        sums[f"name.{zone}"] += sums.pop(f"weak.{zone}", 0.0)
    return sum(min(total, CAPS.get(kind, total)) for kind, total in sums.items())


def _passing(reading: Reading, evidence: Sequence[Evidence]) -> bool:
    """Named in one paragraph of a longer text and neither in the title nor in the lead."""
    body = [s for s in reading.body if s.tokens]
    if len(body) <= 3 or any(e.kind.endswith((".title", ".lead")) or e.kind.startswith("label") for e in evidence):
        return False
    starts = [s.start for s in body]
    return len({bisect_right(starts, e.start) for e in evidence if e.where == "text"}) <= 1


def _dateline(stretch: Stretch) -> int:
    """Offset where the dateline of a first paragraph ends, 0 where there is none."""
    if stretch.zone == "body" or stretch.where == "title":
        return 0
    match = _DATELINE.match(stretch.text, stretch.start, stretch.end)
    if not match or any(word[:1].islower() for word in match.group(1).split()):
        return 0
    return match.end()


def _amount(stretch: Stretch, match: Match) -> bool:
    """A number stands within two words before the currency."""
    before = stretch.tokens[max(0, match.first - 2) : match.first]
    after = stretch.tokens[match.last : match.last + 1]
    if any(t.text[0].isdigit() for t in before):
        return True
    return not before and any(t.text[0].isdigit() for t in after) and len(stretch.tokens) > 3


def _compared(stretch: Stretch, start: int, end: int) -> str:
    """ "compared: before" or "after" where words of a comparison stand close by in the same sentence, else ""."""
    before = stretch.text[max(stretch.start, start - _WINDOW) : start]
    after = stretch.text[end : min(stretch.end, end + _WIDE)]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :].casefold() if ends else before.casefold()
    stop = _SENTENCE_END.search(after)
    after = (after[: stop.start()] if stop else after).casefold()
    for rule, pattern in _comparisons():
        if pattern.search(before if rule == "before" else after):
            return f"compared: {rule}"
    verb = _comparing_verb().search(after)
    return "compared: verb" if verb and not _named_between(stretch, end, end + verb.start()) else ""


def _named_between(stretch: Stretch, start: int, end: int) -> bool:
    """«Қазақстандағы заң Ресейдегі заңға ұқсас»: only the nearer state is the one compared with."""
    first, last = (bisect_right(stretch.tokens, at, key=lambda token: token.start) for at in (start - 1, end - 1))
    between = replace(stretch, tokens=stretch.tokens[first:last])
    return any(match.rule.kind in NAMES for match in lexicon().find(between))


@cache
def _comparisons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = table("places.toml")["comparison"]
    before, after = words["before"], words["after"]
    return (
        ("before", re.compile(r"\b(?:" + "|".join(map(re.escape, before)) + r")\W(?:\w+\W){0,3}\Z")),
        ("after", re.compile(r"\A\W?(?:\w+\W)?(?:" + "|".join(map(re.escape, after)) + r")\b")),
    )


@cache
def _comparing_verb() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, table("places.toml")["comparison"]["verbs"])) + ")")


def _span(stretch: Stretch, match: Match) -> tuple[int, int, str]:
    return stretch.tokens[match.first].start, stretch.tokens[match.last - 1].end, stretch.where


@cache
def lexicon() -> Lexicon:
    """The word list of this module, compiled once."""
    return load("places.toml", COUNTRIES, KINDS)
