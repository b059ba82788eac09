"""A shop of three and their six hundred customers: its app at the hours of one week, and the hand in its browser."""

import csv
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from loyalapp.core import clock
from loyalapp.core.db import db

MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Karachi"))
SAVE = "main .buttons-save button[type=submit] >> nth=0"
SHOP = {"عاصمہ": "ur", "रोहित": "hi", "زاہد": "ur"}
FIRST = (
    *("عائشہ", "بلال", "چاند", "دانش", "احسان", "فرح", "گلزار", "حنا", "عمران", "جمیل"),
    *("کاشف", "لبنیٰ", "ماجد", "نادیہ", "عمر", "پرویز", "قاسم", "رابعہ", "سلمان", "طاہرہ"),
)
LAST = (
    *("शर्मा", "वर्मा", "गुप्ता", "मेहता", "चौधरी", "राठौर", "यादव", "मिश्रा", "जोशी", "नायर"),
    *("خان", "بٹ", "چوہدری", "میمن", "شیخ", "قریشی", "ملک", "راجپوت", "اعوان", "گجر"),
    *("Baig", "Dar", "Gill", "Hashmi", "Jutt", "Kazmi", "Lodhi", "Mirza", "Niazi", "Toor"),
)
NAMES = [f"{first} {last}" for last in LAST for first in FIRST]
AREAS = ("Gulberg", "Model Town", "Johar Town", "Anarkali")


class Week:
    """The shop's app, its clock and its one browser."""

    def __init__(self, app: Flask, page: Page) -> None:
        self.app, self.page, self.moment = app, page, MONDAY
        self.address, self.regular, self.mine = "", 0, 0

    # ---- the clock ----

    def answering(self, inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """The app at the hour of this week."""

        def answer(environ, start) -> Iterable[bytes]:
            with clock.frozen(self.moment), closing(inner(environ, start)) as body:
                return list(body)

        return answer

    def wait(self, **of_time: int) -> None:
        self.moment += timedelta(**of_time)

    # ---- the hand ----

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def click(self, where: str) -> None:
        self.page.locator(where).first.click()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.click(SAVE)

    def sit(self, name: str) -> None:
        """One click opens the list of those who work here, one sits down."""
        self.click("details.seat > summary")
        with self.page.expect_navigation():
            self.click(f"details.seat button:has-text('{name}')")
        assert self.page.locator("html").get_attribute("lang") == SHOP[name]
        assert name in self.page.inner_text(".seat-name")

    def find(self, name: str) -> int:
        """By the box on every page."""
        self.page.locator("header [type=search]").first.fill(name)
        self.page.wait_for_selector(f"[data-suggestions] a:has-text('{name}')")
        with self.page.expect_navigation():
            self.click(f"[data-suggestions] a:has-text('{name}')")
        assert name in self.page.inner_text("h1")
        return int(self.page.url.rsplit("/", 1)[1])

    def call(self, who: int, said: str, **more: str) -> None:
        """Log a call; `more` are fields by their names."""
        self.go(f"/contacts/new/{who}")
        self.page.locator("[name=said]").fill(said)
        for name, text in more.items():
            box = self.page.locator(f"[name={name}]")
            if not box.is_visible():
                box.evaluate("one => one.closest('details').open = true")
            box.fill(text)
        self.save()
        assert said in self.page.inner_text("main")

    # ---- what stands in the book ----

    def count(self, model, *conditions) -> int:
        with self.app.app_context():
            found = db.session.scalar(select(func.count()).select_from(model).where(*conditions))
            db.session.remove()
        return found

    def bring_in(self, file: Path) -> str:
        self.go("/imports/new")
        self.page.set_input_files("#file", file)
        self.page.wait_for_selector("main button[value=bring]")
        self.click("main button[value=bring]")
        self.page.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdecimal(), timeout=60_000)
        return self.page.inner_text("main")


def written(file: Path, rows: Iterable[Iterable[object]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return file


def customers_file(folder: Path) -> Path:
    head = ("Name", "Mobile", "City", "Area", "Salesman")
    sellers = list(SHOP)
    rows = [
        (name, f"0321 {5_000_000 + number}", "Lahore", AREAS[number % 4], sellers[number % 3])
        for number, name in enumerate(NAMES)
    ]
    return written(folder / "customers.csv", [head, *rows])


def sales_file(folder: Path, name: str, bills: range) -> Path:
    """Thirty who buy every four weeks; the last three of them stopped half a year ago."""
    head = ("Date", "Bill", "Customer", "Mobile", "Item", "Amount")
    rows = []
    for bill in bills:
        number, turn = bill % 30, bill // 30
        late = 180 if number >= 27 else 0
        day = (MONDAY - timedelta(days=7 + late + 28 * turn)).date()
        rows.append(
            (f"{day:%d/%m/%Y}", f"B-{bill}", NAMES[number], f"0321 {5_000_000 + number}", "Bearing", 4500 + bill)
        )
    return written(folder / name, [head, *rows])
