/* The petition's form: its body, checks, the read-back, the order of steps, registering once. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage, serve } from "./page.mjs";
import { script } from "./scripts.mjs";

const FACTS = {
  limits: { text: 20_000, representatives: 2 },
  fields: [
    { name: "name", path: "petitioner.name", of_person: true, on_form: true, label: "姓名", missing: "请填写姓名。" },
    { name: "phone", path: "petitioner.phone", of_person: true, on_form: true, label: "联系电话", missing: "请填写联系电话。", masked: true },
    { name: "id_number", path: "petitioner.id_number", of_person: true, on_form: true, label: "身份证号", masked: true },
    { name: "request", path: "request", on_form: true, label: "您希望怎么解决", missing: "请写您希望怎么解决。" },
    { name: "place", path: "place", on_form: true, label: "事情发生在哪里" },
    { name: "asked_later", path: "asked_later", on_form: false, label: "以后再问" },
  ],
};

/** Fields as FormFields reads them. */
const filled = (texts, { ticked = [], people = [], bundle = null, areas = [] } = {}) => ({
  value: (path) => texts[path] ?? "",
  checked: (path) => ticked.includes(path),
  picked: (path) => texts[path] && `words of ${texts[path]}`,
  representatives: () => people,
  bundle: () => bundle,
  areas: () => areas,
  forOther: texts.who === "other",
});

const OWN = { who: "self", "petitioner.name": "钱多米", "petitioner.phone": "13912345678", request: "要回工资" };
const PROXY = { ...OWN, who: "other", "proxy.name": "孙小满", "proxy.phone": "13800138000",
  "proxy.relation": "family", "proxy.consent_how": "told" };
const fieldsOf = (errors) => errors.map((one) => one.field);

beforeEach(() => openPage({ data: { facts: FACTS } }));

describe("the body of a petition", () => {
  test("holds required fields always and others only when filled in", async () => {
    const { petitionBody } = await script("form/form_body.js");
    assert.deepEqual(petitionBody(filled({ ...OWN, place: "工地" }, { ticked: ["consent"] })), {
      petitioner: { name: "钱多米", phone: "13912345678" }, request: "要回工资", place: "工地", consent: true,
    });
    assert.deepEqual(petitionBody(filled({})), { petitioner: { name: "", phone: "" }, request: "", consent: false });
  });

  test("holds who files for another, and whether that was agreed to", async () => {
    const { petitionBody } = await script("form/form_body.js");
    const { proxy } = petitionBody(filled(PROXY, { ticked: ["proxy.consent_confirmed"] }));
    assert.deepEqual(proxy, { name: "孙小满", phone: "13800138000", relation: "family", consent_how: "told",
      consent_confirmed: true });
    assert.equal(petitionBody(filled({ ...PROXY, who: "self" })).proxy, undefined, "typed before 我自己的事 was chosen");
  });

  test("holds people, pictures, confidence and the office's own fields", async () => {
    const { petitionBody } = await script("form/form_body.js");
    const people = [{ name: "李四", phone: "13700137000" }];
    const body = petitionBody(filled({ ...OWN, window_choice: "labour", assisted_by_code: "123456" },
      { ticked: ["confidential"], people, bundle: "b1" }));
    assert.deepEqual([body.representatives, body.attachments, body.confidential, body.window_choice, body.assisted_by_code],
      [people, "b1", true, "labour", "123456"]);
  });
});

describe("whether an official is accused", () => {
  test("the answer goes along, and none is made up", async () => {
    const { petitionBody } = await script("form/form_body.js");
    assert.deepEqual(petitionBody(filled({ ...OWN, accusation: "unsure" })).route_answers, { accusation: "unsure" });
    assert.equal(petitionBody(filled(OWN)).route_answers, undefined);
  });

  test("it is asked in doubt, and stays in sight once answered", async () => {
    const { asksWhetherItAccuses } = await script("form/window_choice.js");
    const asked = (accusation, answers) => asksWhetherItAccuses({ accusation }, answers);
    assert.deepEqual([asked("no"), asked("doubtful"), asked("yes")], [false, true, false]);
    assert.equal(asked("no", { accusation: "no" }), true);
  });
});

describe("the light check", () => {
  test("finds nothing in a petition that is complete", async () => {
    const { lightCheck } = await script("form/form_body.js");
    assert.deepEqual(lightCheck(filled(OWN)), []);
    assert.deepEqual(lightCheck(filled(PROXY, { ticked: ["proxy.consent_confirmed"] })), []);
  });

  test("names each required field that is empty, the proxy's only for another", async () => {
    const { lightCheck } = await script("form/form_body.js");
    assert.deepEqual(fieldsOf(lightCheck(filled({ who: "self" }))), ["petitioner.name", "petitioner.phone", "request"]);
    assert.deepEqual(fieldsOf(lightCheck(filled({ ...OWN, who: "other" }))),
      ["proxy.name", "proxy.phone", "proxy.relation", "proxy.consent_how", "proxy.consent_confirmed"]);
  });

  test("finds people without name or phone, too many of them, and texts that are too long", async () => {
    const { lightCheck } = await script("form/form_body.js");
    const people = [{ name: "", phone: "" }, { name: "李四", phone: "" }, { name: "王五", phone: "13700137000" }];
    assert.deepEqual(fieldsOf(lightCheck(filled(OWN, { people }))),
      ["representatives.0.name", "representatives.0.phone", "representatives.1.phone", "representatives"]);
    const areas = [{ name: "request", used: 2001, most: 2000 }, { name: "facts", used: 20_000, most: 20_000 }];
    assert.deepEqual(lightCheck(filled(OWN, { areas })),
      [{ field: "request", detail: "这一项多了1个字，请先写要紧的。" }]);
  });
});

test("what is read back covers numbers but for their last four", async () => {
  const { answers } = await script("form/read_back.js");
  const rows = answers(filled(PROXY, { people: [{ name: "李四", phone: "13700137000" }], bundle: "b1" }));
  const of = (label) => rows.find((one) => one[1] === label);
  assert.deepEqual(of("联系电话"), ["phone", "联系电话", "*******5678"]);
  assert.deepEqual(of("代办人"), ["proxy", "代办人", "孙小满，*******8000"]);
  assert.deepEqual(of("和他（她）的关系"), ["relation", "和他（她）的关系", "words of family"]);
  assert.equal(of("一起反映的人")[2], "钱多米（信访人自己）\n李四，*******7000");
  assert.equal(of("材料")[2], "已附上");
  assert.equal(of("以后再问"), undefined);
});

describe("the check of a step's answers", () => {
  const steps = async (name, texts, more) => (await script("form/form_body.js")).givenIn(name, filled(texts, more));

  test("asks about what was written in that step, and about nothing else", async () => {
    assert.deepEqual(await steps("phone", OWN), { petitioner: { phone: "13912345678" } });
    assert.deepEqual(await steps("request", OWN), { request: "要回工资" });
    assert.deepEqual(await steps("proxy", PROXY), { proxy: { name: "孙小满", phone: "13800138000" } });
    const people = [{ name: "李四", phone: "123" }];
    assert.deepEqual(await steps("people", OWN, { people }), { representatives: people });
    for (const name of ["place", "people", "confidential", "who"]) assert.equal(await steps(name, OWN), null, name);
  });

  test("finds what the server finds, and lets everything pass where it is away", async () => {
    const { wrongIn } = await script("form/check_answers.js");
    const errors = [{ field: "petitioner.phone", code: "bad_phone", detail: "电话号码好像不对" }];
    const asked = serve((request) => (request ? { body: { errors } } : null));
    assert.deepEqual(await wrongIn({ petitioner: { phone: "139" } }), errors);
    assert.equal(asked.length, 1);
    serve(() => null);
    assert.deepEqual(await wrongIn({ petitioner: { phone: "139" } }), []);
    assert.deepEqual(await wrongIn(null), []);
  });
});

describe("the steps", () => {
  const order = async () => {
    const { StepOrder } = await script("form/steps.js");
    return new StepOrder(["who", "proxy", "name", "check"], ["proxy"]);
  };

  test("leave out what is not asked for", async () => {
    const steps = await order();
    assert.equal(steps.after("who"), "name");
    assert.deepEqual(steps.progress("name"), [2, 3]);
  });

  test("begin with the first that is wanted, in their own order", async () => {
    const steps = await order();
    assert.equal(steps.first((one) => ["check", "name"].includes(one)), "name");
    assert.equal(steps.first((one) => one === "proxy"), undefined, "it is not asked for");
  });

  test("ask for it once it is wanted, and end with the check", async () => {
    const steps = await order();
    steps.ask("proxy", true);
    assert.equal(steps.after("who"), "proxy");
    assert.deepEqual(steps.progress("name"), [3, 4]);
    assert.equal(steps.after("check"), undefined);
    steps.ask("proxy", false);
    assert.equal(steps.after("who"), "name");
  });
});

test("the room left in a text is shown when there is little", async () => {
  const { countWords } = await script("form/form_fields.js");
  assert.equal(countWords(1599, 2000), "");
  assert.equal(countWords(1600, 2000), "还能写400个字");
  assert.equal(countWords(2000, 2000), "还能写0个字");
  assert.equal(countWords(2003, 2000), "多了3个字，请先写要紧的");
});

describe("registering", () => {
  const silence = () => Object.assign(new Error("silence"), { unsure: true });
  const conflict = () => Object.assign(new Error("conflict"), { code: "idempotency_conflict" });

  test("answers what the server registered", async () => {
    const { Registration } = await script("form/registration.js");
    assert.deepEqual(await new Registration(async (body) => body.facts).register({ facts: "a" }),
      { answer: "a", earlier: false });
  });

  test("finds the earlier body that was registered without an answer", async () => {
    const { Registration } = await script("form/registration.js");
    let registered = null; // the server's: the body that its key belongs to
    let away = true;
    const registration = new Registration(async (body) => {
      registered ??= body.facts;
      if (away) throw silence();
      if (body.facts !== registered) throw conflict();
      return `number of ${registered}`;
    });
    await assert.rejects(registration.register({ facts: "a" }), { message: "silence" });
    await assert.rejects(registration.register({ facts: "b" }), { message: "silence" });
    away = false;
    assert.deepEqual(await registration.register({ facts: "c" }), { answer: "number of a", earlier: true });
  });

  test("goes through all earlier bodies: the first may never have arrived", async () => {
    const { Registration } = await script("form/registration.js");
    const sent = [];
    let lost = 2;
    const registration = new Registration(async ({ facts }) => {
      sent.push(facts);
      lost -= 1;
      if (lost >= 0) throw silence();
      if (facts !== "b") throw conflict();
      return "number of b";
    });
    for (const facts of ["a", "b"]) await assert.rejects(registration.register({ facts }), { message: "silence" });
    assert.deepEqual(await registration.register({ facts: "c" }), { answer: "number of b", earlier: true });
    assert.deepEqual(sent, ["a", "b", "c", "a", "b"]);
  });

  test("tells of a conflict that none of its own bodies explains", async () => {
    const { Registration } = await script("form/registration.js");
    let first = true;
    const registration = new Registration(async () => {
      if (!first) throw conflict();
      first = false;
      throw silence();
    });
    await assert.rejects(registration.register({ facts: "a" }), { message: "silence" });
    await assert.rejects(registration.register({ facts: "b" }), { message: "conflict" });
  });
});

beforeEach(() => openPage());

describe("a call for the hall's staff", () => {
  const made = { call: "c", state: "waiting" };
  const states = (...list) => serve(() => {
    const state = list.shift();
    return state === "away" ? null : { body: { call: "c", state } };
  });

  test("is asked for until somebody has taken it, also when an answer is lost", async () => {
    const { outcome } = await script("form/hall_call.js");
    const asked = states("waiting", "away", "taken");
    assert.equal(await outcome(made, () => true, async () => {}), "taken");
    assert.equal(asked.length, 3);
  });

  test("is over when nobody comes, and no longer asked for once the dialog is closed", async () => {
    const { outcome } = await script("form/hall_call.js");
    states("waiting", "over");
    assert.equal(await outcome(made, () => true, async () => {}), "over");
    const asked = states("taken");
    assert.equal(await outcome(made, () => false, async () => {}), "waiting");
    assert.deepEqual(asked, []);
  });
});

test("own words about the time come before a choice", async () => {
  const { wishOf } = await script("form/callback_form.js");
  const fields = new Map([["callback.phone", " 13912345678 "], ["callback.when", "上午"], ["callback.best_time", ""]]);
  assert.deepEqual(wishOf(fields), { phone: "13912345678", best_time: "上午", about: "" });
  fields.set("callback.best_time", "三点以后");
  assert.equal(wishOf(fields).best_time, "三点以后");
});

test("a phone number rings as its digits", async () => {
  const { dialled } = await script("core/office_phone.js");
  assert.equal(dialled("（010）6555-0199"), "01065550199");
});
