"""Loyalty at a glance: figures of invented histories, in words that do not boast, with pictures that turn round."""

from datetime import date, timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.loyalty import drawing, service, words
from loyalapp.features.staff import service as staff
from tests.walk import speak


def bought(name: str, *days_ago: int, **more) -> int:
    """A customer with purchases, as a list brings them in."""
    made = customers.add({"name": name, **more}).id
    for ago in days_ago:
        day = today() - timedelta(days=ago)
        db.session.add(Purchase(customer_id=made, item="Thread", bought_on=day, import_id=1))
    db.session.commit()
    return made


def test_everybody_is_counted_where_they_belong(any_app):
    with any_app.app_context():
        regular = bought("Regular", 500, 470, 440, 200, 160, 120, 80, 40, 10)
        again = bought("Again", 400, 200)
        once = bought("Once", 420)
        quiet = bought("Quiet", 300, 270, 240, 210)
        new = bought("New", 3)
        gone = bought("Removed", 400, 200)
        customers.remove(gone)

        found = service.figures(today())

        assert sorted(found.kept) == [regular, again]
        assert list(found.missing) == [once]
        assert sorted(service.everybody(found.again)) == [regular, again]
        assert service.everybody(found.once) == [once]
        assert [(one.customer_id, one.usual, one.days) for one in found.quiet] == [(quiet, 30, 4)]
        assert service.everybody(found.lost) == [quiet]
        assert quiet in service.everybody(found.won)
        assert found.regulars == 1
        assert not {new, gone} & {*found.kept, *found.missing, *service.everybody(found.won)}
        assert (len(found.kept), len(found.kept) + len(found.missing)) == catalogue.regulars_kept(today())


def test_who_bought_again_had_a_whole_year_for_it(app):
    with app.app_context():
        late = bought("Late", 800, 434)
        soon = bought("Soon", 700, 690)
        young = bought("Young", 364, 100)

        found = service.figures(today())
        places = {one: place for place, part in enumerate(found.again) for one in part}

        assert young not in places
        assert late not in places, "more than a year after the first purchase, and long ago"
        first = today() - timedelta(days=700)
        start = found.first_quarters[places[soon]] if soon in places else None
        assert start is None or start <= first
        assert not set(service.everybody(found.again)) & set(service.everybody(found.once))


def test_figures_follow_a_sale_a_correction_and_a_removal(app):
    with app.app_context():
        bought("Lost", 500)
        assert len(service.figures(today()).missing) == 1
        (row,) = customers.find("Lost")

        sold = catalogue.record_purchase(row.id, "Thread", today())
        assert len(service.figures(today()).kept) == 1

        catalogue.change_purchase(sold, "Thread", today() - timedelta(days=499), amount_minor=None)
        assert len(service.figures(today()).kept) == 0


def test_quarters_are_those_of_the_calendar_also_in_a_leap_year():
    assert service.quarters_until(date(2028, 2, 29), 3) == [date(2027, 7, 1), date(2027, 10, 1), date(2028, 1, 1)]
    assert service.quarters_until(date(2026, 12, 31), 1) == [date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(3, 4, "3 of 4"), (0, 19, "0 of 19"), (5, 20, "25 percent (5 of 20)")]
)
def test_under_twenty_cases_there_is_no_percentage(app, part, whole, told):
    with app.test_request_context():
        assert words.share(part, whole) == told


def test_who_sent_whom_and_what_came_of_it(any_app):
    with any_app.app_context():
        sender = bought("Sender")
        buyer = bought("Buyer", 5, referred_by_id=sender)
        asked = bought("Asked", referred_by_id=sender)
        customers.remove(bought("Removed", 5, referred_by_id=sender))

        assert service.senders() == [service.Sender(sender, [buyer, asked], [buyer])]


def test_the_steady_part_is_what_regulars_bought_from_this_one_of_us(any_app):
    with any_app.app_context():
        me, other = staff.add("Asma"), staff.add("Bilal")
        regular, new = bought("Regular", 400, 300), bought("New")
        for seller, buyer in ((me, regular), (me, new), (other, regular), (other, regular)):
            row = Purchase(
                customer_id=buyer, item="Thread", bought_on=today() - timedelta(days=9), staff_member_id=seller
            )
            db.session.add(row)
        db.session.commit()

        assert catalogue.steady_part(me, today()) == (1, 2)
        assert catalogue.steady_part(other, today()) == (2, 2)
        assert catalogue.steady_part(None, today()) == (4, 5)
        assert catalogue.steady_part(None, today() - timedelta(days=10)) == (0, 1)
        assert [catalogue.steady_customers(one, today()) for one in (me, other, None)] == [[regular]] * 3
        customers.remove(regular)
        assert catalogue.steady_customers(me, today()) == []


def test_a_picture_is_the_same_from_either_side():
    left = drawing.bars([("good", [1, 2, 0]), ("bad", [0, 4, 3])], from_right=False)
    right = drawing.bars([("good", [1, 2, 0]), ("bad", [0, 4, 3])], from_right=True)

    assert [round(drawing.WIDTH - one.x - one.width, 1) for one in left] == [round(one.x, 1) for one in right]
    assert max(one.height for one in left) == drawing.HEIGHT
    assert all(0 <= one.x <= drawing.WIDTH and one.y + one.height == drawing.HEIGHT for one in (*left, *right))


def test_a_strip_of_time_begins_where_one_begins_to_read():
    _line, silence, first, second = drawing.strip([0, 50], 0, 100, from_right=True)
    assert (first.x + first.width, silence.x) == (drawing.STRIP, 0)
    assert second.x < first.x


def test_without_sales_the_page_says_what_to_do(client):
    page = client.get("/loyalty/").get_data(as_text=True)
    assert "too few sales" in page
    assert '<svg class="picture' not in page


def test_every_figure_leads_to_its_customers_in_the_direction_of_the_page(app, client):
    with app.app_context():
        for number in range(60):
            bought(f"Once {number}", 420)
        bought("Quiet one", 300, 270, 240, 210)
        db.session.remove()

    speak(client, "ur")
    page, second = (client.get(one).get_data(as_text=True) for one in ("/loyalty/", "/loyalty/missing?page=1"))
    speak(client, "en")

    assert 'class="picture picture-bars"' in page
    assert page.count("<rect") > 8
    assert '/loyalty/steady"' in page
    assert second.count('class="picture') == 10
    assert "Quiet one" in client.get("/loyalty/quiet").get_data(as_text=True)
    for which in ("kept", "missing", "again", "once", "won", "lost", "steady"):
        assert client.get(f"/loyalty/{which}?part=3").status_code == 200
    assert client.get("/loyalty/nothing").status_code == 404
