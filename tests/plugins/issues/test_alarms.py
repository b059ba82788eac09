"""A rise stands at the head of the owner's Today with its reason, and can be put to rest."""

from datetime import timedelta

from loyalapp import sdk
from plugins.issues import alarms, causes, service
from plugins.issues.models import Problem
from tests.plugins.issues.conftest import browser, send


def told(customer_id: int, *days_ago: int, what: str = "Pump leaks", item: str = "Pump 2 HP") -> list[int]:
    """Problems of the same kind, told so many days ago."""
    made = []
    for ago in days_ago:
        made.append(service.record(customer_id, what, item=item))
        sdk.db.session.get(Problem, made[-1]).opened_at = sdk.now() - timedelta(days=ago)
        sdk.db.session.commit()
    return made


def test_a_new_kind_in_one_group_is_flagged_with_its_reason_and_its_problems(here, person):
    sdk.catalogue.add_product("Pump 2 HP", "Pumps")
    made = told(person("ur"), 20, 8, 2)

    (found,) = alarms.now(sdk.today())

    assert found.group == "Pumps"
    assert alarms.why(found) == "3 came in the last 30 days, and none in the 90 days before."
    (problems,) = alarms.behind([found], sdk.today())
    assert {one.id for one in problems} == set(made)


def test_put_to_rest_it_is_silent_until_somebody_wakes_it(here, person):
    told(person("ur"), 20, 8, 2)
    (found,) = alarms.now(sdk.today())

    alarms.put_to_rest(found.group, found.kind_id, found.rise.came)
    alarms.put_to_rest(found.group, found.kind_id, found.rise.came)
    assert alarms.now(sdk.today()) == []
    assert len(alarms.resting(sdk.today())) == 1

    alarms.wake(found.group, found.kind_id)
    assert alarms.now(sdk.today()) == [found]


def test_what_was_told_a_moment_ago_counts_at_once(app, person):
    with app.app_context():
        customer_id = person("ur")
        told(customer_id, 20, 8)
        assert alarms.now(sdk.today()) == []
        told(customer_id, 0)
        assert len(alarms.now(sdk.today())) == 1


def test_problems_of_removed_customers_flag_nothing(app, person):
    with app.app_context():
        customer_id = person("ur")
        told(customer_id, 20, 8, 2)
        sdk.customers.remove(customer_id)
        assert alarms.now(sdk.today()) == []


def test_the_owner_reads_it_on_today_and_puts_it_to_rest_on_its_page(app, person):
    with app.app_context():
        told(person("ur"), 20, 8, 2)
    client = browser(app)

    assert "3 came in the last 30 days" in client.get("/").get_data(as_text=True)
    page = client.get("/plugins/issues/rise").get_data(as_text=True)
    assert "3 came in the last 30 days" in page
    kind = page.split('name="kind" value="', 1)[1].split('"', 1)[0]

    send(client, "/plugins/issues/rise", "/plugins/issues/rise/rest", group="", kind=kind, count="3")

    assert "3 came" not in client.get("/").get_data(as_text=True)
    page = client.get("/plugins/issues/rise").get_data(as_text=True)
    assert "at rest until" in page
    send(client, "/plugins/issues/rise", f"/plugins/issues/rise/wake?group=&kind={kind}")
    assert "3 came" in client.get("/").get_data(as_text=True)


def test_somebody_who_is_not_the_owner_is_not_bothered_on_today(app, person):
    with app.app_context():
        told(person("ur"), 20, 8, 2)
        owner, helper = sdk.staff.add("Asma", role="owner"), sdk.staff.add("Bilal")
    seen = []
    for one in (owner, helper):
        client = browser(app)
        with client.session_transaction() as session:
            session["staff_member_id"] = one
        seen.append("3 came in the last" in client.get("/").get_data(as_text=True))
    assert seen[1] is False


def test_the_we_fixed_it_list_names_each_customer_once_until_they_were_told(here, person):
    first, second = person("ur"), person("hi")
    problems = [*told(first, 9, 3), *told(second, 5)]
    cause = causes.write("Seal of the new batch is hard", problem_id=problems[0])
    for one in problems[1:]:
        causes.link(one, cause)

    whom = causes.to_tell(causes.problems(cause))
    assert [(one.customer_id, one.problem_id, one.told_on) for one in whom] == [
        (first, problems[1], None),
        (second, problems[2], None),
    ]
    causes.tell(cause, first, "call", "Told them")
    causes.tell(cause, first, "call", "Told them")
    whom = causes.to_tell(causes.problems(cause))
    assert [(one.customer_id, one.told_on) for one in whom] == [(second, None), (first, sdk.today())]
    causes.untell(cause, first)
    assert all(one.told_on is None for one in causes.to_tell(causes.problems(cause)))


def test_a_cause_is_written_from_a_problem_mended_and_told_in_the_customers_language(app, person):
    with app.app_context():
        problem = told(person("ur"), 4)[0]
    client = browser(app)

    answer = send(
        client,
        f"/plugins/issues/known/new?problem={problem}",
        title="Seal is hard",
        fix="Oil it",
        words="Gasket",
        owner="",
    )
    page = client.get(answer.location).get_data(as_text=True)
    assert "Once it is mended" in page
    send(client, answer.location, f"{answer.location}/mended", is_mended="yes")
    page = client.get(answer.location).get_data(as_text=True)
    assert "اصل وجہ" in page
    customer = page.split(f"{answer.location}/tell/", 1)[1].split('"', 1)[0]
    send(client, answer.location, f"{answer.location}/tell/{customer}", channel="whatsapp")
    assert "/tell/" not in client.get(answer.location).get_data(as_text=True)
    assert "Seal is hard" in client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert "Oil it" in client.get("/plugins/issues/known/").get_data(as_text=True)


def test_two_who_change_one_cause_do_not_overwrite_each_other(app):
    with app.app_context():
        cause = causes.write("Seal is hard")
    first, second = browser(app), browser(app)
    address = f"/plugins/issues/known/{cause}/change"
    assert 'name="version" value="1"' in second.get(address).get_data(as_text=True)
    send(first, address, title="Seal is very hard", fix="", words="", owner="", version="1")
    answer = send(second, address, title="Something else", fix="", words="", owner="", version="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code in (409, 422)
    assert "Somebody else changed this" in text
    assert "Something else" in text
