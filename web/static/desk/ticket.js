// The call in words for the ticket, and for who takes it over: what it was about, what was done, said
// and promised.

import { currentCall, tickedSteps } from "./call.js";

const REVISION_CHARS = 12;
const SAID = ["必说", "话术"];

export const unique = (values) => [...new Set(values.filter(Boolean))];

export const shownAs = (entry) =>
  [`修订 ${entry.revision.slice(0, REVISION_CHARS)}`, `按 ${entry.day}`, ...entry.given].join("，");

// The text for the ticket: 来电事由, 已告知, 材料, 承诺回复时间; empty before anything has happened.
export function ticketText() {
  const call = currentCall();
  if (!call.entries.length && !call.pending.length) return "";
  const asked = [...call.entries, ...call.pending].map((entry) => entry.asked);
  const lines = [`来电事由：${unique(asked).join("；")}`];
  for (const entry of call.entries) {
    lines.push(`规程：${entry.title}（${shownAs(entry)}）`);
    const done = tickedSteps(entry);
    if (done.length) lines.push(`已办：${done.map((step) => `${step.number}. ${step.text}`).join(" ")}`);
    // What was said: without a doubt the lines of the steps done, and what was copied to be said.
    const copied = entry.copied.filter((item) => SAID.includes(item.label));
    const told = unique([
      ...done.flatMap((step) => step.told.map((block) => block.text)),
      ...copied.map((item) => item.text),
    ]);
    if (told.length) lines.push(`已告知：${told.join(" ")}`);
    if (entry.copied.some((item) => item.label === "材料清单")) {
      lines.push(`材料：${entry.materials.join("；")}`);
    }
  }
  for (const entry of call.pending) {
    lines.push(`待答：${entry.asked}，承诺回复时间：${entry.wording || "与客户约定"}`);
  }
  return lines.join("\n");
}
