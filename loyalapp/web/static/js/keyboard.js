// A keyboard on the screen, for those whose computer has none for their script: Ctrl+Alt+K or its button brings it below
// the page. Its keys are clicked, or the keys of the computer write its letters. The field keeps the focus all the while;
// a field that is for one language gets that keyboard, and one for numbers or addresses is left alone.
const PLACE = "/settings/screen/keyboards";
const OPEN = "keyboard-open";
const TAKEN = "keyboard-taken";
const TYPED_IN = "textarea, input:not([type]), input[type=text], input[type=search]";
const house = document.documentElement;

let panel = null;
let shifted = false;
let last = null; // the field that was written in last

const writable = (one) => Boolean(one?.matches?.(TYPED_IN)) && !one.readOnly && !one.disabled && (one.getAttribute("dir") !== "ltr" || one.lang === "hi");
const here = () => (writable(document.activeElement) ? document.activeElement : null);
const spoken = { ur: "ur", hi: "hi", inscript: "hi" };

// Which keyboard writes in this field: of its own language where it has one, else the one that was taken.
function wanted(field) {
  const taken = sessionStorage.getItem(TAKEN) || house.dataset.keyboard || (house.lang === "hi" ? "hi" : "ur");
  if (taken === "off" || !field?.lang || field.lang === spoken[taken]) return taken;
  return field.lang in spoken ? field.lang : "off";
}

function show() {
  const which = wanted(here() || last);
  for (const rows of panel.querySelectorAll("[data-keys]")) rows.hidden = rows.dataset.keys !== which;
  for (const one of panel.querySelectorAll("[data-take]")) one.setAttribute("aria-pressed", String(one.dataset.take === which));
  for (const one of panel.querySelectorAll("[data-shift]")) one.setAttribute("aria-pressed", String(shifted));
  panel.classList.toggle("keyboard-shifted", shifted);
  panel.classList.toggle("keyboard-off", which === "off");
}

function write(text) {
  const field = here() || last;
  if (!field?.isConnected) return;
  field.focus();
  if (document.execCommand("insertText", false, text)) return; // so that Ctrl+Z takes it back
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}

function back() {
  const field = here() || last;
  if (!field?.isConnected) return;
  field.focus();
  document.execCommand("delete");
}

const letter = (key, isShifted) => (isShifted ? key.dataset.shifted || key.dataset.plain : key.dataset.plain) || "";

function press(key) {
  if ("close" in key.dataset) return close();
  if ("take" in key.dataset) sessionStorage.setItem(TAKEN, key.dataset.take);
  else if ("shift" in key.dataset) shifted = !shifted;
  else if ("back" in key.dataset) back();
  else {
    write(letter(key, shifted));
    shifted = false;
  }
  show();
}

function typed(event) {
  const field = here();
  if (!panel || panel.hidden || !field || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  // A letter of another script shows that the computer's own keyboard is at work: it is left alone.
  if (event.key.length !== 1 || event.key > "~") return;
  const rows = panel.querySelector(`[data-keys="${wanted(field)}"]`);
  const key = event.code === "Space" && event.shiftKey ? rows?.querySelector(".key-space") : rows?.querySelector(`[data-code="${event.code}"]`);
  const text = key && letter(key, event.shiftKey);
  if (!text) return;
  event.preventDefault();
  write(text);
  key.classList.add("key-pressed");
  setTimeout(() => key.classList.remove("key-pressed"), 120);
}

async function open() {
  sessionStorage.setItem(OPEN, "1");
  last = here() || last;
  if (!panel) {
    const answer = await fetch(PLACE).catch(() => null);
    if (!answer?.ok || panel) return;
    document.body.insertAdjacentHTML("beforeend", await answer.text());
    panel = document.querySelector("[data-keyboard-place]");
    panel.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    panel.addEventListener("mousedown", (event) => event.preventDefault());
    panel.addEventListener("click", (event) => {
      const key = event.target.closest("button");
      if (key) press(key);
    });
  }
  panel.hidden = false;
  house.dataset.typing = "";
  show();
  stay(here() || last);
}

function close() {
  sessionStorage.removeItem(OPEN);
  if (panel) panel.hidden = true;
  delete house.dataset.typing;
  say();
}

// What is written in stays in sight above the keys.
function stay(field) {
  if (field?.getBoundingClientRect().bottom > panel.getBoundingClientRect().top - 80) field.scrollIntoView({ block: "center" });
  say();
}

const say = () => document.querySelector("[data-keyboard-switch]")?.setAttribute("aria-pressed", String("typing" in house.dataset));

const turn = () => ("typing" in house.dataset ? close() : open());

export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.altKey && event.code === "KeyK" && !event.repeat) {
      event.preventDefault();
      turn();
    } else typed(event);
  });
  document.addEventListener("focusin", (event) => {
    if (!writable(event.target)) return;
    last = event.target;
    if (panel && !panel.hidden) {
      show();
      stay(last);
    }
  });
  for (const button of document.querySelectorAll("[data-keyboard-switch]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", turn);
  }
  if (sessionStorage.getItem(OPEN)) open();
}
