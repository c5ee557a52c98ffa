/* /design: the parts that scripts make, with invented words. */

import { byId, markFields, showProblems } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { meter, steps, summaryList, tag, toast } from "../core/parts.js";

const nothing = () => {};

byId("d-rows").append(summaryList([
  { question: t("您的诉求"), answer: t("请让工地夜里停工。"), change: t("修改"), act: nothing },
  { question: t("地址"), answer: t("幸福路12号"), change: t("修改"), act: nothing },
  { question: t("去哪个窗口"), answer: tag(t("信访窗口"), "good") },
]));
byId("d-way").append(steps([
  { state: "done", title: t("已登记"), words: t("{day}办的", { day: t("3月2日") }) },
  { state: "done", title: t("已转送"), words: t("{day}办的", { day: t("3月4日") }) },
  { state: "now", title: t("正在办理"), words: t("最晚{day}", { day: t("5月5日") }) },
  { state: "", title: t("给您答复") },
]));
byId("d-late").append(steps([
  { state: "done", title: t("已登记"), words: t("{day}办的", { day: t("3月2日") }) },
  { state: "late", title: t("正在办理"), words: t("最晚{day}", { day: t("5月5日") }) },
  { state: "", title: t("给您答复") },
]));
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
