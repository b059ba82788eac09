// The counter: F9 hides what is not for customers' eyes at once, here and on every page that follows, and shows it again.
const house = document.documentElement;

// The cookie is set before anything is asked of the server, so that no page that follows can come with what is hidden.
function hide(form) {
  document.cookie = `${form.dataset.counterSwitch}=1; path=/; SameSite=Strict`;
  house.dataset.counter = "here"; // this page holds the hidden parts still; one that came hidden does not
  form.querySelector("button").setAttribute("aria-pressed", "true");
  document.activeElement?.closest(".private")?.querySelector(":focus")?.blur();
}

// Showing again always asks the server: it knows whether a PIN is set, and brings what this page may lack.
function show(form) {
  form.action = form.dataset.show;
  form.requestSubmit();
}

const turn = (form) => ("counter" in house.dataset ? show(form) : hide(form));

export function counter() {
  const form = document.querySelector("[data-counter-switch]");
  if (!form) return;
  form.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    turn(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F9" || event.repeat) return;
    event.preventDefault();
    turn(form);
  });
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
