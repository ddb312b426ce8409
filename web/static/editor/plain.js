// The page's own textarea as a surface to edit on: for screen readers, and for input methods that do
// not get along with CodeMirror.

export class PlainSurface {
  #field;
  #heard = new AbortController();
  isComposing = false;

  // `settle` is called when text or cursor may have changed.
  constructor(field, settle) {
    this.#field = field;
    field.hidden = false;
    const listen = (target, name, listener) =>
      target.addEventListener(name, listener, { signal: this.#heard.signal });
    listen(field, "compositionstart", () => { this.isComposing = true; });
    listen(field, "compositionend", () => { this.isComposing = false; settle(); });
    listen(field, "input", settle);
    listen(document, "selectionchange", settle);
  }

  get text() {
    return this.#field.value;
  }

  get cursor() {
    return this.#field.selectionStart;
  }

  replace({ from, to, insert }, select) {
    this.#field.setRangeText(insert, from, to, "preserve");
    if (select) this.select(select.from, select.to);
    this.#field.dispatchEvent(new Event("input"));
  }

  select(from, to) {
    this.focus();
    this.moveCursor(from, to);
  }

  moveCursor(from, to = from) {
    this.#field.setSelectionRange(from, to);
  }

  // A textarea cannot mark its text; the list of faults says where they are.
  mark() {}

  focus() {
    this.#field.focus();
  }

  remove() {
    this.#heard.abort();
    this.#field.hidden = true;
  }
}
