"""Looks at a page as somebody who reads it: words cut off, words over the edge, English words on other pages."""

import re

from playwright.sync_api import Page

from tests.markup import ENGLISH

# What people wrote, and what is written in English letters in every language, stands in one of these.
WRITTEN = "bdi, script, style, textarea, [lang]:not(html), .ltr, [dir=ltr]:not(html), code, kbd, svg, option[value]"
LOOK = """(written) => {
  const page = document.scrollingElement, range = document.createRange();
  const found = {over: page.scrollWidth - page.clientWidth, cut: [], words: []};
  const hides = (way) => way === 'hidden' || way === 'clip';
  const isForEars = (one) => one && (getComputedStyle(one).clipPath !== 'none' || isForEars(one.parentElement));
  const isSeen = (one) => one.checkVisibility() && !one.closest('.skip, textarea, option') && !isForEars(one);
  const tell = (one, words) => found.cut.push(`${one.tagName}.${one.className}: ${words.trim().slice(0, 40)}`);
  for (const one of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(one);
    if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || !isSeen(one)) continue;
    const isWide = hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    if (isWide || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1)) tell(one, one.textContent);
  }
  const isInline = (one) => getComputedStyle(one).display.startsWith('inline') && !one.matches('.button, .stamp');
  const pieces = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let piece = pieces.nextNode(); piece; piece = pieces.nextNode()) {
    let box = piece.parentElement;
    if (!piece.data.trim() || !isSeen(box)) continue;
    if (!box.closest(written)) found.words.push(piece.data);
    while (isInline(box)) box = box.parentElement;
    range.selectNodeContents(piece);
    const inside = range.getBoundingClientRect(), round = box.getBoundingClientRect();
    if (inside.left < round.left - 2 || inside.right > round.right + 2) tell(box, piece.data);
  }
  for (const one of document.querySelectorAll('[placeholder], [aria-label], [title], [alt]')) {
    if (one.closest(written) && !one.matches('input')) continue;
    for (const name of ['placeholder', 'aria-label', 'title', 'alt']) found.words.push(one.getAttribute(name) || '');
  }
  return found;
}"""
ENGLISH_WORD = re.compile(r"(?<![.\w])[A-Za-z]{2,}")
ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page in the window: words over its edge, words cut off, English words."""
    found = page.evaluate(LOOK, WRITTEN)
    wrong = [f"{found['over']} pixels over the edge"] if found["over"] > 0 else []
    wrong += [f"cut off: {one}" for one in found["cut"]]
    if page.locator("html").get_attribute("lang") != "en":
        words = {
            word for text in found["words"] for word in re.findall(r"(?<![.\w])[A-Za-z]{2,}", ISOLATED.sub("", text))
        }
        wrong += [f"English: {word}" for word in sorted(words - ENGLISH)]
    return wrong
