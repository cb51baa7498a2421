import { ackFrame } from './frames.js';

/** An acknowledgement goes after so many frames or bytes, at the latest after so many milliseconds. */
const FRAMES = 64;
const BYTES = 262_144;
const AFTER = 50;

/** When the frames that have come are acknowledged. */
export class Acks {
  #wake;
  #acked = 0;
  #bytes = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} wake one is due */
  constructor(wake) {
    this.#wake = wake;
  }

  /** @param {number} size of a frame that has come, in bytes */
  received(size) {
    this.#bytes += size;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#bytes = BYTES;
      this.#wake();
    }, AFTER);
  }

  /**
   * @param {number} next how many frames have come
   * @returns {import('./frames.js').Bytes | undefined} the acknowledgement, if it is due
   */
  due(next) {
    const owed = next - this.#acked;
    return owed >= FRAMES || this.#bytes >= BYTES ? this.last(next) : undefined;
  }

  /**
   * @param {number} next how many frames have come
   * @returns {import('./frames.js').Bytes | undefined} the acknowledgement, if one is owed at all
   */
  last(next) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#bytes = 0;
    if (next === this.#acked) {
      return undefined;
    }
    this.#acked = next;
    return ackFrame(next);
  }
}
