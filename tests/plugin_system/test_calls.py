"""`ask` and `tell`: one plugin after another, each fault caught, counted and kept away from everybody else."""

import json
import threading
import types
from datetime import date

import pytest
from markupsafe import Markup
from pluggy import HookimplMarker

from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading
from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.answers import CustomerAction, Example, NavLink, TimelineEntry, TodayEntry
from loyalapp.plugin_system.calls import ask, registry, tell
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.supervision import FAILURES_UNTIL_PAUSE

hookimpl = HookimplMarker("loyalapp")


def plug_in(app, name, **hooks) -> Plugin:
    """A plugin made of functions, running at once."""
    module = types.ModuleType(name)
    for hook, function in hooks.items():
        setattr(module, hook, hookimpl(function))
    plugins = registry(app)
    plugin = plugins.plugins[name] = Plugin(name, app.extensions["loyalapp.data"].plugins / name, shipped=False)
    plugin.status, plugin.module = discovery.RUNNING, module
    plugins.pluggy.register(module, name=name)
    return plugin


def link(label, plugin="good"):
    return NavLink(label, f"{plugin}.show", "today")


def labels(**facts):
    return [one.label for one in ask("nav_links", **facts) if one.label.startswith("test")]


def test_answers_of_all_are_collected_in_one_list(app):
    plug_in(app, "listing", nav_links=lambda: [link("test 1", "listing"), link("test 2", "listing")])
    plug_in(app, "single", nav_links=lambda: link("test 3", "single"))
    plug_in(app, "silent", nav_links=lambda: None)

    def lazily():
        yield link("test 4", "generating")

    plug_in(app, "generating", nav_links=lazily)
    with app.app_context():
        assert labels() == ["test 1", "test 2", "test 3", "test 4"]


@pytest.mark.parametrize(
    "fault", [RuntimeError("x"), SystemExit(1), RecursionError(), AssertionError(), StopIteration()]
)
def test_a_fault_costs_only_the_answer_of_that_plugin(app, fault):
    def failing():
        raise fault

    bad = plug_in(app, "bad", nav_links=failing)
    plug_in(app, "good", nav_links=lambda: [link("test good")])
    with app.app_context():
        assert labels() == ["test good"]

    assert bad.failures == {"nav_links": 1}


def test_a_generator_that_fails_half_way_gives_nothing(app):
    def failing():
        yield link("test half")
        raise RuntimeError("the other half")

    plug_in(app, "bad", nav_links=failing)
    with app.app_context():
        assert labels() == []


def test_answers_of_a_wrong_kind_are_a_fault(app):
    bad = plug_in(app, "bad", nav_links=lambda: ["a word"])
    with app.app_context():
        assert labels() == []

    assert bad.failures == {"nav_links": 1}


def test_what_is_made_of_an_answer_belongs_to_the_isolation(app):
    bad = plug_in(app, "bad", nav_links=lambda: [link("test bad")])

    def use(answer):
        if answer.label == "test bad":
            raise ValueError("no such address")
        return answer

    with app.app_context():
        ask("nav_links", use)

    assert bad.failures == {"nav_links": 1}


def test_three_failures_of_one_hook_pause_the_plugin_now_and_at_the_next_start(app, data_dir):
    calls = []

    def failing():
        calls.append(1)
        raise RuntimeError("always")

    bad = plug_in(app, "bad", nav_links=failing)
    with app.app_context():
        for _ in range(FAILURES_UNTIL_PAUSE + 2):
            labels()

    assert len(calls) == FAILURES_UNTIL_PAUSE
    assert (bad.status, bad.reason) == (discovery.PAUSED, "nav_links")
    kept = json.loads((data_dir / "plugins" / "state.json").read_text("utf-8"))["plugins"]["bad"]
    assert (kept["wish"], kept["reason"]) == ("paused", "nav_links")


def test_failures_of_different_hooks_are_counted_apart(app):
    def failing():
        raise RuntimeError("always")

    bad = plug_in(app, "bad", nav_links=failing, quick_actions=failing, help_topics=failing)
    with app.app_context():
        for hook in ("nav_links", "quick_actions", "help_topics") * 2:
            ask(hook)

    assert bad.status == discovery.RUNNING


def test_many_pages_failing_in_the_same_moment_pause_it_once(app, monkeypatch):
    gate = threading.Barrier(8)

    def failing():
        gate.wait(10)
        raise RuntimeError("all at once")

    bad = plug_in(app, "bad", nav_links=failing)
    faults = []

    def look():
        try:
            with app.app_context(), only_reading():
                labels()
        except Exception as error:  # noqa: BLE001 -- whatever comes out is the finding
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    assert faults == []
    assert bad.status == discovery.PAUSED


def test_a_full_disk_does_not_turn_a_pause_into_a_broken_page(app, monkeypatch):
    def failing():
        raise RuntimeError("always")

    def full(*_more):
        raise OSError(28, "No space left on device")

    bad = plug_in(app, "bad", nav_links=failing)
    monkeypatch.setattr(registry(app).states, "_write", full)
    with app.app_context():
        for _ in range(FAILURES_UNTIL_PAUSE):
            labels()

    assert bad.status == discovery.PAUSED


def test_what_is_told_runs_after_the_commit_in_a_session_of_its_own(any_app):
    seen = []

    def meddling(customer_id, purchase_id):
        customer = customers.get(customer_id)
        seen.append(catalogue.purchases_of(customer_id, 5)[0].id == purchase_id)
        customer.name = "Meddled"
        db.session.flush()
        db.session.rollback()
        raise RuntimeError("and fails")

    def adding(customer_id):
        customers.learn(customer_id, "Told")

    plug_in(any_app, "meddling", purchase_was_recorded=meddling)
    plug_in(any_app, "adding", purchase_was_recorded=adding)
    with any_app.app_context():
        made = customers.add({"name": "Sana"})
        catalogue.record_purchase(made.id, "Iron", today())

        assert seen == [True]
        assert made.name == "Sana"
        db.session.expire_all()
        assert customers.get(made.id).name == "Sana"
        assert [one.text for one in customers.get(made.id).facts] == ["Told"]


def test_telling_leaves_no_half_done_work_of_a_plugin(any_app):
    def forgetful(customer_id):
        customers.get(customer_id).name = "Never committed"

    plug_in(any_app, "forgetful", purchase_was_recorded=forgetful)
    with any_app.app_context():
        made = customers.add({"name": "Sana"}).id
        tell("purchase_was_recorded", customer_id=made, purchase_id=1)
        customers.learn(made, "A commit of somebody else")
    with any_app.app_context():
        assert customers.get(made).name == "Sana"


@pytest.mark.parametrize(
    "values",
    [{"kind": "urgent"}, {"customer_id": None}, {"weight": "heavy"}, {"key": 5}],
    ids=lambda one: next(iter(one)),
)
def test_an_entry_of_today_that_cannot_be_sorted_is_refused_where_it_is_made(values):
    with pytest.raises(TypeError):
        TodayEntry(**{"key": "x:1", "customer_id": 1, "kind": "review", "what": "Talk", **values})


def test_no_plugin_can_change_what_the_others_are_given(app):
    given, seen = [1, 2, 3], []

    def changing(customer_ids):
        customer_ids.clear()

    bad = plug_in(app, "bad", customers_with_open_problem=changing)
    plug_in(app, "good", customers_with_open_problem=lambda customer_ids: seen.extend(customer_ids) or [])
    with app.app_context():
        ask("customers_with_open_problem", customer_ids=given)

    assert given == seen == [1, 2, 3]
    assert bad.failures == {"customers_with_open_problem": 1}


def test_the_facts_of_example_data_cannot_be_changed():
    example = Example({"sana": 1}, date(2026, 11, 21))

    with pytest.raises(TypeError):
        example.customers["sana"] = 2


def test_more_than_anybody_could_read_is_a_fault(app):
    def endless():
        while True:
            yield link("test flood", "endless")

    floods = [
        plug_in(app, "many", nav_links=lambda: [link("test flood", "many")] * 100_000),
        plug_in(app, "long", nav_links=lambda: link("test flood" * 10_000_000, "long")),
        plug_in(app, "endless", nav_links=endless),
    ]
    with app.app_context():
        assert labels() == []

    assert [one.failures for one in floods] == [{"nav_links": 1}] * 3


def test_as_many_answers_as_were_asked_about_are_no_flood(app):
    many = list(range(5_000))
    good = plug_in(app, "good", customers_with_open_problem=lambda customer_ids: [*customer_ids])
    with app.app_context():
        assert len(ask("customers_with_open_problem", customer_ids=many)) == 5_000

    assert good.failures == {}


def test_a_tab_leads_to_a_page_of_the_plugin_itself(app):
    bad = plug_in(app, "bad", nav_links=lambda: [link("test mine", "customers")])
    with app.app_context():
        assert labels() == []

    assert bad.failures == {"nav_links": 1}


def test_markup_in_texts_is_shown_and_not_obeyed(app):
    with app.app_context():
        entry = TimelineEntry(at=today(), kind="x", icon="x", title=Markup("<b>"), said=lazy_gettext("Save"))

    assert (type(entry.title), entry.title) == (str, "<b>")
    assert type(entry.said) is str
    with pytest.raises(TypeError):
        CustomerAction("Label", None, "icon")
