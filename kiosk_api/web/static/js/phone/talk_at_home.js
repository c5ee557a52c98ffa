/* The conversation on a phone: it outlives a reload, takes up what was begun in the hall, and takes photos. */

import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { isOwn } from "../core/own_phone.js";
import { Talk } from "../guide/chat.js";
import { FitScreen } from "./fit.js";
import { GrowingBox } from "./growing_box.js";
import { codeInAddress, forgetTalk, keepTalk, keptTalk } from "./kept_talk.js";
import { TalkPhotos } from "./talk_photos.js";

const unreached = () => t("现在连不上。您写的还在，请看看手机有没有网，再试一次。");

/** The root is the form with the box; it carries the words that the page itself says, and how long a talk is kept. */
export class TalkAtHome extends Talk {
  init() {
    this.box = GrowingBox.start("#say");
    super.init();
    this.photos = TalkPhotos.start("#photo", {
      talk: () => this.ensureTalk(), place: (node) => this.log.addPicture(node), say: (words) => { this.busy.textContent = words; },
    });
    // the keyboard has come up over what is being answered
    FitScreen.start("body", () => { if (document.activeElement === this.say) this.log.showNewest(); });
    // the keyboard stays open while one thing is said after the other
    this.send.addEventListener("mousedown", (event) => event.preventDefault());
    this.leaveForHall(byId("hall"));
    addEventListener("hashchange", () => this.takeUpCode());
    if (!this.takeUpCode()) this.comeBack();
  }

  leaveForHall(button) {
    button.addEventListener("click", () => this.speak(this.root.dataset.save, t("在大厅接着办")));
  }

  /** What was begun in the hall: its code leaves the address before it is used. */
  takeUpCode() {
    const code = codeInAddress(location);
    if (location.pathname !== "/m" || location.hash || location.search) history.replaceState(null, "", "/m");
    if (!code) return false;
    this.speak(`${this.root.dataset.resume} ${code}`, t("接着在大厅说的"));
    return true;
  }

  /** The page was loaded anew in the middle of a talk: the server says where it was. A message that had no answer
      then is asked about under its own id, so that it is heard once. */
  comeBack() {
    const kept = keptTalk();
    if (!kept || !isOwn()) return;
    this.sessionId = kept.session;
    if (kept.message) this.unanswered = { text: this.root.dataset.back, id: kept.message };
    this.speak(this.root.dataset.back, null);
  }

  ensureTalk() {
    const session = super.ensureTalk();
    this.keep();
    return session;
  }

  keep() {
    if (!this.sessionId || !isOwn()) forgetTalk();
    else keepTalk(this.sessionId, this.unanswered ? this.unanswered.id : "", Number(this.root.dataset.kept));
  }

  /** The talk itself is not lost with the page. */
  wouldLose() {
    return isOwn() ? Boolean(this.say.value.trim()) : super.wouldLose();
  }

  write(text) {
    super.write(text);
    this.box.fit();
  }

  make() {
    this.say.placeholder = byId("say-label").textContent;
  }

  expect(name) {
    super.expect(name);
    this.make();
  }

  /** A talk that ended elsewhere begins anew, without a word about it. */
  fail(error) {
    const ended = this.again && error.errors && error.errors.some((one) => one.field === "session_id");
    if (!ended) {
      super.fail(error.code === "unreached" ? { ...error, detail: unreached() } : error);
      return;
    }
    this.sessionId = this.unanswered = this.again = null;
    forgetTalk();
  }

  end() {
    super.end();
    this.photos.wipe();
    forgetTalk();
  }
}
