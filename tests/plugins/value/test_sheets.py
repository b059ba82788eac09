"""The value sheet: from records only, in the customer's language, on one page; and the page for a prospect."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.features.customers import consent, merging
from loyalapp.features.privacy import service as privacy
from plugins.value import asked, deeds, guessing, pitch, service, sheets, sorts, uses, words
from tests.conftest import through_the_door
from tests.walk import token_of

HOME = "/plugins/value"


def of_others(monkeypatch, *given: sdk.Given) -> None:
    """What other plugins would answer."""
    asking = sdk.ask
    monkeypatch.setattr(
        "loyalapp.sdk.ask", lambda hook, **facts: list(given) if hook == "extras_given" else asking(hook, **facts)
    )


def solved(days: int, ago: int = 3) -> sdk.Given:
    return sdk.Given(sdk.today() - timedelta(days=ago), "problem", "Overlock: it stops", "/plugins/issues/1", days=days)


def test_nothing_is_invented_for_a_customer_without_records(here, kind):
    who = kind("school", since=sdk.today() - timedelta(days=3000))
    service.hear(who, likes="You come at once.")
    done = deeds.done(who)
    assert done.is_empty
    assert (done.years, done.saved_minor, done.saved_minutes, done.half_within) == (8, 0, 0, None)


def test_every_line_has_its_record_and_only_those_of_the_time_count(here, kind, monkeypatch):
    of_others(monkeypatch, solved(2), solved(9, ago=500))
    who = kind("school")
    extra = service.give(who, "delivery", "On Sunday.", saved_minor=350_000, saved_minutes=90)
    old = service.give(who, "advice", "The right needle.", sdk.today() - timedelta(days=400))

    done = deeds.done(who)

    assert [(one.text, one.url) for one in done.everything] == [
        ("Overlock: it stops", "/plugins/issues/1"),
        ("On Sunday.", f"{HOME}/lines/{extra}"),
    ]
    assert (done.saved_minor, done.saved_minutes) == (350_000, 90)
    assert [one.url for one in deeds.done(who, 0).advice] == [f"{HOME}/lines/{old}"]


def test_what_issues_and_reviews_know_comes_by_itself(here, kind):
    from plugins.issues import service as issues  # what they answer is asked over the hook

    who = kind("school")
    problem = issues.record(who, "It stops")
    issues.done(problem)
    issues.solve(problem)
    [one] = deeds.done(who).problems
    assert (one.days, one.url) == (0, f"/plugins/issues/{problem}")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ur", ["ہم نے آپ کے لیے کیا کیا", "2 دن میں حل", "ضرورت پر پہنچانا"]),
        ("hi", ["हमने आपके लिए क्या किया", "2 दिन में सुलझी", "ज़रूरत पर पहुँचाना"]),
        ("en", ["What we did for you", "solved in 2 days", "Flexible delivery"]),
        ("ur-Latn", ["Hum ne aap ke liye kya kiya", "2 din mein hal", "Zaroorat par pahunchana"]),
        ("hi-Latn", ["Humne aapke liye kya kiya", "2 din mein suljhi", "Zaroorat par pahunchana"]),
    ],
)
def test_the_sheet_speaks_the_customers_language(here, kind, monkeypatch, language, expected):
    of_others(monkeypatch, solved(2))
    who = kind("school", message_language=language)
    service.give(who, "delivery", "On Sunday.")
    customer = sdk.customers.get(who)
    made = sheets.of(customer, deeds.done(who), sheets.language_for(customer, None))
    told = f"{made.title}\n{sheets.text(made)}"
    assert all(one in told for one in expected), told
    assert "{" not in told


def test_every_language_has_every_text():
    keys = {language: words.sheet(language).keys() for language in sdk.MESSAGE_LANGUAGES}
    assert all(one == keys["en"] for one in keys.values())
    for key in words.themes():
        assert all(words.theme(key, language) for language in sdk.MESSAGE_LANGUAGES)


def test_many_lines_stay_on_one_page_and_say_how_fast(here, kind, monkeypatch):
    of_others(monkeypatch, *(solved(days % 5, ago=days) for days in range(40)))
    who = kind("school", name="ﷺ" * 3 + "A" * 190)
    for number in range(30):
        service.give(who, "service", f"{'very long words ' * 30}{number}", saved_minutes=10)
    made = sheets.of(sdk.customers.get(who), deeds.done(who), "ur")
    part = made.parts[0]
    assert len(part.rows) == sheets.MOST_LINES
    assert part.rows[-1].text == "اور 34"
    assert part.lead == "40 مسئلے حل ہوئے، آدھے 2 دن کے اندر"
    content = sheets.drawn(made, "pdf")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") + content.count(b"/Type/Page/") <= 1
    assert content.startswith(b"%PDF")


def test_an_own_sort_is_named_and_keeps_its_name_when_it_is_not_offered_any_more(here, kind):
    number = sorts.add("Teaching new workers")
    who = kind("school")
    service.give(who, f"own-{number}", "Two days.")
    sorts.set_gone(number, is_gone=True)
    assert f"own-{number}" not in sorts.offered()
    assert words.extra_sort(f"own-{number}") == "Teaching new workers"
    with pytest.raises(sdk.LoyalAppError):
        service.give(who, f"own-{number}", "Two days.")
    assert sorts.add("teaching new workers") == number  # it comes back
    with pytest.raises(sdk.LoyalAppError):
        sorts.add("Teaching new workers")


# ---- for a prospect ----


def test_with_too_few_of_a_kind_the_words_of_more_are_taken(here, kind):
    for number in range(3):
        service.hear(
            kind("school", "large" if number else "small"), likes=f"x {number}", quoting="kind", themes=["speed"]
        )
    service.hear(kind("clinic"), likes="y", themes=["price"])
    assert pitch.of("school", "small")[:3] == ("school", "", 3)
    assert pitch.of("clinic", "")[:3] == ("", "", 4)
    assert [one.theme for one in pitch.of("school").counted] == ["speed"]


def test_quotes_keep_to_what_was_allowed(here, kind):
    named, alike, silent, unasked = (kind("school", "small", name=f"Name {n}", place="Pune") for n in range(4))
    for who, quoting in ((named, "name"), (alike, "kind"), (silent, "no"), (unasked, "")):
        service.hear(who, likes=f"Words of {who}", quoting=quoting)

    said = sheets.text(pitch.page(pitch.of("school", "small"), "en"))

    assert f"Words of {named}" in said
    assert "Name 0" in said
    assert f"Words of {alike}" in said
    assert "Name 1" not in said
    assert f"Words of {silent}" not in said
    assert f"Words of {unasked}" not in said
    consent.write(named, "reference", "told", given=False)
    assert "Name 0" not in sheets.text(pitch.page(pitch.of("school", "small"), "en"))
    assert all(one.customer_id != named for one in pitch.of("school", "small", without=named).quotes)


def test_a_yes_taken_back_leaves_every_page_and_says_where_it_was_used(any_app, kind):
    with any_app.app_context():
        who, prospect = kind("school", name="Asha"), kind("school", name="Neu Bau", stage="prospect")
        [voice] = service.hear(who, likes="You come at once.", quoting="name", themes=["speed"])
        guessing.add("only", "", "Parts for old machines")
        service.give(who, "service", "Free of charge.")
    desk = through_the_door(any_app)
    page = f"{HOME}/prospect?for={prospect}"
    assert "You come at once." in desk.get(page).text
    data = {"csrf_token": token_of(desk), "for": str(prospect), "format": "pdf"}
    assert desk.post(f"{HOME}/prospect/save", data=data).status_code == 303
    exports = any_app.extensions["loyalapp.data"].exports
    assert len(list(exports.glob("LoyalApp-customers-say-*.pdf"))) == 1
    assert "You come at once." in desk.get(f"{HOME}/sheet/{who}").text

    data = {"csrf_token": token_of(desk), "quoting": "no"}
    answer = desk.post(f"{HOME}/lines/{voice}", data=data, follow_redirects=True).text

    assert "Beside it you see where it was used." in answer
    assert "Neu Bau" in answer
    assert "You come at once." not in desk.get(page).text
    assert "You come at once." not in desk.get(f"{HOME}/sheet/{who}").text
    with any_app.app_context():
        assert [one.for_id for one in uses.of(voice)] == [prospect]


# ---- with the rest of the app ----


def test_who_is_joined_brings_words_friendship_and_uses_along(here, kind):
    loser, winner = kind("school"), kind("school")
    [voice] = service.hear(loser, likes="x", quoting="name", themes=["speed"])
    for one in (loser, winner):
        asked.mark_friend(one, is_friend=True)
    uses.write_down([(voice, True)], "spoken", for_id=loser)
    versions = {one: sdk.customers.get(one).version for one in (winner, loser)}
    merging.merge(winner, loser, {}, versions, lambda _field, value: str(value))
    assert [row.id for row in service.voices_of(winner, 9)] == [voice]
    assert asked.friends_among([winner, loser]) >= {winner}
    assert [one.for_id for one in uses.of(voice)] == [winner]


def test_papers_with_the_words_of_an_erased_customer_go_and_others_stay(here, kind):
    who, other = kind("school", name="Asha"), kind("clinic", name="Meena")
    [mine] = service.hear(who, likes="x", quoting="name")
    [theirs] = service.hear(other, likes="y", quoting="name")
    for file, voice in (("LoyalApp-customers-say-1.pdf", mine), ("LoyalApp-customers-say-2.pdf", theirs)):
        sdk.export_file(file, b"%PDF")
        uses.write_down([(voice, True)], "paper", file=file)
    sdk.export_file(f"LoyalApp-value-{who}.pdf", b"%PDF")
    privacy.erase(who)
    exports = here.extensions["loyalapp.data"].exports
    assert sorted(one.name for one in exports.glob("*.pdf")) == ["LoyalApp-customers-say-2.pdf"]
    assert asked.how_many_asked() == 1


def test_names_on_a_page_to_hand_over_are_in_its_letters_and_stand_for_themselves(here, kind):
    named = kind("school", name="सुनीता", name_ur="سنیتا")
    service.hear(named, likes="You come at once.", quoting="name")
    whom = sdk.customers.get(kind("school", name="ارشد", stage="prospect"))
    with sdk.in_language("ur"):
        made = {tongue: pitch.page(pitch.of("school"), tongue, whom) for tongue in ("hi", "ur", "hi-Latn")}
    assert ["सुनीता" in sheets.text(made[tongue]) for tongue in ("hi", "ur")] == [True, False]
    assert "سنیتا" in sheets.text(made["ur"])
    assert made["hi-Latn"].to == "\u2068ارشد\u2069 ke liye"


def test_a_prospects_briefing_says_what_others_like_them_value(here, kind):
    for _number in range(3):
        service.hear(kind("school"), likes="x", themes=["speed"])
    prospect = kind("school", stage="prospect")
    lines = {one.text for one in sdk.ask("briefing_lines", customer_id=prospect) if "of" in one.text}
    assert any("3 of 3" in one for one in lines), lines
    [line] = sdk.ask("customer_values", customer_id=1)
    assert line.title == "Likes best"


def test_words_are_found_by_the_search(here, kind):
    service.hear(kind("school", name="Asha"), likes="You still have the parts.")
    found = [one for one in sdk.ask("search_results", text="parts", limit=5) if one.url.startswith(HOME)]
    assert [(one.title, one.why) for one in found] == [("You still have the parts.", "Asha")]


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, "0 minutes"), (59, "59 minutes"), (60, "1 hour"), (119, "1.9 hours"), (150, "2.5 hours")]
)
def test_a_time_is_told_in_hours_where_there_are_any(here, minutes, told):
    assert sheets.duration(minutes, words.sheet("en")) == told


def test_a_review_asks_what_they_like_once_a_year_and_the_answer_goes_into_the_book(here, kind):
    who = kind("school")
    [asked_then] = [one for one in sdk.ask("review_questions", customer_id=who) if one.key.startswith("value_")]
    assert set(asked_then.words) == set(sdk.MESSAGE_LANGUAGES)
    sdk.db.session.commit()
    sdk.tell("review_was_held", customer_id=who, review_id=1, answers={asked_then.key: " You come at once. "})
    sdk.tell("review_was_held", customer_id=who, review_id=2, answers={asked_then.key: " "})
    assert [(row.words, row.quoting) for row in service.voices_of(who, 9)] == [("You come at once.", "")]
    assert [one for one in sdk.ask("review_questions", customer_id=who) if one.key.startswith("value_")] == []
