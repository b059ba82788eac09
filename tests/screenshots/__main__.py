"""`python3 -m tests.screenshots`: every page in three languages, light and dark, in three sizes, into tests/artefacts/.

`--readme` makes the few pictures that the README shows instead, `--guide` those of the guide in the help, small enough
to go with the program; paths after the options make only those pages.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loyalapp.desktop.server import LocalServer
from tests.screenshots import pictures

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((900, 600), (1440, 900), (1920, 1080))
README = {"today": "/", "customer": "/customers/1", "problem": "/plugins/issues/new/1"}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def asked() -> argparse.Namespace:
    """What was said on the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.screenshots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="make the pictures of the README")
    parser.add_argument("--guide", action="store_true", help="make the pictures of the guide in the help")
    parser.add_argument("--out", type=Path, default=ROOT / "tests" / "artefacts" / "screens")
    parser.add_argument("paths", nargs="*", help="pages, such as /customers/; all without arguments if none is named")
    return parser.parse_args()


def example_app(folder: Path):
    """The app with its example data, as a firm in Lahore sees it."""
    from loyalapp.app import create_app
    from loyalapp.core.config import Config
    from loyalapp.features.settings import service as settings
    from loyalapp.features.welcome import service as welcome

    app = create_app(Config.from_options(data_dir=folder, testing=True))
    with app.app_context():
        settings.set_up("انمول مشینری", "PK", "لاہور", "ur")
        welcome.add_examples()
    return app


def every_page(app) -> list[str]:
    """Every page that can be opened as it is, and those of the first customer."""
    rules = [
        rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    ]
    with app.test_request_context():
        plain = [rule.rule for rule in rules if not rule.arguments and rule.rule != "/healthz"]
        first = [rule.rule.replace("<int:customer_id>", "1") for rule in rules if rule.arguments == {"customer_id"}]
    return sorted({*plain, *first})


@contextmanager
def served(app) -> Iterator[str]:
    """The app under waitress; yields its address."""
    server = LocalServer(app)
    yield server.address
    server.stop()


def take(
    app, address: str, wanted: list[tuple[str, str]], out: Path, looks: list[tuple[str, str, tuple[int, int]]]
) -> None:
    """Take a picture of each page in each look (language, theme, size)."""
    from playwright.sync_api import sync_playwright

    from loyalapp.web.door import launch_path

    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for language, theme, (width, height) in looks:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = context.new_page()
            page.goto(address + launch_path(app))
            page.wait_for_url(lambda url: "/boot/" not in url)
            page.locator(f".tongues button[value={language}]").click()
            page.wait_for_load_state()
            for name, path in wanted:
                page.goto(address + path)
                page.evaluate("document.fonts.ready")
                end = "" if len(looks) == 3 else f"-{width}-{theme}"
                page.screenshot(path=out / f"{name}-{language}{end}.png")
            context.close()
        browser.close()


def main() -> None:
    """Make the pictures."""
    options = asked()
    with tempfile.TemporaryDirectory() as folder:
        app = example_app(Path(folder) / "data")
        with served(app) as address:
            if options.guide:
                pictures.take_guide(app, address)
                return
            if options.readme:
                looks = [(language, "light", (1280, 800)) for language in ("ur", "hi", "en")]
                take(app, address, list(README.items()), Path(__file__).parent / "readme", looks)
                return
            looks = [
                (tongue, theme, size) for tongue in ("ur", "hi", "en") for theme in ("light", "dark") for size in SIZES
            ]
            pages = [(path.strip("/").replace("/", "-") or "today", path) for path in options.paths or every_page(app)]
            take(app, address, pages, options.out, looks)
            print(f"{len(pages) * len(looks)} pictures are in {options.out}")


if __name__ == "__main__":
    try:
        import playwright  # noqa: F401 -- is this the test environment?
    except ImportError:
        from loyalapp.desktop.first_start import Home, home_folder, wanted

        home = Home(home_folder(), "en")
        home.set_up("tests", wanted("desktop", "office", "test"))
        sys.exit(subprocess.call([home.python, "-X", "utf8", "-m", "tests.screenshots", *sys.argv[1:]], cwd=ROOT))
    main()
