import { completes } from './frames.js';

/** Bytes that each frame counts more than it has. */
const OVERHEAD = 64;

/** @typedef {import('./frames.js').Bytes} Bytes */
/** @typedef {Bytes | string} Sent a frame, or a text as it is */

/** What was given to an RTCDataChannel and may be lost with it, by number: it is given out again on another one. */
export class Kept {
  /** @type {Map<number, Sent>} from `base` on, without a gap */
  #all = new Map();
  /** The number of the next one to be given to the RTCDataChannel of the moment. */
  #given = 0;
  /** The number of the first that may have been lost. */
  #acked = 0;
  /** The number of the first that another RTCDataChannel would begin with. */
  base = 0;
  /** The number of the one that comes next. */
  next = 0;
  /** Each counting 64 more than it has. */
  bytes = 0;

  /** How many messages were not acknowledged. */
  get messages() {
    return [...this.#all].filter(([number, [type]]) => number >= this.#acked && completes(Number(type))).length;
  }

  /** @param {Sent} frame to be given out after all the others */
  add(frame) {
    this.#all.set(this.next++, frame);
    this.bytes += frame.length + OVERHEAD;
  }

  /** @returns {Sent | undefined} the next one, which is given out now */
  take() {
    const frame = this.#all.get(this.#given);
    if (frame !== undefined) {
      this.#given++;
      this.#prune();
    }
    return frame;
  }

  /** All have to be given out again. */
  rewind() {
    this.#given = this.base;
  }

  /** @param {number} acked what has a lower number, and was given out, cannot be lost any more */
  forget(acked) {
    this.#acked = acked;
    this.#prune();
  }

  #prune() {
    for (; this.base < Math.min(this.#given, this.#acked); this.base++) {
      this.bytes -= (this.#all.get(this.base)?.length ?? 0) + OVERHEAD;
      this.#all.delete(this.base);
    }
  }
}
