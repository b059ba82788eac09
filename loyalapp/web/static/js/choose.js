// Choosing somebody by a few letters: the server answers with the few who answer to them. Without script a button asks.
const PAUSE = 200;

export function choose() {
  for (const field of document.querySelectorAll("[data-who]")) start(field);
}

function start(field) {
  const box = field.querySelector("input:not([type=radio])");
  const place = field.querySelector("[data-found]");
  let timer = 0;
  let asked = "";

  async function ask() {
    asked = box.value.trim();
    if (!asked) return;
    const wanted = asked;
    const address = new URL(field.dataset.who, location.href);
    address.searchParams.set("q", wanted);
    const answer = await fetch(address);
    if (answer.ok && wanted === asked) place.innerHTML = await answer.text();
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
