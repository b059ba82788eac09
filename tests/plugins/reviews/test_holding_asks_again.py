"""At the end of a review a level of our own is asked again (B1)."""

from datetime import timedelta

from loyalapp import sdk
from plugins.reviews import assessing, standings
from plugins.reviews.models import Assessment

from .conftest import account, fields, sell_everything


def test_the_page_of_a_review_asks_again_about_a_level_of_ones_own(any_app, any_client):
    with any_app.app_context():
        sell_everything()
        one = account("iron")
        assessing.assess(one, "yes", "low", "Retires in May.")
        sdk.db.session.remove()
    assert 'name="still"' not in any_client.get(f"/plugins/reviews/hold/{one}").text
    with any_app.app_context():
        sdk.db.session.get(Assessment, one).overruled_on = sdk.today() - timedelta(days=90)
        sdk.db.session.commit()
        sdk.db.session.remove()
    page = any_client.get(f"/plugins/reviews/hold/{one}").text
    assert "Retires in May." in page
    said = {"recommendation": "Oil it.", "kind": "tip", "channel": "call", "still": "no", "do": "finish"}
    assert any_client.post(f"/plugins/reviews/hold/{one}", data={**fields(page), **said}).status_code == 303
    with any_app.app_context():
        assert standings.standing(one).level == "high"
