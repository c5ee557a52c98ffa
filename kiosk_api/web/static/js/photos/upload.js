/* The page on a phone: one visit, several pictures. The token leaves the address at once. */

import { newKey } from "../core/api.js";
import { call, lightCheck, send } from "./attach_api.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

const box = byId("upload");
const status = byId("upload-status");
const trouble = byId("upload-trouble");
const mib = Number(box.dataset.mib);
const again = byId("upload-again");
let link = "";
const visit = newKey(); // chosen here, so that asking again after a lost answer is no second phone
let count = 0;
let most = Number(box.dataset.most);

function complain(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}

function tell() {
  status.textContent = count ? t("自助机上现在有{count}张照片，最多{most}张。", { count, most }) : "";
  byId("upload-done").hidden = !count;
}

function end(sentence) {
  box.hidden = true;
  complain(sentence);
}

function begin() {
  link = location.hash.slice(1); // kept here for as long as it may be needed
  history.replaceState(null, "", location.pathname);
  letIn();
}

async function letIn() {
  complain("");
  again.hidden = true;
  try {
    const let_in = await call("POST", "/phone-visits", { "X-Upload-Link": link, "X-Visit": visit });
    link = "";
    ({ count, most } = let_in);
    box.hidden = false;
    setTimeout(() => end(t("时间到了。还要传，请在自助机上再点一次“用手机传”，扫新的码。")), let_in.expires_in * 1000);
    tell();
  } catch (error) {
    end(error.unsure ? t("现在连不上自助机。请看看手机有没有网，再试一次。") : error.detail);
    again.hidden = !error.unsure;
  }
}

async function upload(event) {
  const files = [...event.target.files];
  event.target.value = "";
  const refused = [];
  complain("");
  for (const [index, file] of files.entries()) {
    const why = lightCheck(file, mib);
    if (why) {
      refused.push(why);
      continue;
    }
    status.textContent = t("正在传第{number}张，共{all}张，请别关页面……", { number: index + 1, all: files.length });
    try {
      await send({ "X-Visit": visit }, file);
      count += 1;
    } catch (error) {
      if (error.code === "upload_link_dead") {
        end(error.detail);
        return;
      }
      refused.push(error.detail);
      if (["too_many_pictures", "too_many_tries", "unreached"].includes(error.code)) break;
    }
  }
  try {
    ({ count } = await call("GET", "", { "X-Visit": visit }));
  } catch {
    /* our own count will do */
  }
  tell();
  if (refused.length) complain([...new Set(refused)].join(" "));
}

for (const id of ["upload-camera", "upload-album"]) byId(id).addEventListener("change", upload);
again.addEventListener("click", letIn);
begin();
