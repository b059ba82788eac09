"""The manual: every page there in every language, plugins' pages too, and nothing else."""

import pytest

from loyalapp.plugin_system.calls import ask, registry
from tests.walk import speak


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_of_the_manual_can_be_read(client, app, language):
    speak(client, language)
    front = client.get("/help/").get_data(as_text=True)
    with app.app_context():
        topics = ask("help_topics")

    assert len(topics) >= 8
    for topic in topics:
        assert f"/help/{topic.slug}" in front
        answer = client.get(f"/help/{topic.slug}")
        assert answer.status_code == 200
        assert len(answer.get_data(as_text=True)) > 2000


def test_every_plugin_that_runs_has_a_page(app):
    with app.app_context():
        owners = {one.template.split("/")[0] for one in ask("help_topics")}

    assert registry(app).running.keys() <= owners


def test_slugs_are_different(app):
    with app.app_context():
        slugs = [one.slug for one in ask("help_topics")]

    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("slug", ["nothing", "..", "%2e%2e", "show.html", "first_steps.html", "<b>"])
def test_nothing_else_is_served(client, slug):
    assert client.get(f"/help/{slug}").status_code in (404, 308)
