/* What was typed, pasted or scanned in place of a code, read as the code. The same rule as the server's
   domain/codes_read.py, which says what apps, input methods and scanners change; one table tests both. */

const READ_MAX = 2000; // characters read
const TOKEN_LENGTH = 32;
const ENCODED_MOST = 2; // times: by an app, and by the one it was handed to

const INVISIBLE = /\p{Cf}|\p{Cc}|\p{Cs}|[\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0f]/gu;
const SIGNS = { "。": ".", "·": ".", "‧": ".", "・": ".", "、": "/" };
const CYRILLIC_AND_GREEK = "АВЕЅІЈКМНОРԚСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×✕";
const LATIN = "ABESIJKMHOPQCTXYABEZHIKMNOPTYXXX";
const HAN_DIGITS = "零0〇0洞0一1幺1二2两2三3四4五5六6七7八8九9";
const NUMBER = /X[^0-9A-Z]{0,6}F((?:[^0-9A-Z]{0,6}[0-9A-Z]){18})(?=(?:[0-9A-Z]{16})?(?![0-9A-Z]))((?:[^0-9A-Z]{0,6}[0-9A-Z]){16}(?![0-9A-Z]))?/g;
const RUN = "[A-Za-z0-9_-]{16,}";
const IN_LINK = new RegExp(`[#?/&=!\\s](${RUN})`);
const WRAPPED = /^(?:[A-Za-z0-9_-]\s{0,3}){32}(?![A-Za-z0-9_-])/;

/** NFKC without what cannot be seen; tabs and line ends become blanks. */
export const visible = (text) => text.slice(0, READ_MAX).normalize("NFKC").replace(/\s/g, " ").replace(INVISIBLE, "");

/** `visible` without a scanner's identifier, percent-decoded, with one sign for every dash and every stop. */
export function folded(text) {
  let plain = visible(text).replace(/^\s*(?:\][A-Za-z][0-9A-Za-z])?(?:\\0[0-9]{5})?/, "");
  for (let times = 0; times < ENCODED_MOST; times += 1) plain = visible(plain.replace(/(?:%[0-9A-Fa-f]{2})+/g, decoded));
  return plain.replace(/[\u2014\u2015]{2}/g, "_").replace(/[。·‧・、]/g, (sign) => SIGNS[sign])
    .replace(/[\p{Pd}−ー─━⁃˗]/gu, "-");
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const capitals = (text) => folded(text).toUpperCase()
  .replace(/[\u0370-\u052f×✕]/g, (sign) => LATIN[CYRILLIC_AND_GREEK.indexOf(sign)] || sign);

const inAlphabet = (signs) => signs.replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");

const withFigures = (text) => text.replace(/[零〇洞一幺二两三四五六七八九]/g,
  (sign) => HAN_DIGITS[HAN_DIGITS.indexOf(sign) + 1]);

/** The token in an address of the page `r` or `u`, also where an app has lost or encoded the #; or null. */
export function linkToken(text, page) {
  const plain = asPrinted(folded(text));
  const at = new RegExp(`/${page}(?=[#?/&=!\\s])`).exec(plain);
  if (!at) return null;
  const rest = plain.slice(at.index + at[0].length);
  const behind = rest.includes("#") ? rest.slice(rest.indexOf("#")) : rest;
  const wrapped = WRAPPED.exec(behind.slice(1).trimStart());
  if (wrapped) return wrapped[0].replace(/\s/g, "");
  const found = IN_LINK.exec(behind) || IN_LINK.exec(rest);
  return found && found[1].slice(0, TOKEN_LENGTH);
}

/** The token that this page was opened with; null when its address holds none. */
export const pageToken = ({ pathname, search, hash }, page) => linkToken(`${pathname}${search}${hash}`, page);

/** The case turned back where a scanner typed with caps lock on. */
function asPrinted(plain) {
  if (!/HTTPS?:|\/[RU]#/.test(plain) || plain.includes("http")) return plain;
  return plain.replace(/[A-Za-z]/g, (sign) => (sign < "a" ? sign.toLowerCase() : sign.toUpperCase()));
}

/** {case_number, mac} of a text that holds a number, whatever stands around it; `mac` are the signs that
    sign a receipt, or "". The server proves the check; null when nothing has the shape. */
export function numberIn(text) {
  const plain = capitals(text);
  for (const reading of [plain, withFigures(plain)]) {
    for (const [, signs, mac] of reading.matchAll(NUMBER)) {
      const kept = inAlphabet(signs.replace(/[^0-9A-Z]/g, ""));
      const parts = /^(\d{8})(.{4})(.{4})(..)$/.exec(kept);
      if (parts) return { case_number: `XF${parts.slice(1).join("-")}`, mac: (mac || "").replace(/[^0-9A-Z]/g, "") };
    }
  }
  return null;
}

/** Eight letters and figures of a call-back code, without its hyphen; "" for anything else. */
export function shortCode(text) {
  const plain = capitals(text);
  const kept = plain.replace(/[^0-9A-Z]/g, "");
  if (kept.length === 8) return inAlphabet(kept);
  if (numberIn(text)) return "";
  const dashed = [...plain.matchAll(/(?:^|[^0-9A-Z])([0-9A-Z]{4})\s?-\s?([0-9A-Z]{4})(?![0-9A-Z-])/g)].pop();
  return dashed ? inAlphabet(dashed[1] + dashed[2]) : "";
}

/** Four digits or a whole phone number, with words around it: `尾号１２３４`. The server checks it. */
export function tailOrPhone(text) {
  const plain = folded(text).replace(/(\d)[\s.-]+(?=\d)/g, "$1");
  const runs = plain.match(/\p{Nd}+/gu) || withFigures(plain).match(/\d+/g) || [];
  const fours = new Set(runs.filter((one) => [...one].length === 4));
  const others = runs.filter((one) => [...one].length !== 4);
  const most = plain.includes("*") ? 3 : 1;
  if (fours.size === 1 && others.every((one) => one.length <= most)) return true;
  return runs.some((one) => one.length >= 7);
}

/** What a scan or a pasted text is: {lookup_token}, {case_number, mac?}, or {not: why} for what is no
    receipt: "cut" (ours, not read whole), "upload" (the code for a phone's pictures), "other". */
export function readScan(text) {
  const token = linkToken(text, "r");
  if (token) return { lookup_token: token };
  const number = numberIn(text);
  if (number) return number.mac ? number : { case_number: number.case_number };
  if (linkToken(text, "u")) return { not: "upload" };
  const plain = folded(text);
  return { not: /:\/\/[^/]+\/(?:r|verify)(?:[#?/]|$)/i.test(plain) || /^[^0-9A-Za-z]*XF\d{4}/i.test(plain) ? "cut" : "other" };
}
