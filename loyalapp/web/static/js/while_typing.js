// A piece of a page that follows what is typed in its form: the server answers with what stands there from then on.
// `data-fields` are the fields that are sent along; a `data-guess` in the answer chooses a tile nobody has touched.
import { isTyped } from "./keep_typed.js";

const PAUSE = 180;

export function whileTyping() {
  for (const place of document.querySelectorAll("[data-while-typing]")) start(place);
}

function start(place) {
  const form = place.closest("form");
  const fields = place.dataset.fields.split(" ");
  // What came back with a switch of the language was chosen already.
  const touched = new Set([...form.querySelectorAll("input[type=radio]")].filter(isTyped).map((one) => one.name).filter((one) => !fields.includes(one)));
  let timer = 0;
  let asking = null;
  let known = "";

  function wanted() {
    const address = new URL(place.dataset.whileTyping, location.href);
    const typed = new FormData(form);
    for (const name of [...fields, ...touched]) if (typed.get(name)) address.searchParams.set(name, typed.get(name));
    return address;
  }

  function choose(guess) {
    const name = guess.dataset.guess;
    const tile = form.querySelector(`input[name="${name}"][value="${guess.dataset.value}"]`);
    if (tile && !touched.has(name)) tile.checked = true;
  }

  async function ask() {
    const address = wanted();
    if (address.href === known) return;
    known = address.href;
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok || mine !== asking) return;
      place.innerHTML = await answer.text();
      place.querySelectorAll("[data-guess]").forEach(choose);
    } catch (error) {
      if (error.name !== "AbortError") known = "";
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "radio" && event.isTrusted && !fields.includes(event.target.name)) touched.add(event.target.name);
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("compositionend", ask);
  ask();
}
