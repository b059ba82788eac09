// A report on a plugin is copied by one press; where the clipboard is closed to us, the text is selected instead.
export function reports() {
  for (const box of document.querySelectorAll("[data-report]")) {
    const text = box.querySelector("textarea");
    const button = box.querySelector("[data-copy]");
    button.hidden = false;
    button.addEventListener("click", () => {
      text.focus();
      text.select();
      // The newer way asks for a permission, and in the window of Linux that question is never answered.
      const isCopied = document.execCommand("copy");
      box.querySelector("[data-copied]").hidden = !isCopied;
      box.querySelector("[data-not-copied]").hidden = isCopied;
    });
  }
}
