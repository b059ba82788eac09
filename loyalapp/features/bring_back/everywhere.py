"""What too old steps have to do with every page: the first change of a day throws them away."""

from flask import Blueprint, current_app, request

from loyalapp.core.clock import today
from loyalapp.features.bring_back import service

pages = Blueprint("bring_back_everywhere", __name__)


@pages.before_app_request
def begin_the_day():
    """The first change of a day throws away what is too old to be brought back."""
    done = current_app.extensions
    if request.method == "POST" and done.get("loyalapp.pruned") != today():
        done["loyalapp.pruned"] = today()  # first, so that whatever goes wrong stands in nobody's way twice
        service.prune()
