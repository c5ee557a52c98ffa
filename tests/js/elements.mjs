/* Elements as far as components build them: a tree of texts, attributes and listeners, without layout. */

class FakeElement {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], listeners: {}, parent: null, hidden: false });
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }

  append(...nodes) {
    for (const one of nodes) if (one instanceof FakeElement) one.parent = this;
    this.children.push(...nodes);
  }

  replaceChildren(...nodes) {
    this.children = [];
    this.append(...nodes);
  }

  remove() {
    this.parent.children = this.parent.children.filter((one) => one !== this);
  }

  get textContent() {
    return this.children.map((one) => one.textContent ?? String(one)).join("");
  }

  /** Elements below this one, `.class` or `tag`, in their order. */
  querySelectorAll(selector) {
    const wanted = (one) => (selector.startsWith(".")
      ? (one.attributes.class ?? "").split(" ").includes(selector.slice(1)) : one.tag === selector);
    return this.children.filter((one) => one instanceof FakeElement)
      .flatMap((one) => [...(wanted(one) ? [one] : []), ...one.querySelectorAll(selector)]);
  }
}

/** After openPage(): the page makes elements. */
export function withElements() {
  globalThis.document.createElement = (tag) => new FakeElement(tag);
  globalThis.document.createElementNS = (_, tag) => new FakeElement(tag);
}

/** What a tap on it does. */
export const tap = (one) => one.listeners.click({ currentTarget: one });
