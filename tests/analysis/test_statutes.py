"""Laws of the statute registry: names, editions, ids, labels, succession, and a loader that refuses."""

from __future__ import annotations

import itertools
import shutil
import time
import tracemalloc
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import statute_data
from analysis.errors import DataError, StatuteNotFound
from analysis.statutes import article_id, article_key, registry, split_id
from analysis.tokens import fold, tokenize

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk")
REG = registry()
STATUTES = REG.all()
COUNTRY_INSIDE = {"кр", "республики", "кыргызской"}  # «Кодекс КР о проступках»: a country may stand inside a name
FAMILIES = REG.families()


def fits(word, pattern):
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def occurs(form, text):
    """A plain reading of the pattern language, to check the data by."""
    tokens = [t for t in tokenize(text) if t.text not in COUNTRY_INSIDE]
    exact = form.kind == "abbreviation"
    words = [text[t.start : t.end] if exact else t.text for t in tokens]
    n = len(form.tokens)
    if exact:
        test = str.startswith
        return any(all(map(test, words[i : i + n], form.tokens)) for i in range(len(words) - n + 1))
    return any(all(map(fits, words[i : i + n], form.tokens)) for i in range(len(words) - n + 1))


@pytest.mark.parametrize("example", [e for e in REG.examples if e.gives], ids=lambda e: e.text)
def test_an_example_names_its_law(example):
    if example.owner in REG.others:
        assert example.gives == example.owner
        other = REG.others[example.owner]
        assert any(occurs(form, example.text) for form in (*other.names, *other.country_words))
        return
    statute = split_id(example.gives).statute
    assert REG.get(statute).edition_family == example.owner
    assert any(occurs(form, example.text) for form in REG.get(statute).names)


@pytest.mark.parametrize("example", [e for e in REG.examples if e.gives and "/art-" in e.gives], ids=lambda e: e.text)
def test_an_example_is_the_edition_of_its_date(example):
    statute = split_id(example.gives).statute
    assert REG.get(statute) in REG.possible_editions(statute, example.date)
    if example.date and len(REG.family(statute).editions) > 1:
        assert REG.edition(statute, example.date) in (REG.get(statute), None)


@pytest.mark.parametrize("example", [e for e in REG.examples if not e.gives], ids=lambda e: e.text)
def test_a_counter_example_holds_no_name_that_stands_by_itself(example):
    forms = [f for f in REG.family(example.owner).names if f.kind != "title" and not f.ambiguous]
    assert [f for f in forms if occurs(f, example.text)] == []


def test_every_law_has_an_example():
    owners = {e.owner for e in REG.examples if e.gives}
    assert owners == {*(f.id for f in FAMILIES), *REG.others}


def test_words_of_names_are_folded_tokens():
    for form in REG.name_forms:
        if form.kind == "abbreviation":
            continue
        plain = [word.rstrip("*") for word in form.tokens]
        assert [fold(word) for word in plain] == plain, form
        assert [t.text for t in tokenize(" ".join(plain))] == plain, form


def test_a_form_that_only_one_edition_bears_denotes_only_that_edition():
    zhazyk = [f for f in REG.family("kg/criminal-code").names if f.lang == "ky" and f.tokens == ("жазык", "кодекс*")]
    assert [f.editions for f in zhazyk] == [("kg/criminal-code-2017",)]
    for statute in STATUTES:
        assert statute.names
        assert all(statute.id in form.editions for form in statute.names)


def test_law_words_are_there_in_every_language():
    assert set(REG.law_words) == set(LANGUAGES)


def test_a_country_is_no_part_of_a_name_unless_it_makes_the_code_foreign():
    ours = {"рк", "кр", "рф", "қр", "казахстан*", "кыргызстан*", "узбекистан*", "таджикистан*"}
    for family in FAMILIES:
        for form in family.names:
            assert not ours & {word.lower() for word in form.tokens}, form


def days():
    first = date(1990, 1, 1)
    return [first + timedelta(days=n) for n in range(0, 38 * 366, 17)]


@pytest.mark.parametrize("family", [f for f in FAMILIES if len(f.editions) > 1], ids=lambda f: f.id)
def test_at_most_one_edition_was_in_force_on_a_day(family):
    edges = {d for s in family.editions for d in (s.valid_from, s.valid_to) if len(d) == 10}
    near = [date.fromisoformat(d) + timedelta(days=n) for d in edges for n in (-1, 0, 1)]
    for day in [*days(), *near]:
        iso = day.isoformat()
        sure = [
            s for s in family.editions if s.valid_from and s.valid_from <= iso and (not s.valid_to or iso <= s.valid_to)
        ]
        full = [s for s in sure if len(s.valid_from) == 10 and len(s.valid_to) in (0, 10)]
        assert len(full) <= 1
        found = REG.edition(family.id, iso)
        if full:
            assert found is full[0]
        if found:
            assert found in REG.possible_editions(family.id, iso)


@given(st.sampled_from(FAMILIES), st.dates(date(1988, 1, 1), date(2030, 12, 31)))
def test_a_coarser_date_never_names_another_edition(family, day):
    on_day, in_month, in_year = (REG.edition(family.id, day.isoformat()[:n]) for n in (10, 7, 4))
    assert in_month in (None, on_day)
    assert in_year in (None, in_month)


@pytest.mark.parametrize(
    ("statute", "day", "expected"),
    [
        ("kz/criminal-code", "2014-12-31", "kz/criminal-code-1997"),
        ("kz/criminal-code", "2015-01-01", "kz/criminal-code-2014"),
        ("kz/criminal-code", "2014", "kz/criminal-code-1997"),
        ("kz/criminal-code", "2015", "kz/criminal-code-2014"),
        ("kz/criminal-code-2014", "2003", "kz/criminal-code-1997"),
        ("kz/criminal-code", "1997", None),
        ("kz/criminal-code", "", None),
        ("kz/constitution", "2026-06", "kz/constitution-1995"),
        ("kz/constitution", "2026-07-01", "kz/constitution-2026"),
        ("kz/constitution", "2026", None),
        ("kz/peaceful-assemblies-law", "2020", None),
        ("kg/criminal-code", "2018-12-31", "kg/criminal-code-1997"),
        ("kg/criminal-code", "2021-11-30", "kg/criminal-code-2017"),
        ("kg/criminal-code", "2021-12-01", "kg/criminal-code-2021"),
        ("kg/criminal-code", "2021", None),
        ("uz/constitution", "2023-04-30", "uz/constitution-1992"),
        ("uz/constitution", "2023-05-01", "uz/constitution-2023"),
        ("uz/criminal-code", "", "uz/criminal-code-1994"),
        ("tm/criminal-code", "2022-12-31", "tm/criminal-code-1997"),
        ("tm/criminal-code", "2023", "tm/criminal-code-2022"),
        ("int/iccpr", "1970", "int/iccpr"),
        ("tj/civil-code", "2010", None),
    ],
)
def test_the_edition_of_a_day_is_the_one_in_force_or_none(statute, day, expected):
    found = REG.edition(statute, day)
    assert (found.id if found else None) == expected


def test_a_date_that_excludes_all_other_editions_leaves_one_possible():
    assert [s.id for s in REG.possible_editions("tj/civil-code", "2010")] == ["tj/civil-code-1999"]
    assert [s.id for s in REG.possible_editions("kz/peaceful-assemblies-law", "2020-03")] == [
        "kz/peaceful-assemblies-law-1995"
    ]
    assert len(REG.possible_editions("kg/criminal-code")) == 3


def test_editions_are_chained_both_ways():
    for statute in STATUTES:
        if statute.predecessor:
            assert REG.get(statute.predecessor).successor == statute.id
        if statute.successor and REG.get(statute.successor).edition_family == statute.edition_family:
            assert REG.get(statute.successor).predecessor == statute.id
    for family in FAMILIES:
        for older, newer in itertools.pairwise(family.editions):
            assert older.successor == newer.id


def test_succession_runs_both_ways():
    linked = 0
    for statute in STATUTES:
        for article in statute.articles.values():
            here = article_id(statute.id, article.number)
            for other in article.now:
                assert here in REG.find_article(other).formerly
                assert here in REG.predecessors(other)
                assert other in REG.successors(here)
                linked += 1
            for other in article.formerly:
                assert here in REG.find_article(other).now
    assert linked > 15


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ("kz/criminal-code-1997/art-164", "kz/criminal-code-2014/art-174", "V"),
        ("kz/criminal-code-1997/art-130/part-2", "kz/criminal-code-2014/art-131", "V"),
        ("kz/criminal-code-1997/art-129", "kz/admin-code-2014/art-73-3", "V"),
        ("kg/criminal-code-1997/art-299", "kg/criminal-code-2021/art-330", "V"),
        ("uz/constitution-1992/art-67", "uz/constitution-2023/art-81", "P"),
        ("kz/constitution-1995/art-20", "kz/constitution-2026/art-23", "P"),
    ],
)
def test_an_old_number_leads_to_its_successors(old, new, mark):
    assert new in REG.successors(old)
    assert old.removesuffix("/part-2") in REG.predecessors(new)
    assert REG.link_mark(old, new) == mark


def test_only_a_verified_subject_is_shown():
    for statute in STATUTES:
        for article in statute.articles.values():
            for lang in LANGUAGES:
                assert bool(REG.shown_subject(statute.id, article.number, lang)) == (article.mark == "V")
    assert REG.shown_subject("kz/criminal-code-2014", "99", "en") is None


def test_every_known_article_is_admitted_and_a_number_above_the_highest_is_not():
    for statute in STATUTES:
        assert all(REG.admits(statute.id, number) for number in (*statute.articles, *statute.inserted_articles))
        if statute.max_article:
            assert REG.admits(statute.id, str(statute.max_article))
            assert not REG.admits(statute.id, str(statute.max_article + 1))
    found = {s.id for s in REG.with_article("456", "kz")}
    assert {"kz/admin-code-2014", "kz/criminal-code-2014"} <= found
    assert "kz/criminal-code-1997" not in found


numbers = st.from_regex(r"[1-9][0-9]{0,2}(?:[-.][1-9][0-9]?){0,2}", fullmatch=True)


@given(st.lists(numbers))
def test_article_numbers_sort_by_their_numbers(drawn):
    ordered = sorted(drawn, key=article_key)
    heads = [article_key(n)[0] for n in ordered]
    assert heads == sorted(heads)
    assert sorted(["130-1", "10", "207.3", "9", "130", "73-3"], key=article_key) == [
        *("9", "10", "73-3", "130", "130-1", "207.3")
    ]


laws = st.sampled_from([*(s.id for s in STATUTES), *(f.id for f in FAMILIES)])
levels = st.none() | st.from_regex(r"[1-9][0-9]?(?:-[1-9])?", fullmatch=True) | st.sampled_from("abcdгджщ")


@given(laws | st.none(), numbers | st.none(), levels, levels)
def test_an_id_comes_apart_into_what_it_was_made_of(law, article, part, point):
    if law is None and article is None:
        with pytest.raises(ValueError, match="needs"):
            article_id(law, article, part, point)
        return
    made = article_id(law, article, part, point)
    assert made.isascii()
    ref = split_id(made)
    assert ref.statute == (law or "unresolved")
    assert ref.general == (article is None)
    assert ref.article == (article or "")
    if article:
        assert article_id(law, article, ref.part, ref.point) == made
        assert bool(ref.part) == bool(part)
        assert bool(ref.point) == bool(point)


def test_a_letter_is_the_same_point_in_both_scripts():
    assert article_id("uz/criminal-code-1994", "244-1", "3", "г") == article_id(
        "uz/criminal-code-1994", "244-1", "3", "g"
    )


@pytest.mark.parametrize(
    "wrong", ["", "kz", "kz/criminal-code-2014/174", "unresolved/part-2", "KZ/x/art-1", "kz/x/art-"]
)
def test_what_is_no_id_is_refused(wrong):
    with pytest.raises(StatuteNotFound):
        split_id(wrong)


def test_an_unknown_statute_is_refused_by_name():
    with pytest.raises(StatuteNotFound, match="kz/criminal-code-1066"):
        REG.get("kz/criminal-code-1066")
    with pytest.raises(StatuteNotFound):
        REG.article_label("kz/criminal-code-1066/art-1", "en")


def test_akoma_ntoso_names_the_act_and_the_article_and_makes_nothing_up():
    assert REG.akoma_ntoso("kz/criminal-code-2014/art-174/part-2") == (
        "/akn/kz/act/2014-07-03/226-V/!main~art_174__para_2"
    )
    assert REG.akoma_ntoso("ru/criminal-code-1996/art-207.3") == "/akn/ru/act/1996/63-ФЗ/!main~art_207-3"
    assert REG.akoma_ntoso("uz/admin-code-1994/art-41") == "/akn/uz/act/1994/admin-code/!main~art_41"
    assert REG.akoma_ntoso("kz/criminal-code/art-174") == ""
    assert REG.akoma_ntoso("unresolved/art-174") == ""
    references = [REG.akoma_ntoso(s.id) for s in STATUTES]
    assert len(set(references)) == len(references)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["short", "title", "long"])
def test_every_id_has_a_label_of_its_own(lang, form):
    seen = {}
    tails = ("", "/general", "/art-9", "/art-73-3", "/art-9/part-2", "/art-9/part-2/point-3", "/art-9/part-2/point-d")
    bases = dict.fromkeys([*(f.id for f in FAMILIES), *(s.id for s in STATUTES)])
    for base, tail in itertools.product(bases, tails):
        label = REG.article_label(base + tail, lang, form)
        assert label.strip() == label != ""
        assert "{" not in label
        if not tail:
            assert label == REG.statute_label(base, lang, form)
        assert seen.setdefault((base.split("/")[0], label), base + tail) == base + tail
    for other in REG.others:
        assert REG.article_label(other, lang, form)


@pytest.mark.parametrize(
    ("id_", "lang", "label"),
    [
        ("kz/criminal-code-2014/art-174", "en", "Article 174, Criminal Code of Kazakhstan (2014)"),
        ("kz/criminal-code-2014/art-274/part-2/point-3", "ru", "п. 3 ч. 2 ст. 274 УК РК (2014)"),
        ("kz/criminal-code-2014/art-174", "kk", "ҚР Қылмыстық кодексі (2014), 174-бап"),
        ("kg/criminal-code-2017/art-313", "ky", "КР Жазык кодекси (2017), 313-берене"),
        ("uz/criminal-code-1994/art-244-1/part-3", "uz", "Oʻzbekistonning Jinoyat kodeksi (1994), 244-1-modda, 3-qism"),
        ("tj/criminal-code-1998/art-307", "tg", "моддаи 307, Кодекси ҷиноятии ҶТ (1998)"),
        ("tm/constitution-2016/art-42", "tk", "Türkmenistanyň Konstitusiýasy (2016), 42-nji madda"),
        ("int/iccpr/art-19/part-3", "ru", "п. 3 ст. 19 МПГПП"),
        ("int/iccpr/art-19/part-3/point-b", "en", "Article 19, paragraph 3, point (b), ICCPR"),
        ("ru/criminal-code-1996/art-207.3/part-2/point-d", "ru", "п. «д» ч. 2 ст. 207.3 УК РФ (1996)"),
        ("kz/mass-media-law-2024/art-1", "ru", "ст. 1 Закона РК «О масс-медиа» (2024)"),
        ("kz/civil-code-1994/general", "en", "Civil Code of Kazakhstan (1994), no article named"),
        ("kz/criminal-code/art-174", "ru", "ст. 174 УК РК (редакция не установлена)"),
        ("unresolved/art-174", "en", "Article 174, statute not known"),
    ],
)
def test_a_label_reads_as_a_lawyer_writes(id_, lang, label):
    assert REG.article_label(id_, lang) == label


@pytest.mark.parametrize(
    ("statute", "lang", "label"),
    [
        ("kz/criminal-code-2014", "en", "Criminal Code of the Republic of Kazakhstan (2014-07-03, No. 226-V)"),
        ("kz/criminal-code-2014", "ru", "Уголовный кодекс Республики Казахстан (03.07.2014, № 226-V)"),
        ("kz/criminal-code-2014", "uz", "Qozogʻiston Respublikasining Jinoyat kodeksi (03.07.2014, 226-V-son)"),
        ("int/iccpr", "kk", "Азаматтық және саяси құқықтар туралы халықаралық пакт (1966)"),
    ],
)
def test_an_official_name_has_its_day_as_the_language_writes_it(statute, lang, label):
    assert REG.statute_label(statute, lang, "long") == label


GOOD = """
country = "kz"
[[family]]
id = "kz/tax-code"
kind = "other"
title.en = "Tax Code {of}"
title.ru = "Налоговый кодекс {of}"
names.ru = ["налогов* кодекс*", "=НК?"]
[[family.edition]]
id = "kz/tax-code-2001"
mark = "U"
from = "2002-01-01"
to = "2008-12-31"
max_article = 600
[family.edition.article.5]
mark = "U"
subject.en = "taxes"
subject.ru = "налоги"
[[family.edition]]
id = "kz/tax-code-2008"
mark = "U"
from = "2009-01-01"
predecessor = "kz/tax-code-2001"
[family.edition.article.6]
mark = "U"
subject.en = "taxes"
subject.ru = "налоги"
formerly = ["kz/tax-code-2001/art-5"]
"""


def load(folder, text):
    for name in ("common.toml", "labels.toml"):
        shutil.copy(statute_data.DATA / name, folder / name)
    (folder / "kz.toml").write_text(text, "utf-8")
    return statute_data.load(folder)


def test_the_loader_takes_a_right_file(tmp_path):
    records = load(tmp_path, GOOD)
    old, new = records.families["kz/tax-code"].editions
    assert (old.successor, new.predecessor) == (new.id, old.id)
    assert old.articles["5"].now == ("kz/tax-code-2008/art-6",)


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ('kind = "other"', 'kind = "tax"', "kind"),
        ('kind = "other"', 'kind = "other"\ncolour = "red"', "colour"),
        ("max_article = 600", "max_artikel = 600", "max_artikel"),
        ("max_article = 600", "max_article = 4", "max_article"),
        ('subject.en = "taxes"\nsubject.ru = "налоги"\nformerly', 'subject.en = "taxes"\nformerly', "subject"),
        ('predecessor = "kz/tax-code-2001"', 'predecessor = "kz/tax-code-1999"', "predecessor"),
        ("tax-code-2001/art-5", "tax-code-2001/art-7", "formerly"),
        ('to = "2008-12-31"', 'to = "2001-12-31"', "to"),
        ('to = "2008-12-31"', 'to = "2009-01-01"', "to"),
        ('to = "2008-12-31"', 'to = ""', "to"),
        ('to = "2008-12-31"', 'to = "31.12.2008"', "to"),
        ('to = "2008-12-31"', 'to = "2008-13"', "to"),
        ('from = "2009-01-01"', "from = 2009", "from"),
        ('id = "kz/tax-code"', 'id = "kg/tax-code"', "id"),
        ('id = "kz/tax-code-2008"', 'id = "kz/tax-code-2001"', "id"),
        ('id = "kz/tax-code-2008"', 'id = "kz/levy-code-2008"', "edition"),
        ('title.ru = "Налоговый кодекс {of}"', "", "title"),
        ("title.ru", "title.de", "title"),
        ('mark = "U"\nfrom = "2002-01-01"', 'from = "2002-01-01"', "mark"),
        ('"=НК?"', '"(налог)"', "names.ru"),
        ('names.ru = ["налогов* кодекс*", "=НК?"]', "names.ru = 5", "record"),
        ("max_article = 600", 'max_article = "600"', "record"),
    ],
)
def test_the_loader_refuses_what_is_wrong_naming_file_and_key(tmp_path, right, wrong, key):
    assert right in GOOD
    with pytest.raises(DataError, match=rf"statutes/kz\.toml.*{key}"):
        load(tmp_path, GOOD.replace(right, wrong, 1))


def test_the_loader_refuses_an_id_that_is_there_twice(tmp_path):
    with pytest.raises(DataError, match=r"kz\.toml.*id.*twice"):
        load(tmp_path, GOOD + GOOD.replace('country = "kz"', ""))


def test_the_loader_refuses_a_law_without_editions(tmp_path):
    with pytest.raises(DataError, match=r"kz\.toml: kz/tax-code: record.*edition"):
        load(tmp_path, GOOD[: GOOD.index("[[family.edition]]")])


def test_the_loader_refuses_a_label_that_is_missing(tmp_path):
    load(tmp_path, GOOD)
    labels = (tmp_path / "labels.toml").read_text("utf-8")
    (tmp_path / "labels.toml").write_text(labels.replace('general = "статья не указана"', ""), "utf-8")
    with pytest.raises(DataError, match=r"labels\.toml: ru: general"):
        statute_data.load(tmp_path)


def test_the_loader_names_a_missing_and_a_broken_file(tmp_path):
    with pytest.raises(DataError, match=r"common\.toml.*missing"):
        statute_data.load(tmp_path)
    with pytest.raises(DataError, match=r"kz\.toml"):
        load(tmp_path, "country = ")


def test_the_registry_loads_fast_and_stays_small():
    def seconds():
        start = time.process_time()
        statute_data.load()
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) <= 0.15
    tracemalloc.start()
    try:
        records = statute_data.load()
        size = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert records.families
    assert size <= 30 * 2**20
