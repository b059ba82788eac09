"""The floor: bare Flask, the SQLite driver and Jinja, by hand, with the same rows; and `hello`, five bytes from Flask.

Started by itself: `python -m tests.bench.floor FILE` or `python -m tests.bench.floor hello`.
"""

import logging
import re
import sys
import threading
from typing import Any

TOKENS = "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\", prefix='1 2 3'"
CUSTOMER = "id INTEGER PRIMARY KEY, name TEXT, firm TEXT, place TEXT, locality TEXT, number TEXT, sort_key TEXT"
INTERACTION = "id INTEGER PRIMARY KEY, customer_id INTEGER, happened_at TEXT, channel TEXT, said TEXT, note TEXT"
FIRST_NUMBER = "(SELECT number FROM main.customer_phone WHERE customer_id = c.id LIMIT 1)"
PAST = "id, customer_id, happened_at, channel, said, note"
SCHEMA = (
    f"CREATE TABLE floor.customer ({CUSTOMER})",
    f"CREATE TABLE floor.interaction ({INTERACTION})",
    f"CREATE VIRTUAL TABLE floor.words USING fts5(norm, content='', {TOKENS})",
)
COPY = (
    f"INSERT INTO floor.customer SELECT id, name, firm, place, locality, {FIRST_NUMBER}, sort_key FROM main.customer c",
    f"INSERT INTO floor.interaction SELECT {PAST} FROM main.interaction",
    "INSERT INTO floor.words (rowid, norm) SELECT id, search_norm || ' ' || search_around FROM main.customer",
    "CREATE INDEX floor.by_name ON customer (sort_key, id)",
    "CREATE INDEX floor.by_time ON interaction (customer_id, happened_at, id)",
)

HEAD = '<!doctype html><html lang="ur" dir="rtl"><meta charset="utf-8"><title>{{ title }}</title><h1>{{ title }}</h1>'
ROW = (
    '<li><a href="/customers/{{ one[0] }}">{{ one[1] }}</a>'
    "{% for word in one[2:5] if word %} {{ word }}{% endfor %} <bdi>{{ one[5] or '' }}</bdi></li>"
)
LIST = (
    HEAD
    + "<p>{{ total }}</p><ol>{% for one in rows %}"
    + ROW
    + '{% endfor %}</ol><a href="?page={{ page + 1 }}">Next</a>'
)
SUGGESTIONS = '{% for one in rows %}<a href="/customers/{{ one[0] }}">{{ one[1] }} {{ one[2] or "" }}</a>{% endfor %}'
ONE = (
    HEAD
    + "<p>{% for word in one[2:6] if word %}{{ word }} {% endfor %}</p><ol>{% for at, channel, said, note in past %}"
    "<li>{{ at[:10] }} {{ channel }} {{ said }} {{ note }}</li>{% endfor %}</ol>"
)
COLUMNS = "c.id, c.name, c.firm, c.locality, c.place, c.number"
LATEST = (
    "SELECT happened_at, channel, said, note FROM interaction WHERE customer_id = ?"
    " ORDER BY happened_at DESC, id DESC LIMIT 20"
)
PAGE = 25


def asker(file: str) -> Any:
    """A function that asks the file, over one connection for each thread."""
    from sqlcipher3 import dbapi2

    mine = threading.local()

    def ask(sql: str, *values: Any) -> list[Any]:
        if not hasattr(mine, "link"):
            mine.link = dbapi2.connect(file)
        return mine.link.execute(sql, values).fetchall()

    return ask


def found_by(text: str) -> str:
    """What was typed, as FTS5 wants it."""
    return " ".join(f'"{word}"*' for word in re.sub(r"[^\w\s]|_", "", text).split())


def pages(file: str) -> Any:
    """The bare app."""
    from flask import Flask, render_template, request
    from jinja2 import DictLoader

    app, ask = Flask(__name__), asker(file)
    app.jinja_loader = DictLoader({"list.html": LIST, "suggestions.html": SUGGESTIONS, "one.html": ONE})

    @app.get("/")
    def some():
        page = request.args.get("page", 1, int)
        rows = ask(f"SELECT {COLUMNS} FROM customer c ORDER BY sort_key, id LIMIT {PAGE} OFFSET ?", (page - 1) * PAGE)
        total = ask("SELECT count(*) FROM customer")[0][0]
        return render_template("list.html", title="گاہک", rows=rows, total=total, page=page)

    @app.get("/search")
    def search():
        match = found_by(request.args["q"])
        rows = ask(
            f"SELECT {COLUMNS} FROM words w JOIN customer c ON c.id = w.rowid WHERE words MATCH ? LIMIT {PAGE}", match
        )
        total = ask("SELECT count(*) FROM words WHERE words MATCH ?", match)[0][0]
        return render_template("list.html", title="تلاش", rows=rows, total=total, page=1)

    @app.get("/suggest")
    def suggest():
        match = found_by(request.args["q"])
        rows = ask(
            f"SELECT {COLUMNS} FROM words w JOIN customer c ON c.id = w.rowid WHERE words MATCH ? LIMIT 8", match
        )
        return render_template("suggestions.html", rows=rows)

    @app.get("/customers/<int:number>")
    def one(number: int):
        found = ask(f"SELECT {COLUMNS} FROM customer c WHERE id = ?", number)[0]
        return render_template("one.html", title=found[1], one=found, past=ask(LATEST, number))

    return app


def hello() -> Any:
    """Five bytes."""
    from flask import Flask

    app = Flask(__name__)
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def serve(what: str) -> None:
    """Under the same server with the same number of threads; it need not say that eight clients wait for them."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    from waitress import create_server

    server = create_server(hello() if what == "hello" else pages(what), host="127.0.0.1", port=0, threads=8)
    print(f"Ready: http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()


if __name__ == "__main__":
    serve(sys.argv[1])
