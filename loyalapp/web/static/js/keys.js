// Keys that work on every page: "/" and Ctrl+K to search, Ctrl+Alt+1/2/3 for the language, Alt with a letter for the
// button that names it (the page's own before the head's), Ctrl+Enter to send the form one writes in.
const typing = (target) => target.matches("input, textarea, select") || target.isContentEditable;

const named = (code) => document.querySelector(`main [data-key="${code}"]`) || document.querySelector(`[data-key="${code}"]`);

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
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && named(event.code)) {
      named(event.code).click();
      event.preventDefault();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.isComposing && event.target.form?.method === "post") {
      event.target.form.requestSubmit();
      event.preventDefault();
    }
  });
}
