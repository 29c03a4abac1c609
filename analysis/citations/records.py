"""A resolved reference becomes its records: parts and points, span, flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.citations.chains import Ref
from analysis.citations.lexer import BREAK, Tokens
from analysis.citations.model import Citation
from analysis.citations.naming import Found, confidence
from analysis.citations.provisions import Provision, below
from analysis.citations.setting import Setting, speaks_of
from analysis.citations.units import Unit


def records(tokens: Tokens, ref: Ref, provision: Provision, found: Found, flags: tuple[str, ...]) -> Iterator[Citation]:
    """One citation for every part and point of an article."""
    choice_flags = found.choice.flags if found.choice else ()
    flags = tuple(dict.fromkeys((*provision.flags, *flags, *choice_flags, *found.flags, *_formerly(tokens, ref))))
    start, end = tokens.span(*_span(ref))
    for part, point in _levels(ref, provision):
        yield Citation(
            country=found.country,
            statute=found.statute,
            article=provision.article,
            part=part,
            point=point,
            start=start,
            end=end,
            confidence=confidence(found.step, flags),
            resolved_by="list" if found.step == "recent" else found.step,
            rule=ref.unit.keyword.id if ref.unit.keyword else "list",
            flags=flags,
        )


def is_heading(tokens: Tokens, setting: Setting, ref: Ref) -> bool:
    """ "Статья 411. Клевета в отношении судьи" at the start of a line."""
    items = tokens.items
    if not setting.starts_paragraph(ref.first) or ref.variants or ref.name is not None:
        return False
    if ref.last >= len(items) or items[ref.last].kind == BREAK:
        return ref.last < len(items)
    after = items[ref.last + 1] if ref.last + 1 < len(items) else None
    return items[ref.last].text in (".", ":") and (after is None or after.kind == BREAK or after.text[0].isupper())


def titled_part(tokens: Tokens, ref: Ref, provisions: Sequence[Provision], found: Found) -> Sequence[Provision]:
    """A note with the title of an inserted article: "моддаи 307, қ 1 (calls to extremism)" is 307-1."""
    edition = found.choice.edition if found.choice else None
    if edition is None or len(provisions) != 1 or len(ref.variants) != 1 or len(ref.variants[0]) != 1:
        return provisions
    inserted = f"{provisions[0].article}-{ref.variants[0][0].numbers[0].first}"
    closing = tokens.closing(ref.last) if ref.last < len(tokens) else None
    if inserted not in edition.articles or closing is None:
        return provisions
    note = tokens.spoken(ref.last, closing)
    if speaks_of(edition, inserted, note) and not speaks_of(edition, provisions[0].article, note):
        ref.variants.clear()
        return [Provision(inserted)]
    return provisions


def _levels(ref: Ref, provision: Provision) -> Iterator[tuple[str | None, str | None]]:
    """Part and point of each record of a reference."""
    rows = [[level for unit in _numbered(variant) for level in _numbers(unit)] for variant in ref.variants] or [[]]
    own: list[list[str]] = [[value] for value in (provision.part, provision.point) if value]
    for row in rows:
        parts, points = (*own, *row, [], [])[:2]
        if not parts:
            yield None, None
        for part in parts:
            if part is not parts[-1] or not points:
                yield part, None
        for point in points:
            yield parts[-1], point


def _numbered(variant: Sequence[Unit]) -> Sequence[Unit]:
    """ "Подпункт 2) части первой пункта 1": the passage of an item has no number of its own and is left out."""
    passage = [unit.level for unit in variant[:3]] == ["item", "part", "sub"]
    return [variant[0], *variant[2:]] if passage else variant


def _numbers(unit: Unit) -> list[list[str]]:
    """The numbers of a unit, and as the next level the brackets behind the last: "paragraph 3 (b) and (d)"."""
    last = unit.numbers[-1]
    numbers = list(dict.fromkeys(level for n in unit.numbers for level in below(n)))
    brackets = [bracket for n in unit.numbers if n.first == last.first for bracket in n.brackets[:1]]
    return [numbers, brackets] if brackets else [numbers]


def _span(ref: Ref) -> tuple[int, int]:
    """The words of this citation: its parts, its number, and the name that stands at it."""
    name = ref.name
    if name is None or not ref.attached:
        return ref.first, ref.last
    if ref.name_before:
        return min(ref.first, name.first), ref.last
    return ref.first, max(ref.last, name.last)


def _formerly(tokens: Tokens, ref: Ref) -> tuple[str, ...]:
    before = tokens.items[max(0, ref.first - 2) : ref.first]
    return ("formerly",) if any("formerly" in token.word.cues for token in before) else ()
