// Colours and text size that the person chose, set before the page is painted. Without a choice, or
// without JavaScript, the style sheets follow the system.
{
  const SHEETS = { dark: "(prefers-color-scheme: dark)", contrast: "(prefers-contrast: more)" };

  const read = (name) => {
    try {
      return localStorage.getItem(`kb.${name}`) ?? "";
    } catch {
      return "";  // storage is switched off
    }
  };

  const apply = {
    size(percent) {
      document.documentElement.dataset.textSize = percent;
    },
    colours(chosen) {
      for (const [name, follows] of Object.entries(SHEETS)) {
        const otherwise = chosen ? "not all" : follows;
        const link = document.querySelector(`link[data-sheet="${name}"]`);
        link.media = chosen === name ? "all" : otherwise;
      }
    },
  };

  document.documentElement.classList.add("scripted");
  for (const name of Object.keys(apply)) apply[name](read(name));

  addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("[data-appearance]")) {
      const name = field.dataset.appearance;
      field.value = read(name);
      field.addEventListener("change", () => {
        apply[name](field.value);
        try {
          localStorage.setItem(`kb.${name}`, field.value);
        } catch { /* holds for this page alone */ }
      });
    }
  });
}
