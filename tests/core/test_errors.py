"""Mistakes a user can mend, and the log of what is a bug."""

import re

import pytest

from loyalapp.core.errors import Conflict, LoyalAppError, NotFound, Refused
from loyalapp.core.i18n import in_language, lazy_gettext
from loyalapp.core.logs import HALF_A_MEGABYTE, close_log, incident, log, open_log


@pytest.mark.parametrize(("kind", "status"), [(LoyalAppError, 400), (NotFound, 404), (Conflict, 409), (Refused, 403)])
def test_each_mistake_has_its_status_and_its_sentence(kind, status):
    mistake = kind("Please write a name.", field="name")

    assert (mistake.status, str(mistake), mistake.field) == (status, "Please write a name.", "name")


def test_a_sentence_is_spoken_when_it_is_shown(app):
    mistake = LoyalAppError(lazy_gettext("Please write a name. Everything else can wait."))
    with app.app_context():
        with in_language("en"):
            english = str(mistake)
        with in_language("ur"):
            urdu = str(mistake)

    assert english == "Please write a name. Everything else can wait."
    assert urdu != english


@pytest.fixture
def logs(tmp_path):
    """An open log in a folder of its own."""
    open_log(tmp_path)
    yield tmp_path
    close_log()


def test_a_bug_gets_a_number_that_stands_in_the_log_with_its_traceback(logs):
    try:
        int("عمران")
    except ValueError:
        number = incident("POST /somewhere")

    written = (logs / "loyalapp.log").read_text("utf-8")
    assert re.fullmatch("[0-9A-F]{6}", number)
    assert f"incident {number}: POST /somewhere" in written
    assert "ValueError" in written


def test_the_log_is_private_and_never_grows_without_end(logs):
    for _ in range(40):
        log.info("x" * 100_000)

    files = list(logs.iterdir())
    assert len(files) <= 6
    assert all(one.stat().st_size <= HALF_A_MEGABYTE + 1000 for one in files)
    assert {oct(one.stat().st_mode & 0o777) for one in files} == {"0o600"}


def test_opening_twice_writes_once(logs):
    open_log(logs)
    log.info("only once")

    assert (logs / "loyalapp.log").read_text("utf-8").count("only once") == 1
