import { completes } from './frames.js';

/** Bytes that each frame counts more than it has. */
const OVERHEAD = 64;

/** @typedef {import('./frames.js').Bytes} Bytes */
/** @typedef {Bytes | string} Sent a frame, or a text as it is */

/** What was given to an RTCDataChannel and may be lost with it, by number: it is given out again on another one. */
export class Kept {
  /** @type {Sent[]} the first has the number `base` */
  #all = [];
  /** How many of them were given to the RTCDataChannel of the moment. */
  #given = 0;
  /** The number of the first that may have been lost. */
  #acked = 0;
  /** The number of the first that another RTCDataChannel would begin with. */
  base = 0;
  /** Each counting 64 more than it has. */
  bytes = 0;

  /** The number of the one that comes next. */
  get next() {
    return this.base + this.#all.length;
  }

  /** How many messages were not acknowledged. */
  get messages() {
    const frames = /** @type {Bytes[]} */ (this.#all.slice(Math.max(0, this.#acked - this.base)));
    return frames.filter(completes).length;
  }

  /** @param {Sent} frame to be given out after all the others */
  add(frame) {
    this.#all.push(frame);
    this.bytes += frame.length + OVERHEAD;
  }

  /** @returns {Sent | undefined} the next one, which is given out now */
  take() {
    const frame = this.#all[this.#given];
    this.#given += frame === undefined ? 0 : 1;
    this.#prune();
    return frame;
  }

  /** All have to be given out again. */
  rewind() {
    this.#given = 0;
  }

  /** Gives all up; acknowledgements may still come, and the numbers stay. */
  clear() {
    this.base = this.next;
    this.#all = [];
    this.#given = 0;
    this.bytes = 0;
  }

  /** @param {number} acked what has a lower number, and was given out, cannot be lost any more */
  forget(acked) {
    this.#acked = acked;
    this.#prune();
  }

  #prune() {
    const gone = this.#all.splice(0, Math.max(0, Math.min(this.#given, this.#acked - this.base)));
    this.#given -= gone.length;
    this.base += gone.length;
    for (const frame of gone) {
      this.bytes -= frame.length + OVERHEAD;
    }
  }
}
