// Who of these are customers? One key for each name: 1 to 4 answer for the name that is lit, Z or Backspace takes the last
// answer back. Answers are sent one after the other while the next name is lit already; without script each is a button.
const DIGITS = "0123456789";
const PLACES = { Digit1: 0, Digit2: 1, Digit3: 2, Digit4: 3, Numpad1: 0, Numpad2: 1, Numpad3: 2, Numpad4: 3 };

export function sorting() {
  const form = document.querySelector("[data-sorting]");
  if (!form) return;
  const entries = [...form.querySelectorAll("[data-entry]")];
  const left = document.querySelector("[data-left]");
  const given = [];
  let sending = Promise.resolve();
  let here = 0;

  const light = () => {
    entries.forEach((entry, place) => {
      entry.classList.toggle("sorting-here", place === here);
      if (place === here) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    });
    entries[here]?.scrollIntoView({ block: "nearest" });
  };

  const send = (answer) => {
    const body = new FormData(form);
    body.set("answer", answer);
    sending = sending.then(async () => {
      const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!reply.ok || reply.redirected) return location.reload();
      const found = await reply.json();
      left.textContent = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn").format(found.left);
    }).catch(() => location.reload());
    return sending;
  };

  const answer = (entry, button) => {
    const place = entries.indexOf(entry);
    entry.dataset.answered = button.dataset.answer;
    for (const other of entry.querySelectorAll("[data-answer]")) other.toggleAttribute("data-chosen", other === button);
    given.push(entry);
    send(button.value);
    here = entries.findIndex((one, number) => number > place && !one.dataset.answered);
    if (here < 0) here = entries.findIndex((one) => !one.dataset.answered);
    if (here < 0) sending.then(() => location.assign(form.dataset.next));
    else light();
  };

  const takeBack = () => {
    const entry = given.pop();
    if (!entry) return;
    const was = entry.dataset.answered;
    delete entry.dataset.answered;
    for (const button of entry.querySelectorAll("[data-answer]")) button.removeAttribute("data-chosen");
    if (was !== "later") send(`unsorted-${entry.dataset.entry}`);
    here = entries.indexOf(entry);
    light();
  };

  form.addEventListener("submit", (event) => {
    if (!event.submitter?.dataset.answer) return;
    event.preventDefault();
    answer(event.submitter.closest("[data-entry]"), event.submitter);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.matches("input:not([type=hidden]), textarea, select") || event.target.isContentEditable) return;
    const place = PLACES[event.code] ?? DIGITS.indexOf(event.key) - 1;
    if (event.code === "KeyZ" || event.key === "Backspace") {
      event.preventDefault();
      takeBack();
    } else if (place >= 0 && place < 4 && entries[here]) {
      event.preventDefault();
      answer(entries[here], entries[here].querySelectorAll("[data-answer]")[place]);
    }
  });
  light();
}
