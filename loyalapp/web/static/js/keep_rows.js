// A long page on which somebody writes while talking: at every pause, what was typed goes straight to where it belongs.
// At most a few seconds are lost, whatever dies. Only what was touched is sent, so that two desks can write side by side.
const PAUSE = 700; // after the last letter
const LONGEST = 3000; // while somebody writes without a pause
const AGAIN = 4000; // after it could not be kept
const PATIENCE = 1500;

export function keepRows() {
  for (const form of document.querySelectorAll("form[data-rows]")) watch(form);
}

// Fields of a question end in its name: "said-us_going"; all others belong to the end of the page.
const groupOf = (name) => /^(?:said|tick|keep|shop|sure)-(.+)$/.exec(name)?.[1] ?? "";

function watch(form) {
  const touched = new Set();
  let timer = 0;
  let since = 0;
  let sending = null;
  const place = (which) => [...form.querySelectorAll("[data-version]")].find((one) => one.dataset.version === which);

  function pieces(groups) {
    const told = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    for (const [name, value] of new FormData(form)) {
      const version = name.startsWith("v-") ? name.slice(2) : null;
      const group = version ?? groupOf(name);
      if (typeof value === "string" && name !== "do" && name !== "csrf_token" && groups.has(group) && name !== "v") told.append(name, value);
    }
    // The version of the whole goes along; only with the end of the page does it count as sent.
    told.set(groups.has("") ? "v" : "seen", place("").value);
    return told;
  }

  function keep() {
    clearTimeout(timer);
    timer = since = 0;
    if (!touched.size) return;
    const groups = new Set(touched);
    touched.clear();
    const mine = (sending = fetch(form.dataset.rows, { method: "POST", body: pieces(groups), keepalive: true })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(told)
      .catch(() => lost(groups))
      .then(() => sending === mine && (sending = null)));
  }

  function told(answer) {
    for (const [which, version] of Object.entries(answer.versions)) if (place(which)) place(which).value = version;
    if (answer.version) place("").value = answer.version;
    say("[data-kept]", answer.clash ? "" : answer.note);
    say("[data-not-kept]", "");
    if (answer.clash) clash(answer.clash);
  }

  function lost(groups) {
    groups.forEach((one) => touched.add(one));
    say("[data-kept]", "");
    form.querySelector("[data-not-kept]").hidden = false;
    clearTimeout(timer);
    timer = setTimeout(keep, AGAIN);
  }

  function say(which, words) {
    const place_ = form.querySelector(which);
    if (words) place_.textContent = words;
    place_.hidden = !words;
  }

  function clash(words) {
    const box = form.querySelector("[data-clash]");
    box.querySelector("span").textContent = words;
    box.hidden = false;
  }

  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    touched.add(groupOf(event.target.name));
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(sending ? again : keep, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  });
  const again = () => (sending || Promise.resolve()).then(keep);
  addEventListener("pagehide", () => touched.size && keep());
  document.addEventListener("leaving", ({ detail }) => {
    keep();
    if (sending) detail.push(sending);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = since = 0;
    touched.clear();
    if (!sending) return;
    event.preventDefault(); // what is on its way must not arrive after the form
    const wait = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([sending, wait]).then(() => {
      sending = null;
      form.requestSubmit(event.submitter);
    });
  });
}
