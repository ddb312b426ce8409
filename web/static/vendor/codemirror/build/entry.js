// What the editor uses of CodeMirror; nothing else gets into the bundle.

export { EditorState } from "@codemirror/state";
export {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  keymap, lineNumbers,
} from "@codemirror/view";
export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export { HighlightStyle, Language, syntaxHighlighting } from "@codemirror/language";
// Not the package `codemirror`: npm's newest of that name is version 5.
export {
  commonmarkLanguage, deleteMarkupBackward, insertNewlineContinueMarkup,
} from "@codemirror/lang-markdown";
export { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
export { lintGutter, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
export { search, searchKeymap } from "@codemirror/search";
export { styleTags, Tag, tags } from "@lezer/highlight";
export { Table } from "@lezer/markdown";
