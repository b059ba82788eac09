"""What reviews bring, counted, drawn and printed (issue 7, figures)."""

import re
from datetime import timedelta

from loyalapp import sdk
from plugins.reviews import figures, service
from plugins.reviews.models import MENTION

from .conftest import account, add_review, many_accounts

HOME = "/plugins/reviews"


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]*)"', page)[1]


def test_the_figures_count_what_reviews_brought(any_app, farah):
    with any_app.test_request_context():
        other = account("lamp", name="Anwar")
        service.assess(farah, "yes")
        add_review(farah, 200, "upgrade", "taken")
        add_review(farah, 20, "upgrade")
        add_review(other, 150, "tip", "taken")
        add_review(other, 400, "addon", "taken")  # too long ago
        sdk.catalogue.record_purchase(farah, "table", sdk.today() - timedelta(days=120), amount_minor=500_00)
        sdk.catalogue.record_purchase(farah, "press", sdk.today() - timedelta(days=100), amount_minor=1_00)
        for shop in ("Anwar & Sons", "Anwar & Sons", ""):
            sdk.db.session.execute(
                MENTION.insert().values(customer_id=other, shop=shop, words="cheap", sure="said", heard_on=sdk.today())
            )
        sdk.db.session.commit()
        found = figures.figures()
        assert found.covered["middle"] == (1, 1)
        assert found.covered["unknown"] == (1, 1)
        assert found.kinds == [("upgrade", 2, 1, 1)]
        assert (found.tips, found.tips_taken) == (1, 1)
        assert found.brought == (2, 1, 1, 500_00)
        assert (sum(found.held), sum(found.heard)) == (3, 3)
        assert found.shops == [("Anwar & Sons", 2)]
        assert [one.customer_id for one in found.rising] == [other]


def test_no_percentage_is_told_under_twenty_cases(desk, farah, any_app):
    with any_app.app_context():
        people = many_accounts(18)
        for one in people[:5]:
            add_review(one, 10)
    page = desk.get(f"{HOME}/figures").text.split("<main", 1)[1]
    assert "5 of 19" in page
    assert "percent (" not in page
    with any_app.app_context():
        many_accounts(1)
    assert "25 percent (5 of 20)" in desk.get(f"{HOME}/figures").text


def test_the_sheet_of_the_figures_is_saved(desk, farah, any_app):
    page = desk.get(f"{HOME}/figures").text
    assert desk.post(f"{HOME}/figures/sheet", data={"csrf_token": token(page)}).status_code == 303
    (file,) = any_app.extensions["loyalapp.data"].exports.glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
