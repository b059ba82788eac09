// Asked by the window before it closes: "yes" where nothing is lost, "wait" while a draft is on its way or the user
// thinks it over, "no" where the user stays. What drafts keep is there again next time, so nobody is asked about it;
// what the program is at itself (a list on its way in) is asked about after what was typed.
import { draftsAtRest } from "./drafts.js";
import { isTyped } from "./keep_typed.js";

const QUIET = ["hidden", "submit", "button", "search", "password"]; // half a PIN is no loss
const PATIENCE = 3000; // for a draft on its way

const counts = (field) => field.name && !QUIET.includes(field.type) && field.checkVisibility();

function isLost(form) {
  if (form.method !== "post" || form.matches(".many, .tongues, .seat, .deed")) return false;
  const fields = [...form.elements].filter(counts);
  if (fields.some((one) => one.type === "file" && one.files.length)) return true;
  if ("draft" in form.dataset) return "draftLost" in form.dataset;
  const cameBack = "sent" in document.querySelector("main").dataset && form.querySelector("[aria-invalid=true]");
  return fields.some((one) => one.type !== "file" && (isTyped(one) || (cameBack && one.type !== "checkbox" && one.type !== "radio" && one.value)));
}

export function unsaved() {
  const dialogs = [...document.querySelectorAll("[data-leaving]")];
  if (!dialogs.length) return;
  let left = null;  // the questions that are still to be asked
  let answer = "";
  let since = 0;

  const ask = () => {
    const dialog = left.shift();
    if (!dialog) {
      answer = "yes";
      return;
    }
    dialog.returnValue = "";
    dialog.showModal();
  };
  for (const dialog of dialogs) {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "leave") ask();
      else answer = "no";
    });
  }

  // `losing` says what would be lost of the program's own work, if anything would.
  window.loyalLeaving = (losing) => {
    if (!left) {
      since ||= Date.now();
      if (!draftsAtRest() && Date.now() - since <= PATIENCE) return "wait";
      const isTypedLost = [...document.querySelectorAll("main form")].some(isLost);
      left = dialogs.filter((one) => (one.dataset.leaving === "at_work" ? losing : isTypedLost));
      document.querySelector("[data-losing]").textContent = losing || "";
      answer = "";
      ask();
    }
    if (!answer) return "wait";
    left = null;
    since = 0;
    return answer;
  };
}
