/* Syntax that the oldest browsers cannot parse: one such sign stops a whole page. */

import esX from "eslint-plugin-es-x";

/** ES2019 is what Safari 13.0 reads, with two things of ES2020 besides: import() and import.meta. Prototype
    methods are left to script_rule.js, which knows in which browsers they are. */
const KNOWN = ["es-x/no-dynamic-import", "es-x/no-import-meta", "es-x/no-global-this"];
const later = esX.configs["flat/restrict-to-es2019"].rules;

export const olderScripts = {
  plugins: { "es-x": esX },
  rules: {
    ...Object.fromEntries(Object.entries(later).filter(([name]) => !KNOWN.includes(name) && !/-prototype-/.test(name))),
    "es-x/no-regexp-lookbehind-assertions": "error", // of ES2018, in Safari since 16.4
  },
};
