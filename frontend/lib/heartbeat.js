import { inTime } from './errors.js';

/** Milliseconds from one ping to the next, and that each has for its answer: the two make the 5 s of the promise. */
const EVERY = 2_000;
const ANSWER_WITHIN = 3_000;

/**
 * @typedef {object} HeartbeatOptions
 * @property {() => Promise<number>} ping
 * @property {() => Promise<number>} received messages so far: what comes shows life as well as an answer does
 * @property {(alive: boolean) => void} changed
 */

/**
 * Notices within 5 s that nobody is there any more, though the browser may not say so for half a minute; while the page is
 * visible, since the timers of one that is not are held back.
 */
export class Heartbeat {
  #options;
  #alive = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Counts what was begun and ended, so that what comes late is told apart. */
  #turn = 0;
  #visible = () => this.#next();

  /** @param {HeartbeatOptions} options */
  constructor(options) {
    this.#options = options;
    globalThis.document?.addEventListener('visibilitychange', this.#visible);
  }

  /** The connection stands. */
  start() {
    this.#alive = true;
    this.#next();
  }

  /** It does not, and that is known. */
  pause() {
    this.#turn++;
    clearTimeout(this.#timer);
  }

  stop() {
    this.pause();
    globalThis.document?.removeEventListener('visibilitychange', this.#visible);
  }

  #next() {
    this.pause();
    if (globalThis.document?.visibilityState !== 'hidden') {
      const turn = this.#turn;
      this.#timer = setTimeout(() => this.#beat(turn), EVERY);
    }
  }

  /** @param {number} turn */
  async #beat(turn) {
    const before = await this.#options.received();
    const answered = await inTime(this.#options.ping(), 'A ping', ANSWER_WITHIN).then(
      () => true,
      () => false,
    );
    const alive = answered || (await this.#options.received()) > before;
    if (turn === this.#turn) {
      if (alive !== this.#alive) {
        this.#alive = alive;
        this.#options.changed(alive);
      }
      if (turn === this.#turn) {
        this.#next();
      }
    }
  }
}
