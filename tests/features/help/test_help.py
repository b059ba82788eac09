"""The manual: every page there in every language, plugins' pages too, and nothing else."""

import pytest

from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.paths import PACKAGE
from loyalapp.features.help import guide, service
from loyalapp.plugin_system.calls import ask, registry
from tests.markup import Page
from tests.screenshots.pictures import PAGES
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


NO_SCREENS = {"static", "boot", "shell.health"}


def test_every_screen_has_a_page_of_the_manual(app):
    screens = {one.endpoint for one in app.url_map.iter_rules() if "GET" in (one.methods or ())} - NO_SCREENS
    with app.app_context():
        found = {one: service.about(one) for one in screens}

    assert sorted(one for one, topic in found.items() if topic is None) == []
    leads = {"today.show": "today", "lists.show": "customers", "imports.new": "lists", "backups.show": "safety"}
    leads |= {"issues.show": "problems", "issues.ally_new": "allies", "greetings.days": "festivals"}
    assert {one: found[one].slug for one in leads} == leads


def test_the_question_mark_of_a_page_leads_to_its_help(client):
    page = Page(client.get("/customers/new").get_data(as_text=True))
    (sign,) = [one for one in page.all("a") if "data-help" in one]

    assert client.get(sign["href"]).headers["Location"] == "/help/customers"
    assert client.get("/help/about/nothing.of_ours").headers["Location"] == "/help/"


@pytest.mark.parametrize(
    ("language", "asked", "slug"),
    [
        ("en", "backup stick", "safety"),
        ("ur", "ایکسل", "lists"),
        ("hi", "वादा", "contacts"),
        ("ur", "kruti", "lists"),
        ("hi", "festivals तारीख़ त्योहार", "festivals"),
    ],
)
def test_the_manual_is_searched_in_the_language_of_the_page(client, language, asked, slug):
    speak(client, language)
    answer = client.get("/help/", query_string={"words": asked}).get_data(as_text=True)
    found = answer.partition('class="lines found"')[2].partition("</ol>")[0]

    assert f'href="/help/{slug}"' in found
    assert "<mark>" in found


def test_what_is_not_in_the_manual_is_said_and_never_run(client):
    answer = client.get("/help/", query_string={"words": "<b>zzxqw</b>"}).get_data(as_text=True)

    assert "&lt;b&gt;zzxqw&lt;/b&gt;" in answer
    assert "<b>zzxqw" not in answer
    assert 'class="lines found"' in answer
    assert client.get("/help/", query_string={"words": " "}).status_code == 200


def test_the_guide_has_a_small_picture_of_every_step_in_every_language():
    folder = PACKAGE / "web" / "static" / guide.FOLDER
    names = {f"{one.picture}.{guide.FORM}" for one in guide.STEPS}
    files = {language: sorted((folder / language).iterdir()) for language in LANGUAGES}

    assert {name.partition(".")[0] for name in names} == set(PAGES)
    for some in files.values():
        assert {one.name for one in some} == names
        assert all(one.read_bytes()[8:12] == b"WEBP" for one in some)
    assert sum(one.stat().st_size for some in files.values() for one in some) < 1_000_000


def test_the_whole_manual_stands_on_one_page_to_be_printed(client, app):
    whole = client.get("/help/all").get_data(as_text=True)
    with app.app_context():
        topics = ask("help_topics")

    assert all(f"<h2>{one.title}</h2>" in whole for one in topics)
    assert whole.count('class="guide-picture"') == len(guide.STEPS)
    assert "data-print" in whole
