// Results while typing, as a combobox: the server answers with a ready list, the arrows walk through it, Enter opens.
// The focus stays in the box; without script Enter leads to the page with all results.
const PAUSE = 110;

export function suggest() {
  for (const form of document.querySelectorAll("[data-suggest]")) start(form);
}

function start(form) {
  const box = form.querySelector("input[type=search]");
  const place = form.querySelector("[data-suggestions]");
  const options = () => [...place.querySelectorAll("[role=option]")];
  let timer = 0;
  let asking = null;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-haspopup", "listbox");
  choose(null);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    place.replaceChildren();
    choose(null);
  }

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    const list = place.querySelector("[role=listbox]");
    box.setAttribute("aria-expanded", String(Boolean(list)));
    set("aria-controls", list?.id);
    set("aria-activedescendant", option?.id);
    option?.scrollIntoView({ block: "nearest" });
  }

  function set(name, value) {
    if (value) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }

  function all(wanted) {
    const link = document.createElement("a");
    link.href = `${form.action}?q=${encodeURIComponent(wanted)}`;
    link.id = "found-all";
    link.setAttribute("role", "option");
    link.tabIndex = -1;
    link.className = "hint";
    link.textContent = form.dataset.all;
    return link;
  }

  async function ask() {
    asking?.abort();
    const wanted = box.value.trim();
    if (!wanted) return close();
    const mine = (asking = new AbortController());
    try {
      const address = new URL(form.dataset.suggest, location.href);
      address.searchParams.set("q", wanted);
      const answer = await fetch(address, { signal: mine.signal });
      const list = answer.ok ? await answer.text() : "";
      if (mine !== asking || !form.contains(document.activeElement)) return;
      place.innerHTML = list;
      if (form.dataset.all) place.querySelector("[role=listbox]")?.append(all(wanted));
      choose(null);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("compositionend", ask);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && all.length) choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp" && all.length) choose(all[(at < 0 ? all.length : at + all.length) - 1] ?? all.at(-1));
    else if (event.key === "Enter" && at >= 0) all[at].click();
    else if (event.key === "Escape" && place.hasChildNodes()) close();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
}
