/* Search as you type: the contents shrink to what holds the words, whichever booklet it is in. */

import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

const field = byId("question");
const found = byId("found");
const booklets = [...document.querySelectorAll("#contents details")];
const rows = [...document.querySelectorAll("#contents li")];
const opened = booklets.map((one) => one.open);

/** Character pairs, or the one character there is. */
function pairs(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[\s，。？！、,.?!]+/g, "");
  if (plain.length < 2) return plain ? [plain] : [];
  return [...plain].slice(1).map((end, place) => [...plain][place] + end);
}

function look() {
  const wanted = pairs(field.value);
  let shown = 0;
  for (const row of rows) {
    const words = row.dataset.words.toLowerCase();
    const held = wanted.filter((one) => words.includes(one)).length;
    row.hidden = wanted.length > 0 && held < Math.max(1, wanted.length * 0.5);
    if (!row.hidden) shown += 1;
  }
  for (const [place, booklet] of booklets.entries()) {
    const some = [...booklet.querySelectorAll("li")].some((one) => !one.hidden);
    booklet.hidden = wanted.length > 0 && !some;
    booklet.open = wanted.length > 0 ? some : opened[place];
  }
  found.hidden = wanted.length === 0;
  found.textContent = shown ? t("找到 {shown} 节", { shown }) : t("目录里没有这些字。点“问一问”，换个说法也能找到。");
}

field.addEventListener("input", look);
look();
