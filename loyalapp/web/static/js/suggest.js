// Results while typing: the server answers with a ready piece of the page.
const PAUSE = 120;

export function suggest() {
  for (const form of document.querySelectorAll("[data-suggest]")) start(form);
}

function start(form) {
  const box = form.querySelector("input[type=search]");
  const place = form.querySelector("[data-suggestions]");
  let timer = 0;
  let asked = "";

  async function ask() {
    asked = box.value.trim();
    if (!asked) return place.replaceChildren();
    const wanted = asked;
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(wanted)}`);
    if (answer.ok && wanted === asked) place.innerHTML = await answer.text();
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("keydown", (event) => move(event, box, place));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) place.replaceChildren();
  });
}

function move(event, box, place) {
  const links = [...place.querySelectorAll("a")];
  const stops = [box, ...links];
  const at = stops.indexOf(document.activeElement);
  if (event.key === "Escape") place.replaceChildren();
  else if (event.key === "ArrowDown" && at + 1 < stops.length) stops[at + 1].focus();
  else if (event.key === "ArrowUp" && at > 0) stops[at - 1].focus();
  else return;
  event.preventDefault();
}
