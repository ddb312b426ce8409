// Two texts of a file become one: an editor without autosave, as nothing is saved before the person
// has decided.

import { field, startEditor } from "./editor.js";
import { startFaults } from "./faults.js";
import { markCopy } from "./local-copy.js";

startEditor(() => null);
startFaults();
field.form.addEventListener("submit", markCopy);
