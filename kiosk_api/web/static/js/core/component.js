/* A part of a page: a root element and init(). A module only defines things; the entries in pages/ are
   the one place where parts are made and started. */

export class Component {
  /** `root`: the element this part works in. Nothing is listened to, drawn or asked for before init(). */
  constructor(root) {
    this.root = root;
  }

  /** Start working: called once. */
  init() {}

  /** Make and start one on `root`, an element or a selector; null where the page has no such element. */
  static start(root, ...options) {
    const element = typeof root === "string" ? document.querySelector(root) : root;
    if (!element) return null;
    const part = new this(element, ...options);
    part.init();
    return part;
  }

  /** Make and start one that brings an element of its own, for the caller to put into the page. */
  static make(...options) {
    const part = new this(...options);
    part.init();
    return part;
  }
}

/** Start [component, element or selector] pairs in their order. One that fails is reported and does not
    keep the others from starting. */
export function startAll(parts) {
  for (const [part, root] of parts) {
    try {
      part.start(root);
    } catch (error) {
      reportError(error);
    }
  }
}
