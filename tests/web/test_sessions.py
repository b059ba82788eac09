"""A signature is not reckoned anew for every page, and still nothing gets in that was not signed."""

from tests.conftest import through_the_door


def speak(browser, language: str) -> None:
    page = browser.get("/customers/new").get_data(as_text=True)
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    browser.post("/language", data={"csrf_token": token, "language": language, "next": "/"})


def language(browser) -> str:
    return browser.get("/customers/").get_data(as_text=True).split('<html lang="', 1)[1][:2]


def test_two_browsers_keep_their_own_language_page_after_page(app):
    first, second = through_the_door(app), through_the_door(app)
    for browser, chosen in ((first, "hi"), (second, "ur")):
        speak(browser, chosen)

    assert [language(browser) for browser in (first, second, first, second)] == ["hi", "ur", "hi", "ur"]


def test_a_choice_counts_from_the_next_page_on(client):
    for chosen in ("hi", "en", "ur", "hi"):
        speak(client, chosen)
        assert language(client) == language(client) == chosen


def test_a_session_that_was_not_signed_is_an_empty_one(app, client):
    speak(client, "hi")
    language(client)
    name = app.config["SESSION_COOKIE_NAME"]
    signed = client.get_cookie(name).value
    app.config["LANGUAGE"] = "en"

    for wrong in (f"{signed[:-2]}xx", signed[1:], f"{signed} ", ""):
        client.set_cookie(name, wrong)
        assert language(client) == "en", wrong

    client.set_cookie(name, signed)
    assert language(client) == "hi"
