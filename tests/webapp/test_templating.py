from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from markupsafe import escape as reference

from webapp import templating


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup)))
def test_what_a_template_prints_is_what_markupsafe_makes_of_it(value: object) -> None:
    assert templating.escape(value) == str(reference(value))


@given(st.text())
def test_a_template_escapes_text_in_every_place_it_can_stand(text: str) -> None:
    app = Flask(__name__)
    templating.install(app)
    source = "{% macro m(x) %}{{ x }}{% endmacro %}{% set s %}{{ x }}{% endset %}"
    source += "{{ x }}|{{ m(x) }}|{{ s }}|{{ [x] | join }}"
    with app.app_context():
        printed = render_template_string(source, x=text)
    assert printed == "|".join([str(reference(text))] * 4)
