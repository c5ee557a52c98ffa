/* The pages' own scripts, for tests under node. */

import { readdirSync } from "node:fs";

export const STATIC = new URL("../../kiosk_api/web/static/", import.meta.url);
const SCRIPTS = new URL("js/", STATIC);

/** The module "room/name.js". */
export const script = (name) => import(new URL(name, SCRIPTS));

/** "room/name.js" of every script. */
export const scripts = () => readdirSync(SCRIPTS, { recursive: true }).filter((one) => one.endsWith(".js")).sort();
