// A button that prints the page; without script the menu of the browser does it.
export function printing() {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
}
