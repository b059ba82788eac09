"""A walk over every page of the app, plugins' too: a new page is covered without new test code.

`fill` makes an example of everything through the real services; `addresses` fills the placeholders of every rule with
them and fails for a placeholder it knows nothing about, so that no page is left out silently.
"""

import hashlib
import io
import shutil
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.backups import service as backups
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.lists import service as lists
from loyalapp.features.lists.filters import Filters
from loyalapp.features.privacy import service as privacy
from loyalapp.features.welcome import service as welcome
from loyalapp.plugin_system.packing import pack
from tests.conftest import through_the_door
from tests.markup import Page

NAME = "Walk Example"
A_PLUGIN = "greetings"
# Placeholders that are not ids of rows: what they stand for, one page each.
WORDS = {
    ("help.topic", "slug"): [
        *("first-steps", "today", "customers", "lists", "contacts", "sales", "plugins", "safety", "staff"),
        *("settings", "keys", "lock"),
    ],
    ("help.about", "page"): ["lists.show"],
    ("static", "filename"): ["css/base.css", "js/app.js", "icons.svg", "fonts/noto-sans-latin-400-normal.woff2"],
    ("reviews.territory", "place"): ["high", "middle", "low", "unknown", "all"],
    ("reviews.say", "place"): ["unknown"],
    ("reviews.want", "key"): ["us_easier"],
    ("customers.sort", "stage"): ["customer", "not_ours"],
    ("needs.decide", "outcome"): ["yes", "later", "no", "open"],
    ("customers.answer", "question"): ["phones", "message_language", "birthday"],
    ("boot", "link"): ["not-a-launch-link"],
    ("loyalty.people", "which"): ["kept", "missing", "again", "once", "won", "lost", "quiet", "steady"],
    ("catalogue.check_in", "key"): ["checkin:1", "installed:1"],
    ("greetings.firm_picture", "kind"): ["logo"],
    ("greetings.firm_remove", "kind"): ["signature"],
    ("greetings.look", "design"): ["plain"],
    ("greetings.marks", "occasion"): ["new_year"],
    ("greetings.marks", "turn"): [2027],
    ("greetings.put_mark", "occasion"): ["new_year"],
    ("greetings.put_mark", "turn"): [2027],
    ("greetings.when", "occasion"): ["eid_fitr", "diwali"],
    ("greetings.confirm", "occasion"): ["eid_fitr"],
    ("greetings.confirm", "turn"): [1448],
    ("greetings.take_out", "occasion"): ["own-1"],
}
# Rows of which only some have a page of their own.
ONLY = {"reviews.show": "state <> 'open'"}
# Pages that answer with something else than a page when nothing is said in the query: the status and why.
OTHER_STATUS = {
    "value.sheet_picture": (404, "nothing was done for this customer, so there is no sheet"),
    "imports.progress": (303, "the list was looked at already: on to what it means"),
    "imports.undoing": (303, "nothing is being undone: on to the account of the list"),
    "plugin_page.delete_kept": (404, "the plugin is here, so that nothing is kept of it"),
    "help.about": (302, "on to the page of the manual that explains the screen"),
    "boot": (403, "a launch link that was never given"),
    "backups.unlock": (303, "it is not locked: on to what is in it"),
    "safety.paper": (302, "the data is not encrypted, so there is no key"),
    "safety.key": (302, "the same"),
    "safety.decrypt": (302, "the same"),
    "staff.mine": (302, "nobody sits here, so there is nobody's own page"),
    "staff.pin": (302, "the same"),
    "greetings.firm_picture": (404, "the firm has given no logo"),
    "greetings.next_person": (303, "on to the card of whoever is next"),
}


def fill(app: Flask) -> None:
    """Everything there is, at least once: example data with the plugins' rows, and a customer of one's own."""
    with app.app_context():
        welcome.add_examples()
        customers.remove(customers.add({"name": "Gone Example"}).id)
        double = customers.add({"name": f"{NAME}s", "phones": ["0300 1234567"]}).id
        made = customers.add(
            {"name": NAME, "phones": ["0300 1234567"], "place": "Lahore", "birth_month": 5, "birth_day": 4}
        )
        catalogue.record_purchase(made.id, "Steam iron", today() - timedelta(days=8), amount_minor=1_650_000)
        interactions.record(made.id, said="“Fine”", learned="Likes tea", promised="A price", promised_for=today())
        lists.save("Lahore", Filters(place="Lahore"))
        consent.write(made.id, "offers", "told", given=False)
        privacy.hand_over(made.id, "json")
        copies = [backups.create().path.name] if db.engine.dialect.name == "sqlite" else []
        db.session.remove()
    app.extensions["walk.own"] = {
        "job_id": _bring_in_a_list(app),
        "token": _offer_a_plugin(app),
        "plugin_id": A_PLUGIN,
        "other_id": double,
    }
    app.extensions["walk.copies"] = copies  # of data on a server there are none


def _offer_a_plugin(app: Flask) -> str:
    """A package that was chosen and waits for the user's yes; answers its token."""
    folder = app.extensions["loyalapp.data"].work / "walk_example"
    zoo = Path(__file__).parent / "plugin_system" / "zoo"
    shutil.copytree(zoo / "works", folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in folder.rglob("*.*"):
        file.write_text(file.read_text("utf-8").replace("works", "walk_example"), "utf-8")
    (folder / "templates" / "works").rename(folder / "templates" / "walk_example")
    package = pack(folder)
    browser, url = through_the_door(app), "/plugins/install"
    file = (io.BytesIO(package.read_bytes()), package.name)
    answer = browser.post(url, data={**filled(browser, url), "file": file})
    return answer.headers["Location"].rsplit("/", 1)[1]


def _bring_in_a_list(app: Flask) -> str:
    """One list that is in, and one that waits for its columns to be confirmed; answers the waiting one's id."""
    browser = through_the_door(app)
    list_of_two = b"Name,Phone,City\nAnwar Example,0300 7654321,Multan\nNobody,12,\n"
    for do in ("bring", ""):
        file = (io.BytesIO(list_of_two), "walk.csv")
        asked = browser.post("/imports/new", data={**filled(browser, "/imports/new"), "file": file})
        columns = asked.headers["Location"]
        job = columns.split("/")[2]
        if do:
            form = {**filled(browser, columns, action=columns), "do": do}
            done = browser.post(columns, data=form, follow_redirects=True)
            assert done.status_code == 200, done.get_data(as_text=True)
    return job


def rules(app: Flask, method: str) -> list[Rule]:
    """Every rule that takes this method."""
    return sorted((one for one in app.url_map.iter_rules() if method in (one.methods or ())), key=str)


def addresses(app: Flask, method: str = "GET") -> list[tuple[Rule, str]]:
    """Every rule with its addresses, placeholders filled."""
    with app.test_request_context():
        return [(rule, url) for rule in rules(app, method) for url in _filled(app, rule)]


def _filled(app: Flask, rule: Rule) -> list[str]:
    from flask import url_for

    choices: list[dict[str, object]] = [{}]
    for name in sorted(rule.arguments):
        own = app.extensions["walk.own"]
        if name == "copy_name":
            found: list[object] = app.extensions["walk.copies"]
        elif name == "month":
            found = [f"{today():%Y-%m}"]
        else:
            found = WORDS.get((rule.endpoint, name)) or [own[name] if name in own else _row_id(rule, name)]
        choices = [{**chosen, name: value} for chosen in choices for value in found]
    return [url_for(rule.endpoint, **chosen) for chosen in choices]


def _row_id(rule: Rule, name: str) -> int:
    """The newest row of the table that a placeholder such as `card_id` of the plugin `greetings` speaks of."""
    what = name.removesuffix("_id")
    owner = rule.endpoint.split(".")[0]
    wanted = (what, f"{what}_run", f"plg_{owner}_{what}")
    tables = [one for one in inspect(db.engine).get_table_names() if one in wanted or one == f"plg_{owner}_{what}s"]
    assert tables, f"tell tests/walk.py what stands for <{name}> in {rule}"
    with db.engine.connect() as link:
        mine = link.execute(
            text(f'SELECT max(id) FROM "{tables[0]}" WHERE {ONLY.get(rule.endpoint, "id > 0")}')
        ).scalar()
    assert mine, f"the example data has nothing for <{name}> in {rule} ({tables[0]})"
    return int(mine)


def database_hash(app: Flask) -> str:
    """Changes with every change of any row of any table."""
    digest = hashlib.sha256()
    with app.app_context(), db.engine.connect() as link:
        for table in sorted(inspect(link).get_table_names()):
            rows = link.execute(text(f'SELECT * FROM "{table}"')).all()
            digest.update(f"{table}{sorted(map(str, rows))}".encode())
    return digest.hexdigest()


def speak(browser: FlaskClient, language: str) -> None:
    """Switch this browser's language, as the session remembers it."""
    with browser.session_transaction() as session:
        session["language"] = language


def token_of(browser: FlaskClient, page: str = "/customers/new") -> str:
    """The CSRF token of a form on a page."""
    forms = Page(browser.get(page).get_data(as_text=True)).forms
    return next(one.fields["csrf_token"] for one in forms if "csrf_token" in one.fields)


def filled(browser: FlaskClient, page: str, action: str | None = None, **typed: str) -> dict[str, str]:
    """What a form of a page would send after something was typed; without `action` the last form of the page."""
    forms = [one for one in Page(browser.get(page).get_data(as_text=True)).forms if one.method.lower() == "post"]
    chosen = [one for one in forms if action in (None, one.action)]
    assert chosen, f"no form {action} on {page}: {[one.action for one in forms]}"
    unknown = typed.keys() - chosen[-1].fields.keys()
    assert not unknown, f"{page} has no field {unknown}"
    return {**chosen[-1].fields, **typed}
