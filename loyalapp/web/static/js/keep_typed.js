// Switching the language loses nothing: what was typed, which parts are open, where one was reading and where the cursor
// stands are laid aside and found again on the same page. What was not touched comes in the new language, and as fresh as
// it is by now; a version goes along, so that a change of somebody else's is still noticed.
const CAME_FROM = "came-from"; // the page last asked for; one that answers to a form may have no address of its own
const PATIENCE = 1500;
const LATE = 4000; // what is to be ticked may be on its way still: those found by a few letters
const VERSIONS = ["version", "seen"];
const NOT_TYPED = ["hidden", "file", "submit", "button", "image", "reset", "password"];

const main = () => document.querySelector("main");
const place = (path) => `typed:${path}`;
const ticks = (type) => type === "radio" || type === "checkbox";
const isVersion = (field) => field.type === "hidden" && VERSIONS.includes(field.name) && !field.form?.matches("[data-rows]");
const isSent = () => "sent" in (main()?.dataset ?? {});

const fields = () =>
  [...document.querySelectorAll("#q, main input, main select, main textarea")].filter(
    (field) => field.name && (!NOT_TYPED.includes(field.type) || isVersion(field)),
  );

// Whether something stands in the field that the page itself did not put there.
export function isTyped(field) {
  if (ticks(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) return field.value !== ([...field.options].find((one) => one.defaultSelected) || field.options[0])?.value;
  return field.value !== field.defaultValue;
}

// ---- before the page goes ----

let last = null; // the field that was written in last: pressing the switch takes the focus away

function snapshot() {
  const all = fields();
  const wanted = (field) => isSent() || isTyped(field) || (isVersion(field) && [...field.form.elements].some((one) => one.name && one.type !== "hidden" && isTyped(one)));
  // The how-manieth of its name, since several lines of a page have fields of one name.
  const number = (field) => all.filter((one) => one.name === field.name && one.type === field.type && (!ticks(one.type) || one.value === field.value)).indexOf(field);
  const told = (field) => ({ name: field.name, type: field.type, at: number(field), value: field.value, checked: field.checked });
  const cursor = last?.isConnected ? { ...told(last), from: last.selectionStart, to: last.selectionEnd, top: last.getBoundingClientRect().top } : null;
  return {
    typed: all.filter(wanted).map(told),
    open: [...document.querySelectorAll("main details")].map((one) => one.open),
    share: scrollY / (document.scrollingElement.scrollHeight - innerHeight || 1),
    cursor: cursor && cursor.top > 0 && cursor.top < innerHeight ? cursor : null,
  };
}

function leave(event) {
  const form = event.currentTarget;
  if (form.dataset.left) return;
  const next = form.elements.next;
  const there = new URL(next.value, location.href);
  if (isSent() && there.pathname !== location.pathname) next.value = sessionStorage.getItem(CAME_FROM) || next.value;
  sessionStorage.setItem(place(new URL(next.value, location.href).pathname), JSON.stringify(snapshot()));
  const waiting = [];
  document.dispatchEvent(new CustomEvent("leaving", { detail: waiting })); // a page that writes by itself does so first
  if (!waiting.length) return;
  event.preventDefault();
  form.dataset.left = "1";
  Promise.race([Promise.all(waiting), new Promise((done) => setTimeout(done, PATIENCE))]).then(() => form.requestSubmit(event.submitter));
}

// ---- on the page that comes ----

const find = ({ name, type, at, value }) => fields().filter((one) => one.name === name && one.type === type && (!ticks(type) || one.value === value))[at];

function fill(one) {
  const field = find(one);
  if (!field) return null;
  if (ticks(one.type)) field.checked = one.checked;
  else field.value = one.value;
  if (isTyped(field)) field.closest("details")?.setAttribute("open", "");
  return field;
}

function fillLater(lacking) {
  const ticked = lacking.filter((one) => ticks(one.type) && one.checked);
  if (!ticked.length) return;
  const watch = new MutationObserver(() => ticked.forEach((one) => fill(one)));
  watch.observe(main(), { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), LATE);
}

// Lines that were added, and are not on the page that came: it is asked for once more, with as many lines.
export function lengthen(names) {
  const wanted = new URLSearchParams(location.search);
  for (const name of names) {
    const [, list, number] = /^(\w+)-(\d+)-/.exec(name) || [];
    if (list) wanted.set(list, Math.max(Number(wanted.get(list) || 0), Number(number) + 1));
  }
  if (String(wanted) === String(new URLSearchParams(location.search))) return false;
  location.replace(`?${wanted}`);
  return true;
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(place(location.pathname)) || "null");
  if (!kept?.typed || isSent()) return [];
  if (lengthen(kept.typed.filter((one) => !find(one)).map((one) => one.name))) return [];
  sessionStorage.removeItem(place(location.pathname));
  const parts = [...document.querySelectorAll("main details")];
  if (parts.length === kept.open.length) parts.forEach((one, at) => (one.open = kept.open[at]));
  const filled = kept.typed.map(fill);
  fillLater(kept.typed.filter((_one, at) => !filled[at]));
  goBack(kept);
  return filled.filter((field) => field && field.type !== "hidden" && field.id !== "q");
}

// To the cursor where it stood on the screen, else to the same part of the page: lines are of other heights now. Fonts
// and proposals come a moment later and push the lines about, so it is looked after once more, unless a hand is there.
function goBack({ cursor, share }) {
  const field = cursor && find(cursor);
  if (field) {
    field.focus({ preventScroll: true });
    if (typeof cursor.from === "number") field.setSelectionRange(cursor.from, cursor.to);
  }
  let isOurs = true;
  for (const hand of ["wheel", "keydown", "pointerdown"]) addEventListener(hand, () => (isOurs = false), { once: true });
  const stay = () => {
    if (!isOurs) return;
    if (field) scrollBy(0, field.getBoundingClientRect().top - cursor.top);
    else scrollTo(0, share * (document.scrollingElement.scrollHeight - innerHeight));
  };
  stay();
  document.fonts.ready.then(stay);
  setTimeout(stay, 400);
}

export function keepTyped() {
  if (main() && !isSent()) sessionStorage.setItem(CAME_FROM, location.pathname + location.search);
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("main :is(input, textarea, select)")) last = target;
    else if (!target.closest(".tongues, .keyboard")) last = null;
  });
  for (const form of document.querySelectorAll("[data-keep-typed]")) form.addEventListener("submit", leave);
  const filled = restore();
  // Once everything on the page listens: pictures, proposals and drafts follow what came back.
  return () => filled.forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
}
