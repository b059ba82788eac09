// Keys that work on every page: "/" and Ctrl+K to search, Ctrl+Alt+1/2/3 for the language, Alt with a letter for the
// button that names it (the page's own before the head's), Ctrl+Enter to send the form one writes in, also before one
// stands in a field of it; and Alt with an arrow to go back or forward, as in every browser, since our window has no
// buttons for it.
const typing = (target) => target.matches("input, textarea, select") || target.isContentEditable;

const named = (code) => document.querySelector(`main [data-key="${code}"]`) || document.querySelector(`[data-key="${code}"]`);

// By the place of the key: with Alt, or on a keyboard of another script, the same key writes another sign.
const FIGURES = { Digit1: 0, Digit2: 1, Digit3: 2, Numpad1: 0, Numpad2: 1, Numpad3: 2 };

const written = (target) => (target === document.body ? document.querySelector("main form[data-draft]") : target.form);

const ways = { ArrowLeft: -1, ArrowRight: 1 };

// Before the first page lies only what the window showed while the program started, which nobody would come away from.
const leads = (way) => {
  if (!window.navigation) return document.referrer.startsWith(`${location.origin}/`);
  const there = navigation.entries()[navigation.currentEntry.index + way];
  return Boolean(there) && !new URL(there.url).pathname.startsWith("/boot/");
};

export function keys() {
  document.addEventListener("keydown", (event) => {
    const wantsSearch = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
    if (wantsSearch || (event.key === "/" && !typing(event.target))) {
      const box = document.querySelector("#q");
      box?.focus();
      box?.select();
      event.preventDefault();
    } else if (event.ctrlKey && event.altKey && FIGURES[event.code] !== undefined) {
      document.querySelectorAll(".tongues button")[FIGURES[event.code]]?.click();
      event.preventDefault();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && ways[event.key] && leads(ways[event.key])) {
      history.go(ways[event.key]);
      event.preventDefault();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && named(event.code)) {
      named(event.code).click();
      event.preventDefault();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.isComposing && written(event.target)?.method === "post") {
      written(event.target).requestSubmit();
      event.preventDefault();
    }
  });
}
