// A plugin's file: chosen by one button, or dropped anywhere on the window, it is sent to be looked at.
const ENDING = ".loyalplugin";
const ADDRESS = "/plugins/install";

export function plugins() {
  for (const button of document.querySelectorAll("[data-install]")) {
    button.addEventListener("click", (event) => {
      const form = readyForm();
      if (!form) return;
      event.preventDefault();
      const box = form.querySelector("input[type=file]");
      box.addEventListener("change", () => box.files.length && form.requestSubmit());
      box.click();
    });
  }
  // Else the window would leave the app and show the file that was dropped.
  document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  document.addEventListener("drop", dropped, { capture: true });
}

function dropped(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const files = event.dataTransfer.files;
  const form = files.length === 1 && files[0].name.toLowerCase().endsWith(ENDING) && readyForm();
  if (!form) return;
  event.stopImmediatePropagation();
  form.querySelector("input[type=file]").files = files;
  form.requestSubmit();
}

function carriesFiles(event) {
  return event.dataTransfer && [...event.dataTransfer.types].includes("Files");
}

function readyForm() {
  const token = document.querySelector("input[name=csrf_token]");
  if (!token) return null;
  const form = document.createElement("form");
  form.method = "post";
  form.enctype = "multipart/form-data";
  form.action = ADDRESS;
  form.hidden = true;
  const box = document.createElement("input");
  box.type = "file";
  box.name = "file";
  box.accept = ENDING;
  form.append(token.cloneNode(), box);
  document.body.append(form);
  return form;
}
