/** Milliseconds from one ping to the next, and that each has for its answer: the two make the 5 s of the promise. */
const EVERY = 2_000;
const ANSWER_WITHIN = 3_000;

/**
 * @typedef {object} HeartbeatOptions
 * @property {(within: number) => Promise<number>} ping rejected without an answer in so many milliseconds
 * @property {() => Promise<number>} received messages so far: what comes shows life as well as an answer does
 * @property {(alive: boolean) => void} changed
 */

/**
 * Notices within 5 s that nobody is there any more, though the browser may not say so for half a minute; while the page is
 * visible, since the timers of one that is not are held back.
 */
export class Heartbeat {
  #options;
  /** Counts what was begun and ended, so that what comes late is told apart. */
  #turn = 0;

  /** @param {HeartbeatOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** The connection stands. */
  async start() {
    const { ping, received, changed } = this.#options;
    const turn = ++this.#turn;
    for (let alive = true; turn === this.#turn; ) {
      await new Promise((resolve) => setTimeout(resolve, EVERY));
      if (turn !== this.#turn || globalThis.document?.visibilityState === 'hidden') {
        continue;
      }
      const before = await received();
      const lives = await ping(ANSWER_WITHIN).then(
        () => true,
        async () => (await received()) > before,
      );
      if (turn === this.#turn && lives !== alive) {
        alive = lives;
        changed(alive);
      }
    }
  }

  /** It does not, and that is known, or it is over. */
  stop() {
    this.#turn++;
  }
}
