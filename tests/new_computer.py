"""The new computer: another process with a home folder of its own, on which a backup comes back through the pages.

    python -m tests.new_computer <file of the backup> <recovery key> <PIN>

Walks as a new user would: from the questions of the first start to the file, the key and the yes; starts again; sits
down with the PIN, looks at the plugin that came along and installs it; starts again. Prints what it found, as JSON.
"""

import json
import re
import sys
from pathlib import Path

from sqlalchemy import text

from loyalapp.app import create_app
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.logs import close_log
from loyalapp.plugin_system.calls import registry
from loyalapp.web.door import launch_path


def opened():
    """The app on the folder that this computer has by itself, and a browser in it."""
    app = create_app(Config.from_options(testing=True))
    browser = app.test_client()
    browser.get(launch_path(app))
    return app, browser


def close(app) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    close_log()


def token(browser, page: str) -> dict[str, str]:
    return {"csrf_token": re.search(r'name="csrf_token" value="([^"]*)"', browser.get(page).text)[1]}


def bring_back(file: Path, paper: str) -> dict[str, object]:
    """The wizard, from the first question to the yes."""
    app, browser = opened()
    found: dict[str, object] = {"is offered": "/backups/from-file" in browser.get("/welcome/firm").text}
    with file.open("rb") as stream:
        given = {**token(browser, "/backups/from-file"), "file": (stream, file.name)}
        asked = browser.post("/backups/from-file", data=given).location
    locked = browser.get(asked).location
    wrong = browser.post(locked, data={**token(browser, locked), "password": "not this one"})
    found["refuses"] = "This is not the password" in wrong.text
    browser.post(locked, data={**token(browser, locked), "password": paper})
    found["shown"] = browser.get(asked).text
    found["starts again"] = "starting again" in browser.post(asked, data=token(browser, asked)).text
    close(app)
    return found


def look_around(pin: str) -> dict[str, object]:
    """After the start with it: who is there, what is shown, and the plugin that waits."""
    app, browser = opened()
    with app.app_context():
        (asma,) = db.session.scalars(text("SELECT id FROM staff_member WHERE name = 'Asma'"))
        tables = set(db.session.scalars(text("SELECT name FROM sqlite_master")))
        found: dict[str, object] = {
            "customers": list(db.session.scalars(text("SELECT name FROM customer"))),
            "plugin ran at once": "stock" in registry().plugins,
            "left over": sorted(tables & {"loyalapp_backup", "loyalapp_file"}),
            "switched off": registry().plugins["reviews"].status,
        }
        db.session.remove()
    form = token(browser, "/customers/new")
    sit = f"/desk/{asma}/sit"
    found["wrong PIN"] = browser.post(sit, data={**form, "pin": "0000", "next": "/"}).status_code
    found["right PIN"] = browser.post(sit, data={**form, "pin": pin, "next": "/"}).status_code
    found["today"] = browser.get("/").text
    browser.post("/language", data={**form, "language": "sd"})
    found["words"] = "گراهڪ" in browser.get("/customers/").text
    browser.post("/language", data={**form, "language": "en"})
    found["logo"] = browser.get("/plugins/greetings/firm/logo.png").data[:4].hex()
    found["plugins"] = browser.get("/plugins/").text
    answer = browser.post("/plugins/from-backup", data={**form, "name": "stock-1.0.0.loyalplugin"})
    done = browser.post(answer.location, data=form).location
    browser.post("/plugins/installed/stock/start", data=form)
    found["waits still"] = "Came with the backup" in browser.get(done).text
    close(app)
    return found


def work_with_plugin() -> dict[str, object]:
    """After the start with the plugin."""
    app, browser = opened()
    page = browser.get("/plugins/stock/").text
    with app.app_context():
        rows = list(db.session.scalars(text("SELECT what FROM plg_stock_item ORDER BY what")))
        db.session.remove()
    close(app)
    return {"page": page, "rows": rows}


if __name__ == "__main__":
    first = bring_back(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps({**first, **look_around(sys.argv[3]), **work_with_plugin()}))
