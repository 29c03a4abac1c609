"""Papers that are no law: their articles, and the bare ones that go on after them, are no records."""

import pytest

from analysis.citations import Context, find_citations
from analysis.citations.words import paper_rules

RULES = paper_rules()


def cited(text, country="kz", date="2020"):
    return [c.id for c in find_citations(text, Context(countries=(country,), date=date))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_a_paper_are_silent_and_counter_examples_speak(rule):
    assert [e for e in rule.examples if cited(e)] == []
    assert [e for e in rule.not_examples if not cited(e)] == []


def test_the_text_of_a_law_that_speaks_of_contracts_keeps_its_articles():
    headings = "".join(f"Статья {n}. Условия\nТекст нормы.\n" for n in (700, 701, 702))
    text = f"Гражданский кодекс Республики Казахстан\n{headings}По договору подряда (статья 21) работу принимают.\n"
    assert cited(text)[-1] == "kz/civil-code-1994/art-21"
    assert cited("По договору подряда (статья 21) работу принимают.") == []


def test_a_law_named_behind_a_paper_takes_over_unless_the_numbers_go_on():
    charter = "Article 5 of the charter is silent. "
    law = "The Law on Public Associations of Kazakhstan is not. "
    assert cited(f"{charter}{law}Article 18 names the grounds.") == ["kz/public-associations-law-1996/art-18"]
    assert cited(f"{charter}{law}Article 6 names the fee.") == []


def test_an_article_of_three_digits_and_a_case_are_no_business_of_a_contract():
    contract = "Clause 4 of the contract sets the fee. "
    assert cited(f"{contract}He was convicted under Article 174.") == ["kz/criminal-code-2014/art-174"]
    assert cited(f"{contract}\nConstitution of Kazakhstan, Article 20.") == ["kz/constitution-1995/art-20"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Article 174 of the Code of Kazakhstan was read; its second part names groups.", ["174", "174/part-2"]),
        ("ҚР ҚК-нің 174-бабы оқылды; оның екінші бөлігінде топ аталған.", ["174", "174/part-2"]),
        ("Article 5 of the contract was read; its second part names a fee.", []),
    ],
)
def test_a_part_told_by_a_pronoun_is_that_of_the_article_before(text, ids):
    assert [one.partition("/art-")[2] for one in cited(text)] == ids


def test_the_headings_of_a_text_that_is_a_paper_are_no_articles_of_a_law():
    headings = "".join(f"Статья {n}. Условия\nСтороны помнят о статье {n} и о законе.\n" for n in (1, 2, 3))
    text = f"ДОГОВОР АРЕНДЫ\n{headings}Спор решает суд по статье 404 Гражданского кодекса РК.\n"
    assert cited(text) == ["kz/civil-code-1994/art-404"]
    assert len(cited(text.replace("ДОГОВОР АРЕНДЫ", "ЗАКОН"))) > 1
