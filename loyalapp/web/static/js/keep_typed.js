// Switching the language keeps what was typed: the fields are laid aside and filled in again on the same page.
const PLACE = `typed:${location.pathname}`;

const fields = () =>
  [...document.querySelectorAll("main input, main select, main textarea")].filter(
    (field) => field.name && !["hidden", "file", "submit", "password"].includes(field.type),
  );

const snapshot = () =>
  fields().map((field) => [field.name, field.type, field.type === "radio" || field.type === "checkbox" ? `${field.value}:${field.checked}` : field.value]);

// Whether something stands in the field that the page itself did not put there.
export function isTyped(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return field.value !== ([...field.options].find((one) => one.defaultSelected) || field.options[0])?.value;
  return field.value !== field.defaultValue;
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) || "[]");
  sessionStorage.removeItem(PLACE);
  const waiting = fields();
  for (const [name, type, value] of kept) {
    const at = waiting.findIndex((field) => field.name === name && (!["radio", "checkbox"].includes(type) || value.startsWith(`${field.value}:`)));
    if (at < 0) continue;
    const [field] = waiting.splice(at, 1);
    if (type === "radio" || type === "checkbox") field.checked = value.endsWith(":true");
    else field.value = value;
    if (isTyped(field)) field.closest("details")?.setAttribute("open", "");
  }
}

export function keepTyped() {
  restore();
  for (const form of document.querySelectorAll("[data-keep-typed]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(PLACE, JSON.stringify(snapshot())));
  }
}
