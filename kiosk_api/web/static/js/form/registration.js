/* Registering once: one Idempotency-Key for the form's whole life, whatever is sent again. */

export class Registration {
  /** `send(body)` posts the petition under the form's key. */
  constructor(send) {
    this.send = send;
    this.doubtful = []; // bodies that may have been registered though their answers were lost
  }

  /** {answer, earlier}: `earlier` when an earlier body had been registered and this one was not. */
  async register(body) {
    try {
      return await this.sendOrEarlier(body);
    } catch (error) {
      if (error.unsure) this.doubtful.push(body);
      throw error;
    }
  }

  async sendOrEarlier(body) {
    try {
      return { answer: await this.send(body), earlier: false };
    } catch (error) {
      if (!this.conflicts(error)) throw error;
      return this.sendEarlier(error);
    }
  }

  /** A changed text after a lost answer: the first one was registered, so that one is answered. */
  async sendEarlier(conflict) {
    let last = conflict;
    for (const one of this.doubtful) {
      try {
        return { answer: await this.send(one), earlier: true };
      } catch (error) {
        if (!this.conflicts(error)) throw error;
        last = error;
      }
    }
    throw last;
  }

  conflicts(error) {
    return error.code === "idempotency_conflict" && this.doubtful.length > 0;
  }

  forget() {
    this.doubtful.length = 0;
  }
}
