/* Pictures of papers: from the kiosk's camera, a USB stick, or one's own phone.

   mountAttachments(container, {onChange, optional}) → {bundleToken(), count()}. The container
   carries data-most and data-mib. wipe() stops the camera, forgets every picture here and has the
   server delete the bundle; it also runs when the page is left. */

import { call, lightCheck, picture, send } from "./attach_api.js";
import { camera, hasCamera } from "./attach_camera.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const POLL_MS = 2000;
const ACCEPT = "image/jpeg,image/png,image/webp";
const OWN = matchMedia("(max-width: 699px)").matches; // somebody's own phone, as in idle.js
const mounted = new Set();

/** The server deletes only what no case has taken, so this is also right after a registration. */
export function wipe() {
  for (const one of [...mounted]) one.wipe();
}

export function stopCamera() {
  for (const one of mounted) one.stopCamera();
}

export function mountAttachments(container, { onChange = () => {}, optional = true } = {}) {
  const most = Number(container.dataset.most);
  const mib = Number(container.dataset.mib);
  const thumbs = new Map(); // picture id → {url, node}
  let token = null;
  let opening = null; // while the server is asked for a token
  let poll = null;
  let over = false;
  let sending = 0;
  let lost = false; // since nothing was on its way: something was not kept
  let off = new AbortController();
  const waiting = []; // who wants to know when nothing is on its way any more

  const own = () => ({ "X-Bundle": token });
  const status = el("p", { class: "busy", role: "status" });
  const trouble = el("p", { class: "notice warn", role: "alert", hidden: true });
  const viewBox = el("div", { class: "attach-camera", hidden: true });
  const phoneBox = el("div", { class: "attach-phone", hidden: true });
  const list = el("ul", { class: "attach-list", "aria-label": t("已经放进来的照片") });
  const input = el("input", { type: "file", class: "attach-file", accept: ACCEPT, multiple: true,
    tabindex: "-1", "aria-hidden": "true", change: choose });
  const shoot = el("button", { type: "button", class: "button", hidden: true, click: openCamera }, t("拍照"));
  const pick = el("button", { type: "button", class: "button plain", click: () => input.click() },
    OWN ? t("从手机里选照片") : t("从U盘选照片"));
  const phone = el("button", { type: "button", class: "button plain", hidden: OWN, click: openPhone }, t("用手机传"));
  const buttons = el("div", { class: "row" }, shoot, pick, phone);
  const noCamera = el("p", { class: "hint", hidden: true },
    t("这台机器没有相机，可以从U盘选照片、用手机传，或者把材料带到窗口。"));
  const limits = optional
    ? t("可不填。最多{most}张照片，每张不超过{mib}兆（MB），可以是 JPG、PNG、WebP。PDF 请拍成照片，或带到窗口。", { most, mib })
    : t("最多放{most}张照片，每张不超过{mib}兆（MB），可以是 JPG、PNG、WebP。PDF 请拍成照片，或带到窗口。", { most, mib });
  const lens = camera(viewBox, { onPicture: (blob) => upload([blob]), onClose, onTrouble: complain });

  container.replaceChildren(
    el("p", { class: "hint" }, limits),
    noCamera, buttons, input, viewBox, phoneBox, trouble, status, list);
  hasCamera().then((there) => {
    shoot.hidden = !there;
    noCamera.hidden = there || OWN; // a phone offers its own camera where photos are chosen
  });

  function showButtons(there) {
    buttons.hidden = !there;
    const full = thumbs.size >= most;
    for (const one of [shoot, pick, phone]) one.disabled = full;
    if (there) [shoot, pick].find((one) => !one.hidden)?.focus({ preventScroll: true });
  }

  function onClose() {
    complain("");
    showButtons(true);
  }

  function complain(sentence) {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
    if (!viewBox.hidden && !viewBox.childElementCount) showButtons(true);
  }

  /** All pictures go into one bundle, also two that are chosen while it is being opened. */
  async function bundle() {
    if (token) return;
    opening ??= openBundle().finally(() => { opening = null; });
    await opening;
  }

  async function openBundle() {
    token = (await call("POST", "/bundles")).bundle_token;
    if (over) call("DELETE", "/bundles", own(), undefined, { keepalive: true }).catch(() => {});
  }

  async function guarded(work) {
    complain("");
    try {
      await work();
    } catch (error) {
      if (error.code === "bundle_not_found") forget();
      complain(error.detail ?? t("照片没有传上，请再试一次。"));
    }
  }

  function openCamera() {
    complain("");
    closePhone();
    buttons.hidden = true;
    lens.open().then(() => { if (viewBox.hidden) showButtons(true); });
  }

  function choose() {
    const files = [...input.files];
    input.value = "";
    upload(files);
  }

  async function upload(files) {
    const refused = [];
    complain("");
    if (!sending) lost = false;
    sending += 1;
    const { signal } = off;
    for (const [index, file] of files.entries()) {
      const why = lightCheck(file, mib);
      if (why) {
        refused.push(why);
        continue;
      }
      if (over) return;
      status.textContent = t("正在放第{number}张，请稍等……", { number: index + 1 });
      try {
        await bundle();
        const one = await send(own(), file, signal);
        await show(one, file);
      } catch (error) {
        if (signal.aborted) break; // given up on purpose: no fault to tell of
        if (error.code === "bundle_not_found") forget();
        refused.push(error.detail);
        if (["too_many_pictures", "too_many_tries", "unreached"].includes(error.code)) break;
      }
    }
    sending -= 1;
    lost ||= refused.length > 0;
    status.textContent = "";
    if (refused.length) complain([...new Set(refused)].join(" "));
    changed();
    if (!sending) for (const tell of waiting.splice(0)) tell(!lost);
  }

  async function show(one, blob = null) {
    if (over || thumbs.has(one.id)) return;
    const kept = { url: "", node: null };
    thumbs.set(one.id, kept);
    const found = blob ?? await picture(own(), one.id);
    if (over || !thumbs.has(one.id)) return;
    kept.url = found ? URL.createObjectURL(found) : "";
    const number = thumbs.size;
    kept.node = el("li", {},
      kept.url ? el("img", { src: kept.url, alt: t("第{number}张照片", { number }) }) : "",
      el("button", { type: "button", class: "button plain", click: () => remove(one.id),
        "aria-label": t("删掉第{number}张照片", { number }) }, t("删掉这张")));
    list.append(kept.node);
  }

  function remove(id) {
    return guarded(async () => {
      await call("DELETE", `/${id}`, own());
      hide(id);
      changed();
    });
  }

  function hide(id) {
    const kept = thumbs.get(id);
    if (kept?.url) URL.revokeObjectURL(kept.url);
    kept?.node?.remove();
    thumbs.delete(id);
  }

  function changed() {
    showButtons(!buttons.hidden || viewBox.hidden);
    if (thumbs.size) status.textContent = t("已经放了{count}张，最多{most}张。", { count: thumbs.size, most });
    onChange(thumbs.size);
  }

  function openPhone() {
    return guarded(async () => {
      lens.stop();
      await bundle();
      const link = await call("POST", "/phone-link", own());
      if (over) return;
      phoneBox.replaceChildren(
        el("p", {}, t("用您手机的微信或相机扫这个码，在手机上选照片，照片会出现在这里。")),
        el("img", { class: "attach-qr", src: `data:image/svg+xml,${encodeURIComponent(link.qr_svg)}`, alt: t("给手机扫的二维码"), "data-expires": link.expires_in }),
        el("p", { class: "hint" }, t("这个码只能用一次，{minutes}分钟内有效。", { minutes: Math.round(link.expires_in / 60) })),
        el("p", { class: "notice good", role: "status", hidden: true }, t("手机已经连上了，请在手机上选照片。")),
        el("button", { type: "button", class: "button plain wide", click: () => { endPhone(); showButtons(true); } }, t("手机传完了")));
      phoneBox.hidden = false;
      clearInterval(poll);
      poll = setInterval(look, POLL_MS);
    });
  }

  async function look() {
    if (!token || sending) return;
    try {
      const found = await call("GET", "", own());
      if (over || sending) return;
      const came = phoneBox.querySelector(".notice.good");
      if (came) came.hidden = !found.phone_came;
      const before = thumbs.size;
      for (const one of found.items) await show(one);
      if (thumbs.size !== before) changed();
      if (!found.phone_link_open) closePhone();
    } catch (error) {
      if (error.code === "bundle_not_found") {
        forget();
        complain(error.detail);
      }
    }
  }

  function closePhone() {
    clearInterval(poll);
    phoneBox.replaceChildren();
    phoneBox.hidden = true;
  }

  async function endPhone() {
    closePhone();
    if (!token) return;
    await look();
    call("DELETE", "/phone-link", own()).catch(() => {});
  }

  function forget() {
    closePhone();
    token = null;
    for (const id of [...thumbs.keys()]) hide(id);
    changed();
    status.textContent = "";
  }

  const handle = {
    bundleToken: () => (thumbs.size ? token : null),
    count: () => thumbs.size,
    stopCamera() {
      lens.rest();
      buttons.hidden = !viewBox.hidden;
    },
    /** Whether a photo was taken and neither kept nor refused; whoever took it is then told. */
    undecided() {
      if (!lens.undecided()) return false;
      complain(t("刚拍的这张还没有放进来。要用它，点“清楚，就用这张”；不用它，点“不要这张”。"));
      return true;
    },
    /** The server said the pictures are gone: empty the list, so that they can be taken anew. */
    forget,
    busy: () => sending > 0,
    /** Settles once nothing is on its way: true when all of it was kept. */
    settled: () => new Promise((tell) => { waiting.push(tell); }),
    /** Nobody waits any longer: what is on its way is given up, what was kept stays. */
    giveUp() {
      off.abort();
      off = new AbortController();
    },
    wipe() {
      over = true;
      lens.stop();
      closePhone();
      for (const id of [...thumbs.keys()]) hide(id);
      if (token) call("DELETE", "/bundles", own(), undefined, { keepalive: true }).catch(() => {});
      token = null;
      mounted.delete(handle);
    },
  };
  mounted.add(handle);
  return handle;
}

addEventListener("pagehide", wipe);
