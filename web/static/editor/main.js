// The editor of one content file. The page works without any of this: the form posts the textarea.
//
// What the page gives (`.editor`, its parts in any order inside the form; the preview anywhere):
//
//   <form method="post" action="…">
//     <input type="hidden" name="csrf" value="…">
//     <input type="hidden" name="number" value="3" autocomplete="off">
//     <div class="editor">
//       <div id="kb_inserts" class="inserts" role="toolbar" aria-label="插入">
//         <button type="button" data-insert="step" aria-keyshortcuts="Alt+S">步骤</button>
//         … material, deadline, note 必须, note 禁止, note 提示, follow-up, block 必说, …
//       </div>
//       <button type="button" id="kb_plain" aria-pressed="false">纯文本</button>
//       <label for="kb_text">正文</label>
//       <textarea id="kb_text" name="text" autocomplete="off" data-editor
//         data-check="URL" data-complete="URL" data-preview="URL" data-save="URL">…</textarea>
//       <p id="kb_saved" role="status"></p>
//       <section id="kb_faults" aria-label="检查结果"></section>
//     </div>
//   </form>
//   <section id="kb_preview" aria-label="预览" tabindex="0"></section>
//
// and in its head <meta name="csrf" content="…">, the sheet style/editor.css and this script. Browsers
// drop a line break at the start of a textarea, so one stands before the text; with autocomplete they
// would fill in what stood there before a reload. `number` counts the saves of the file, as
// `kb.changes.ChangedFile` does. Inserts, marks and completion are for procedures: the page of a data
// file leaves out the toolbar and all addresses but data-save and data-check.
//
// What the addresses answer, each to a POST of JSON; lines and columns count from 1, columns in
// characters:
//
//   data-check     {text} → {faults: [{line, column, severity: "error"|"warning", message, fix}]}
//   data-complete  {text, line, column} → {column, candidates: [{label, detail, insert}]}
//                  the candidates replace what stands from `column` to the cursor
//   data-preview   {text} → an HTML fragment; an element that shows a row of the text says with
//                  data-line on which line the row starts; links to the same address with another
//                  query show it for another call
//   data-line      where the cursor is to stand at first
//   data-save      {text, number} → 200 {number, masked: [{line, text}]}: saved, as what number, and
//                  the lines that were saved otherwise than they were sent, with what was saved
//                  → 409 {conflict: URL}: saved by somebody else since; the form is posted there
//                  → any other refusal: {error: {message}}, shown as it is
//                  An answer may be lost: the same text with the same number, sent again by the same
//                  person, has to be answered like the first time.

import { startAutosave } from "./autosave.js";
import { candidatesAt } from "./completion.js";
import { field, goTo, startEditor } from "./editor.js";
import { startFaults } from "./faults.js";
import { startInserts } from "./inserts.js";
import { startPreview } from "./preview.js";

startEditor(candidatesAt);
for (const start of [startAutosave, startFaults, startInserts, startPreview]) start();
if (field.dataset.line) goTo({ line: Number(field.dataset.line), column: 1 });
