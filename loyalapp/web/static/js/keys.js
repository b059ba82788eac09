// Keys that work on every page: "/" and Ctrl+K to search, Ctrl+Alt+1/2/3 for the language.
const typing = (target) => target.matches("input, textarea, select") || target.isContentEditable;

export function keys() {
  document.addEventListener("keydown", (event) => {
    const wantsSearch = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
    if (wantsSearch || (event.key === "/" && !typing(event.target))) {
      const box = document.querySelector("#q");
      box?.focus();
      box?.select();
      event.preventDefault();
    } else if (event.ctrlKey && event.altKey && ["1", "2", "3"].includes(event.key)) {
      document.querySelectorAll(".tongues button")[Number(event.key) - 1]?.click();
      event.preventDefault();
    }
  });
}
