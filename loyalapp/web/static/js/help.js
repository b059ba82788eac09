// F1 and the question mark: the help for this page opens over it, so that what is half written stays. Without script, or
// where it cannot be fetched, the link leads there. And the tour, which goes from one part of the window to the next.
const WORDS = "main .manual";

let shown = null;

function box(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "help-box";
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "buttons";
  const close = document.createElement("button");
  close.className = "button";
  close.autofocus = true;
  close.textContent = link.dataset.close;
  const more = document.createElement("a");
  more.className = "button button-plain";
  more.textContent = link.dataset.more;
  form.append(close, more);
  const words = document.createElement("div");
  words.className = "manual";
  dialog.append(words, form);
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

async function open(link) {
  if (shown?.open) return shown.close();
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page.querySelector(WORDS);
    const title = page.querySelector("main h1");
    if (!answer.ok || !words || !title) throw new Error("no page of the manual");
    shown ??= box(link);
    const heading = document.createElement("h2");
    heading.id = "help-title";
    heading.textContent = title.textContent;
    shown.setAttribute("aria-labelledby", heading.id);
    shown.querySelector(".manual").replaceChildren(heading, ...words.childNodes);
    shown.querySelector("a").href = answer.url;
    shown.showModal();
  } catch {
    location.assign(link.href);
  }
}

function tour(house) {
  const stops = [...house.querySelectorAll("[data-place]")];
  const [next, back] = [house.querySelector("[data-tour-next]"), house.querySelector("[data-tour-back]")];
  const go = (to) => {
    document.querySelector(".tour-here")?.classList.remove("tour-here");
    stops.forEach((one, nth) => { one.hidden = nth !== to; });
    document.querySelector(stops[to].dataset.place)?.classList.add("tour-here");
    next.hidden = to === stops.length - 1;
    back.hidden = to === 0;
    if (next.hidden && document.activeElement === document.body) back.focus();
    here = to;
  };
  let here = 0;
  const step = (way) => {
    const to = here + way;
    if (to < 0 || to >= stops.length) return;
    go(to);
    stops[to].querySelector("h2").focus();
  };
  next.addEventListener("click", () => step(1));
  back.addEventListener("click", () => step(-1));
  house.dataset.tour = "on";
  go(0);
}

export function help() {
  const link = document.querySelector("[data-help]");
  const house = document.querySelector("[data-tour]");
  if (house) tour(house);
  if (!link) return;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F1" || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    open(link);
  });
}
