"""The log and the report tell of faults and never of persons."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core import logs
from loyalapp.core.db import db


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("call +923001234567 back", "call … back"),
        ("0300 7654321 and 923001234567", "… and …"),
        ("mail to bano@example.org failed", "mail to … failed"),
        ("'عائشہ بانو' is no day", "'… …' is no day"),
        ("सुनीता, line 12", "…, line 12"),
        ("DETAIL:  Key (phone)=(Sara) already exists.", "DETAIL:  Key (phone)=(…) already exists."),
        ("(email, name)=(b.k+x@example.org, Sara)", "(email, name)=(…)"),
        ("0300bano@example.org", "…"),
        ("plugin value took 2.5 s at 2026-11-22 14:05", "plugin value took 2.5 s at 2026-11-22 14:05"),
    ],
)
def test_what_tells_of_a_person_is_left_away(written, kept):
    assert logs.without_persons(written) == kept


def test_a_statement_that_fails_leaves_nothing_of_what_was_typed(any_app):
    typed = "Rubina Secret"
    with any_app.app_context():
        try:
            db.session.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": typed})
        except SQLAlchemyError:
            logs.incident("saving عائشہ, +923001234567")
        folder = any_app.extensions["loyalapp.data"].logs

        told = "\n".join(logs.last_lines(folder, 100))

    assert "saving …, …" in told
    assert "nowhere" in told
    assert typed not in told


def test_the_report_holds_the_end_of_the_log_and_no_more(tmp_path):
    logs.open_log(tmp_path)
    for number in range(50):
        logging.getLogger("loyalapp").info("line %s", number)
    logs.close_log()

    assert [one.split()[-1] for one in logs.last_lines(tmp_path, 3)] == ["47", "48", "49"]
    assert logs.last_lines(tmp_path / "nowhere", 3) == []
