"""Pages are loaded when they are asked for; their addresses are there from the start, just as the file says them."""

import importlib

import pytest
from flask import Flask

from loyalapp.app import FEATURES
from loyalapp.core.paths import PACKAGE
from loyalapp.web import late
from loyalapp.web.addresses import House

AT_ONCE = {"desk"}  # it does something before every page


def rules(app: Flask) -> set[tuple[str, str, str]]:
    return {(one.rule, one.endpoint, ",".join(sorted(one.methods or ()))) for one in app.url_map.iter_rules()}


def with_pages(pages) -> Flask:
    app = House("empty", static_folder=None)
    app.register_blueprint(pages)
    return app


@pytest.mark.parametrize("name", FEATURES)
def test_addresses_read_from_the_text_are_those_that_the_views_register(name):
    package = f"loyalapp.features.{name}"

    read = with_pages(late.pages_of(package, PACKAGE / "features" / name))

    real = with_pages(importlib.import_module(f"{package}.views").pages)
    assert rules(read) == rules(real)
    assert read.blueprints.keys() == real.blueprints.keys()
    ours, theirs = next(iter(read.blueprints.values())), next(iter(real.blueprints.values()))
    assert (ours.root_path, ours.template_folder) == (theirs.root_path, theirs.template_folder)


@pytest.mark.parametrize("name", sorted(set(FEATURES) - AT_ONCE))
def test_the_functions_of_a_feature_wait(name):
    app = with_pages(late.pages_of(f"loyalapp.features.{name}", PACKAGE / "features" / name))

    assert [one for one, view in app.view_functions.items() if not isinstance(view, late.LateView)] == []


@pytest.fixture
def shed(tmp_path, monkeypatch):
    """A package with one page, its folder, and what was loaded."""
    home = tmp_path / "shed"
    home.mkdir()
    (home / "__init__.py").write_text("", "utf-8")
    (home / "views.py").write_text(
        "from flask import Blueprint\n\n"
        'pages = Blueprint("shed", __name__, url_prefix="/shed")\n\n\n'
        '@pages.get("/tools")\n@pages.route("/tool/<int:number>", methods=["GET", "POST"])\n'
        'def tools(number=0):\n    return f"tool {number}"\n\n\n'
        'tools.owner = "all"\n',
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    return home


def test_a_page_answers_at_each_of_its_addresses(shed):
    client = with_pages(late.pages_of("shed", shed)).test_client()

    assert client.get("/shed/tools").text == "tool 0"
    assert client.post("/shed/tool/7").text == "tool 7"
    assert client.post("/shed/tools").status_code == 405


def test_what_is_written_on_a_view_is_read_without_a_visit(shed):
    view = with_pages(late.pages_of("shed", shed)).view_functions["shed.tools"]

    assert (view.owner, view.__name__) == ("all", "tools")
    assert not hasattr(view, "is_private")


@pytest.mark.parametrize(
    "more",
    ["@pages.before_app_request", '@pages.get("/a", defaults={"b": 1})', "pages.add_url_rule('/a')", "told.append(1)"],
)
def test_a_file_that_does_more_is_loaded_at_once(more):
    assert late.addresses(['@pages.get("/")', "def show():", "    pages.nothing()", "", more]) is None
    assert late.addresses(['@pages.get("/")', "def show():", "    pages.nothing()"]) == [
        late.Address("/", ("GET",), "show")
    ]
