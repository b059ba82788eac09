// A picture that follows what is typed in its form: the server draws it anew after a short rest. A slow old answer never
// takes the place of a newer one, and the old picture stays until the new one is whole.
const REST = 250;

export function preview() {
  for (const shown of document.querySelectorAll("img[data-preview]")) start(shown);
}

function start(first) {
  const form = first.closest("form");
  let shown = first;
  let known = "";
  let turn = 0;
  let timer = 0;

  function address() {
    const wanted = new URL(first.dataset.preview, location.href);
    for (const name of new URL(first.src).searchParams.keys()) {
      const field = form.elements.namedItem(name);
      if (field) wanted.searchParams.set(name, field.value);
    }
    return wanted.href;
  }

  function draw() {
    const wanted = address();
    if (wanted === known) return;
    known = wanted;
    turn += 1;
    const mine = turn;
    const next = shown.cloneNode();
    next.addEventListener("load", () => {
      if (mine !== turn) return;
      shown.replaceWith(next);
      shown = next;
    });
    next.src = wanted;
  }

  known = address();
  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(draw, REST);
  });
  form.addEventListener("compositionend", draw);
}
