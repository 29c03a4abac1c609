"""Actor types: every rule's examples, every trap of law-and-names §4.3, and the score that decides."""

from __future__ import annotations

import pytest

from analysis import actors
from analysis.evidence import Stretch, read
from analysis.lexicon import Rule
from analysis.tokens import tokenize


def stretch(text: str, lang: str) -> Stretch:
    return Stretch(text, tokenize(text), 0, len(text), lang, "body", 1.0, "text", 0)


def values(text: str, lang: str) -> set[str]:
    return {e.value for e in actors.find(read(text, lang=lang))}


def types(text: str, lang: str, title: str = "") -> set[str]:
    return {a.value for a in actors.decide(actors.find(read(text, title, lang=lang)))}


RULES = actors.lexicon().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_the_examples_of_a_rule_give_its_value_and_its_counter_examples_do_not_fire_it(rule: Rule) -> None:
    for example in rule.examples:
        found = [m.rule.value for lang in sorted(rule.langs) for m in actors.lexicon().find(stretch(example, lang))]
        assert rule.value in found, example
    for example in rule.not_examples:
        for lang in sorted(rule.langs):
            assert all(m.rule.id != rule.id for m in actors.lexicon().find(stretch(example, lang))), example


TRAPS = [
    ("The press secretary spoke at a press conference", "en", {"government-official"}),
    ("Пресс-секретарь ответил на вопрос", "ru", {"government-official"}),
    ("баспасөз хатшысы мәлімдеді", "kk", {"government-official"}),
    ("басма сөз кызматы билдирди", "ky", {"government-official"}),
    ("matbuot xizmati xabar berdi", "uz", {"government-official"}),
    ("freedom of the press and the press freedom index", "en", set()),
    ("The Attorney General answered", "en", {"prosecutor"}),
    ("Генеральный прокурор ответил", "ru", {"prosecutor"}),
    ("the prosecutor's office and a prosecutor", "en", {"prosecutor"}),
    ("the court and the judge", "en", {"judge-court"}),
    ("a public prosecutor sued on behalf of the president", "en", {"prosecutor", "head-of-state"}),
    ("a well known human rights activist and human rights defender", "en", {"human-rights-defender"}),
    ("a civil activist and editor", "en", {"activist", "journalist"}),
    ("the deputy prosecutor of the district", "en", {"prosecutor"}),
    ("a deputy minister came", "en", {"government-official"}),
    ("заместитель прокурора выступил", "ru", {"prosecutor"}),
    ("прокурордың орынбасары айтты", "kk", {"prosecutor"}),
    ("a deputy of the Majilis", "en", {"parliamentarian"}),
    ("a Majilis deputy", "en", {"parliamentarian"}),
    ("she advocates for reform", "en", set()),
    ("the lawyer for the journalist", "en", {"lawyer", "journalist"}),
    ("law enforcement officers", "en", {"police"}),
    ("укук коргоо органдары билдирди", "ky", {"police"}),
    ("hukuk goraýjy edaralar habar berdi", "tk", {"police"}),
    ("құқық қорғау органдары хабарлады", "kk", {"police"}),
    ("the defender scored a goal", "en", set()),
    ("a media watchdog and a press watchdog", "en", {"ngo"}),
    ("ARTICLE 19 criticised the law", "en", {"international-org"}),
    ("Article 19 of the Covenant", "en", set()),
    ("the user agreement is user-friendly", "en", set()),
    ("a text editor with colours", "en", set()),
    ("редактор кода с подсветкой", "ru", set()),
    ("it is hard to judge by one page; they judged it well", "en", set()),
    ("a Supreme Court spokesman", "en", {"judge-court"}),
    ("the president of the foundation", "en", {"ngo"}),
    ("президент фонда ответил", "ru", {"ngo"}),
    ("президент компании ответил", "ru", set()),
    ("the First President Foundation", "en", {"ngo"}),
    ("a minister of a church", "en", {"religious"}),
    ("a school journal", "en", set()),
    ("журнал учёта посетителей", "ru", set()),
    ("общественность обсуждает, the public", "ru", set()),
    ("допуск гражданских воздушных судов, решения районных судов", "ru", {"judge-court"}),
    ("эксплуатация морских судов", "ru", set()),
    ("Официальный сайт Президента Республики Казахстан", "ru", set()),
    ("институт имени академика Сатпаева", "ru", set()),
    ("министр внутренних дел ответил", "ru", {"government-official"}),
    ("министерство внутренних дел ответило", "ru", {"police"}),
    ("комитеттин төрагасы айтты", "ky", set()),
    ("Министрлер кабинетинин төрагасы айтты", "ky", {"government-official"}),
    ("Birlashgan Millatlar Tashkilotining majlisi", "uz", {"international-org"}),
    ("аъзоёни парлумон ва эътирозкунандагон", "tg", {"parliamentarian", "activist"}),
    ("курс богословия", "ru", set()),
    ("независимый депутат выступил", "ru", {"parliamentarian"}),
    ("судно, судить, судьба", "ru", set()),
    ("сотка жер", "kk", set()),
    ("соты телефон", "ky", set()),
    ("ЖК депутаты суроо берди", "ky", {"parliamentarian"}),
    ("faol ishtirok etdi", "uz", set()),
    ("fuqarolik faollari chiqdi", "uz", {"activist"}),
    ("вакили мудофеъ гуфт", "tg", {"lawyer"}),
    ("вакили Маҷлиси намояндагон гуфт", "tg", {"parliamentarian"}),
    ("оның қорғаушысы келді", "kk", {"lawyer"}),
    ("белгілі құқық қорғаушы келді", "kk", {"human-rights-defender"}),
]


@pytest.mark.parametrize(("text", "lang", "right"), TRAPS, ids=[t for t, _, _ in TRAPS])
def test_traps_of_the_word_lists(text: str, lang: str, right: set[str]) -> None:
    assert values(text, lang) == right


def test_a_parliamentary_inquiry_is_weak() -> None:
    assert types("депутатский запрос направлен", "ru") == set()


@pytest.mark.parametrize(
    "text", ["the former journalist left", "бывший журналист уехал", "мурдагы журналист", "sobiq jurnalist"]
)
def test_a_former_role_is_found_and_said_to_be_former(text: str) -> None:
    found = [e for e in actors.find(read(text)) if e.value == "journalist"]
    assert [e.note for e in found] == ["former"]


PADDING = "\n".join(["Nothing happened on this day and nobody said a word about it at all."] * 12)


def test_one_mention_in_the_body_is_not_enough_and_four_are() -> None:
    assert types(f"{PADDING}\nA blogger wrote.", "en") == set()
    assert types(PADDING + "\nA blogger wrote." * 4, "en") == {"blogger"}


def test_the_role_of_a_named_person_counts_more_than_a_bare_role() -> None:
    bare = actors.decide(actors.find(read(f"{PADDING}\nA blogger wrote.\nA blogger wrote.", lang="en")))
    named = actors.decide(actors.find(read(f"{PADDING}\nThen blogger Aliya wrote.\nA blogger wrote.", lang="en")))
    assert (bare, [a.value for a in named]) == ([], ["blogger"])


def test_those_affected_come_before_those_who_prosecute() -> None:
    order = [
        a.value
        for a in actors.decide(actors.find(read("Police, a court and a prosecutor against a blogger", lang="en")))
    ]
    assert order[0] == "blogger"
    assert set(order[1:]) == {"police", "judge-court", "prosecutor"}


def test_a_word_list_counts_only_in_its_own_language() -> None:
    assert values("сот решил: сот тысяч", "ru") == set()
    assert values("сот шешті", "kk") == {"judge-court"}


LONG = " ".join(["Nothing in this sentence names anybody, and nobody minds that at all."] * 12)


def weight(text: str, lang: str) -> float:
    found = actors.find(read(f"{LONG}\n{LONG}\n{LONG}\n{text}\n{LONG}", "A title", lang=lang))
    return max(e.weight for e in found)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Его поддержала депутат мажилиса от партии «Заря» Айша Серикова", "ru"),
        ("Выступил корреспондент городской газеты Иван Петров", "ru"),
        ("It was said by the editor of the weekly paper John Smith", "en"),
        ("Икки фаол ушланди", "uz"),
    ],
)
def test_a_name_behind_what_the_role_is_of_makes_it_one_person(text: str, lang: str) -> None:
    assert weight(text, lang) == actors.WEIGHTS["body"] + actors.PERSON


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Журналисты городской газеты «Вечерний Город» молчат", "ru"),
        ("Журналисты всей Кыргызской Республики молчат", "ru"),
        ("The editors of the paper, and John Smith", "en"),
        ("The journalists of all the New Republic", "en"),
    ],
)
def test_a_body_behind_a_role_makes_nobody(text: str, lang: str) -> None:
    assert weight(text, lang) == actors.WEIGHTS["body"]


def test_a_role_said_once_in_a_short_text_under_a_title_is_no_type() -> None:
    assert (
        types("It is about other things. The same number stands for an attack on the President.", "en", "A title")
        == set()
    )
    assert types("The same number stands for an attack on the President.", "en") == {"head-of-state"}


@pytest.mark.parametrize(("title", "tag"), [("Ekı belsendı sottaldy", "kk-Latn"), ("Икки фаол қамалди", "uz-Cyrl")])
def test_a_title_in_the_other_script_of_a_language_is_read(title: str, tag: str) -> None:
    assert types(LONG, tag, title) == {"activist"}
