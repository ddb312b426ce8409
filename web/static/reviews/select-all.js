// A box in the head of each list that ticks all of its rows.
for (const table of document.querySelectorAll(".reviews form table")) {
  const boxes = [...table.querySelectorAll('tbody input[type="checkbox"]')];
  const head = table.querySelector("thead .tick-cell");
  if (!head || boxes.length < 2) continue;
  const all = Object.assign(document.createElement("input"), { type: "checkbox", ariaLabel: "全选" });
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  table.addEventListener("change", () => {
    all.checked = boxes.every((box) => box.checked);
  });
  head.replaceChildren(all);
}
