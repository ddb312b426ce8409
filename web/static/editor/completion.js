// What can be written at the cursor: asked of the server, which knows laws, procedures and conditions.

import { field, isComposing, offsetOf, placeAt, text } from "./editor.js";
import { post } from "./requests.js";

// After these characters something that is known begins; elsewhere only Ctrl-Space asks.
const OPENS = /(?:[〔§[(#{=|]|^[a-z_]+: ?\[?|^\s*[-*] ?)[^〕\]){}|]*$/u;

// The source of CodeMirror's completion.
export async function candidatesAt(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (!field.dataset.complete || isComposing()) return null;
  if (!context.explicit && !OPENS.test(before)) return null;
  const stopped = new AbortController();
  context.addEventListener("abort", () => stopped.abort(), { onDocChange: true });
  try {
    const place = placeAt(context.pos);
    const answer = await post(field.dataset.complete, { text: text(), ...place }, stopped.signal);
    if (!answer.ok) return null;
    const { column, candidates } = await answer.json();
    if (context.aborted || !candidates.length) return null;
    return {
      from: offsetOf({ line: place.line, column }),
      options: candidates.map(({ label, detail, insert }) => ({ label, detail, apply: insert })),
      // The server has chosen and ordered them by what is written, by titles too.
      filter: false,
    };
  } catch (error) {
    if (["AbortError", "TimeoutError", "TypeError"].includes(error.name)) return null;
    throw error;
  }
}
