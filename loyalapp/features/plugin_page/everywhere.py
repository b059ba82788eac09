"""What the head of every page says of plugins."""

from flask import Blueprint, render_template
from markupsafe import Markup

from loyalapp.features.plugin_page import news
from loyalapp.web.shell import here

pages = Blueprint("plugin_page_everywhere", __name__)


@pages.app_context_processor
def _news():
    return {"plugin_news": _banner}


def _banner():
    told, safe_mode = news.unseen(), news.safe_mode()
    if not told and (safe_mode is None or safe_mode["is_seen"]):
        return ""
    few, many = (told, []) if len(told) <= news.MOST else ([], told)
    return Markup(render_template("plugin_page/banner.html", news=few, many=many, safe_mode=safe_mode, here=here))  # noqa: S704 -- rendered by Jinja, which escaped it
