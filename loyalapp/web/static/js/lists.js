// Lists on their way in: a file can be dropped on the page, and the progress moves by itself.
const PAUSE = 400;

export function lists() {
  for (const form of document.querySelectorAll("[data-drop]")) takeDrops(form);
  for (const line of document.querySelectorAll("[data-progress]")) watch(line);
}

function takeDrops(form) {
  const box = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop");
  const chosen = form.querySelector("[data-chosen]");
  const light = (on) => zone.classList.toggle("drop-here", on);
  // Where a page takes several files, each goes where it is dropped.
  const mine = (event) => document.querySelectorAll("[data-drop]").length === 1 || form.contains(event.target);

  box.addEventListener("change", () => {
    if (!box.files.length) return;
    chosen.textContent = box.files[0].name;
    form.requestSubmit();  // looking changes nothing, so nobody has to say yes to it
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    light(mine(event));
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) light(false);
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    light(false);
    if (!mine(event) || !event.dataTransfer.files.length) return;
    box.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

async function watch(line) {
  const bar = line.querySelector("progress");
  const count = line.querySelector("[data-done]");
  for (;;) {
    await new Promise((ready) => setTimeout(ready, PAUSE));
    const answer = await fetch(line.dataset.progress).catch(() => null);
    if (!answer) continue;
    if (!answer.ok) return location.reload();
    const state = await answer.json();
    if (!state.busy || state.state !== line.dataset.state) return location.reload();
    count.textContent = state.done;
    if (state.share !== null) bar.value = state.share;
  }
}
