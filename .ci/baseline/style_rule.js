/* ESLint rule: a style sheet uses only what the oldest browsers have. A newer value is accepted after an
   older one of the same property, anything newer inside an @supports that asks for it. */

import { data, isOld, lacking } from "./browsers.js";

const { properties, selectors, types, "at-rules": atRules } = data.css;
const UNITS = {
  dvh: types.length.viewport_percentage_units_dynamic, svh: types.length.viewport_percentage_units_small,
  lvh: types.length.viewport_percentage_units_large, dvw: types.length.viewport_percentage_units_dynamic,
  cqw: types.length.container_query_length_units, lh: types.length.lh, rlh: types.length.rlh, cap: types.length.cap,
};
const NAMES = { type: "array", items: { type: "string" } };
const GAPS = ["gap", "row-gap", "column-gap"];

/** Options: `harmless` (["accent-color"]): what changes looks only and is dropped where it is unknown, a
    selector only where it stands alone; `spaced` ([".row"]): flexible boxes whose parts have margins in
    older.css where gap does nothing. */
export const styleRule = {
  meta: {
    type: "problem", languages: ["css/css"],
    schema: [{
      type: "object", additionalProperties: false,
      properties: { harmless: NAMES, spaced: NAMES },
    }],
    messages: { newer: "{{name}} is newer than {{browsers}}. Write an older one before it, or ask for it with @supports." },
  },
  create(context) {
    const { harmless = [], spaced = [] } = context.options[0] || {};
    const source = context.sourceCode;

    function check(node, name, known, ...asked) {
      const compat = known && known.__compat;
      if (!compat || isOld(compat) || (harmless.includes(name) && !/^::?/.test(name))) return;
      if (isSupported(source, node, [name, ...asked])) return;
      context.report({ loc: node.loc, messageId: "newer", data: { name, browsers: lacking(compat).join(", ") } });
    }

    return {
      Declaration(node) {
        const { property } = node;
        const known = properties[property];
        if (!known || source.getParent(node).type !== "Block") return; // the others are inside @supports
        if (!hasOlder(source, node)) {
          check(node, property, known);
          if (GAPS.includes(property) && isFlexible(source, node)) checkGap(node);
          for (const value of all(node.value)) checkValue(value, property, known);
        }
      },
      PseudoClassSelector(node) {
        checkSelector(node, `:${node.name}`);
        const list = node.children && node.children[0];
        if (node.name === "not" && list && list.type === "SelectorList" && list.children.length > 1) {
          check(node, ":not(list)", selectors.not.selector_list);
        }
      },
      PseudoElementSelector(node) { checkSelector(node, `::${node.name}`); },
      NestingSelector(node) { check(node, "&", selectors.nesting); },
      Atrule(node) { check(node, `@${node.name}`, atRules[node.name]); },
      MediaFeature(node) { check(node, node.name, atRules.media[node.name]); },
      FeatureRange(node) { check(node, "a range", atRules.media.range_syntax); },
      "Block > Rule"(node) {
        const holder = source.getParent(source.getParent(node));
        if (holder.type === "Rule") check(node, "nesting", selectors.nesting);
      },
    };

    /** A browser drops the whole rule for one selector that it does not know. */
    function checkSelector(node, name) {
      const alone = rule(source, node).prelude.children.length === 1;
      if (!(alone && harmless.includes(name))) check(node, name, selectors[node.name]);
    }

    function checkGap(node) {
      const boxes = rule(source, node).prelude.children.map((one) => source.getText(one));
      if (!boxes.every((one) => spaced.includes(one))) check(node, "gap of flex", properties.gap.flex_context);
    }

    function checkValue(value, property, known) {
      if (value.type === "Identifier") check(value, value.name, known[value.name], property);
      else if (value.type === "Function") check(value, value.name, known[value.name] || types[value.name] || types.color[value.name], property);
      else if (value.type === "Dimension") check(value, value.unit, UNITS[value.unit], property);
    }
  },
};

function all(node) {
  return [node, ...(node.children || []).flatMap(all)];
}

function rule(source, node) {
  let one = node;
  while (one.type !== "Rule") one = source.getParent(one);
  return one;
}

/** The boxes X that a style sheet of older browsers spaces by "X > *" or "X > * + *". */
export function spacedBoxes(text) {
  return [...new Set([...text.matchAll(/^ *([^*{},]+?) > \* (?:\+ \* )?\{/gm)].map(([, box]) => box))];
}

/** Whether the same property stands earlier in the same block, also under its prefix. */
function hasOlder(source, node) {
  const { children } = source.getParent(node);
  return children.slice(0, children.indexOf(node)).some((one) => one.property && one.property.replace(/^-webkit-/, "") === node.property);
}

/** Not a grid, as far as the block itself says. */
function isFlexible(source, node) {
  return !source.getParent(node).children.some((one) => one.property === "display" && /grid/.test(source.getText(one)));
}

/** Whether an @supports around the node asks for one of the names. */
function isSupported(source, node, names) {
  for (let one = source.getParent(node); one; one = source.getParent(one)) {
    if (one.type !== "Atrule" || one.name !== "supports") continue;
    const asked = source.getText(one.prelude);
    if (names.some((name) => asked.includes(name))) return true;
  }
  return false;
}
