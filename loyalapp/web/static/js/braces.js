// A wording with fields in braces runs as its words do: a field may be in other letters and stand at the very beginning,
// where the browser would take it for the language of the whole.
const FIELD = /\{[^}]*\}/g;
const LETTER = /\p{L}/u;
const FROM_RIGHT = /\p{Script=Arabic}/u;

export function braces() {
  for (const area of document.querySelectorAll("textarea[data-braces]")) {
    const turn = () => {
      const [first] = LETTER.exec(area.value.replace(FIELD, "")) || [""];
      area.dir = !first ? "auto" : FROM_RIGHT.test(first) ? "rtl" : "ltr";
    };
    for (const event of ["input", "focus"]) area.addEventListener(event, turn);
    turn();
  }
}
