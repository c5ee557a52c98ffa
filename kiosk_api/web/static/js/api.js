// One way to call the JSON API. A failure always comes with a sentence that says what to do.

const LOST = "网络不通，刚才的内容还没有提交，也没有丢。请稍等一下再试，或请窗口工作人员帮忙。";

/** POST JSON; resolves to {ok, status, data}; never throws. */
export async function post(path, body, { key } = {}) {
  const headers = { "Content-Type": "application/json" };
  if (key) headers["Idempotency-Key"] = key;
  try {
    const answer = await fetch(path, {
      method: "POST", headers, body: JSON.stringify(body), cache: "no-store",
    });
    const data = await answer.json();
    return { ok: answer.ok, status: answer.status, data };
  } catch {
    return { ok: false, status: 0, data: { code: "network", detail: LOST, errors: [] } };
  }
}

/** A fresh Idempotency-Key; crypto.randomUUID needs https, random bytes do not. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An element with text and attributes; data never becomes markup. */
export function el(tag, { text, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  if (text !== undefined && text !== null) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}
