import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, TemplateAssertionError, UndefinedError
from markupsafe import Markup
from markupsafe import escape as reference

from webapp import templating
from webapp.templating import Spoken


def spoken(templates: dict[str, str], **standing: object) -> Spoken:
    env = Spoken(standing)
    env.loader = DictLoader(templates)
    return env


def printed(source: str, standing: dict[str, object], **values: object) -> str:
    text: str = spoken({"x.html": source}, **standing).get_template("x.html").render(**values)
    return text


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup)))
def test_what_a_template_prints_is_what_markupsafe_makes_of_it(value: object) -> None:
    assert templating.PRINTED[type(value)](value) == str(reference(value))


@given(st.text())
def test_a_template_escapes_text_in_every_place_it_can_stand(text: str) -> None:
    source = "{% macro m(x) %}{{ x }}{% endmacro %}{% set s %}{{ x }}{% endset %}"
    source += "{{ x }}|{{ m(x) }}|{{ s }}|{{ [x] | join }}"
    assert printed(source, {}, x=text) == "|".join([str(reference(text))] * 4)


@given(st.text())
def test_what_stands_on_every_page_is_escaped_when_it_is_put_into_the_template(text: str) -> None:
    source = "{{ x }}|{{ t('key') }}|{{ 1 if x == y else 2 }}|{{ t('key', n=1) }}"
    said = str(reference(text))
    assert printed(source, {"x": text, "t": lambda key, n=0: text}, y=text) == f"{said}|{said}|1|{said}"


def test_a_page_is_put_into_its_frame_and_what_it_includes_into_the_page() -> None:
    env = spoken(
        {
            "frame.html": "[{% block a %}A{% endblock %}{% block b %}B{% endblock %}]",
            "page.html": "{% extends 'frame.html' %}"
            "{% block b %}{% set v = 1 %}{% include 'part.html' %}{{ v }}{% endblock %}",
            "part.html": "{% set v = 2 %}<{{ v }}{{ given }}>",
        }
    )
    assert env.get_template("page.html").render(given="&") == "[A<2&amp;>1]"


VALUES = st.one_of(st.booleans(), st.integers(0, 2), st.sampled_from(["<", "1"]), st.just(Markup("<")))


@given(st.lists(VALUES, max_size=12))
def test_a_piece_that_is_kept_is_what_the_macro_makes_of_the_same_value(values: list[object]) -> None:
    macros = "{% macro m(x) %}<{{ x }}>{% endmacro %}{% macro n(x) %}[{{ x }}]{% endmacro %}"
    kept = macros + "{% for x in values %}{{ kept(m, x) }}{{ kept(n, x) }}{% endfor %}"
    made = macros + "{% for x in values %}{{ m(x) }}{{ n(x) }}{% endfor %}"
    assert printed(kept, {}, values=values) == printed(made, {}, values=values)


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        printed("{{ nothing }}", {})


@pytest.mark.parametrize(
    "source", ["{% macro m(lang) %}{% endmacro %}", "{% set t = 1 %}", "{% for lang in () %}{% endfor %}"]
)
def test_a_name_that_stands_for_the_whole_language_cannot_be_given_to_anything_else(source: str) -> None:
    with pytest.raises(TemplateAssertionError, match="stands for the whole language"):
        printed(source, {"lang": "en", "t": str})
