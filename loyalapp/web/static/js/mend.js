// A form came back: the first thing to mend stands in sight and under the keys, in a part that is open.
export function mend() {
  const wrong = document.querySelector("main :is([aria-invalid='true'], .field-error)");
  if (!wrong) return;
  for (let fold = wrong.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  const box = wrong.matches(".field-error") ? wrong.closest(".field, fieldset")?.querySelector("input, textarea, select") : wrong;
  box?.focus({ preventScroll: true });
  const field = box?.closest(".field") || wrong;
  const said = field.querySelector(".field-error");
  // Of a field as tall as the window, the sentence under it would be out of sight.
  (said && field.offsetHeight > innerHeight / 2 ? said : field).scrollIntoView({ block: "center" });
}
