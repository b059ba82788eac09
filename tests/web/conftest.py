"""What the tests of the shell share: one app with an example of everything, and a browser that came in."""

import pytest

from tests import walk
from tests.conftest import close, copied, open_app, through_the_door


@pytest.fixture(scope="module")
def full(prepared, tmp_path_factory):
    """The app with an example of everything, answering to bugs as it does for a user; no attack may change it."""
    folder = tmp_path_factory.mktemp("door") / "data"
    copied(prepared, folder)
    app = open_app(folder)
    app.config["PROPAGATE_BUGS"] = False
    walk.fill(app)
    yield app
    close(app)


@pytest.fixture
def inside(full):
    return through_the_door(full)
