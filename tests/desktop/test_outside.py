"""What a link may open: our own pages in the window, the world in the browser, and the rest nowhere (attack 19)."""

import pytest

from loyalapp.desktop.outside import show_sentence, way_of

OWN = "http://127.0.0.1:4711"
WAYS = {
    "http://127.0.0.1:4711/customers/1": "window",
    "http://127.0.0.1:4711": "window",
    "https://wa.me/923001234567?text=%D8%B3": "browser",
    "http://example.org/": "browser",
    "mailto:a@example.org": "browser",
    "tel:+923001234567": "browser",
    "http://127.0.0.1:4711@evil.example/": "browser",
    "http://127.0.0.1:631/": "browser",
    "http://localhost:4711/": "nowhere",
    "https://127.0.0.1:4711/": "nowhere",
    "http://user@127.0.0.1:4711/": "nowhere",
    "file:///etc/passwd": "nowhere",
    "javascript:alert(1)": "nowhere",
    "data:text/html,hi": "nowhere",
    "view-source:http://127.0.0.1:4711/": "nowhere",
    "chrome://settings": "nowhere",
    "ftp://example.org/": "nowhere",
    "vnc://example.org/": "nowhere",
    "": "nowhere",
    "http://[": "nowhere",
    "http://127.0.0.1:99999/": "nowhere",
    "https://example.org/" + "x" * 9000: "nowhere",
}


@pytest.mark.parametrize(("address", "way"), WAYS.items(), ids=lambda one: one[:40])
def test_where_a_link_leads(address, way):
    assert way_of(address, OWN) == way


def test_before_the_server_is_known_no_page_is_ours():
    assert way_of("http://127.0.0.1:4711/", None) == "browser"


def test_a_sentence_is_shown_in_the_browser_to_whoever_sees_no_console(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("loyalapp.desktop.outside.tempfile.tempdir", None)
    monkeypatch.setattr("loyalapp.desktop.outside.has_screen", lambda: True)
    visited = []
    monkeypatch.setattr("loyalapp.desktop.outside.webbrowser.open", visited.append)

    show_sentence("ڈسک پر جگہ <ختم>", "ur")

    page = next(tmp_path.glob("loyalapp-*/LoyalApp.html"))
    assert visited == [page.as_uri()]
    assert 'dir="rtl"' in page.read_text("utf-8")
    assert "&lt;ختم&gt;" in page.read_text("utf-8")
