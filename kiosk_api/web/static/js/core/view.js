/* The view of a page: 大字 and 高对比 are switched at once, without loading it anew, so that nothing typed is lost.
   The server is told in the background and renders the next pages the same way. */

const root = document.documentElement;
const buttons = [...document.querySelectorAll("button[data-mode]")];

function show(mode) {
  root.dataset.mode = mode;
  for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.mode === mode));
}

async function choose(mode) {
  show(mode);
  try {
    await fetch("/view", { method: "POST", body: new URLSearchParams({ mode }), redirect: "manual", keepalive: true });
  } catch {
    /* network away: this page is switched, the next one will not be */
  }
}

for (const one of buttons) {
  one.addEventListener("click", () => {
    choose(root.dataset.mode === one.dataset.mode ? "standard" : one.dataset.mode);
  });
}

/* What somebody unfolds at the foot of the screen comes up into sight. */
document.addEventListener("click", ({ target }) => {
  const fold = target.closest("summary")?.parentElement;
  if (!fold || fold.open) return;
  fold.addEventListener("toggle", () => fold.scrollIntoView({ block: "nearest" }), { once: true });
});
