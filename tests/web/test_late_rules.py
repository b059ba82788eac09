"""Our way of putting addresses together gives what Werkzeug's gives, without its compiler."""

import pytest
from werkzeug.routing import Map, Rule

from loyalapp.web.addresses import LateRule

RULES = {
    "plain": ("/", {}),
    "number": ("/a/<int:x>", {"x": 5}),
    "letters": ("/پتا/<name>/b c", {"name": "علی/ب ?&"}),
    "path": ("/<path:p>/z", {"p": "a/b c/ہ"}),
    "two": ("/x/<int:a>/<string:b>/", {"a": 7, "b": "q r"}),
    "fraction": ("/<float:f>", {"f": 1.5}),
}
REST = {"nothing": {}, "asked": {"q": "x y", "many": ["1", "2"], "word": "ہ"}, "none": {"none": None}}


def builder(kind: type[Rule]):
    rules = [kind(rule, endpoint=name) for name, (rule, _values) in RULES.items()]
    return Map([*rules, kind("/d/<int:n>", endpoint="default", defaults={"n": 1})]).bind("localhost")


@pytest.mark.parametrize("is_asked", [True, False])
@pytest.mark.parametrize("rest", REST.values(), ids=REST)
@pytest.mark.parametrize("name", RULES)
def test_an_address_is_the_same(name, rest, is_asked):
    values = RULES[name][1] | rest

    ours, theirs = (builder(kind).build(name, dict(values), append_unknown=is_asked) for kind in (LateRule, Rule))

    assert ours == theirs


def test_a_rule_with_a_default_is_left_to_werkzeug():
    assert builder(LateRule).build("default", {"n": 1}) == builder(Rule).build("default", {"n": 1}) == "/d/1"
