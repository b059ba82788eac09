"""The pictures of the guide: each page as the example firm sees it, in three languages, as small WebP files."""

import base64
import shutil

from loyalapp.core.paths import PACKAGE
from loyalapp.features.help import guide

FOLDER = PACKAGE / "web" / "static" / guide.FOLDER
# Which page stands in which step of the guide.
PAGES = {
    "list": "/imports/new",
    "today": "/",
    "customer": "/customers/1",
    "call": "/contacts/new/1",
    "sale": "/catalogue/sale/1",
    "problem": "/plugins/issues/new/1",
    "review": "/plugins/reviews/hold/1",
    "greeting": "/plugins/greetings/new/1",
    "backup": "/backups/",
}
WINDOW = (1100, 700)
QUALITY = 0.6
# A picture tells nobody where its maker keeps the data.
WITHOUT_FOLDERS = "document.querySelectorAll('main .path').forEach((one) => { one.textContent = 'LoyalApp/backups'; })"
# The browser is the only program at hand that writes WebP.
SMALLER = """async ([png, width, height, quality]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const paper = Object.assign(document.createElement("canvas"), { width, height });
  paper.getContext("2d").drawImage(picture, 0, 0, width, height);
  return paper.toDataURL("image/webp", quality).split(",")[1];
}"""


def take_guide(app, address: str) -> None:
    """Make them anew, all of them."""
    from playwright.sync_api import sync_playwright

    from loyalapp.core.i18n import LANGUAGES
    from loyalapp.web.door import launch_path
    from tests.screenshots.__main__ import CHROMIUM

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        size = {"width": WINDOW[0], "height": WINDOW[1]}
        press = browser.new_page()
        for language in LANGUAGES:
            context = browser.new_context(viewport=size, color_scheme="light")
            page = context.new_page()
            page.goto(address + launch_path(app))
            page.wait_for_url(lambda url: "/boot/" not in url)
            page.locator(f".tongues button[value={language}]").click()
            page.wait_for_load_state()
            for name, path in PAGES.items():
                page.goto(address + path)
                page.evaluate("document.fonts.ready")
                page.evaluate(WITHOUT_FOLDERS)
                png = base64.b64encode(page.screenshot()).decode()
                webp = press.evaluate(SMALLER, [png, guide.WIDTH, guide.HEIGHT, QUALITY])
                file = FOLDER / language / f"{name}.{guide.FORM}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(base64.b64decode(webp))
            context.close()
        browser.close()
