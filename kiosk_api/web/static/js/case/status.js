/* Where a case is. The QR's token is read from the fragment, which is then dropped but on one's own phone. */

import { post } from "../core/api.js";
import { linkToken, pageToken, shortCode } from "../core/codes.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus, markFields, onSubmit, showProblems } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { isOwn, onPhone } from "../core/own_phone.js";
import { RequestKeys } from "../core/request_keys.js";
import { ConfirmLeave } from "../visit/confirm_leave.js";
import { PrintTools } from "../visit/paper.js";
import { isTailOrPhone } from "./action_fields.js";
import { callbackParts, callbackStanding } from "./callback_view.js";
import { caseParts } from "./case_view.js";
import { KeepPage } from "./keep_page.js";
import { Notices } from "./notices.js";
import { ScanCamera } from "./scan_camera.js";
import { ScannerKeys } from "./scan_keys.js";
import { standing } from "./standing.js";
import { actionsFor, openUrging } from "./status_actions.js";
import { CasePictures } from "./status_pictures.js";

/** The root is the form that asks for number and tail. */
export class StatusPage extends Component {
  init() {
    this.summary = byId("summary");
    this.busy = byId("busy");
    this.button = byId("look");
    this.title = byId("status-title");
    this.asking = byId("asking");
    this.box = byId("case");
    this.head = byId("standing"); // what is read; what is touched follows in the box
    this.identity = null;
    this.ownWords = null; // only a look-up tells them
    this.keys = new RequestKeys();
    this.pictures = new CasePictures();
    ConfirmLeave.start(document, { typed: () => this.isUnsent() });
    const found = (scan) => this.scanned(scan);
    this.camera = ScanCamera.start("#camera-box", found);
    onSubmit(this.root, () => this.submit());
    ScannerKeys.start(window, { found, missed: (sentence) => this.say(sentence) });
    onWipe(() => {
      this.camera.stop();
      this.identity = null;
      this.ownWords = null;
      this.keys.clear();
      this.pictures.wipe();
    });
    addEventListener("hashchange", () => this.openToken());
    this.openToken();
  }

  /** Whether words were written or pictures taken for this case and not sent. */
  isUnsent() {
    return this.pictures.count() > 0 || [...this.box.querySelectorAll("textarea")].some((one) => one.value.trim());
  }

  async look(who) {
    this.summary.hidden = true;
    markFields(this.root, []);
    this.busy.textContent = t("正在查……");
    this.button.disabled = true;
    try {
      const code = shortCode(who.case_number || "");
      if (code) {
        const named = { code, phone_tail: who.phone_tail };
        this.renderCallback(await post("/callbacks/lookup", named), named);
      } else {
        const found = await post("/cases/lookup", who);
        this.identity = who;
        this.ownWords = found.own_words;
        this.render(found);
      }
      keepFocus(this.title); // the fields are gone
      scrollTo(0, 0);
    } catch (error) {
      this.asking.hidden = false;
      for (const one of error.errors) if (one.field === "code") one.field = "case_number";
      markFields(this.root, error.errors);
      showProblems(this.summary, error, (path) => (byId(`f-${path}`) ? `f-${path}` : null));
      if (who.lookup_token && error.unsure) this.offerRetry(who);
    }
    this.busy.textContent = "";
    this.button.disabled = false;
  }

  offerRetry(who) {
    this.summary.append(el("button", { type: "button", class: "button", click: () => this.look(who) }, t("再查一次")));
  }

  render(found, notice = "") {
    this.camera.stop(); // it would go on filming behind the case, and another receipt would take its place
    this.show(standing(found));
    const { identity, keys } = this;
    const token = identity.lookup_token;
    this.box.replaceChildren(...caseParts(found, {
      notice, token, urge: openUrging,
      actions: actionsFor(found, {
        identity, keys,
        picturesFor: (one) => this.pictures.roomFor(one),
        done: (next, words) => this.changed(next, words),
      }),
      told: found.notices && Notices.make(found.notices, { token, done: (next, words) => this.changed(next, words) }).root,
      keeping: token && isOwn() ? KeepPage.make(token).root : null,
      after: token && !onPhone() ? el("div", { class: "row" }, PrintTools.make(token, { told: found.decisions.length > 0 }).root) : "",
    }));
  }

  renderCallback(found, named) {
    this.camera.stop();
    this.show(callbackStanding(found, `${named.code.slice(0, 4)}-${named.code.slice(4)}`));
    this.box.replaceChildren(...callbackParts(found, { cancel: (event) => this.cancelCallback(named, event.currentTarget) }));
  }

  /** Something was found: the page's name gives way to how it stands. */
  show(head) {
    this.asking.hidden = true;
    this.box.hidden = false;
    this.head.hidden = false;
    this.head.replaceChildren(head);
    this.title.classList.add("off-screen");
  }

  askAgain() {
    this.box.hidden = true;
    this.head.hidden = true;
    this.asking.hidden = false;
    this.title.classList.remove("off-screen");
  }

  async cancelCallback(named, button) {
    const path = "/callbacks/withdraw";
    this.summary.hidden = true;
    button.disabled = true;
    try {
      const found = await post(path, named, this.keys.keyFor(path, named));
      this.keys.done(path, named);
      this.renderCallback(found, named);
      this.title.focus();
    } catch (error) {
      this.keys.failed(path, named, error);
      showProblems(this.summary, error);
      button.disabled = false;
    }
  }

  changed(found, words) {
    this.render({ ...found, own_words: this.ownWords }, words);
    this.title.focus();
    scrollTo(0, 0);
  }

  submit() {
    const fields = this.root.elements;
    const who = { case_number: fields.case_number.value.trim(), phone_tail: fields.phone_tail.value.trim() };
    const token = linkToken(who.case_number, "r");
    if (token) { // the receipt's whole address
      fields.case_number.value = "";
      this.look({ lookup_token: token });
      return;
    }
    const errors = [];
    if (!who.case_number) errors.push({ field: "case_number", detail: t("请输入回执上的信访件编号。") });
    if (!isTailOrPhone(who.phone_tail)) {
      errors.push({ field: "phone_tail", detail: t("请输入登记电话的后四位数字，比如 1234。") });
    }
    if (errors.length) {
      markFields(this.root, errors);
      showProblems(this.summary, { detail: t("还差一点就能查了。"), errors }, (path) => `f-${path}`);
      return;
    }
    this.look(who);
  }

  /** An address that holds no token asks nobody: there is nothing to look for. */
  openToken() {
    const { pathname, search, hash } = location;
    if (!/^\/r(?![a-z])/.test(pathname) || pathname + search + hash === "/r") return;
    const token = pageToken(location, "r");
    // In a hall the token leaves the address at once; on one's own phone the address is what is kept (decision 0032).
    history.replaceState(null, "", token && isOwn() ? `/r#${token}` : "/r");
    if (!token) {
      this.say(t("这个链接不完整。请再扫一次回执上的二维码，或者把编号打进来。"));
      return;
    }
    this.asking.hidden = true;
    this.look({ lookup_token: token });
  }

  say(sentence) {
    this.busy.textContent = sentence;
    this.busy.scrollIntoView({ block: "nearest" });
  }

  /** A number still asks for the phone's last four digits; an address is enough by itself. */
  scanned(scan) {
    if (this.button.disabled) return;
    if (scan.lookup_token) {
      this.look(scan);
      return;
    }
    this.identity = null;
    this.askAgain();
    byId("f-case_number").value = scan.case_number;
    this.busy.textContent = t("编号扫到了，再输入登记电话的后四位。");
    byId("f-phone_tail").focus();
  }
}
