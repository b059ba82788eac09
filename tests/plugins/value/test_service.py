"""What customers say they value and were given, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from loyalapp import sdk
from loyalapp.core.clock import frozen
from loyalapp.features.customers import consent
from plugins.value import service
from plugins.value.models import Voice


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        yield
        sdk.db.session.remove()


def customer(name: str = "Sunita Sharma", **values) -> int:
    return sdk.customers.add({"name": name, **values}).id


def test_answers_are_kept_in_the_customers_own_words():
    one = customer()
    service.hear(one, likes=" रेट साफ़ बताते हैं ", stays="They pick up\nthe phone.", quoting="name")
    kept = {row.kind: (row.words, row.said_on, row.quoting) for row in service.voices_of(one, 9)}
    assert kept == {
        "likes": ("रेट साफ़ बताते हैं", sdk.today(), "name"),
        "stays": ("They pick up\nthe phone.", sdk.today(), "name"),
    }


def test_one_answer_is_enough_and_none_is_refused():
    one = customer()
    assert len(service.hear(one, stays="Service.")) == 1
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.hear(one, likes=" ", stays="\n")
    assert caught.value.field == "likes"


def test_nobody_is_quoted_without_a_yes_and_a_yes_can_be_taken_back():
    who = customer()
    (voice,) = service.hear(who, likes="Service.")
    assert service.may_quote(service.get(voice), set()) == ""
    assert service.may_quote(service.allow_quoting(voice, "name"), set()) == "name"
    assert service.may_quote(service.get(voice), {who}) == "kind"  # they do not want to be named at all
    back = service.allow_quoting(voice, "kind")
    assert (service.may_quote(back, set()), back.withdrawn_on) == ("kind", sdk.today())
    gone = service.allow_quoting(voice, "no")
    assert (service.may_quote(gone, set()), gone.withdrawn_on) == ("", sdk.today())
    assert service.allow_quoting(voice, "name").withdrawn_on is None
    with pytest.raises(sdk.NotFound):
        service.allow_quoting(voice + 1, "name")
    with pytest.raises(sdk.LoyalAppError):
        service.allow_quoting(voice, "perhaps")


@pytest.mark.parametrize(
    ("extra", "words", "ahead", "field"),
    [("", "x", 0, "extra"), ("gold", "x", 0, "extra"), ("advice", " ", 0, "words"), ("advice", "x", 1, "said_on")],
)
def test_an_extra_needs_its_sort_its_words_and_a_day_that_was(extra, words, ahead, field):
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.give(customer(), extra, words, sdk.today() + timedelta(days=ahead))
    assert caught.value.field == field
    sdk.db.session.rollback()
    assert sdk.db.session.query(Voice).count() == 0


def test_what_we_did_counts_the_last_year_from_records_only():
    one, other = customer(), customer("Other")
    day = sdk.today()
    service.give(one, "service", "Set up the machine.", day - timedelta(days=20))
    service.give(one, "advice", "The right needle.", day - timedelta(days=500))
    service.give(other, "advice", "x")
    service.hear(one, likes="The phone.")
    sdk.interactions.record(one, said="Fine")
    sdk.catalogue.record_purchase(one, "Iron", day - timedelta(days=3))
    sdk.catalogue.record_purchase(one, "Iron", day - timedelta(days=700))
    done = service.done_for(one, day - timedelta(days=6 * 366))
    assert (done.contacts, done.purchases, done.extras, done.years) == (1, 1, 1, 6)
    assert [row.words for row in done.newest_extras] == ["Set up the machine.", "The right needle."]
    assert [row.words for row in done.voices] == ["The phone."]
    empty = service.done_for(customer("New"))
    assert (empty.contacts, empty.purchases, empty.extras, empty.years) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("since", "today", "years"),
    [
        ((2025, 11, 23), (2026, 11, 23), 1),
        ((2025, 11, 23), (2026, 11, 22), 0),
        ((2020, 1, 1), (2025, 12, 31), 5),
        ((2024, 2, 29), (2025, 2, 28), 0),
        ((2024, 2, 29), (2025, 3, 1), 1),
        ((2024, 2, 29), (2028, 2, 29), 4),
        ((2027, 1, 1), (2026, 11, 23), 0),
    ],
)
def test_years_together_are_full_on_their_anniversary(since, today, years):
    with frozen(datetime(*today, 12, tzinfo=UTC)):
        assert service.years_together(date(*since)) == years
        assert service.done_for(customer(), date(*since)).years == years


def test_the_book_is_paged_and_filtered():
    tailor, school = customer("Tailor", trade="tailoring"), customer("School", trade="school")
    for number in range(6):
        service.hear(tailor, likes=f"likes {number}", said_on=sdk.today() - timedelta(days=number // 2))
    service.give(school, "delivery", "On Sunday.")
    seen, page = [], service.page(size=3)
    while True:
        seen += [row.id for row in page.rows]
        if page.after is None:
            break
        page = service.page(size=3, after=page.after)
    assert len(seen) == len(set(seen)) == 7
    assert [row.words for row in service.page("extra_given").rows] == ["On Sunday."]
    assert [row.trade for row in service.page(None, "school").rows] == ["school"]
    sdk.customers.remove(tailor)
    assert len(service.page().rows) == 1


def test_lines_go_with_their_customer():
    one = customer()
    service.hear(one, likes="x")
    sdk.db.session.delete(sdk.customers.get(one))
    sdk.db.session.commit()
    assert sdk.db.session.query(Voice).count() == 0


def test_the_panel_costs_the_same_for_one_and_for_many_lines():
    one = customer()
    service.hear(one, likes="x")
    service.give(one, "advice", "x")
    few = queries(lambda: service.done_for(one))
    for number in range(30):
        service.give(one, "advice", f"x {number}")
    assert queries(lambda: service.done_for(one)) == few


def queries(deed) -> int:
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731 -- one line to count
    event.listen(sdk.db.engine, "before_cursor_execute", listen)
    try:
        deed()
    finally:
        event.remove(sdk.db.engine, "before_cursor_execute", listen)
    return len(seen)


def test_who_does_not_want_to_be_named_is_not_named_by_any_line():
    who = customer()
    (line,) = service.hear(who, likes="You come at once.", quoting="name")
    consent.write(who, "reference", "told", given=False)

    with pytest.raises(sdk.LoyalAppError):
        service.hear(who, likes="Fair prices.", quoting="name")
    with pytest.raises(sdk.LoyalAppError):
        service.allow_quoting(line, "name")
    assert service.allow_quoting(line, "kind").quoting == "kind"
