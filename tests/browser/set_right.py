"""Looks at how a page is set: figures and Latin words in their order, room for the largest words, no stroke cut off."""

import base64
from typing import NamedTuple

from playwright.sync_api import Browser, Page

# Figures with their signs, and Latin words, that do not run from left to right as they are written. Each letter is
# asked where it stands; what folds or is hidden is left out.
OUT_OF_ORDER = r"""() => {
    const run = /(?:[+\-\u2212]|Rs\.? ?|\u20b9 ?)?\d[\d.,:\/\-]*(?: \d[\d\-]*)*%?|[A-Za-z][A-Za-z ]*[A-Za-z]/g;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const place = document.createRange();
    const wrong = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const box = node.parentElement;
        if (!box.checkVisibility() || box.closest(".unseen, option, textarea, script, style")) continue;
        for (const found of node.data.matchAll(run)) {
            const seen = [...found[0]].map((_letter, at) => {
                place.setStart(node, found.index + at);
                place.setEnd(node, found.index + at + 1);
                return place.getBoundingClientRect();
            }).filter((one) => one.width > 0);
            const isOneLine = seen.every((one) => Math.abs(one.top - seen[0].top) < 4);
            if (isOneLine && seen.some((one, at) => at && one.left < seen[at - 1].left - 1)) wrong.push(found[0]);
        }
    }
    return wrong;
}"""
LARGEST = """() => {
    const house = document.documentElement, page = document.scrollingElement, before = house.dataset.size;
    house.dataset.size = "130";
    const over = page.scrollWidth - page.clientWidth;
    if (before) house.dataset.size = before; else delete house.dataset.size;
    return over;
}"""


def set_right(page: Page) -> list[str]:
    """What is out of order, and how much stands over the edge when words are as large as they can be."""
    wrong = [f"out of order: {one}" for one in page.evaluate(OUT_OF_ORDER)]
    over = page.evaluate(LARGEST)
    return [*wrong, f"{over} pixels over the edge in large words"] if over > 0 else wrong


# ---- the strokes of Nastaliq ----

# The highest, deepest and widest words: a stroke to the right of the first letter, a long slope, dots below.
WORST = ("گنیں", "ایکسیسبیلٹی", "پیچھے کھینچیے")
# Where words stand: what is put on the page; the last element of it may cut them off.
FRAMES = {
    "line to write in": '<input value="{word}">',
    "search": '<div class="head"><div class="search"><input type="search" value="{word}"></div></div>',
    "choice that folds": "<select><option>{word}</option></select>",
    "box to write in": '<textarea rows="1">{word}</textarea>',
    "button": '<button class="button" type="button">{word}</button>',
    "cell": '<table class="territory"><tr><th>{word}</th></tr></table>',
    "tab": '<div class="tabs"><a>{word}</a></div>',
    "badge": '<span class="chip">{word}</span>',
    "tile": '<label class="choice"><span><b>{word}</b></span></label>',
    "fold": '<details class="more"><summary>{word}</summary></details>',
    "title": "<h1>{word}</h1>",
}
ROW = 190  # pixels for one word: itself where it may be cut, and beside it where nothing can cut it
# A tile of a page clips nothing itself, but its neighbours may lie over it: each stands alone in its row.
SET = """([words, frames, row]) => {
    const sheet = document.createElement("div");
    document.body.replaceChildren(sheet);
    document.body.className = "";
    const plain = {border: "0", background: "none", boxShadow: "none", outline: "0", color: "#000", margin: "0"};
    const all = frames.flatMap(([name, frame]) => words.map((word) => [name, word, frame]));
    all.forEach(([, word, frame], at) => {
        const line = document.createElement("div"), place = document.createElement("div");
        const free = document.createElement("span");
        Object.assign(line.style, {position: "absolute", insetInline: "0", top: `${at * row}px`, height: `${row}px`});
        Object.assign(line.style, {background: "#fff", overflow: "hidden"});
        Object.assign(place.style, {position: "absolute", right: "20px", top: "50px", width: "380px"});
        place.innerHTML = frame.replace("{word}", word);
        sheet.append(line);
        line.append(place);
        for (const one of place.querySelectorAll("*")) Object.assign(one.style, plain);
        const last = [...place.querySelectorAll("*")].at(-1);
        const {font} = getComputedStyle(last.tagName === "OPTION" ? last.parentElement : last);
        free.textContent = word;
        Object.assign(free.style, {position: "absolute", right: "460px", top: "0", font, whiteSpace: "nowrap"});
        Object.assign(free.style, {lineHeight: `${row}px`, color: "#000"});
        line.append(free);
    });
    return all.map(([name, word]) => [name, word]);
}"""
# How wide and high the ink of each half of each row is, and how much of it there is.
INK = """async ([picture, count, row]) => {
    const image = await createImageBitmap(await (await fetch(picture)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d", {willReadFrequently: true});
    canvas.drawImage(image, 0, 0);
    const measure = (left, top, wide) => {
        const {data} = canvas.getImageData(left, top, wide, row);
        const seen = {ink: 0, left: wide, right: 0, top: row, bottom: 0};
        for (let y = 0; y < row; y += 1) for (let x = 0; x < wide; x += 1) {
            const dark = 255 - data[4 * (y * wide + x)];
            if (dark < 60) continue;
            seen.ink += dark / 255;
            seen.left = Math.min(seen.left, x); seen.right = Math.max(seen.right, x);
            seen.top = Math.min(seen.top, y); seen.bottom = Math.max(seen.bottom, y);
        }
        return [seen.right - seen.left, seen.bottom - seen.top, seen.ink];
    };
    const rest = image.width - 440;
    return [...Array(count).keys()].map((at) => [measure(rest, at * row, 440), measure(0, at * row, rest)]);
}"""


class Stroke(NamedTuple):
    """A word as it stands in a frame, and where nothing cuts it: width and height in pixels, and its ink."""

    frame: str
    word: str
    held: tuple[float, float, float]
    free: tuple[float, float, float]

    def is_whole(self) -> bool:
        """Whether all of it is seen."""
        same = all(abs(one - other) <= 1 for one, other in zip(self.held[:2], self.free[:2], strict=True))
        return self.free[2] > 50 and same


def strokes(browser: Browser, page: Page, letters: str) -> list[Stroke]:
    """The worst words in every frame, in the largest size, as they are painted."""
    page.set_viewport_size({"width": 900, "height": ROW * len(WORST) * len(FRAMES)})
    page.evaluate("letters => Object.assign(document.documentElement.dataset, {letters, size: '130'})", letters)
    rows = page.evaluate(SET, [WORST, list(FRAMES.items()), ROW])
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(100)
    picture = "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()
    blank = browser.new_page()
    measured = blank.evaluate(INK, [picture, len(rows), ROW])
    blank.close()
    return [Stroke(*row, tuple(held), tuple(free)) for row, (held, free) in zip(rows, measured, strict=True)]
