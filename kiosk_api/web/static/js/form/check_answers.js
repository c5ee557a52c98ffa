/* Whether the answers of a step are right: asked of the server, which has the rules and keeps nothing. */

import { post } from "../core/api.js";

const WAIT_MS = 3000;

/** What is wrong with `given`, a part of petitionBody(): [{field, detail}]. Nothing where no answer comes soon: all of it is
    checked again when it is sent. */
export async function wrongIn(given) {
  if (!given) return [];
  const late = new Promise((go) => { setTimeout(go, WAIT_MS, { errors: [] }); });
  try {
    return (await Promise.race([post("/petitions/check", { given }), late])).errors;
  } catch {
    return [];
  }
}
