import { abortFrame, completes, demand, LARGEST_MESSAGE } from './frames.js';

/** @typedef {import('./frames.js').Bytes} Bytes */
/** @typedef {import('./parcel.js').Parcel} Parcel */

/** Bytes that may wait for their acknowledgement, each frame counting 64 more than it has. */
const WINDOW = 4_194_304;
const OVERHEAD = 64;
/** Messages that may wait. */
const MAX_MESSAGES = 65_536;

/**
 * The frames that go: kept until they are acknowledged, and given out again on another data channel. Messages of one
 * frame go in order, and before the next fragment of a larger one.
 */
export class Sender {
  /** @type {Bytes[]} given out and not acknowledged; the first has the number #base */
  #given = [];
  /** @type {Bytes[]} to be given out again */
  #again = [];
  /** @type {Parcel[]} */
  #small = [];
  /** @type {Parcel[]} */
  #large = [];
  #base = 0;
  #acked = 0;
  #highest = 0;
  #kept = 0;
  #waiting = 0;

  /** The number of the first frame that another data channel would begin with. */
  get base() {
    return this.#base;
  }

  /** Bytes of messages that were not given out, or not all of them. */
  get waiting() {
    return this.#waiting;
  }

  /** How many messages were not acknowledged. */
  get undelivered() {
    const frames = [...this.#given, ...this.#again].slice(Math.max(0, this.#acked - this.#base));
    return frames.filter(completes).length + this.#small.length + this.#large.length;
  }

  /** @param {number} size whether another message of so many bytes may wait: together they are no more than the largest */
  hasRoom(size) {
    const count = this.#small.length + this.#large.length;
    return count === 0 || (count < MAX_MESSAGES && this.#waiting + size <= LARGEST_MESSAGE);
  }

  /** @param {Parcel} parcel */
  add(parcel) {
    (parcel.large ? this.#large : this.#small).push(parcel);
    this.#waiting += parcel.size;
  }

  /**
   * Gives a message up, unless all of it was given out.
   *
   * @param {Parcel} parcel
   */
  remove(parcel) {
    for (const queue of [this.#small, this.#large]) {
      const index = queue.indexOf(parcel);
      if (index >= 0) {
        queue.splice(index, 1);
        this.#waiting -= parcel.size;
        if (parcel.begun) {
          this.#again.push(abortFrame());
          this.#kept += 1 + OVERHEAD;
        }
        return true;
      }
    }
    return false;
  }

  /** @param {number} limit removes and returns the messages that are larger, and have not begun */
  larger(limit) {
    return [...this.#large].filter((parcel) => parcel.size > limit && !parcel.begun && this.remove(parcel));
  }

  /**
   * The message whose next frame may go.
   *
   * @param {boolean} fragments whether it may be a fragment
   */
  head(fragments) {
    if (this.#kept >= WINDOW) {
      return undefined;
    }
    return this.#small[0] ?? (fragments ? this.#large[0] : undefined);
  }

  /**
   * Gives the next frame out.
   *
   * @param {boolean} fragments
   * @returns {{ frame: Bytes, parcel?: Parcel } | undefined} nothing when there is none, or it has to be read first
   */
  next(fragments) {
    const parcel = this.#again.length > 0 ? undefined : this.head(fragments);
    const frame = parcel ? (parcel.ready ? parcel.take() : undefined) : this.#again.shift();
    if (!frame) {
      return undefined;
    }
    if (parcel) {
      this.#kept += frame.length + OVERHEAD;
      if (parcel.done) {
        (parcel.large ? this.#large : this.#small).shift();
        this.#waiting -= parcel.size;
      }
    }
    this.#given.push(frame);
    this.#highest = Math.max(this.#highest, this.#base + this.#given.length);
    this.#prune();
    return { frame, parcel };
  }

  /** @param {number} next the number of the first frame that the other side has not dealt with */
  acknowledged(next) {
    demand(next <= this.#highest, `It acknowledges frame ${next - 1}, and ${this.#highest} were sent`);
    this.#acked = Math.max(this.#acked, next);
    this.#prune();
  }

  /** All that was given out and not acknowledged has to be given out again. */
  rewind() {
    this.#again = [...this.#given, ...this.#again];
    this.#given = [];
  }

  /** @returns {Parcel[]} all that are not given out, or not all of them; nothing is kept any more */
  clear() {
    const parcels = [...this.#small, ...this.#large];
    this.#given = [];
    this.#again = [];
    this.#small = [];
    this.#large = [];
    this.#kept = 0;
    this.#waiting = 0;
    return parcels;
  }

  #prune() {
    const gone = this.#given.splice(0, Math.max(0, this.#acked - this.#base));
    this.#base += gone.length;
    for (const frame of gone) {
      this.#kept -= frame.length + OVERHEAD;
    }
  }
}
