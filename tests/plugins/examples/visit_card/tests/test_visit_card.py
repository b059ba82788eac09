"""The card is remembered, drawn in three scripts and written as a sheet for the printer."""

from loyalapp import sdk

pytest_plugins = ["loyalapp.testing"]

PAGE = "/plugins/visit_card/"


def test_the_sheet_is_written_and_the_person_remembered(app, desk):
    assert "visit_card/en.png" not in desk.read(PAGE)
    said = desk.send(PAGE, name="Imran Qureshi", work="Sales", phone="0300 1234567", language="en")

    assert "ready to print" in said
    assert "Imran Qureshi" in said
    (sheet,) = app.extensions["loyalapp.data"].exports.iterdir()
    assert sheet.name == "Visit card Imran Qureshi.pdf"
    assert sheet.read_bytes().startswith(b"%PDF")
    assert desk.open(PAGE + "en.png").data.startswith(b"\x89PNG")


def test_what_is_missing_is_said_and_what_was_typed_stays(desk):
    said = desk.send(PAGE, name="Imran Qureshi", phone="")

    assert "Please write the phone number for the card." in said
    assert "Imran Qureshi" in said


def test_the_customers_language_is_offered(app, desk, customer):
    with app.app_context():
        sdk.customers.get(customer).message_language = "hi-Latn"
        sdk.db.session.commit()

    assert 'value="hi" id="language-1" checked' in desk.read(f"{PAGE}?customer={customer}")
    assert f"{PAGE}?customer={customer}" in desk.read(f"/customers/{customer}")


def test_there_is_no_card_in_another_language(client):
    assert client.get(PAGE + "fr.png").status_code == 404


def test_the_page_speaks_every_language(desk, language):
    desk.send(PAGE, name="عمران قریشی", work="سیلز", phone="0300 1234567", language=language)

    assert desk.stray_english(PAGE) == []
    assert desk.open(f"{PAGE}{language}.png").data.startswith(b"\x89PNG")
