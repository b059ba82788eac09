// What a browser brings by itself and our own window does not: find on the page, print, load anew; and the question
// before the window closes, where something would be lost. In a browser all of it is left to the browser.
import { find } from "./find.js";
import { unsaved } from "./unsaved.js";

const isWindow = () => Boolean(window.pywebview);

export function inWindow() {
  const finder = find();
  unsaved();
  const deeds = {
    find: () => finder?.open(),
    again: (way) => finder?.step(way) || finder?.open(),
    print: () => window.print(),
    reload: () => "sent" in (document.querySelector("main")?.dataset || {}) || location.reload(),
  };

  document.addEventListener("keydown", (event) => {
    if (!isWindow() || event.altKey) return;
    const isMain = event.ctrlKey || event.metaKey;
    if (isMain && !event.shiftKey && event.code === "KeyF") deeds.find();
    else if (event.key === "F3" || (isMain && event.code === "KeyG")) deeds.again(event.shiftKey ? -1 : 1);
    else if (isMain && event.code === "KeyP") deeds.print();
    else if (event.key === "F5" || (isMain && event.code === "KeyR")) deeds.reload();
    else return;
    event.preventDefault();
  });

  // One of our own pages never goes to the browser, where nobody is let in; Qt shows it in a small window beside.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[target=_blank]");
    if (!link || !isWindow() || navigator.userAgent.includes("QtWebEngine") || link.origin !== location.origin) return;
    event.preventDefault();
    location.assign(link.href);
  });
}
