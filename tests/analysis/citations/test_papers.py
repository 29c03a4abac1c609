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
