"""An app that speaks as a test wishes, on the afternoon of 5 March 2026."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from loyalapp.core import clock, i18n

EVENING = datetime(2026, 3, 5, 12, 4, tzinfo=UTC)  # 17:04 in Karachi


@pytest.fixture
def speak(tmp_path):
    """Enter an app that speaks a language in a country, with the firm's wishes."""
    app = Flask(__name__)
    i18n.install(app, tmp_path, tmp_path, tmp_path / "more")
    opened = []

    def speak(language, country="PK", **wishes):
        while opened:
            opened.pop().pop()
        app.config |= {"LANGUAGE": language, "TERRITORY": country, "FORMATS": wishes}
        context = app.app_context()
        context.push()
        opened.append(context)

    with clock.frozen(EVENING):
        yield speak
        while opened:
            opened.pop().pop()
