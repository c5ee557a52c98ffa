/* The petition form: one question a page, check once more, send once. Nothing typed is ever cleared by
   an error. */

import { newKey } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, markFields, onSubmit, showProblems } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";
import { ReceiptCard } from "../case/receipt.js";
import { allThere } from "../photos/sending.js";
import { Attachments } from "../photos/attach.js";
import { ConfirmLeave } from "../visit/confirm_leave.js";
import { submitWithRetry } from "../visit/resend.js";
import { CardFill } from "./card_fill.js";
import { HearFields } from "./hear_fields.js";
import { wrongIn } from "./check_answers.js";
import { givenIn, lightCheck, petitionBody } from "./form_body.js";
import { FormFields, showCount } from "./form_fields.js";
import { InSight, bringIntoSight } from "./in_sight.js";
import { People } from "./people.js";
import { inStep, notInStep, placeOf } from "./places.js";
import { answerRows } from "./read_back.js";
import { Registration } from "./registration.js";
import { Steps, fieldsOf } from "./steps.js";
import { WindowChoice } from "./window_choice.js";

const isEmpty = (section) => fieldsOf(section).every((one) => (one.matches("[type=checkbox]")
  ? !one.checked : !one.value.trim()));

const summaryWords = (errors) => (errors.length === 1 ? errors[0].detail
  : t("有{count}处要您改一下，其他内容都还在。", { count: errors.length }));

/** The root is the form. */
export class PetitionForm extends Component {
  init() {
    const key = newKey();
    const given = byId("handed-over");
    const handedOver = given ? JSON.parse(given.textContent) : {};
    this.summary = byId("summary");
    this.busy = byId("busy");
    this.pending = [];     // errors found at the check page that still wait in their steps
    this.changing = false; // 修改 was pressed: the next step is the check page again
    this.pictures = Attachments.start("#attachments");
    this.people = People.start("#representatives", byId("add-representative"));
    this.fields = new FormFields(this.root, this.people, this.pictures);
    this.registration = new Registration((body) => submitWithRetry("/petitions", body, key));
    this.listen();
    this.fields.put(handedOver);
    if (handedOver.attachments) this.pictures.takeOver(handedOver.attachments);
    if (this.fields.value("assisted_by_code")) byId("assist").open = true;
    InSight.start(document.documentElement);
    this.windows = new WindowChoice(byId("proposal"), byId("f-window_choice"), byId("accuses"),
      handedOver.window_choice);
    this.cards = CardFill.start(this.root);
    HearFields.start(this.root);
    this.steps = new Steps(this.root, (section) => this.shown(section));
    this.steps.init();
    this.whoChanged();
    this.windows.init();
    if (handedOver.told) this.goOn();
    onWipe(() => {
      this.registration.forget();
      this.pending = [];
      this.pictures.wipe();
      this.root.reset();
    });
  }

  listen() {
    onSubmit(this.root, () => {
      if (this.steps.current !== "check") this.forward();
    });
    this.root.addEventListener("input", ({ target }) => this.typed(target));
    this.summary.addEventListener("click", (event) => this.followLink(event));
    byId("submit").addEventListener("click", () => this.submit());
    byId("skip").addEventListener("click", () => this.forward());
    byId("back").addEventListener("click", () => this.steps.back());
    byId("add-representative").addEventListener("click", () => { byId("skip").hidden = true; });
    document.addEventListener("draft", (event) => {
      if (!this.root.isConnected) return; // the receipt is shown: there is nothing to hand over
      const { attachments, ...draft } = petitionBody(this.fields); // photos end with this visit
      event.detail.draft = draft;
    });
    // After the registration nothing is left that leaving would throw away.
    ConfirmLeave.start(document, { typed: () => this.root.isConnected
      && (this.pictures.count() > 0 || this.pictures.busy() || this.fields.touched) });
  }

  /** What was told to the assistant is in the fields: on with the first that is missing. */
  goOn() {
    const errors = lightCheck(this.fields);
    this.steps.go(this.steps.order.first((name) => inStep(errors, name).length) || "check");
  }

  typed(field) {
    showCount(field);
    if (field.name === "who") this.whoChanged();
    const section = field.closest(".question");
    byId("skip").hidden = !("optional" in section.dataset && isEmpty(section));
  }

  whoChanged() {
    const other = this.fields.forOther;
    for (const step of ["proxy", "relation", "consent_how"]) this.steps.ask(step, other);
    for (const one of document.querySelectorAll("[data-other]")) {
      one.textContent = other ? one.dataset.other : one.dataset.self;
    }
  }

  /** A link of the summary leads to its field's step. */
  followLink(event) {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault(); // a fragment would stay in the address and in the history
    const target = byId(link.getAttribute("href").slice(1));
    const name = target.closest(".question").dataset.step;
    if (name !== this.steps.current) this.change(name);
    target.focus();
  }

  change(name) {
    this.changing = name !== "check";
    this.steps.go(name);
  }

  /** A step has been shown. */
  shown(section) {
    this.summary.hidden = true;
    this.cards.shown(section);
    const optional = "optional" in section.dataset;
    const checking = section.dataset.step === "check";
    if (section.dataset.step !== "attachments") this.pictures.stopCamera();
    if (byId("resume")) byId("resume").hidden = section !== this.steps.sections[0];
    byId("skip").hidden = !(optional && isEmpty(section));
    byId("next").textContent = this.changing ? t("改好了，回去核对") : t("下一步");
    if (checking) this.check();
  }

  check() {
    this.changing = false;
    byId("answers").replaceChildren(...answerRows(this.fields, (name) => this.change(name)));
    this.windows.propose(petitionBody(this.fields));
    if (this.pending.length) {
      markFields(this.root, this.pending);
      this.showProblems(t("还有{count}处要您改一下。", { count: this.pending.length }), this.pending);
    }
  }

  async forward() {
    const name = this.steps.current;
    if (this.checking === name) return;
    if (name === "attachments" && !(await this.picturesThere() && this.steps.current === name)) return;
    if (name === "people") this.people.dropEmpty();
    const errors = await this.wrongIn(name);
    if (this.steps.current !== name || !this.root.isConnected) return; // gone back, or ended, while it was checked
    if (errors.length) {
      this.complainHere(errors);
      return;
    }
    markFields(this.root, notInStep(this.pending, name));
    if (byId("carried")) byId("carried").hidden = true;
    this.pending = notInStep(this.pending, name);
    if (this.changing && !this.proxyIsNew(name)) {
      this.steps.back(); // the check page is right behind
    } else {
      this.changing = false;
      this.steps.next();
    }
  }

  /** What is wrong in a step: what the page can see, otherwise what the server finds. */
  async wrongIn(name) {
    const seen = inStep(lightCheck(this.fields), name);
    if (seen.length) return seen;
    this.checking = name;
    try {
      return await wrongIn(givenIn(name, this.fields));
    } finally {
      this.checking = null;
    }
  }

  /** One thing to change is said beside its field only, several in the summary too. */
  complainHere(errors) {
    const [first] = errors;
    const target = errors.length === 1 && byId(placeOf(first.field));
    markFields(this.root, [...errors, ...notInStep(this.pending, this.steps.current)]);
    if (target) {
      this.summary.hidden = true;
      target.focus();
      bringIntoSight(target);
    } else this.showProblems(summaryWords(errors), errors);
  }

  /** 我替别人办 was chosen in a change: who that is has not been asked yet. */
  proxyIsNew(name) {
    return name === "who" && this.fields.forOther && !this.root.elements.namedItem("proxy.name").value;
  }

  picturesThere() {
    return allThere(this.pictures, byId("waiting"));
  }

  async submit() {
    const button = byId("submit");
    button.disabled = true;
    const there = await this.picturesThere();
    button.disabled = false;
    if (!there) {
      this.change("attachments"); // why one was not kept is said there
      return;
    }
    const body = petitionBody(this.fields);
    const errors = lightCheck(this.fields);
    if (!body.consent) {
      errors.push({ field: "consent", detail: t("请先在“我确认以上内容属实，同意提交”前面打勾。") });
    }
    if (errors.length) this.complain({ detail: summaryWords(errors), errors });
    else await this.register(body, button);
  }

  /** The one place where a petition is sent. */
  async register(body, button) {
    button.disabled = true;
    this.summary.hidden = true;
    markFields(this.root, []);
    this.pending = [];
    this.busy.textContent = t("正在提交，请不要走开……");
    try {
      this.done(await this.registration.register(body));
    } catch (error) {
      if (error.errors && error.errors.some((one) => one.code === "attachments_expired")) this.pictures.forget();
      this.complain(error);
    } finally {
      button.disabled = false;
      this.busy.textContent = "";
    }
  }

  /** Errors beside their fields and in the summary, whose links lead to the step of each. */
  complain(error) {
    markFields(this.root, error.errors);
    const elsewhere = notInStep(error.errors, this.steps.current);
    const first = elsewhere.length === error.errors.length
      && this.steps.order.first((name) => inStep(elsewhere, name).length);
    this.pending = elsewhere;
    if (first) this.change(first);
    if (error.errors.some((one) => one.field === "assisted_by_code")) byId("assist").open = true;
    showProblems(this.summary, error, placeOf);
  }

  showProblems(detail, errors) {
    showProblems(this.summary, { detail, errors }, placeOf);
  }

  done({ answer, earlier }) {
    this.pictures.wipe(); // they are with the case now
    this.root.reset();
    byId("filling").remove();
    byId("beside").remove();
    const given = byId("handed-over");
    if (given) given.remove();
    const box = byId("done");
    byId("asking").replaceChildren(
      el("h1", { id: "done-title", tabindex: "-1" }, t("已经登记好了")),
      el("p", { class: "lead" }, onPhone() ? t("请收好下面的编号，查进度要用。")
        : t("请收好下面的编号和二维码，查进度要用。")));
    box.replaceChildren(
      earlier ? el("p", { class: "notice warn", role: "alert" },
        t("您上一次提交其实已经登记好了。后来改的内容没有算进去，要补充请告诉窗口工作人员。")) : "",
      answer.route.emergency ? el("p", { class: "notice bad", role: "alert" },
        t("如果现在有危险，请先拨110；有人受伤生病拨120。")) : "",
      ReceiptCard.make(answer, undefined, { titled: false }).root);
    box.hidden = false;
    byId("done-title").focus();
    scrollTo(0, 0);
    this.steps.close();
  }
}
