/* Texts by their Chinese sentence. On an English page the server puts the words into the page. */

let words = null; // read from the page when the first text is asked for

function dictionary() {
  const given = document.getElementById("words");
  if (!words) words = given ? JSON.parse(given.textContent) : {};
  return words;
}

/** The language of dates and numbers on this page. */
export const locale = () => document.documentElement.lang;

/** t("还有{days}天", {days: 3}): the sentence in the page's language, its {names} filled in. */
export const t = (text, values = {}) => filled(dictionary()[text] || numbered(text), values);

/** English counts: {days:day|days} is the first word for one day, the second for any other number. */
const filled = (text, values) => text.replace(/\{(\w+)(?::([^{|}]+)\|([^{|}]+))?\}/g, (whole, name, one, more) => {
  if (values[name] === undefined) return whole;
  if (!one) return values[name];
  return Number(values[name]) === 1 ? one : more;
});

/** A sentence of the server with numbers in it is listed with {1}, {2} … in their places. */
function numbered(text) {
  const numbers = [];
  const found = dictionary()[text.replace(/\d+/g, (one) => `{${numbers.push(one)}}`)];
  return (found && filled(found, [null, ...numbers])) || text;
}

/** Why a window is proposed (of a route or a receipt). The matters in quotes stay in the citizen's words. */
export function because({ reason, reason_parts: parts, article_labels: laws }) {
  if (locale().startsWith("zh") || !parts) return reason;
  const matters = parts.heard.map((one) => `“${one}”`).join(t("、"));
  const why = t(parts.why);
  const opening = t(parts.opening, { danger: t(parts.danger) });
  const said = matters ? t("您说的事涉及{heard}，{why}", { heard: matters, why }) : t("这件事{why}", { why });
  return `${opening} ${said} (${laws.map(cited).join(t("、"))}).`.trim();
}

const DIGITS = "零一二三四五六七八九";
const number = (text) => {
  const [tens, ones] = text.includes("十") ? text.split("十") : ["零", text];
  return 10 * (tens ? DIGITS.indexOf(tens) : 1) + (ones ? DIGITS.indexOf(ones) : 0);
};

/** 《信访工作条例》第二十二条 → "Regulation on Petition Work, Art. 22" on an English page. */
export function cited(text) {
  if (locale().startsWith("zh")) return text;
  return text.replace(/《信访工作条例》第([一二三四五六七八九十]+)条/g,
    (whole, article) => `Regulation on Petition Work, Art. ${number(article)}`);
}
