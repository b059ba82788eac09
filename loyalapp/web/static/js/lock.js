// The lock: F8, its button, or idle time take the page away and put the one that asks for a PIN in its place. The page
// is held aside as it is, with everything typed, chosen and opened, and stands there again when its own user comes back.
import { draftsAtRest } from "./drafts.js";

const PATIENCE = 1500; // for what is half written to arrive
const HEARD = 60000; // between two words to the program that somebody is there
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];
const others = "BroadcastChannel" in window ? new BroadcastChannel("loyalapp-lock") : null;

let held = null; // the page, while it is away
let title = "";

const told = (form, more = {}) => ({ method: "POST", body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value, ...more }) });

async function atRest() {
  for (const until = Date.now() + PATIENCE; !draftsAtRest() && Date.now() < until; ) await new Promise((done) => setTimeout(done, 50));
}

// Without an answer of the program nothing may stay to be seen either.
async function shut(form, { alone = false } = {}) {
  if (held) return;
  await atRest();
  const answer = await fetch(form.action, told(form)).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "<body></body>", "text/html");
  const asks = page.querySelector("[data-lock-open]");
  if (answer?.ok && !asks) return location.reload();
  [held, title] = [document.body, document.title];
  page.querySelector(".tongues")?.remove(); // another language would be another page
  document.title = page.title || "LoyalApp";
  held.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  if (!alone) others?.postMessage("shut");
  if (!asks) return location.reload();
  if (document.hasFocus()) asks.elements.lock_pin.focus();
  asks.addEventListener("submit", (event) => {
    event.preventDefault();
    open(asks);
  });
}

async function open(form) {
  const answer = await fetch(form.action, told(form, { ...Object.fromEntries(new FormData(form)), lock_script: "1" })).catch(() => null);
  const said = (await answer?.json().catch(() => null)) || {};
  if (answer?.ok && "same" in said) {
    others?.postMessage(said.same ? "open" : "other");
    return said.same ? bringBack() : location.assign("/");
  }
  const complaint = form.querySelector("[data-lock-error]");
  complaint.hidden = !said.complaint;
  complaint.querySelector("span").textContent = said.complaint || "";
  form.elements.lock_pin.value = "";
  form.elements.lock_pin.focus();
  if (!said.complaint) location.reload(); // opened elsewhere, or the program is gone
}

function bringBack() {
  document.body.replaceWith(held);
  document.title = title;
  held = null;
}

// One timer for the whole idle time: it looks whether anybody was there meanwhile, and waits for the rest.
function watch(form) {
  const after = Number(form.dataset.lockAfter) * 60000;
  let last = Date.now();
  let heard = last;
  const look = () => {
    const left = last + after - Date.now();
    if (!held && left <= 0) shut(form);
    setTimeout(look, held || left <= 0 ? after : left);
  };
  const note = () => {
    const now = Date.now();
    if (!held && now - last >= after) return shut(form); // the computer slept, and the timer with it
    last = now;
    if (held || now - heard < HEARD) return;
    heard = now;
    fetch(form.dataset.lockAwake, told(form)).catch(() => {});
  };
  for (const sign of SIGNS) addEventListener(sign, note, { passive: true, capture: true });
  setTimeout(look, after);
}

export function lock() {
  const form = document.querySelector("[data-lock]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    shut(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.repeat) return;
    event.preventDefault();
    shut(form);
  });
  if (Number(form.dataset.lockAfter)) watch(form);
  others?.addEventListener("message", ({ data }) => {
    if (data === "shut") shut(form, { alone: true });
    else if (held && data === "open") bringBack();
    else if (held) location.assign("/");
  });
}
