/* Whether a window is open: a page that stays on the screen says it of now, not of when it was loaded. The server has
   said what comes in the next 24 hours, as [seconds from then, state, look, words]. */

const MINUTE_MS = 60000;
const LOOKS = ["good", "care"];
const STATES = ["open", "closed"];

/** What to show `seconds` after loading, or null while nothing has changed. */
export function stepAt(coming, seconds) {
  return coming.filter(([after]) => after <= seconds).pop() || null;
}

/** Keep every tag under `root` right; `sum()` is called after each look. Returns what looks once more, for a page that
    comes back to the screen. */
export function keepOpening(root, sum = () => {}) {
  const loaded = Date.now();
  const tags = [...root.querySelectorAll("[data-coming]")].map((tag) => ({ tag, coming: JSON.parse(tag.dataset.coming) }));
  const look = () => {
    for (const { tag, coming } of tags) showStep(tag, stepAt(coming, (Date.now() - loaded) / 1000));
    sum();
  };
  if (tags.length) {
    setInterval(look, MINUTE_MS);
    document.addEventListener("visibilitychange", look);
  }
  return look;
}

function showStep(tag, step) {
  if (!step) return;
  const [, state, look, words] = step;
  tag.hidden = !words;
  tag.lastElementChild.textContent = words;
  for (const one of LOOKS) tag.classList.toggle(one, one === look);
  const room = tag.closest(".room");
  const onPlan = room && document.getElementById(room.id.replace("window-", "plan-"));
  if (onPlan) showOnPlan(onPlan, state);
}

/** The plan's own word for it is short; where it no longer holds, the colour and the word go. */
function showOnPlan(onPlan, state) {
  if (onPlan.classList.contains(state)) return;
  for (const one of STATES) onPlan.classList.toggle(one, one === state);
  const word = onPlan.querySelector(".plan-state");
  if (word) word.remove();
  const [number] = onPlan.querySelector("text").textContent.match(/\d+/);
  const name = document.querySelector(`#${onPlan.id.replace("plan-", "window-")} h3 > :last-child`);
  onPlan.setAttribute("aria-label", `${number} ${name ? name.textContent : ""}`);
}
