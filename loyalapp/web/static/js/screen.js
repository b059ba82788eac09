// The page of one's own screen shows each choice at once, before it is kept.
const house = document.documentElement;

export function screen() {
  const form = document.querySelector("form[data-screen]");
  if (!form) return;
  form.addEventListener("input", ({ target }) => {
    if (target.name === "letters" || target.name === "size") house.dataset[target.name] = target.value;
  });
}
