"""A plugin from a file through the pages: looked at, agreed to, tried, installed, updated, taken back and removed."""

import io
import re

import pytest

from loyalapp.features.plugin_page import installing
from loyalapp.features.plugin_page.refusals import SENTENCES, NotTaken
from loyalapp.plugin_system import discovery, loading, packing, signatures, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.refusal import Refusal
from tests.conftest import close, open_app, through_the_door
from tests.plugin_system.parcels import add_table, folder, parcel
from tests.walk import speak, token_of

ACCESS = '[access.customers]\nen = "Reads names."\nur = "نام پڑھتا ہے۔"\nhi = "नाम पढ़ता है।"'


def send(client, file, name=None):
    """Choose a file on the page."""
    data = {"csrf_token": token_of(client), "file": (io.BytesIO(file.read_bytes()), name or file.name)}
    return client.post("/plugins/install", data=data, content_type="multipart/form-data")


def press(client, address, **data):
    return client.post(address, data={"csrf_token": token_of(client), **data})


@pytest.fixture
def quick(monkeypatch):
    """Without the trial run, which is slow and has tests of its own."""
    monkeypatch.setattr("loyalapp.plugin_system.trying.try_out", lambda *_more: None)


@pytest.mark.slow
def test_four_clicks_from_the_plugins_page_to_a_running_plugin(data_dir, tmp_path):
    app = open_app(data_dir)
    browser = through_the_door(app)
    page = browser.get("/plugins/").text
    assert (
        'href="/plugins/install" data-install' in page
    )  # 1: the button opens the file dialogue (2) and sends the file

    review = send(browser, parcel(tmp_path))
    assert review.status_code == 303
    token = review.headers["Location"]
    assert not (data_dir / "plugins" / "stock").exists(), "nothing before the yes"
    assert f'action="{token}"' in browser.get(token).text

    done = press(browser, token)  # 3: the yes
    text = browser.get(done.headers["Location"]).text
    assert "Stock reminder" in text
    assert 'action="/plugins/installed/stock/start"' in text
    press(browser, "/plugins/installed/stock/start")  # 4: switch on and restart
    assert app.extensions["loyalapp"].restart_wanted.is_set()
    close(app)

    app = open_app(data_dir)
    assert registry(app).plugins["stock"].status == discovery.RUNNING
    assert through_the_door(app).get("/plugins/stock/").text == "hello of 1.0.0"
    close(app)


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_the_review_says_who_what_and_that_it_cannot_be_enforced(client, tmp_path, language):
    signatures.make_key(tmp_path / "key.pem")
    file = parcel(tmp_path, key=tmp_path / "key.pem", tables=ACCESS)
    speak(client, language)
    address = send(client, file).headers["Location"]

    text = client.get(address).text

    words = {"en": "Reads names.", "ur": "نام پڑھتا ہے۔", "hi": "नाम पढ़ता है।"}
    assert words[language] in text
    for part in ("Meera Joshi", "1.0.0", "stock-1.0.0.loyalplugin", "MIT"):
        assert part in text
    assert len(re.findall(r"[0-9A-F]{4}( [0-9A-F]{4}){3}", text)) == 2, "the numbers of file and signature"


def test_no_means_no(client, tmp_path, data_dir):
    address = send(client, parcel(tmp_path)).headers["Location"]
    assert press(client, f"{address}/no").status_code == 303

    assert client.get(address).status_code == 422
    assert list((data_dir / "plugins" / ".staged").iterdir()) == []
    assert not (data_dir / "plugins" / "stock").exists()


def test_what_is_refused_is_said_in_a_sentence_and_not_kept(client, tmp_path, data_dir):
    (tmp_path / "x.loyalplugin").write_bytes(b"hello")
    answer = send(client, tmp_path / "x.loyalplugin")

    assert answer.status_code == 422
    assert "This is not a plugin." in answer.text
    assert list((data_dir / "plugins" / ".staged").iterdir()) == []
    data = {"csrf_token": token_of(client)}
    assert "Please choose a file first." in client.post("/plugins/install", data=data).text


@pytest.mark.slow
def test_what_fails_the_trial_is_not_installed_and_its_maker_is_told(client, tmp_path, data_dir):
    place = folder(tmp_path / "source")
    (place / "plugin.py").write_text('"""Bad."""\nimport os\nos._exit(5)\n', "utf-8")
    address = send(client, packing.pack(place, tmp_path)).headers["Location"]

    answer = press(client, address)

    assert answer.status_code == 422
    assert "it stopped the whole program" in answer.text
    assert "exit code 5" in answer.text
    assert not (data_dir / "plugins" / "stock").exists()


@pytest.mark.usefixtures("quick")
def test_updated_called_off_and_removed(data_dir, tmp_path):
    app = open_app(data_dir)
    browser = through_the_door(app)
    place = folder(tmp_path / "source")
    add_table(place)
    press(browser, send(browser, packing.pack(place, tmp_path)).headers["Location"])
    registry(app).states.set_wish("stock", state.ON)
    close(app)

    app = open_app(data_dir)
    browser = through_the_door(app)
    update = parcel(tmp_path, version="1.1.0")
    press(browser, send(browser, update).headers["Location"])
    text = browser.get("/plugins/?new=stock").text
    assert "1.1.0" in text
    assert "Restart now" in text
    press(browser, "/plugins/installed/stock/stay")
    assert "1.1.0" not in browser.get("/plugins/").text

    assert 'value="keep"' in browser.get("/plugins/installed/stock/remove").text
    press(browser, "/plugins/installed/stock/remove", how="keep")
    text = browser.get("/plugins/").text
    assert "Data of plugins that are gone" in text
    assert "Stock reminder" in text
    press(browser, "/plugins/kept/stock/save")
    assert list((data_dir / "exports").glob("stock-*.json"))
    assert "2" in browser.get("/plugins/kept/stock/delete").text
    press(browser, "/plugins/kept/stock/delete")
    assert "Data of plugins that are gone" not in browser.get("/plugins/").text
    close(app)


@pytest.mark.usefixtures("quick")
def test_going_back_is_offered_and_done(data_dir, tmp_path):
    app = open_app(data_dir)
    browser = through_the_door(app)
    for version in ("1.0.0", "1.1.0"):
        press(browser, send(browser, parcel(tmp_path, version=version)).headers["Location"])
    assert "Go back to version" in browser.get("/plugins/").text

    press(browser, "/plugins/installed/stock/back")

    assert registry(app).plugins["stock"].manifest.version == "1.0.0"
    assert press(browser, "/plugins/installed/stock/back").status_code == 422
    close(app)


@pytest.mark.usefixtures("quick")
def test_going_back_from_a_running_version_takes_effect_with_the_next_start(data_dir, tmp_path):
    for version in ("1.0.0", "1.1.0"):
        app = open_app(data_dir)
        press(through_the_door(app), send(through_the_door(app), parcel(tmp_path, version=version)).headers["Location"])
        registry(app).states.set_wish("stock", state.ON)
        close(app)
        loading._forget("stock")  # a real start is a new process
    app = open_app(data_dir)
    browser = through_the_door(app)
    assert browser.get("/plugins/stock/").text == "hello of 1.1.0"
    page = browser.get(press(browser, "/plugins/installed/stock/back").headers["Location"]).text
    assert "1.0.0" in page
    assert "Restart now" in page
    assert browser.get("/plugins/stock/").text == "hello of 1.1.0"
    close(app)
    loading._forget("stock")

    app = open_app(data_dir)
    assert through_the_door(app).get("/plugins/stock/").text == "hello of 1.0.0"
    close(app)


@pytest.mark.parametrize(
    "address", ["/plugins/installed/nobody/start", "/plugins/installed/nobody/back", "/plugins/kept/issues/delete"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert press(client, f"/plugins/{address}").status_code == 404


def test_shipped_plugins_cannot_be_removed(client):
    answer = press(client, "/plugins/installed/issues/remove", how="delete")

    assert answer.status_code == 422
    assert "It can be switched off, but not removed." in answer.text


def test_a_file_given_at_the_start_opens_its_review(app, tmp_path):
    with app.app_context():
        page = installing.open_file(parcel(tmp_path))
        (tmp_path / "x.loyalplugin").write_bytes(b"x")
        with pytest.raises(NotTaken, match="not a plugin"):
            installing.open_file(tmp_path / "x.loyalplugin")
        with pytest.raises(NotTaken, match="choose the file again"):
            installing.open_file(tmp_path / "gone.loyalplugin")
        assert app.extensions["loyalapp.open_file"](parcel(tmp_path)) != page

    assert "Please look before you install" in through_the_door(app).get(page).text


def test_every_refusal_has_its_sentence(app):
    import loyalapp.plugin_system as home
    from tests.sources import PROGRAM

    raised = set()
    for path in PROGRAM:
        if str(path).startswith(str(home.__path__[0])):
            raised |= set(re.findall(r'Refusal\(\s*"(\w+)"', path.read_text("utf-8")))
    values = dict.fromkeys(("name", "id", "range", "version", "new", "old", "language"), "x")
    with app.app_context():
        for code in SENTENCES:
            assert "%(" not in str(NotTaken(Refusal(code, **values)))

    assert raised - SENTENCES.keys() == set()
