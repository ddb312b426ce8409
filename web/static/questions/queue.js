// The list of questions by keys: j and k go down and up, Enter follows the link that has the focus.

const links = [...document.querySelectorAll("a.question")];
const STEPS = { j: 1, k: -1 };

// Here the list is what one works with; the search has its own key.
links[0]?.focus({ preventScroll: true });

addEventListener("keydown", (event) => {
  const { key, target, altKey, ctrlKey, metaKey } = event;
  if (!STEPS[key] || altKey || ctrlKey || metaKey || event.isComposing) return;
  if (!links.length || target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  // The desk has keys of its own with these letters.
  event.stopPropagation();
  const at = links.indexOf(target) + (links.includes(target) || STEPS[key] > 0 ? STEPS[key] : 0);
  links[Math.min(Math.max(at, 0), links.length - 1)].focus();
}, { capture: true });
