"""A long name written otherwise than in the registry is taken, with a flag, where one law is clearly meant."""

import shutil
from pathlib import Path

import pytest

from analysis.citations import Context, amending, find_citations, likeness, strangers, words
from analysis.errors import DataError

APPROXIMATE = "name-approximate"


def cited(text, country=""):
    found = find_citations(text, Context(countries=(country,) if country else (), date="2021"))
    return [(c.statute, c.article, APPROXIMATE in c.flags) for c in found]


@pytest.mark.parametrize(
    ("text", "country", "statute"),
    [
        (
            "Кумита ба моддаи 7 Конвенсия дар бораи барҳам додани ҳама гуна шаклҳои табъиз нисбат ба занон ишора кард.",
            "tj",
            "int/cedaw",
        ),
        ("Статья 7 Конвенции о ликвидации всех видов и форм дискриминации в отношении женщин.", "kz", "int/cedaw"),
    ],
)
def test_a_long_name_written_otherwise_is_taken_with_a_flag(text, country, statute):
    ((found, _, approximate),) = cited(text, country)
    assert (found, approximate) == (statute, True)


def test_a_name_as_the_registry_has_it_bears_no_flag():
    text = "Статья 7 Конвенции о ликвидации всех форм дискриминации в отношении женщин."
    assert cited(text, "kz") == [("int/cedaw", "7", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Статья 4 Закона «О противодействии террористической деятельности» изменена.",
        "Статья 4 Закона «О внесении изменений в Закон о доступе к информации государственных органов» принята.",
        "Статья 4 Закона «О защите прав потребителей финансовых услуг» не применялась.",
        "Article 4 of the Convention on the Protection of the Rights of All Migrant Workers.",
        "Статья 4 Конвенции о защите детей и сотрудничестве в отношении иностранного усыновления.",
    ],
)
def test_a_law_that_only_looks_alike_is_not_taken(text):
    assert [found for found, _, _ in cited(text, "kg")] in ([], [None])


def test_a_constitutional_law_in_quotation_marks_is_one_of_its_own():
    text = "Моддаи 5 Қонуни конститутсионии ҶТ «Дар бораи Асосгузори сулҳу ваҳдати миллӣ – Пешвои миллат»"
    assert cited(text, "tj") == [("tj/leader-of-nation-law-2015", "5", False)]
    unlisted = "«Президентти жана депутаттарды шайлоо жөнүндө» конституциялык мыйзамдын 46-беренеси"
    assert cited(unlisted, "kg") == [(None, "46", False)]


def test_names_as_people_misquote_them_are_mostly_taken_and_those_of_other_laws_never():
    right, wanted, others = 0, 0, []
    for line in Path(__file__).with_name("misnamed.tsv").read_text("utf-8").splitlines()[1:]:
        lang, text, context, ids = line.split("\t")
        country, date = context.split()
        found = {(c.statute, c.article) for c in find_citations(text, Context(lang, (country,), date))}
        gold = set() if ids == "none" else {tuple(ids.split())}
        right, wanted = right + len(found & gold), wanted + len(gold)
        others += [(text, statute) for statute, article in found - gold if statute]
    assert wanted == 68
    assert right >= 62
    assert others == []


@pytest.mark.parametrize(
    ("name", "read", "kind"),
    [
        ("likeness.toml", likeness._listed, "empty"),
        ("strangers.toml", strangers._endings, "relative"),
        ("amending.toml", amending._datives, "kk"),
    ],
)
def test_an_unknown_list_is_refused_with_its_file(tmp_path, monkeypatch, name, read, kind):
    shutil.copytree(words.DATA, tmp_path, dirs_exist_ok=True)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("\n[stray]\nen = ['word']\n")
    monkeypatch.setattr(words, "DATA", tmp_path)
    words.read_table.cache_clear()
    read.cache_clear()
    try:
        with pytest.raises(DataError, match=rf"{name}: unknown key stray"):
            read(kind)
    finally:
        words.read_table.cache_clear()
        read.cache_clear()
