"""How templates call what they are given: plain functions and macros the short way, the rest as Jinja does."""

from flask import Flask
from jinja2 import pass_context

from loyalapp.web.templating import Templates


def drawn(words: str, **facts: object) -> str:
    return Templates(Flask(__name__)).from_string(words).render(facts)


def test_a_function_that_wants_to_know_who_calls_gets_the_context():
    @pass_context
    def whose(context, greeting):
        return f"{greeting} {context['name']}"

    assert drawn("{% block all %}{{ whose('Salam') }}{% endblock %}", whose=whose, name="Farah") == "Salam Farah"


def test_a_plain_function_gets_only_its_own_words_in_loops_and_blocks():
    def told(*words, **values):
        return f"{words}{values}"

    inside = "{% set a = 1 %}{% for one in [7] %}{% set b = 2 %}{{ told(one, x=b)|safe }}{% endfor %}"
    assert drawn(f"{{% block all %}}{inside}{{% endblock %}}", told=told) == "(7,){'x': 2}"


def test_a_macro_takes_its_caller_and_escapes_what_it_is_given():
    page = "{% macro box(word) %}<{{ word|e }} {{ caller() }}>{% endmacro %}{% call box('<') %}in{% endcall %}"
    assert drawn(page) == "<&lt; in>"


def test_a_function_that_stops_too_soon_leaves_its_place_empty():
    assert drawn("[{{ next_of() }}]", next_of=lambda: next(iter(()))) == "[]"


def page_of(words: str, **facts: object) -> str:
    return Templates(Flask(__name__), autoescape=True).from_string(words).render(facts)


def test_what_is_written_is_escaped_once_wherever_it_passes_through():
    box = "{% macro box(word, kind='') %}<i{{ kind }}>{{ word }}</i>{% endmacro %}"
    page = box + "{% block all %}{{ name }}{% endblock %}{{ box(name) }}{{ box(box(name)) }}{{ box(word=3) }}"
    once = "&lt;&amp;&gt;"
    assert page_of(page, name="<&>") == f"{once}<i>{once}</i><i><i>{once}</i></i><i>3</i>"


def test_words_and_addresses_are_called_without_a_detour_and_escaped_like_the_rest():
    words = "{{ _('a<b', name=one) }} {{ thanks__gettext('x') }} {{ url_for('y', who=one) }}"
    page = f"{{% for one in [1] %}}{words}{{% endfor %}}"
    facts = {
        "_": lambda text, **more: f"{text}{more['name']}",
        "thanks__gettext": str.upper,
        "url_for": lambda to, who: f"/{to}/{who}",
    }
    assert page_of(page, **facts) == "a&lt;b1 X /y/1"
