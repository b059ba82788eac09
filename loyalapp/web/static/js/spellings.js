// A proposed spelling goes into its field when it is pressed, where it can be corrected.
export function spellings() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-put]");
    const field = button?.closest("form")?.elements.namedItem(button.dataset.put);
    if (!field) return;
    field.value = button.value;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const other = [...button.parentElement.querySelectorAll("[data-put]")].find((one) => one !== button);
    (other || field).focus();
    button.remove();
  });
}
