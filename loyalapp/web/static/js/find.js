// Finds words on the page, as the browser does elsewhere: without regard to capitals, vowel signs, the two forms of a
// letter, and in which digits a number is written.
const SAME = { "ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "أ": "ا", "إ": "ا", "ٱ": "ا" };
const SILENT = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u093c\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]/;
const DIGITS = [0x0660, 0x06f0, 0x0966];
const MOST = 2000;

function folded(letter) {
  const code = letter.codePointAt(0);
  const zero = DIGITS.find((one) => code >= one && code < one + 10);
  if (zero) return String(code - zero);
  return [...letter.normalize("NFKD")].filter((one) => !SILENT.test(one)).map((one) => SAME[one] || one.toLowerCase()).join("");
}

const fold = (text) => [...text].map(folded).join("").replace(/\s+/g, " ");

function isShown(node, hidesPrivate) {
  const one = node.parentElement;
  if (!one || one.closest("script, style, template, [data-find], dialog:not([open]), .unseen") || (hidesPrivate && one.closest(".private"))) return false;
  return one.checkVisibility() || Boolean(one.closest("details:not([open])"));
}

// The text of the page in one piece, and where each letter of it stands. Names lie in pieces of their own within a line.
function pageText() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const hidesPrivate = "counter" in document.documentElement.dataset;
  const places = [];
  let text = "";
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!isShown(node, hidesPrivate)) continue;
    const block = node.parentElement.closest("p, li, td, th, h1, h2, h3, h4, dt, dd, div, section, label, button, summary, legend, option, header, main");
    if (block !== last && text) add("\n", node, 0, 0);
    last = block;
    let at = 0;
    for (const letter of node.data) {
      for (const one of /\s/.test(letter) ? (text.endsWith(" ") ? "" : " ") : folded(letter)) add(one, node, at, at + letter.length);
      at += letter.length;
    }
  }
  function add(one, node, start, end) {
    for (let unit = 0; unit < one.length; unit += 1) places.push([node, start, end]);
    text += one;
  }
  return { text, places };
}

function matches(wanted) {
  const { text, places } = pageText();
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    range.setStart(places[at][0], places[at][1]);
    range.setEnd(places[at + wanted.length - 1][0], places[at + wanted.length - 1][2]);
    found.push(range);
  }
  return found;
}

export function find() {
  const bar = document.querySelector("[data-find]");
  if (!bar) return null;
  const box = bar.querySelector("input");
  const count = bar.querySelector("[data-count]");
  let found = [];
  let now = 0;

  function show() {
    const marks = globalThis.Highlight && CSS.highlights;
    if (marks) {
      marks.set("found", new Highlight(...found));
      marks.set("found-now", new Highlight(...found.slice(now, now + 1)));
    }
    bar.dataset.state = box.value && !found.length ? "none" : "";
    count.textContent = box.value ? `${found.length ? now + 1 : 0} / ${found.length}` : "";
    const one = found[now];
    if (!one) return;
    one.startContainer.parentElement.closest("details:not([open])")?.setAttribute("open", "");
    one.startContainer.parentElement.scrollIntoView({ block: "center" });
    if (!marks) getSelection().setBaseAndExtent(one.startContainer, one.startOffset, one.endContainer, one.endOffset);
  }

  function look() {
    const wanted = fold(box.value.trim());
    found = wanted ? matches(wanted) : [];
    now = Math.max(0, found.findIndex((one) => one.startContainer.parentElement.getBoundingClientRect().bottom > 0));
    show();
  }

  function step(way) {
    if (!found.length) return;
    now = (now + way + found.length) % found.length;
    show();
  }

  function close() {
    const one = found[now];
    found = [];
    box.value = "";
    show();
    bar.hidden = true;
    if (one) getSelection().setBaseAndExtent(one.startContainer, one.startOffset, one.endContainer, one.endOffset);
  }

  box.addEventListener("input", look);
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === box && !event.isComposing) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  bar.querySelector("[data-next]").addEventListener("click", () => step(1));
  bar.querySelector("[data-previous]").addEventListener("click", () => step(-1));
  bar.querySelector("[data-close]").addEventListener("click", close);

  return {
    open() {
      const chosen = String(getSelection());
      bar.hidden = false;
      if (chosen && chosen.length < 60 && !chosen.includes("\n")) box.value = chosen;
      box.focus();
      box.select();
      look();
    },
    step: (way) => (bar.hidden ? false : (step(way), true)),
  };
}
