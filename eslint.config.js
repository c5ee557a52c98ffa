/* Rules for the pages' scripts and their tests. `make lint` runs them. */

import { readFileSync } from "node:fs";

import css from "@eslint/css";
import js from "@eslint/js";
import globals from "globals";

import { olderScripts } from "./.ci/baseline/syntax.js";
import { scriptRule } from "./.ci/baseline/script_rule.js";
import { spacedBoxes, styleRule } from "./.ci/baseline/style_rule.js";
import { GAPS } from "./kiosk_api/web/static/js/core/older.js";

const SCRIPTS = "kiosk_api/web/static/js";
const STYLES = "kiosk_api/web/static/css";
const MOST_LINES_IN_A_FUNCTION = 80;
const MOST_LINES = 300;
const MOST_BRANCHES = 12;

const ACTS_AT_IMPORT = [
  "Program > ExpressionStatement",
  "Program > IfStatement",
  "Program > :matches(ForStatement, ForInStatement, ForOfStatement, WhileStatement, TryStatement)",
].map((selector) => ({
  selector,
  message: "A module only defines things; what happens at import belongs to an entry in pages/.",
}));

/* The pages also work in browsers of 2019 and 2020: .ci/baseline/browsers.js names them. */
const baseline = { rules: { script: scriptRule, style: styleRule } };
const OLDER_SCRIPTS = {
  filled: Object.keys(GAPS),
  // words of our own that the platform has for something newer
  fields: ["address", "at", "errors", "hand", "keyboard", "part", "timeline", "touched", "watch", "windows"],
  methods: ["escape", "move", "show", "take", "use", "watch"],
  // options and properties that are passed over where they are unknown
  harmless: ["behavior", "enterKeyHint", "preventScroll", "willReadFrequently"],
};
const OLDER_STYLES = {
  harmless: [
    "accent-color", "cursor", "pointer", "default", "resize", "vertical", "scroll-margin-bottom", "text-underline-offset",
    "@page", "size", "avoid", // paper is printed by the terminal's own browser
    "::-moz-progress-bar", "::backdrop", "::highlight", ":has", // looks; each in a rule of its own
  ],
  spaced: spacedBoxes(readFileSync(new URL(`${STYLES}/older.css`, import.meta.url), "utf8")),
};

export default [
  { ignores: [".venv/", "var/", "kiosk_api/web/static/vendor/"] },
  { ...js.configs.recommended, files: ["**/*.{js,mjs}"] },
  {
    files: ["**/*.{js,mjs}"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: {
      "complexity": ["error", MOST_BRANCHES],
      "eqeqeq": "error",
      "max-lines": ["error", MOST_LINES],
      "max-lines-per-function": ["error", MOST_LINES_IN_A_FUNCTION],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: [`${SCRIPTS}/**/*.js`],
    ignores: [`${SCRIPTS}/pages/*.js`, `${SCRIPTS}/visit/sw.js`, `${SCRIPTS}/hearing/take_sound.js`],
    rules: { "no-restricted-syntax": ["error", ...ACTS_AT_IMPORT] },
  },
  { files: [`${SCRIPTS}/**/*.js`], languageOptions: { globals: globals.browser } },
  {
    files: [`${SCRIPTS}/visit/sw.js`], // VERSION is written in front by the server
    languageOptions: { globals: { ...globals.serviceworker, VERSION: "readonly" } },
  },
  { files: [`${SCRIPTS}/hearing/take_sound.js`], languageOptions: { globals: globals.audioWorklet } },
  {
    files: [`${SCRIPTS}/**/*.js`], ignores: [`${SCRIPTS}/hearing/take_sound.js`], // runs only where AudioWorklet is
    plugins: { baseline, ...olderScripts.plugins },
    rules: { "baseline/script": ["error", OLDER_SCRIPTS], ...olderScripts.rules },
  },
  {
    files: [`${STYLES}/*.css`], language: "css/css", plugins: { baseline, css },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { "baseline/style": ["error", OLDER_STYLES] },
  },
  { files: [".ci/**/*.js", "tests/ci/*.mjs", "eslint.config.js"], languageOptions: { globals: globals.node } },
  {
    files: ["tests/js/**/*.{js,mjs}"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines-per-function": "off" }, // a describe() holds many cases
  },
];
