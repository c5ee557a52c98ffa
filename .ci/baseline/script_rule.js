/* ESLint rule: a script uses only what the oldest browsers have. Names come from browser-compat-data:
   globals, static members, and members that no interface of the baseline has. */

import { data, isOld, lacking } from "./browsers.js";

const { members, globals } = readNames();
const WINDOWS = ["window", "self", "globalThis"];
const NAMES = { type: "array", items: { type: "string" } };

/** Options: `filled` ("AbortSignal.any", "Element.replaceChildren"): what a script of ours brings itself;
    `fields` and `methods` (["at"], ["take"]): our own names that the platform has for something newer.
    `harmless`: names that change nothing where they are unknown. A use is accepted where a condition around it asks for that name. */
export const scriptRule = {
  meta: {
    type: "problem",
    schema: [{
      type: "object", additionalProperties: false,
      properties: {
        filled: NAMES, fields: NAMES, methods: NAMES, harmless: NAMES,
      },
    }],
    messages: { newer: "{{name}} is newer than {{browsers}}. Write it in older words, fill it in core/older.js, or ask for it first." },
  },
  create(context) {
    const { filled = [], fields = [], methods = [], harmless = [] } = context.options[0] || {};
    const source = context.sourceCode;
    const isFilled = (name, found) => filled.includes(name) || found.some(([owner]) => filled.includes(`${owner}.${name}`));

    function report(node, name, compat) {
      if (!harmless.includes(name) && !isAskedFor(source, node, name)) context.report({ node, messageId: "newer", data: { name, browsers: lacking(compat).join(", ") } });
    }

    function checkMember(node, name, found) {
      if (!found.length || isFilled(name, found) || found.some(([, , compat]) => isOld(compat))) return;
      report(node, name, found[0][2]);
    }

    const isGlobal = (node) => {
      const reference = source.getScope(node).references.find((one) => one.identifier === node);
      return reference && (!reference.resolved || !reference.resolved.defs.length);
    };

    /** What `object.name` may be: of that class where `object` names one, else of any object. */
    function membersOf(object, name) {
      const known = own(members, name) || [];
      const of = object.type === "Identifier" && isGlobal(object) ? object.name : null;
      const exact = known.filter(([owner]) => owner === of);
      return { of: exact.length ? of : null, all: exact.length ? exact : known.filter(([, isStatic]) => !isStatic) };
    }

    /** `window.Name` by itself is undefined where it is unknown; used, it fails. */
    function checkOfWindow(node, name) {
      const compat = own(globals, name);
      const used = ["CallExpression", "NewExpression", "MemberExpression"].includes(node.parent.type);
      if (used && compat && !isOld(compat) && !filled.includes(name)) report(node, name, compat);
    }

    return {
      "Program:exit"(program) {
        const outermost = source.getScope(program);
        for (const { identifier, resolved } of all(outermost)) {
          if (resolved && resolved.defs.length) continue;
          const compat = own(globals, identifier.name);
          if (compat && !isOld(compat) && !filled.includes(identifier.name)) report(identifier, identifier.name, compat);
        }
      },
      MemberExpression(node) {
        if (node.computed) return;
        const { object, property: { name } } = node;
        const called = node.parent.type === "CallExpression" && node.parent.callee === node;
        if (object.type === "Identifier" && isGlobal(object) && WINDOWS.includes(object.name)) {
          checkOfWindow(node, name);
          return;
        }
        const found = membersOf(object, name);
        if (found.of === null && (called ? methods : fields).includes(name)) return;
        checkMember(node, name, found.all);
        if (called) checkOptions(node.parent, name, found.all);
      },
      "CallExpression[callee.type=Identifier]"(node) {
        if (isGlobal(node.callee)) checkOptions(node, node.callee.name, own(members, node.callee.name) || []);
      },
      "ObjectPattern > Property"(node) {
        if (node.computed || !node.key.name || fields.includes(node.key.name)) return;
        checkMember(node, node.key.name, (own(members, node.key.name) || []).filter(([, isStatic]) => !isStatic));
      },
    };

    /** `add({signal})`: an option that every method of that name has only in newer browsers. */
    function checkOptions(call, name, found) {
      for (const given of call.arguments) {
        if (given.type !== "ObjectExpression") continue;
        for (const { key } of given.properties) {
          if (!key || !key.name || filled.includes(`${name}.${key.name}`)) continue;
          const known = found.map(([, , , node]) => option(node, key.name)).filter(Boolean);
          if (known.length && !known.some(isOld)) report(key, key.name, known[0]);
        }
      }
    }
  },
};

const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

function all(scope) {
  return [...scope.references, ...scope.childScopes.flatMap(all)];
}

/** The __compat of an option of a method: options_signal_parameter, at any depth. */
function option(node, name) {
  for (const [key, child] of Object.entries(node)) {
    if (key === "__compat" || typeof child !== "object") continue;
    if (key === `options_${name}_parameter` || key === `${name}_parameter`) return child.__compat;
    const found = option(child, name);
    if (found) return found;
  }
  return undefined;
}

/** Whether an if, ?:, && or || around `node` asks for `name`, or is `node` asking. To set it harms nothing. */
function isAskedFor(source, node, name) {
  const asks = new RegExp(`\\b${name}\\b`);
  const called = node.parent.type === "CallExpression" || node.parent.type === "NewExpression";
  if (node.parent.type === "AssignmentExpression" && node.parent.left === node) return true;
  let bare = !called; // nothing but !, typeof, && and || between the name and the question
  for (let one = node; one.parent; one = one.parent) {
    const { test, left, operator, type } = one.parent;
    const question = test || (["&&", "||"].includes(operator) && left);
    if (question && (one === question ? bare : asks.test(source.getText(question)))) return true;
    bare = bare && (type === "UnaryExpression" || type === "LogicalExpression");
  }
  return false;
}

/** members: name → [owner, is static, __compat, node] of each interface; globals: name → __compat.
    An interface that is newer itself is reached through a name that is newer, too: its members do not
    count. Elements do, since a page makes them by their tags. */
function readNames() {
  const found = { members: {}, globals: {} };
  const add = (owner, key, node) => {
    if (key.endsWith("_event") || key.startsWith("__") || !node.__compat) return;
    if (data.api[owner] && !owner.startsWith("HTML") && !isOld(data.api[owner].__compat)) return;
    const isStatic = key.endsWith("_static");
    const name = key.replace(/_static$/, "");
    if (!Object.hasOwn(found.members, name)) found.members[name] = [];
    found.members[name].push([owner, isStatic, node.__compat, node]);
    if (["Window", "WorkerGlobalScope"].includes(owner)) found.globals[name] = node.__compat;
  };
  for (const group of [data.api, data.javascript.builtins, data.javascript.builtins.Intl]) {
    for (const [owner, node] of Object.entries(group)) {
      if (node.__compat && owner !== owner.toLowerCase()) found.globals[owner] = node.__compat;
      for (const [key, member] of Object.entries(node)) add(owner, key, member);
    }
  }
  for (const [name, node] of Object.entries(data.javascript.builtins)) if (node.__compat) found.globals[name] = node.__compat;
  return found;
}
