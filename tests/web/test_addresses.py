"""Attacks 12 to 17: addresses that lead elsewhere, what a bug shows, and what is too large."""

import re

import pytest

from tests import walk
from tests.walk import speak, token_of

# ---- 12 to 14: addresses that lead elsewhere ----


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../app.py",
            "../../app.py",
            "%2e%2e/%2e%2e/app.py",
            "..%2f..%2fapp.py",
            "..%5c..%5capp.py",
            "....//....//app.py",
        ),
        *("/etc/passwd", "%2fetc%2fpasswd", "css/../../../app.py", "C:/Windows/win.ini", "css/base.css%00.png"),
        *("CON", "AUX.css", "NUL", "css/", "."),
    ],
)
def test_static_gives_nothing_but_its_own_files(inside, path):
    answer = inside.get(f"/static/{path}", buffered=True)

    assert answer.status_code in (404, 308), answer.status_code
    assert b"create_app" not in answer.data
    assert b"root:" not in answer.data


@pytest.mark.parametrize(
    "target",
    [
        *(
            "//evil.example",
            "///evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "http://evil.example",
        ),
        *(
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            " //evil.example",
            "evil.example",
            "",
            "https://localhost/",
        ),
        *("javascript:alert(1)", "data:text/html,x", "/a\r\nSet-Cookie: x=1"),
    ],
)
def test_next_stays_here(inside, target):
    answer = inside.post("/language", data={"language": "ur", "next": target, "csrf_token": token_of(inside)})

    assert answer.status_code == 303
    assert re.match(r"/(?![/\\\s])", answer.headers["Location"]) or answer.headers["Location"] == "/"
    assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))


# ---- 16: when something breaks ----


@pytest.mark.parametrize(
    ("language", "word"), [("ur", 'dir="rtl"'), ("hi", 'lang="hi"'), ("en", "Something went wrong here")]
)
def test_a_bug_shows_a_kind_page_with_a_number_that_is_in_the_log(full, inside, monkeypatch, caplog, language, word):
    def broken():
        raise RuntimeError("Walk Example is in the traceback")

    monkeypatch.setitem(full.view_functions, "help.show", broken)
    speak(inside, language)
    answer = inside.get("/help/?__debugger__=yes&cmd=resource&f=style.css")
    text = answer.get_data(as_text=True)
    written = caplog.text

    number = re.search(r"\b[0-9A-F]{6}\b", text)
    assert answer.status_code == 500
    assert word in text
    assert number
    assert f"incident {number[0]}" in written
    assert "Traceback" in written
    assert "RuntimeError" not in text
    assert "Traceback" not in text
    assert "<script>" not in text


def test_there_is_no_console(inside):
    assert [inside.get(path).status_code for path in ("/console", "/__debugger__", "/.git/config", "/secret.key")] == [
        404
    ] * 4


# ---- 17: what is too large ----


def test_a_body_larger_than_the_limit_is_refused_without_being_read(full, inside):
    speak(inside, "hi")
    headers = {"Content-Length": str(3 * 1024**3), "Content-Type": "multipart/form-data; boundary=x"}
    answer = inside.post("/customers/new", headers=headers, environ_overrides={"CONTENT_LENGTH": str(3 * 1024**3)})

    assert answer.status_code == 413
    assert 'lang="hi"' in answer.get_data(as_text=True)


def test_a_form_of_too_many_fields_is_refused(inside):
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n\r\n' for n in range(5000)) + "--x--\r\n"
    answer = inside.post("/customers/new", data=body.encode(), content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413


def test_a_text_of_ten_megabytes_is_refused_with_a_sentence(full, inside):
    before = walk.database_hash(full)
    answer = inside.post(
        "/customers/new", data={"csrf_token": token_of(inside), "name": "A", "notes": "x" * 10_000_000}
    )

    assert answer.status_code in (413, 422)
    assert walk.database_hash(full) == before
