"""The firm's standards of communication: good lines from the beginning, its own, one at the moment of contact."""

import pytest

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import in_language
from loyalapp.features.settings import service as settings
from loyalapp.features.standards import service


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_channel_has_three_to_six_lines_from_the_beginning(app, language):
    with app.app_context(), in_language(language):
        for channel in service.CHANNELS:
            assert 3 <= len(service.lines(channel)) <= 6


def test_another_line_is_shown_each_time_until_all_were_seen(app):
    with app.app_context():
        seen = [service.lines_now()["call"] for _time in range(4)]

        assert sorted(seen) == sorted(service.lines("call"))
        assert service.lines_now()["sms"] in service.lines("email")


def test_own_lines_are_kept_and_an_emptied_box_gets_the_first_ones_back(any_app):
    with any_app.app_context():
        ready = {channel: "\n".join(service.lines(channel)) for channel in service.CHANNELS}
        service.write({**ready, "call": "  Smile.  \n\nBe short.\n"}, 2)
        assert service.lines("call") == ["Smile.", "Be short."]
        assert settings.firm().answer_within == 2
        with in_language("ur"):
            assert (
                service.lines("visit") != ready["visit"].splitlines()
            )  # left as it was: it speaks the reader's language

        service.write({**ready, "call": " \n "}, 2)
        assert service.lines("call") == ready["call"].splitlines()


@pytest.mark.parametrize("text", ["x\n" * 13, "x" * 201])
def test_what_nobody_would_read_is_refused(app, text):
    with app.app_context(), pytest.raises(LoyalAppError):
        service.write({"call": text}, 1)


def test_the_page_keeps_what_was_typed(client, csrf):
    sent = {**csrf("/settings/standards/"), "call": "Smile.", "answer_within": "99"}
    answer = client.post("/settings/standards/", data=sent)
    assert answer.status_code == 422
    assert "Smile." in answer.get_data(as_text=True)

    assert client.post("/settings/standards/", data={**sent, "answer_within": "3"}).status_code == 303
    assert "Smile." in client.get("/settings/standards/").get_data(as_text=True)


def test_one_line_of_the_firm_stands_beside_the_record_form(app, client):
    from loyalapp.features.customers import service as customers

    with app.app_context():
        who = customers.add({"name": "Sana"}).id
        service.write({"visit": "Take your shoes off."}, 1)

    assert "Take your shoes off." in client.get(f"/contacts/new/{who}").get_data(as_text=True)
