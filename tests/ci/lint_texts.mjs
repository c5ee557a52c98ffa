/* What ESLint says of texts: stdin is [[file name, text], …], stdout a list of rule names for each. */

import { readFileSync } from "node:fs";
import { ESLint } from "eslint";

const eslint = new ESLint({ cwd: new URL("../..", import.meta.url).pathname });
const answers = [];
for (const [filePath, text] of JSON.parse(readFileSync(0, "utf8"))) {
  const [found] = await eslint.lintText(text, { filePath });
  answers.push(found.messages.map((one) => one.ruleId || one.message));
}
console.log(JSON.stringify(answers));
