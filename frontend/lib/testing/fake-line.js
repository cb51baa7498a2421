/** One direction of a connection: in order, one thing a turn, and it can be held up. */
export class Line {
  held = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {() => void} arrive */
  push(arrive) {
    this.#waiting.push(arrive);
    setImmediate(() => this.#next());
  }

  release() {
    this.held = false;
    for (let left = this.#waiting.length; left > 0; left--) {
      setImmediate(() => this.#next());
    }
  }

  #next() {
    if (!this.held) {
      this.#waiting.shift()?.();
    }
  }
}
