/* /terminal: what the server knows, and what only the browser at the machine can see. */

import { get } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const EVERY_MS = 15000;
const SKEW_MS = 60000;
const SLOW_MS = 2000;
const GIGABYTE = 1e9;
const OPTIONAL = ["speech", "handwriting"];

/** State of the printer → [words, class]. */
const printerWords = () => ({
  ok: [t("能打印"), "fine"],
  printer_off: [t("没有接打印机，回执由浏览器打印或拍照"), ""],
  printer_paper_out: [t("没有纸了，请加纸"), "bad"],
  printer_gone: [t("没有反应，请看电源和连线"), "bad"],
});

const partNames = () => ({
  store: t("数据库"), schema: t("数据库版本"), worker: t("后台办理程序"), bot: t("对话机器人"),
  calendar: t("工作日历"), speech: t("念字的声音"), handwriting: t("手写识别"),
});

/** State of a part → [words, class]. */
function partWords(name, state) {
  if (state === "off" && OPTIONAL.includes(name)) return [t("没有装，不影响办事"), ""];
  return {
    ok: [t("正常"), "fine"],
    degraded: [t("不太正常，请告诉技术人员"), "care"],
    off: [t("停了，请马上告诉技术人员"), "bad"],
  }[state];
}

const line = (name, [words, look]) => el("li", { class: look }, el("strong", {}, name),
  el("span", {}, words));

async function camera() {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    const found = all.filter((one) => one.kind === "videoinput").length;
    return found ? [t("找到{count}个", { count: found }), "fine"]
      : [t("没有找到，扫码请用扫码枪或输编号"), ""];
  } catch {
    return [t("浏览器不让用摄像头，扫码请用扫码枪或输编号"), ""];
  }
}

async function network() {
  const begun = performance.now();
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (!answer.ok) return [t("服务没有应答"), "bad"];
  } catch {
    return [t("连不上服务，请看网线和电源"), "bad"];
  }
  const took = Math.round(performance.now() - begun);
  return [t("来回{ms}毫秒", { ms: took }), took > SLOW_MS ? "care" : "fine"];
}

function clock(now, begun) {
  const skew = Date.parse(now) - (begun + Date.now()) / 2;
  const seconds = Math.round(Math.abs(skew) / 1000);
  return Math.abs(skew) > SKEW_MS
    ? [t("和服务器差{seconds}秒，请校准时间", { seconds }), "care"] : [t("准"), "fine"];
}

/** The root is the list of what was checked. */
export class TerminalHealth extends Component {
  init() {
    this.repeat();
  }

  async repeat() {
    await this.check();
    setTimeout(() => this.repeat(), EVERY_MS);
  }

  async check() {
    const lines = [line(t("网络"), await network()), line(t("摄像头"), await camera())];
    try {
      const begun = Date.now();
      const found = await get("/terminal/health");
      lines.unshift(line(t("打印机"), printerWords()[found.printer]));
      lines.push(line(t("时间"), clock(found.now, begun)), line(t("硬盘"), disk(found)));
      for (const [name, state] of Object.entries(found.parts)) {
        if (name !== "printer") lines.push(line(partNames()[name] || name, partWords(name, state)));
      }
      showMissing(found.missing);
    } catch (error) {
      lines.push(line(t("服务"), [error.detail, "bad"]));
    }
    this.show(lines);
  }

  show(lines) {
    this.root.replaceChildren(...lines);
    const wrong = lines.filter((one) => one.matches(".bad, .care")).length;
    byId("summary").textContent = wrong ? t("有{count}处要看一看。", { count: wrong }) : t("都好用。");
    byId("summary").className = `notice ${wrong ? "warn" : "good"}`;
    byId("checked-at").textContent = t("{time} 检查的", { time: new Date().toLocaleTimeString() });
  }
}

function disk(found) {
  const free = (found.disk_free_bytes / GIGABYTE).toFixed(1);
  return found.disk === "ok" ? [t("还有{free}GB", { free }), "fine"]
    : [t("只剩{free}GB，请告诉技术人员", { free }), "bad"];
}

function showMissing(missing) {
  byId("missing").replaceChildren(...(missing.length
    ? [el("p", {}, t("还有{count}项：", { count: missing.length })),
      el("ul", { lang: "en" }, missing.map((one) => el("li", {}, one)))]
    : [t("都填好了。")]));
}
