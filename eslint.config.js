/* Rules for the pages' scripts and their tests. `make lint` runs them. */

import js from "@eslint/js";
import globals from "globals";

const SCRIPTS = "kiosk_api/web/static/js";
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

export default [
  { ignores: [".venv/", "var/", "kiosk_api/web/static/vendor/"] },
  js.configs.recommended,
  {
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
    ignores: [`${SCRIPTS}/pages/*.js`, `${SCRIPTS}/visit/sw.js`],
    rules: { "no-restricted-syntax": ["error", ...ACTS_AT_IMPORT] },
  },
  { files: [`${SCRIPTS}/**/*.js`], languageOptions: { globals: globals.browser } },
  {
    files: [`${SCRIPTS}/visit/sw.js`], // VERSION is written in front by the server
    languageOptions: { globals: { ...globals.serviceworker, VERSION: "readonly" } },
  },
  {
    files: ["tests/js/**/*.{js,mjs}"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines-per-function": "off" }, // a describe() holds many cases
  },
];
