// CodeMirror as a surface to edit on.
//
// It stands in a shadow root: into a document it writes a <style> element, which the page's policy
// (style-src 'self') refuses; a shadow root adopts its style sheets.

import {
  autocompletion, completionKeymap, defaultKeymap, deleteMarkupBackward, drawSelection,
  EditorState, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  history, historyKeymap, insertNewlineContinueMarkup, keymap, lineNumbers, lintGutter,
  nextDiagnostic, search, searchKeymap, setDiagnostics, startCompletion,
} from "../vendor/codemirror/codemirror.js";
import { procedures } from "./language.js";

const PHRASES = {
  "Find": "查找", "Replace": "替换为", "next": "下一处", "previous": "上一处", "all": "全选",
  "match case": "分大小写", "by word": "整词", "regexp": "正则", "replace": "替换",
  "replace all": "全部替换", "close": "关闭", "current match": "当前这处", "on line": "行",
  "replaced match on line $": "已替换第 $ 行的一处", "replaced $ matches": "已替换 $ 处",
  "Completions": "可选", "Diagnostics": "检查结果", "Control character": "控制字符",
};

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "1rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--ground)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--say-tint)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--surface)", border: "1px solid var(--quiet)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--on-solid)", backgroundColor: "var(--chosen)" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16em" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  // Its own marks are images in the style sheet, which the page's policy refuses too.
  ".cm-lintRange": { backgroundImage: "none", textDecoration: "underline wavy 1px", paddingBottom: 0 },
  ".cm-lintRange-error": { backgroundImage: "none", textDecorationColor: "var(--never-ink)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecorationColor: "var(--warn)" },
  ".cm-lint-marker": { width: "auto", height: "auto", lineHeight: "inherit" },
  ".cm-lint-marker-error, .cm-lint-marker-warning": { content: "normal" },
  ".cm-lint-marker-error::before": { content: '"●"', color: "var(--never-ink)" },
  ".cm-lint-marker-warning::before": { content: '"▲"', color: "var(--warn)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--never-ink)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
});

// Windows switches input methods with Ctrl-Space before the page hears of it.
const keys = [
  { key: "Alt-/", run: startCompletion },
  { key: "F8", run: nextDiagnostic },
  { key: "Enter", run: insertNewlineContinueMarkup },
  { key: "Backspace", run: deleteMarkupBackward },
  ...completionKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...defaultKeymap,
];

function labelOf(field) {
  return field.labels[0]?.textContent.trim() ?? "";
}

export class RichSurface {
  #host = document.createElement("div");
  #view;

  // `settle` is called when text or cursor may have changed.
  constructor(field, settle, candidatesAt) {
    this.#host.className = "rich";
    field.before(this.#host);
    field.hidden = true;
    const root = this.#host.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      doc: field.value,
      root,
      parent: root,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), highlightSpecialChars(),
        highlightActiveLine(), highlightActiveLineGutter(), search({ top: true }),
        autocompletion({
          override: [candidatesAt],
          icons: false,
          // What is chosen may be the first half: a law without its article, a key without its value.
          activateOnCompletion: ({ apply }) => /[§=]$/.test(apply),
        }),
        procedures, theme, keymap.of(keys),
        EditorView.lineWrapping,
        EditorState.phrases.of(PHRASES),
        EditorView.contentAttributes.of({ "aria-label": labelOf(field), tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged || update.selectionSet) settle();
        }),
        // CodeMirror knows only after this event that the composition is over.
        EditorView.domEventObservers({ compositionend: () => { setTimeout(settle); } }),
      ],
    });
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  get cursor() {
    return this.#view.state.selection.main.head;
  }

  get isComposing() {
    return this.#view.compositionStarted;
  }

  replace(changes, select) {
    this.#view.dispatch({
      changes,
      selection: select && { anchor: select.from, head: select.to },
      scrollIntoView: Boolean(select),
      userEvent: "input",
    });
    if (select) this.focus();
  }

  select(from, to) {
    this.moveCursor(from, to);
    this.focus();
  }

  moveCursor(from, to = from) {
    this.#view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
  }

  mark(faults) {
    const marks = faults.map(({ from, to, severity, message, fix }) =>
      ({ from, to, severity, message: `${message}${fix}` }));
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  focus() {
    this.#view.focus();
  }

  remove() {
    this.#view.destroy();
    this.#host.remove();
  }
}
