"""Who is reviewed on a day: a few, spread over the year, nobody because of an import (B2)."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core.clock import frozen
from plugins.reviews import due, planning, portfolio, rhythm, service

from .conftest import account, many_accounts, sell_everything
from .test_service import TIP


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        sell_everything()
        yield
        sdk.db.session.remove()


def ids(day, limit: int = 120) -> list[int]:
    return [one.customer_id for one in due.due(day, limit)]


def due_since(*customers: int, days: int = 1) -> None:
    for one in customers:
        service.put_off(one)
        service.take_up_again(one, sdk.today() - timedelta(days=days))


def test_an_import_makes_nothing_overdue_and_no_day_gets_more_than_two():
    many_accounts(1100, came=0)
    today = sdk.today()
    assert due.due(today, 120) == []
    for ahead in (7, 17, 200, 364):
        found = due.due(today + timedelta(days=ahead), 120)
        assert len(found) == 2
        assert all(one.first for one in found)


def test_every_account_of_a_small_firm_comes_up_within_a_year():
    accounts = set(many_accounts(40))
    seen = set()
    for ahead in range(21):
        found = due.due(sdk.today() + timedelta(days=ahead), 120)
        seen |= {one.customer_id for one in found}
        for one in found:  # held or put off: it does not come again on the next day
            service.put_off(one.customer_id, days=800)
    assert seen == accounts


def test_every_account_of_a_large_firm_comes_up_too(monkeypatch):
    accounts = set(many_accounts(90))
    monkeypatch.setattr(due, "SPAN", 20)
    seen = set()
    for ahead in range(80):
        found = due.due(sdk.today() + timedelta(days=ahead), 120)
        assert len(found) <= 2
        seen |= {one.customer_id for one in found}
        for one in found:
            service.put_off(one.customer_id, days=800)
    assert seen == accounts


def test_the_same_day_asks_for_the_same_accounts():
    many_accounts(60)
    day = sdk.today() + timedelta(days=3)
    assert due.due(day, 120) == due.due(day, 120)


@pytest.mark.parametrize("stage", ["prospect", "former", "unsorted", "not_ours"])
def test_only_accounts_are_reviewed(stage):
    people = many_accounts(5, stage=stage)
    for one in people:
        service.assess(one, "yes")
    due_since(*people[:3])
    assert all(not due.due(sdk.today() + timedelta(days=ahead), 120) for ahead in range(0, 400, 7))


def test_a_customer_whose_sales_nobody_wrote_down_is_an_account_too():
    one = sdk.customers.add({"name": "Nothing bought"}).id
    assert [found.customer_id for found in due.due(sdk.today() + timedelta(days=8), 120)] == [one]


def test_each_of_us_gets_their_own_number():
    ali, bina = sdk.staff.add("Ali", role="owner"), sdk.staff.add("Bina")
    his, hers, nobodys = (many_accounts(6, salesman_id=one) for one in (ali, bina, None))
    rhythm.save(rhythm.Rhythm(numbers={ali: 1, bina: 3}))
    due_since(*his[:4], *hers[:2])
    found = ids(sdk.today())
    assert [len(set(found) & set(one)) for one in (his, hers, nobodys)] == [1, 3, 2]
    service.put_off(his[0])
    found = ids(sdk.today())
    assert [len(set(found) & set(one)) for one in (his, hers, nobodys)] == [0, 3, 2]


def test_a_long_row_of_one_of_us_hides_nobody_elses():
    ali, bina = sdk.staff.add("Ali", role="owner"), sdk.staff.add("Bina")
    his, hers = many_accounts(40, salesman_id=ali), many_accounts(2, salesman_id=bina)
    due_since(*his, days=50)
    due_since(*hers, days=1)
    assert set(hers) < set(ids(sdk.today(), limit=10))


def test_those_whose_day_has_come_are_first_and_the_longest_waiting_before_all():
    one, two, three = (account("iron", name=f"Account {number}") for number in range(3))
    due_since(one, days=2)
    due_since(two, days=9)
    due_since(three, days=5)
    assert ids(sdk.today()) == [two, three]


def test_held_and_put_off_reviews_use_up_the_day():
    one, two, three = (account("iron", name=f"Account {number}") for number in range(3))
    due_since(one, two, three)
    service.finish(one, 0, **TIP)
    assert ids(sdk.today()) == [two]
    service.put_off(two)
    assert ids(sdk.today()) == []
    assert ids(sdk.today() + timedelta(days=1)) == [three]


def test_a_half_done_review_asks_to_be_finished_from_the_same_day_on():
    one = account("iron")
    service.write_down(one, 0, answers={"us_going": "Well."})
    for later in (0, 1):
        found = due.due(sdk.today() + timedelta(days=later), 120)
        assert [(entry.customer_id, entry.begun) for entry in found] == [(one, True)]


def test_a_removed_customer_is_not_reviewed():
    one = account("iron")
    due_since(one)
    sdk.customers.remove(one)
    assert one not in ids(sdk.today())


def test_the_number_a_day_is_the_firms_choice():
    accounts = [account("iron", name=f"Account {number}") for number in range(5)]
    due_since(*accounts)
    sdk.settings.put("reviews.per_day", 4)
    assert len(ids(sdk.today())) == 4
    sdk.settings.put("reviews.per_day", 0)
    assert ids(sdk.today()) == []


def test_today_costs_the_same_for_one_and_for_many(count_queries):
    accounts = [account("iron", name=f"Account {number}") for number in range(2)]
    ask = lambda: sdk.ask("today_entries", day=sdk.today(), limit=120)  # noqa: E731 -- one line to count
    due_since(*accounts)
    ask()  # some things are looked at only once after a start, or after a list came in
    few = count_queries(ask)
    due_since(*many_accounts(30))
    ask()
    assert count_queries(ask) == few


def test_done_on_today_without_a_review_puts_it_off_and_undo_brings_it_back():
    one = account("iron")
    due_since(one, days=3)
    (entry,) = [found for found in sdk.ask("today_entries", day=sdk.today(), limit=9) if found.kind == "review"]
    assert (entry.customer_id, entry.url) == (one, f"/plugins/reviews/hold/{one}")
    sdk.tell("today_entry_was_finished", key=entry.key, customer_id=one)
    assert service.standing(one).next_on == sdk.today() + timedelta(days=14)
    sdk.tell("today_entry_was_reopened", key=entry.key, customer_id=one)
    assert service.standing(one).next_on == sdk.today() - timedelta(days=3)


@pytest.mark.parametrize("key", ["reviews:", "reviews:1", "reviews:1:x", "reviews:1:2026-99-99x", "issues:1:1", ""])
def test_keys_of_others_and_forged_ones_change_nothing(key):
    one = account("iron")
    sdk.tell("today_entry_was_finished", key=key, customer_id=one)
    sdk.tell("today_entry_was_reopened", key=key, customer_id=one)
    assert service.standing(one).next_on is None


# ---- the territory ----


def test_the_portfolio_counts_and_lists_by_level():
    high = service.assess(account("iron", name="Anwar"), "yes").customer_id
    low = service.assess(account("iron", name="Bilal"), "no").customer_id
    mine = service.assess(account("iron", name="Daud"), "no", "high", "He told me.").customer_id
    silent = account("iron", name="Chand")
    gone = account("iron", name="Gone")
    sdk.customers.remove(gone)
    sdk.customers.add({"name": "Prospect", "stage": "prospect"})
    assert portfolio.counts() == {"low": 1, "middle": 0, "high": 2, "unknown": 1}
    assert [row.id for row in portfolio.page("high").rows] == [high, mine]
    assert [row.id for row in portfolio.page("low").rows] == [low]
    assert [row.id for row in portfolio.page("unknown").rows] == [silent]
    assert not portfolio.page("middle").rows


def test_the_portfolio_pages_forth_and_back_without_loss():
    accounts = many_accounts(7)
    seen, page = [], portfolio.page("unknown", size=3)
    seen += [row.id for row in page.rows]
    while page.after:
        before, page = page, portfolio.page("unknown", after=page.after, size=3)
        seen += [row.id for row in page.rows]
        assert [row.id for row in portfolio.page("unknown", before=page.before, size=3).rows] == [
            row.id for row in before.rows
        ]
    assert seen == accounts


def test_the_page_of_a_level_agrees_with_the_page_of_each_customer():
    accounts = []
    for number, items in enumerate((["iron"], ["iron", "table"], ["iron", "table", "lamp"], list(SOLD_ALL))):
        for answer in ("yes", "no", "unknown"):
            one = account(*items, name=f"Account {number} {answer}")
            service.assess(one, answer)
            accounts.append(one)
    listed = {row.id: level for level in ("low", "middle", "high") for row in portfolio.page(level, size=50).rows}
    assert listed == {one: found.level for one, found in service.standings(accounts).items()}


SOLD_ALL = ("iron", "table", "machine", "thread", "needles", "lamp", "scissors", "press")


def test_an_appointment_survives_a_clock_that_jumps_and_days_of_sleep():
    (one,) = many_accounts(1)
    planning.ask_again_on(one, sdk.today() + timedelta(days=3))
    for days, comes in ((-366, False), (-1, False), (2, False), (3, True), (9, True), (366, True), (0, False)):
        with frozen(sdk.now() + timedelta(days=days)):
            assert (ids(sdk.today()) == [one]) is comes, days
