"""What a customer allows us: the newest answer counts, and a refusal outlives two customers becoming one."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers


def somebody(name="Imran") -> int:
    return customers.add({"name": name}).id


def test_the_newest_answer_counts_and_older_ones_stay(any_app):
    with any_app.app_context():
        who = somebody()
        consent.write(who, "offers", "told", today() - timedelta(days=3), given=True)
        consent.write(who, "offers", "wrote", given=False, note="by letter")
        consent.write(who, "greetings", "told", given=True)

        standing = consent.standing(who)
        assert {purpose: line.given for purpose, line in standing.items()} == {"offers": False, "greetings": True}
        assert (standing["offers"].source, standing["offers"].note) == ("wrote", "by letter")
        assert len(consent.history([who])) == 3


def test_an_answer_of_long_ago_does_not_overtake_a_newer_one(any_app):
    with any_app.app_context():
        who = somebody()
        consent.write(who, "offers", "told", given=False)
        consent.write(who, "offers", "form", today() - timedelta(days=30), given=True)

        assert consent.refused([who], "offers") == {who}


def test_only_who_said_no_has_refused(any_app):
    with any_app.app_context():
        yes, no, again, unasked = (somebody(name) for name in ("A", "B", "C", "D"))
        consent.write(yes, "greetings", "told", given=True)
        consent.write(no, "greetings", "told", given=False)
        consent.write(again, "greetings", "told", given=False)
        consent.write(again, "greetings", "told", given=True)
        consent.write(unasked, "offers", "told", given=False)

        assert consent.refused([yes, no, again, unasked], "greetings") == {no}


@pytest.mark.parametrize("refuser", [0, 1])
def test_a_refusal_of_either_wins_when_two_become_one(any_app, refuser):
    from loyalapp.core import belongings
    from loyalapp.core.db import db

    with any_app.app_context():
        pair = [somebody("Imran"), somebody("عمران")]
        consent.write(pair[refuser], "offers", "told", today() - timedelta(days=400), given=False)
        consent.write(pair[1 - refuser], "offers", "told", given=True)
        consent.write(pair[0], "greetings", "told", given=True)
        consent.keep_refusals(*pair)
        belongings.repoint(*pair)
        db.session.commit()

        assert consent.refused([pair[1]], "offers") == {pair[1]}
        assert consent.standing(pair[1])["greetings"].given
        consent.write(pair[1], "offers", "told", given=True)
        assert consent.refused([pair[1]], "offers") == set(), "asked anew, they may change their mind"


def test_what_makes_no_sense_is_refused(any_app):
    with any_app.app_context():
        who = somebody()
        for purpose, source, day in (("lottery", "told", None), ("offers", "guessed", None)):
            with pytest.raises(LoyalAppError):
                consent.write(who, purpose, source, day, given=True)
        with pytest.raises(LoyalAppError) as caught:
            consent.write(who, "offers", "told", today() + timedelta(days=1), given=True)
        assert caught.value.field == "given_on"


def test_a_line_written_by_mistake_is_struck_out_and_only_by_its_own_customer(any_app):
    with any_app.app_context():
        who, other = somebody(), somebody("Sunita")
        line = consent.write(who, "offers", "told", given=False)
        with pytest.raises(NotFound):
            consent.strike_out(other, line)
        consent.strike_out(who, line)

        assert consent.standing(who) == {}
