// The faults of the file while it is written: marked at their lines, and listed below with a way there.

import { element } from "../element.js";
import { field, goTo, mark, settled } from "./editor.js";
import { askWhileEditing } from "./requests.js";

const REST_MS = 300;
const NAMES = { error: "错误", warning: "提醒" };

const place = document.querySelector("#kb_faults");

function summary(faults) {
  if (!faults.length) return "没有错误。";
  const counts = Object.entries(NAMES).map(([severity, name]) => {
    const count = faults.filter((fault) => fault.severity === severity).length;
    return count ? `${count} 处${name}` : "";
  });
  return `${counts.filter(Boolean).join("，")}。`;
}

function row(fault) {
  const jump = element("button", { type: "button", textContent: `第 ${fault.line} 行` });
  jump.addEventListener("click", () => goTo(fault));
  const kind = element("b", { textContent: NAMES[fault.severity] });
  const item = element("li", {}, jump, " ", kind, ` ${fault.message}`, element("small", { textContent: fault.fix }));
  item.dataset.severity = fault.severity;
  return item;
}

async function show(answer, signal) {
  const { faults } = await answer.json();
  // A mark inside a composition would break it.
  await settled();
  if (signal.aborted) return;
  mark(faults);
  place.replaceChildren(
    element("p", { role: "status", textContent: summary(faults) }),
    element("ol", {}, ...faults.map(row)),
  );
}

export function startFaults() {
  if (field.dataset.check) askWhileEditing(() => field.dataset.check, REST_MS, show);
}
