/* For `make lint`: prints what in the templates is newer than the oldest browsers, and fails then. */

import { check } from "./templates.js";

const lines = check(new URL("../../kiosk_api/web/templates", import.meta.url).pathname);
for (const line of lines) console.log(line);
process.exitCode = lines.length ? 1 : 0;
