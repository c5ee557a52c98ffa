/* One Idempotency-Key for each thing that is sent, until it is known whether it was received. */

import { newKey } from "./api.js";

/** One Idempotency-Key for one request, kept over its retries: nothing is done twice. */
export class RequestKeys {
  constructor(fresh = newKey) {
    this.fresh = fresh;
    this.kept = new Map(); // request → {text, key, unsure}
  }

  /** The key for POST `path` with `body`. A changed body is a new request, but not while it is unknown
      whether the first one was received. */
  keyFor(path, body) {
    const name = nameOf(path, body);
    const text = JSON.stringify(body);
    const last = this.kept.get(name);
    if (!last || (last.text !== text && !last.unsure)) this.kept.set(name, { text, key: this.fresh(), unsure: false });
    return this.kept.get(name).key;
  }

  done(path, body) {
    this.kept.delete(nameOf(path, body));
  }

  failed(path, body, error) {
    if (error.code === "idempotency_conflict") this.done(path, body); // now it is known: it was received
    else if (error.unsure) this.kept.get(nameOf(path, body)).unsure = true;
  }

  clear() {
    this.kept.clear();
  }
}

const nameOf = (path, body) => `${path} ${body.lookup_token || body.case_number}`;
