// Starts the small behaviours of every page; each works on what it finds and leaves the rest alone.
import { keepTyped } from "./keep_typed.js";
import { drafts } from "./drafts.js";
import { printing } from "./printing.js";
import { suggest } from "./suggest.js";
import { counter } from "./counter.js";
import { choose } from "./choose.js";
import { keys } from "./keys.js";
import { mend } from "./mend.js";
import { lists } from "./lists.js";
import { sorting } from "./sorting.js";
import { plugins } from "./plugins.js";
import { reports } from "./reports.js";
import { whileTyping } from "./while_typing.js";

keepTyped();
drafts();
printing();
counter();
suggest();
choose();
keys();
mend();
lists();
sorting();
plugins();
reports();
whileTyping();
