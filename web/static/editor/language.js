// How procedures look while they are written: markdown, and what is ours in it (header, block kinds,
// citations, braces). What a file means, and what is wrong in it, only the server says.

import {
  commonmarkLanguage, HighlightStyle, Language, styleTags, syntaxHighlighting, Table, Tag, tags,
} from "../vendor/codemirror/codemirror.js";

const FENCE = "---";
const KIND = /^(必问|必核|必说|复述|必记|话术|必须|提示|转二线|转主管|转专岗|登记待答)[:：]/;
const BAN = /^(禁说|禁止)[:：]/;

const look = {
  header: Tag.define(), kind: Tag.define(), ban: Tag.define(), authority: Tag.define(), guard: Tag.define(),
};

// Markdown would read the header as paragraphs with a rule above and a heading below.
const header = {
  name: "FileHeader",
  before: "HorizontalRule",
  parse(context, line) {
    if (context.lineStart !== 0 || line.text !== FENCE) return false;
    while (context.nextLine() && line.text !== FENCE);
    context.nextLine();
    context.addElement(context.elt("FileHeader", 0, context.prevLineEnd()));
    return true;
  },
};

// An inline element that starts with a character of its own.
const inline = (name, first, pattern) => ({
  name,
  before: "Link",
  parse(context, next, at) {
    const found = next === first.codePointAt(0) && pattern.exec(context.slice(at, context.end));
    return found ? context.addElement(context.elt(name, at, at + found[0].length)) : -1;
  },
});

// A word that opens a row and says of what kind it is.
const opening = (name, pattern) => ({
  name,
  before: "Link",
  parse(context, _, at) {
    const found = at === context.offset && pattern.exec(context.slice(at, context.end));
    return found ? context.addElement(context.elt(name, at, at + found[0].length)) : -1;
  },
});

const parser = commonmarkLanguage.parser.configure([
  Table,
  {
    defineNodes: [{ name: "FileHeader", block: true }, "Kind", "Ban", "Authority", "Guard"],
    parseBlock: [header],
    parseInline: [
      opening("Kind", KIND),
      opening("Ban", BAN),
      inline("Authority", "〔", /^〔[^〔〕]*〕/),
      inline("Guard", "{", /^\{[^{}]*\}\s*$/),
    ],
    props: [
      styleTags({
        FileHeader: look.header,
        Kind: look.kind,
        Ban: look.ban,
        Authority: look.authority,
        Guard: look.guard,
      }),
    ],
  },
]);

const style = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "bold" },
  { tag: tags.link, color: "var(--link)" },
  { tag: [tags.processingInstruction, look.header, look.guard], color: "var(--quiet)" },
  { tag: look.kind, color: "var(--prompt)", fontWeight: "bold" },
  { tag: look.ban, color: "var(--never-ink)", fontWeight: "bold" },
  { tag: look.authority, color: "var(--link)" },
]);

// CodeMirror's commands for markdown ask for markdown's own data.
export const procedures = [
  new Language(commonmarkLanguage.data, parser, [], "procedure").extension,
  syntaxHighlighting(style),
];
