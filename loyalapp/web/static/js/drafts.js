// What is being written in a form stays if one leaves the page and comes back; once it is sent, nothing is kept.
import { isTyped } from "./keep_typed.js";

export function drafts() {
  for (const form of document.querySelectorAll("[data-draft]")) start(form);
}

function start(form) {
  const place = `draft:${location.pathname}#${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "password"].includes(one.type));
  const ticks = (one) => one.type === "radio" || one.type === "checkbox";

  function keep() {
    const typed = fields().filter(isTyped).map((one) => [one.name, ticks(one) ? one.value : "", ticks(one) ? one.checked : one.value]);
    if (typed.length) sessionStorage.setItem(place, JSON.stringify(typed));
    else sessionStorage.removeItem(place);
  }

  for (const [name, which, value] of JSON.parse(sessionStorage.getItem(place) || "[]")) {
    const field = fields().find((one) => one.name === name && (!ticks(one) || one.value === which));
    if (!field || isTyped(field)) continue;
    if (ticks(field)) field.checked = value;
    else field.value = value;
    field.closest("details")?.setAttribute("open", "");
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => sessionStorage.removeItem(place));
}
