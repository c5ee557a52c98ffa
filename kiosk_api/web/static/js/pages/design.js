/* /design: the parts that scripts make, with invented words. */

import { stepList } from "../case/steps.js";
import { byId, markFields, showProblems } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { meter, summaryList, tag, toast } from "../core/parts.js";

const nothing = () => {};

byId("d-rows").append(summaryList([
  { question: t("您的诉求"), answer: t("请让工地夜里停工。"), change: t("修改"), act: nothing },
  { question: t("地址"), answer: t("幸福路12号"), change: t("修改"), act: nothing },
  { question: t("去哪个窗口"), answer: tag(t("信访窗口"), "good") },
]));
const registered = { key: "registered", label: t("登记"), state: "done", on: "2026-03-02" };
byId("d-way").append(stepList([
  registered,
  { key: "handed_over", label: t("转给办理单位"), state: "done", on: "2026-03-04" },
  { key: "accepted", label: t("受理"), state: "now", by: "2026-03-19" },
  { key: "handled", label: t("办理"), state: "", days: 60 },
  { key: "answered", label: t("答复"), state: "" },
], "d-way-steps"));
byId("d-late").append(stepList([
  registered,
  { key: "handled", label: t("办理"), state: "late", by: "2026-05-05" },
  { key: "answered", label: t("答复"), state: "" },
], "d-late-steps"));
byId("d-step").append(meter(3, 8));
for (const [left, look] of [[48, ""], [9, "care"], [2, "bad"]]) {
  const words = document.createElement("p");
  words.textContent = t("还有{days}天", { days: left });
  byId("d-days").append(words, meter(left, 60, look));
}
const wrong = [{ field: "example.phone", detail: t("手机号是11位，您再看看。") }];
markFields(byId("d-form"), wrong);
showProblems(byId("d-summary"), { detail: t("有1处要改，其他内容都还在。"), errors: wrong }, () => "f-example-phone");
byId("f-example-phone").value = "139123456";
byId("f-example-name").value = t("赵小满");
byId("f-example-closed").disabled = true;
scrollTo(0, 0);
byId("d-open").addEventListener("click", () => byId("d-dialog").showModal());
byId("d-toast").addEventListener("click", () => toast(t("已经复制。")));
