/** @typedef {import('./link.js').Link} Link */

/** Another link in the place of one that stands: it is made beside it, and both live until all channels have moved. */
export class Replacement {
  /** @type {Link | undefined} */
  #next;
  /** @type {Link | undefined} the one that was replaced, until its channels have moved */
  #leaving;

  /** The link that is to come; signals are for it. */
  get next() {
    return this.#next;
  }

  get underWay() {
    return this.#next !== undefined || this.#leaving !== undefined;
  }

  /**
   * If it fails, or is abandoned, the link that there is simply stays.
   *
   * @param {Link} next
   * @param {number} within milliseconds that the other side keeps the one before
   * @param {() => Link} replace puts the next one in the place of the one before, which it returns
   * @param {(within: number) => Promise<void>} move brings the channels over
   */
  async run(next, within, replace, move) {
    this.#next = next;
    const stands = await next.stands(within / 2);
    if (!stands) {
      next.close();
    }
    if (this.#next !== next) {
      return;
    }
    this.#next = undefined;
    if (stands) {
      const leaving = replace();
      this.#leaving = leaving;
      await move(within / 2);
      leaving.close();
      this.#leaving = undefined;
    }
  }

  /** Gives the link up that is to come; false when there is none. */
  abandon() {
    const next = this.#next;
    this.#next = undefined;
    next?.close();
    return next !== undefined;
  }

  /** Gives both up. */
  close() {
    this.abandon();
    this.#leaving?.close();
  }
}
