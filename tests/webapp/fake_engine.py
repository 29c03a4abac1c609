"""A small engine for the tests of the pages: a dozen documents, brute force, the same records as the real one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.errors import DocumentNotFound
from schema import FACETS
from search.labels import label
from search.request import SearchRequest, year_range
from search.results import (
    DocumentView,
    FacetValue,
    Hit,
    Interpretation,
    Panel,
    Reading,
    Results,
    Segment,
    Snippet,
)


@dataclass(frozen=True)
class Doc:
    """One document; paragraphs are separated by a line break."""

    id: str
    title: str
    text: str
    lang: str
    date: str = ""
    source: str = ""
    url: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


CC = "kz/criminal-code-2014"
KG = "kg/criminal-code-1997"
DOCS = (
    Doc(
        "kz174en",
        "Article 174 of the Criminal Code of Kazakhstan",
        "Article 174 concerns incitement of social, national, tribal, racial, class or religious discord.\n"
        "Human rights bodies asked for its repeal: the words are too broad for freedom of expression.\n"
        "174-бап: әлеуметтік, ұлттық араздықты қоздыру. Freedom of expression is protected by Article 19.",
        "en",
        "2016-01-22",
        "Card of an article",
        "https://example.org/kz/174",
        {
            "country": ("kz",),
            "year": ("2016",),
            "article": (f"{CC}/art-174", "int/iccpr/art-19"),
            "actor": ("activist",),
        },
    ),
    Doc(
        "kz174ru",
        "Статья 174 УК РК: возбуждение розни",
        "Статья 174 УК РК говорит о возбуждении социальной, национальной, родовой, расовой, сословной розни.\n"
        "Журналисты и блогеры называют слова статьи слишком широкими. Свобода слова ограничена.",
        "ru",
        "2016-02",
        "Карточка статьи",
        "https://example.org/ru/174",
        {
            "country": ("kz",),
            "year": ("2016",),
            "article": (f"{CC}/art-174/part-2",),
            "actor": ("blogger", "journalist"),
        },
    ),
    Doc(
        "kz174kk",
        "ҚР ҚК 174-бабы: араздықты қоздыру",
        "174-бап әлеуметтік, ұлттық, нәсілдік араздықты қоздыру туралы.\nСөз бостандығы: Конституцияның 20-бабы.",
        "kk",
        "2016",
        "Бап картасы",
        "",
        {"country": ("kz",), "year": ("2016",), "article": (f"{CC}/art-174", "kz/constitution-1995/art-20")},
    ),
    Doc(
        "kz274ru",
        "Статья 274 УК РК: ложная информация",
        "Статья 274 говорит о распространении заведомо ложной информации. Свобода выражения мнения.",
        "ru",
        "2020-04-17",
        "Карточка статьи",
        "",
        {"country": ("kz",), "year": ("2020",), "article": (f"{CC}/art-274",), "actor": ("journalist",)},
    ),
    Doc(
        "kzgeneral",
        "The Criminal Code, without a number",
        "The appeal names the Criminal Code of Kazakhstan, no article. Freedom of expression again.",
        "en",
        "2019-10-30",
        "Note",
        "javascript:alert(1)",
        {"country": ("kz",), "year": ("2019",), "article": (f"{CC}/general",), "actor": ("ngo",)},
    ),
    Doc(
        "kg127ru",
        "Клевета в Кыргызстане",
        "Клевета была статьёй 127 Уголовного кодекса. Свобода слова и депутаты.",
        "ru",
        "2018",
        "Заметка",
        "",
        {"country": ("kg",), "year": ("2018",), "article": (f"{KG}/art-127",), "actor": ("parliamentarian",)},
    ),
    Doc(
        "kg174ky",
        "Кылмыш-жаза кодексинин 174-беренеси",
        "174-берене башка жоруктар жөнүндө. Сөз эркиндиги.",
        "ky",
        "2017",
        "Эскертүү",
        "",
        {"country": ("kg",), "year": ("2017",), "article": (f"{KG}/art-174",)},
    ),
    Doc(
        "uz139uz",
        "Jinoyat kodeksining 139-moddasi",
        "139-modda tuhmat haqida. So‘z erkinligi va jurnalistlar.",
        "uz",
        "2021-03-08",
        "Modda kartasi",
        "",
        {"country": ("uz",), "year": ("2021",), "article": ("uz/criminal-code-1994/art-139",), "actor": ("blogger",)},
    ),
    Doc(
        "tj137tg",
        "Моддаи 137 Кодекси ҷиноятӣ",
        "Моддаи 137 дар бораи таҳқири Президент. Озодии сухан.",
        "tg",
        "2022",
        "Корти модда",
        "",
        {"country": ("tj",), "year": ("2022",), "article": ("tj/criminal-code-1998/art-137",)},
    ),
    Doc(
        "hostile",
        "<script>alert(1)</script> & \u202e\"title'",
        "<img src=x onerror=alert(2)> &amp; </mark><b>bold</b>\n{{ 7*7 }} \x00 \U0001f600 defamation",
        "en",
        "2024-05-02",
        '"><svg onload=alert(3)>',
        "https://example.org/?a=1&b=<x>",
        {"country": ("int",), "year": ("2024",), "article": ("unresolved/art-5",), "actor": ("journalist",)},
    ),
)
_WORD = re.compile(r"\w+")


def many(count: int) -> tuple[Doc, ...]:
    """Numbered notes, for paging."""
    return tuple(
        Doc(
            f"note{n:04}",
            f"Note {n} on defamation",
            f"Note {n}. Defamation and freedom of expression, paragraph {n}.",
            "en",
            f"{2000 + n % 20}-01-{1 + n % 28:02}",
            "Notes",
            "",
            {"country": (("kz", "kg", "uz", "tj", "tm")[n % 5],), "year": (str(2000 + n % 20),)},
        )
        for n in range(count)
    )


class FakeEngine:
    """Answers by looking at every document.  ``asked`` counts searches; ``failure`` is raised instead of answering."""

    def __init__(self, docs: Sequence[Doc] = DOCS) -> None:
        self.docs = {doc.id: doc for doc in docs}
        self.generation = "2026-11-22-1"
        self.asked = 0
        self.failure: Exception | None = None
        self.limits: tuple[tuple[str, str], ...] = ()

    def ready(self) -> tuple[bool, str]:
        return self.failure is None, str(self.failure or "")

    def refresh(self) -> None:
        return None

    def search(
        self,
        request: SearchRequest,
        lang: str = "en",
        panel_limit: int = 0,
        child_limit: int = 0,
        more: bool = True,
    ) -> Results:
        self.asked += 1
        if self.failure:
            raise self.failure
        read = self._read(request, lang)
        articles = (read.readings[0].value,) if read.readings else ()
        found = [doc for doc in self.docs.values() if self._matches(doc, request, articles)]
        found.sort(key=lambda doc: doc.date, reverse=request.sort != "oldest")
        first = (request.page - 1) * request.size
        return Results(
            request=request,
            total=len(found),
            hits=tuple(_hit(doc, request.q) for doc in found[first : first + request.size]),
            panels=tuple(self._panel(facet.name, request, articles, lang, child_limit) for facet in FACETS),
            interpretation=read,
            took_ms=1.0,
            generation=self.generation,
            limits=self.limits,
        )

    def count_of(self, request: SearchRequest) -> int:
        return self.search(replace(request, page=1, size=1)).total

    def suggest(self, text: str, lang: str = "en") -> list[dict[str, object]]:
        rows = [doc for doc in self.docs.values() if text and text.casefold() in doc.title.casefold()]
        return [{"kind": "title", "text": d.title, "label": d.title, "count": 1, "value": d.id} for d in rows]

    def document(self, id: str, request: SearchRequest | None = None, lang: str = "en") -> DocumentView:
        if self.failure:
            raise self.failure
        if id not in self.docs:
            raise DocumentNotFound(f"no document has the id {id!r}")
        doc = self.docs[id]
        words = _words(request.q) if request else frozenset()
        paragraphs = tuple((a, b, doc.lang, _segments(doc.text[a:b], words)) for a, b in _paragraphs(doc.text))
        return DocumentView(
            id=doc.id,
            title=_segments(doc.title, words),
            url=doc.url,
            source=doc.source,
            date=doc.date,
            lang=doc.lang,
            facets={facet.name: _values(doc, facet.name) for facet in FACETS},
            labels={v: label(f.name, v, lang) for f in FACETS for v in _values(doc, f.name)},
            paragraphs=paragraphs,
            hits=sum(hit for *_, segments in paragraphs for _, hit in segments),
            receipts={name: [_receipts(doc, name, v, lang) for v in values] for name, values in doc.facets.items()},
            extra={"author": "A. Nobody"} if doc.id == "kz174en" else {},
        )

    def _read(self, request: SearchRequest, lang: str) -> Interpretation:
        number = re.search(r"\b(\d{1,3})\b", request.q)
        if request.as_text or request.exact or not number:
            return Interpretation(kind="text" if request.q else "empty", text=request.q)
        ids = {a for d in self.docs.values() for a in d.facets.get("article", ()) if a.endswith(f"/art-{number[1]}")}
        counts = {a: sum(_has(d, "article", a) for d in self.docs.values()) for a in ids}
        readings = tuple(
            Reading(a, label("article", a, lang), counts[a], not at)
            for at, a in enumerate(sorted(counts, key=lambda a: -counts[a]))
        )
        return Interpretation(kind="citation" if readings else "text", readings=readings, text=request.q)

    def _matches(self, doc: Doc, request: SearchRequest, articles: tuple[str, ...], skip: str = "") -> bool:
        if articles:
            asked = any(_has(doc, "article", a) for a in articles)
        else:
            asked = _words(request.q) <= _words(f"{doc.title} {doc.text}")
        return asked and all(
            any(_has(doc, facet.name, value) for value in request.selected(facet.name))
            for facet in FACETS
            if facet.name != skip and request.selected(facet.name)
        )

    def _panel(
        self, name: str, request: SearchRequest, articles: tuple[str, ...], lang: str, child_limit: int
    ) -> Panel:
        counts: Counter[str] = Counter()
        for doc in self.docs.values():
            if self._matches(doc, request, articles, skip=name):
                counts.update({a for value in _values(doc, name) for a in _ancestors(name, value)})
        chosen = request.selected(name)
        counts.update({v: 0 for v in chosen if not (name == "year" and ".." in v)})

        def row(value: str) -> FacetValue:
            below = tuple(row(v) for v in sorted(counts) if v != value and v.rpartition("/")[0] == value)
            partly = any(b.selected or b.partly for b in below)
            shown = [b for i, b in enumerate(below) if not child_limit or i < child_limit or b.selected or b.partly]
            of_all = counts[value], value in chosen, tuple(shown), partly, len(below)
            return FacetValue(value, label(name, value, lang), *of_all)

        tops = [v for v in counts if name != "article" or v == "unresolved" or (v.count("/") == 1 and v[:3] != "unr")]
        tops.sort(key=(lambda v: v) if name == "year" else (lambda v: (-counts[v], v)))
        return Panel(name, tuple(row(v) for v in tops))


def _ancestors(facet: str, value: str) -> list[str]:
    if facet != "article":
        return [value]
    levels = value.split("/")
    low = 1 if levels[0] == "unresolved" else 2
    return ["/".join(levels[:n]) for n in range(low, len(levels) + 1)]


def _values(doc: Doc, facet: str) -> tuple[str, ...]:
    return (doc.lang,) if facet == "lang" else tuple(doc.facets.get(facet, ()))


def _has(doc: Doc, facet: str, value: str) -> bool:
    if facet == "year":
        low, high = year_range(value)
        return any(low <= int(v) <= high for v in _values(doc, facet))
    return any(value in _ancestors(facet, v) for v in _values(doc, facet))


def _words(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in _WORD.findall(text))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _segments(text: str, words: frozenset[str]) -> tuple[Segment, ...]:
    out: list[Segment] = []
    at = 0
    for found in _WORD.finditer(text):
        if found[0].casefold() in words:
            if at < found.start():
                out.append((text[at : found.start()], False))
            out.append((found[0], True))
            at = found.end()
    return (*out, (text[at:], False)) if at < len(text) or not out else tuple(out)


def _hit(doc: Doc, query: str) -> Hit:
    words = _words(query)
    rows = [(i, a, b, _segments(doc.text[a:b], words)) for i, (a, b) in enumerate(_paragraphs(doc.text))]
    with_hits = [row for row in rows if any(hit for _, hit in row[3])] or rows[:1]
    return Hit(
        id=doc.id,
        title=_segments(doc.title, words),
        url=doc.url,
        source=doc.source,
        date=doc.date,
        lang=doc.lang,
        facets={facet.name: _values(doc, facet.name) for facet in FACETS},
        snippets=tuple(Snippet(segments, doc.lang, i, a, b) for i, a, b, segments in with_hits),
        score=1.0,
        passages=sum(hit for row in rows for _, hit in row[3]),
    )


def _receipts(doc: Doc, facet: str, value: str, lang: str) -> dict[str, object]:
    number = value.rpartition("/art-")[2].partition("/")[0]
    at = doc.text.find(number) if facet == "article" and number.isdigit() else -1
    given = {"source": "given", "rule": "", "start": -1, "end": -1, "where": "text", "confidence": 1.0, "note": ""}
    shown: dict[str, object] = {**given, "paragraph": -1, "text": ""}
    if at >= 0:
        end = at + len(number)
        rows = _paragraphs(doc.text)
        inside = next(i for i, (a, b) in enumerate(rows) if a <= at < b)
        shown |= {"source": "rule", "rule": "citation.article", "start": at, "end": end}
        shown |= {"paragraph": inside, "text": doc.text[at:end]}
    return {"value": value, "label": label(facet, value, lang), "receipts": [shown]}
