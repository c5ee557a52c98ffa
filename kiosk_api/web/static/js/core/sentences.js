/* The page's text as sentences to be read: in order, hidden ones not at all, nothing typed.
   The server cuts and shortens by the same rules (domain/spoken.py), so that recordings are found. */

const READ = "h1, h2, h3, h4, p, li, dt, dd, summary, legend, label, .bubble";
const SILENT = "noscript, button, input, select, textarea, dialog, .said.bubble, [data-silent]";
const SENTENCE = /[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+$/g;
// \p{Nd}: full-width digits too, as on the server; what stands before a number is kept
const PERSONAL = /(^|[^\p{Nd}*])((?:[\p{Nd}*][ -]?){7,17}(\p{Nd}[ -]?\p{Nd}[ -]?\p{Nd}[ -]?[\p{Nd}Xx]))(?![\p{Nd}*])/gu;
const LANDLINE = /^(?:0\p{Nd}{2,3}-?\p{Nd}{7,8}|[48]00-?\p{Nd}{3}-?\p{Nd}{4})$/u;

/** Long personal numbers as 尾号1234: no phone or ID number is read aloud in the hall. */
export function withoutNumbers(text) {
  return text.replace(PERSONAL, (whole, before, number, tail) => (LANDLINE.test(number.trim()) ? whole
    : `${before}尾号${tail.replace(/[ -]/g, "")}`));
}

/** [{text, block, range}] of everything readable below `root`. */
export function sentences(root) {
  return [...root.querySelectorAll(READ)]
    .filter((one) => one.checkVisibility() && !one.closest(SILENT) && !one.querySelector(READ))
    .flatMap(cut);
}

function cut(block) {
  const nodes = [];
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (parent.checkVisibility() && !parent.closest(SILENT)) nodes.push(walk.currentNode);
  }
  const whole = nodes.map((one) => one.data).join("");
  return [...whole.matchAll(SENTENCE)].map((found) => ({
    text: withoutNumbers(found[0].replace(/\s+/g, " ").trim()),
    block,
    range: rangeOf(nodes, found.index, found.index + found[0].length),
  })).filter((one) => one.text);
}

function rangeOf(nodes, from, to) {
  const range = new Range();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.length;
    if (from >= before && from < after) range.setStart(node, from - before);
    if (to > before && to <= after) range.setEnd(node, to - before);
    before = after;
  }
  return range;
}
