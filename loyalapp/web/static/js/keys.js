// Keys that work on every page: "/" to search, Ctrl+Alt+1/2/3 for the language.
const typing = (target) => target.matches("input, textarea, select") || target.isContentEditable;

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event.target)) {
      document.querySelector("#q")?.focus();
      event.preventDefault();
    } else if (event.ctrlKey && event.altKey && ["1", "2", "3"].includes(event.key)) {
      document.querySelectorAll(".tongues button")[Number(event.key) - 1]?.click();
      event.preventDefault();
    }
  });
}
