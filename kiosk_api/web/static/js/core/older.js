/* What the oldest browsers lack and these pages use, filled in once before anything else works. The check
   of the scripts (.ci/baseline) knows these names from GAPS: any other newer name is refused. */

const FOCUSABLE = "[autofocus], button, input, select, textarea, a[href], [tabindex]";

/** Name → a function (window) that fills it in; called only where it is missing. */
export const GAPS = {
  "AbortSignal.timeout": (view) => {
    view.AbortSignal.timeout = (ms) => {
      const control = new AbortController();
      setTimeout(() => control.abort(), ms);
      return control.signal;
    };
  },
  "AbortSignal.any": (view) => { view.AbortSignal.any = firstOf; },
  "Element.replaceChildren": (view) => {
    view.Element.prototype.replaceChildren = function replaceChildren(...children) {
      while (this.lastChild) this.lastChild.remove();
      this.append(...children);
    };
  },
  "Element.checkVisibility": (view) => {
    view.Element.prototype.checkVisibility = function checkVisibility() {
      return this.getClientRects().length > 0;
    };
  },
  "HTMLFormElement.requestSubmit": (view) => {
    view.HTMLFormElement.prototype.requestSubmit = function requestSubmit() {
      const button = this.querySelector("button[type=submit]");
      if (button) button.click();
    };
  },
  "HTMLDialogElement.showModal": (view) => {
    // where dialogs are unknown an element of that name is still one, of another class
    const kind = Object.getPrototypeOf(view.document.createElement("dialog"));
    Object.assign(kind, { showModal, close });
    if (!("open" in kind)) Object.defineProperty(kind, "open", { get: isOpen });
  },
  "reportError": (view) => { view.reportError = (error) => view.console.error(error); },
};

/** Fill in what `view`, a window, lacks. */
export function fillGaps(view) {
  for (const [name, fill] of Object.entries(GAPS)) if (!isThere(view, name)) fill(view);
}

function isThere(view, name) {
  const [owner, member] = name.split(".");
  if (!(owner in view)) return false;
  return !member || member in view[owner] || member in (view[owner].prototype || {});
}

/** A signal that is aborted with the first of `signals`. */
function firstOf(signals) {
  const control = new AbortController();
  for (const one of signals) {
    if (one.aborted) control.abort();
    else one.addEventListener("abort", () => control.abort(), { once: true });
  }
  return control.signal;
}

const modals = new WeakMap(); // an open dialog → how to give the page back

/** The rest of the page takes no taps and no focus until the dialog is closed. Escape closes it. */
function showModal() {
  const before = document.activeElement;
  const keep = (event) => {
    if (this.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    focusFirst(this);
  };
  const key = (event) => { if (event.key === "Escape") this.close(); };
  for (const kind of ["click", "focusin"]) document.addEventListener(kind, keep, true);
  document.addEventListener("keydown", key);
  modals.set(this, () => {
    for (const kind of ["click", "focusin"]) document.removeEventListener(kind, keep, true);
    document.removeEventListener("keydown", key);
    if (before && before.focus) before.focus();
  });
  for (const [name, value] of [["open", ""], ["role", "dialog"], ["aria-modal", "true"], ["data-older", ""]]) {
    this.setAttribute(name, value);
  }
  focusFirst(this);
}

function close() {
  if (!this.hasAttribute("open")) return;
  this.removeAttribute("open");
  const giveBack = modals.get(this);
  modals.delete(this);
  if (giveBack) giveBack();
  this.dispatchEvent(new Event("close"));
}

function isOpen() {
  return this.hasAttribute("open");
}

function focusFirst(dialog) {
  const first = dialog.querySelector(FOCUSABLE);
  if (first) first.focus();
}
