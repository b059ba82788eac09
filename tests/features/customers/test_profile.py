"""The profile: a customer as plain values, the same as the entity's, read once for a page and changed by nobody."""

from datetime import date

import pytest

from loyalapp.core.db import only_reading
from loyalapp.core.errors import NotFound
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers

SAID = {"name": "Amna", "place": "Lahore", "since": date(2020, 1, 2), "birth_month": 5, "birth_day": 4, "notes": "Tea"}


@pytest.fixture
def amna(any_app) -> int:
    with any_app.app_context():
        made = customers.add({**SAID, "phones": ["0300 1234567", "042 35761234"]}).id
        customers.learn(made, "Likes tea", "told", learned_on=date(2024, 1, 1))
        customers.learn(made, "Has two shops", learned_on=date(2024, 5, 1), may_use=False, do_not_mention=True)
        return made


def test_it_says_what_the_entity_says(any_app, amna):
    with any_app.test_request_context(), only_reading():
        for _time in range(3):
            profile, entity = customers.profile(amna), customers.get(amna)

            for name in (*SAID, "id", "stage", "version", "created_at", "no_contact", "birthday"):
                assert getattr(profile, name) == getattr(entity, name), name
            assert [one.number for one in profile.phones] == [one.number for one in entity.phones]
            assert [one.on_whatsapp for one in profile.phones] == [one.on_whatsapp for one in entity.phones]
            facts = [(one.id, one.text, one.source, one.learned_on, one.may_use) for one in profile.facts]
            assert facts == [(one.id, one.text, one.source, one.learned_on, one.may_use) for one in entity.facts]
            assert [one.do_not_mention for one in profile.facts] == [True, False]
            assert customers.addressed(profile) == customers.addressed(entity)


def test_nobody_can_change_it_for_others(any_app, amna):
    with any_app.test_request_context(), only_reading():
        profile = customers.profile(amna)
        assert customers.profile(amna) is profile
        with pytest.raises(AttributeError):
            profile.name = "Zara"
        with pytest.raises(AttributeError):
            profile.phones[0].number = "+923000000000"
        with pytest.raises(TypeError):
            consent.said(amna)["offers"] = True


def test_who_is_not_in_the_list_has_none(any_app, amna):
    with any_app.app_context():
        customers.remove(amna)
        for one in (amna, 4711, 0, 2**40):
            with pytest.raises(NotFound):
                customers.profile(one)
