// What is being written in a form is kept by the program a moment later. It is there again when one comes back, on
// another day or after a crash too; once the form is sent, nothing is kept.
import { isTyped, lengthen } from "./keep_typed.js";

const PLACE = "/drafts/";
const PAUSE = 800; // after the last letter
const LONGEST = 4000; // while somebody writes without a pause
const PATIENCE = 1500;

const ticks = (one) => one.type === "radio" || one.type === "checkbox";
const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button", "password"].includes(one.type));

const keepers = []; // of each form: sends what waits, and says whether all of it has arrived

export const draftsAtRest = () => keepers.map((one) => one()).every(Boolean);

export async function drafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  if (!forms.length) return;
  forms.forEach(watch);
  if ("sent" in document.querySelector("main").dataset) return; // it came back to be mended, with all that was typed
  const answer = await fetch(`${PLACE}?page=${encodeURIComponent(location.pathname)}`).catch(() => null);
  const kept = answer?.ok ? await answer.json() : {};
  for (const form of forms) if (kept[form.dataset.draft]) bring(form, kept[form.dataset.draft]);
}

const told = (form, more) => new URLSearchParams({ page: location.pathname, form: form.dataset.draft, csrf_token: form.elements.csrf_token.value, ...more });

const send = (form, place, more) => fetch(place, { method: "POST", body: told(form, more), keepalive: true }).catch(() => {});

function watch(form) {
  let timer = 0;
  let since = 0;
  let sending = null;

  function keep() {
    clearTimeout(timer);
    timer = since = 0;
    const typed = fieldsOf(form).filter(isTyped).map((one) => [one.name, ticks(one) ? one.value : "", ticks(one) ? one.checked : one.value]);
    const mine = (sending = send(form, PLACE, { customer: form.dataset.customer || "", typed: JSON.stringify(typed) }).then((answer) => {
      form.toggleAttribute("data-draft-lost", !answer?.ok);
      if (sending === mine) sending = null;
    }));
  }

  keepers.push(() => {
    if (timer) keep();
    return !sending;
  });

  form.addEventListener("input", () => {
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(keep, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  });
  addEventListener("pagehide", () => timer && keep());
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = since = 0;
    name(form);
    if (!sending) return;
    event.preventDefault(); // what is on its way must not arrive after the form
    const wait = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([sending, wait]).then(() => {
      sending = null;
      form.requestSubmit(event.submitter);
    });
  });
}

// The form says itself which draft it was.
function name(form) {
  for (const [key, value] of [["draft_page", location.pathname], ["draft_form", form.dataset.draft]]) {
    if (form.elements[key]) continue;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: key, value });
    form.append(field);
  }
}

function bring(form, { typed, note }) {
  const find = ([key, which]) => fieldsOf(form).find((one) => one.name === key && (!ticks(one) || one.value === which));
  if (lengthen(typed.filter((one) => !find(one)).map(([key]) => key))) return;
  let count = 0;
  for (const one of typed) {
    const field = find(one);
    if (!field || isTyped(field)) continue;
    if (ticks(field)) field.checked = one[2];
    else field.value = one[2];
    field.closest("details")?.setAttribute("open", "");
    count += 1;
  }
  if (!count) return;
  (form.querySelector(".matter") || form).insertAdjacentHTML("afterbegin", note);
  form.querySelector("[data-throw-away]").addEventListener("click", (event) => {
    form.reset();
    event.currentTarget.closest(".draft-note").remove();
    send(form, `${PLACE}away`, {});
  });
}
