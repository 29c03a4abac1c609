"""Which kinds of people and bodies a document is about: twenty types, scored by place (law-and-names §4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.evidence import Evidence, Reading, Stretch
from analysis.lexicon import Lexicon, Match, load, table
from analysis.tokens import Token

TYPES: tuple[str, ...] = tuple(table("actors.toml")["types"]["ids"])
AGENTS = frozenset({"prosecutor", "police", "judge-court", "security-service", "government-official", "head-of-state"})
KINDS = ("role", "body", "office")
THRESHOLD = 2.0
WEIGHTS = {"title": 2.0, "lead": 1.5, "body": 0.5}
BODY_CAP = 3.0
PERSON = 1.0  # the role of one person: named, or counted ("two lawyers"), or one office or body written with capitals
_FAR = re.compile(r"[.,;:!?()\n«“\"–—]")
_CLAUSE = re.compile(r"[.,;:!?()\n–—]")
_COMPLEMENT = 7  # words after a role in which the name of the person may stand
_APPOSITION = re.compile(r",\s(?:an?\s|the\s)?(?:[^\W\d]+(?:\s|-)){0,2}\Z")


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor type of a document with its score and evidence, strongest first."""

    value: str
    score: float
    evidence: tuple[Evidence, ...]


def find(reading: Reading) -> list[Evidence]:
    """Every word for an actor type with its weight, in reading order; kind "title", "lead" or "body"."""
    weights = {**WEIGHTS, "body": WEIGHTS["body"] * reading.dilution}
    if reading.short and not reading.title:
        weights = dict.fromkeys(WEIGHTS, WEIGHTS["title"])
    return [
        _evidence(stretch, match, weights)
        for stretch in reading.stretches
        for match in lexicon().find(stretch)
        if match.rule.value
    ]


def decide(evidence: Iterable[Evidence]) -> list[Actor]:
    """The types that reach the threshold: those affected before those who prosecute, each by falling score."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        found[e.value].append(e)
    actors = [Actor(v, _score(es), tuple(sorted(es, key=lambda e: -e.weight))) for v, es in found.items()]
    actors = [a for a in actors if a.score >= THRESHOLD]
    return sorted(actors, key=lambda a: (a.value in AGENTS, -a.score, a.value))


def _score(evidence: Sequence[Evidence]) -> float:
    body = sum(e.weight for e in evidence if e.kind == "body")
    return min(body, BODY_CAP) + sum(e.weight for e in evidence if e.kind != "body")


def _evidence(stretch: Stretch, match: Match, weights: Mapping[str, float]) -> Evidence:
    rule, tokens = match.rule, stretch.tokens
    weight = weights[stretch.zone] * rule.weight
    if rule.weight == 1 and stretch.zone != "title" and _person(stretch, match):
        weight += PERSON
    start, end = tokens[match.first].start, tokens[match.last - 1].end
    note = "former" if _former(tokens, match.first) else ""
    return Evidence(rule.value, rule.id, stretch.zone, weight, start, end, stretch.where, note)


def _person(stretch: Stretch, match: Match) -> bool:
    """The words stand for one person or body: a name follows or an apposition precedes, or they are counted."""
    tokens, text = stretch.tokens, stretch.text
    if any(t.text in _listed("counted") for t in tokens[max(0, match.first - 1) : match.first + 1]):
        return True
    start, end = tokens[match.first].start, tokens[match.last - 1].end
    if match.rule.kind != "role" and match.last - match.first > 1 and _capitals(text[start:end]):
        return True
    follows = match.last
    if follows + 2 < len(tokens) and tokens[follows].text in _listed("joining"):
        follows += 2  # "user and businessman Name": two roles of one person
    if follows < len(tokens) and _is_name(text, tokens, follows):
        return match.rule.kind != "body" or not _capitals(text[start:end])
    if match.rule.kind == "role" and _named_behind(text, tokens, match.last):
        return True
    return _apposed(stretch, match.first)


def _is_name(text: str, tokens: Sequence[Token], at: int) -> bool:
    """A capitalised word right after, in the same clause."""
    gap = text[tokens[at - 1].end : tokens[at].start]
    word = text[tokens[at].start : tokens[at].end]
    return len(gap) <= 2 and not _FAR.search(gap) and word[:1].isupper() and (len(word) == 1 or not word.isupper())


def _named_behind(text: str, tokens: Sequence[Token], at: int) -> bool:
    """«депутат мажилиса от партии «Аманат» Гульнара Бижанова»: name and surname behind what the role is of."""
    last_name = False
    for i in range(at, min(at + _COMPLEMENT, len(tokens))):
        gap = text[tokens[i - 1].end : tokens[i].start]
        if _CLAUSE.search(gap):
            return False
        own = text[tokens[i].start : tokens[i].end]
        body = tokens[i].text.startswith(tuple(_listed("bodies")))
        name = (
            own[:1].isupper()
            and own[1:].islower()
            and not body
            and text[tokens[i].end : tokens[i].end + 1] not in ("»", "”")
        )
        if name and last_name and gap == " ":
            return True
        last_name = name and not gap.endswith(("«", "“", '"'))
    return False


def _apposed(stretch: Stretch, first: int) -> bool:
    """«Name Surname, a lawyer»: a comma with at most two words before, and a capitalised word before the comma."""
    tokens, text = stretch.tokens, stretch.text
    before = text[max(stretch.start, tokens[first].start - _APPOSED_REACH) : tokens[first].start]
    match = _APPOSITION.search(before)
    if not match:
        return False
    head = before[: match.start()].split()
    return len(head) > 1 and head[-1][:1].isupper() and head[-2][:1].isupper()


_APPOSED_REACH = 80


def _capitals(phrase: str) -> bool:
    """Every word begins with a capital."""
    return all(word[:1].isupper() for word in re.findall(r"[^\W\d_]+", phrase) if len(word) > 2)


def _former(tokens: Sequence[Token], first: int) -> bool:
    return any(t.text in _listed("former") for t in tokens[max(0, first - 2) : first])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in table("actors.toml")[name]["words"])


@cache
def lexicon() -> Lexicon:
    """The word list of this module, compiled once."""
    return load("actors.toml", TYPES, KINDS)
