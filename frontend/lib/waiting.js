/** @typedef {import('./parcel.js').Parcel} Parcel */

/**
 * @typedef {object} Bounds
 * @property {boolean} framed whether messages go as frames of `peerhost.1`
 * @property {number} most bytes of messages that may wait; one more is refused with QUEUE_FULL
 * @property {number} window bytes that may be kept to be given out again; above it, messages wait
 */

/** Messages that may wait. */
const MAX_MESSAGES = 65_536;

/** The messages of one channel that wait, or not all of whose frames were given out, in the order of the send() calls. */
export class Waiting {
  #most;
  /** @type {Parcel[]} of one frame */
  #small = [];
  /** @type {Parcel[]} of several */
  #large = [];
  /** Of all of them. */
  bytes = 0;

  /** @param {Bounds} bounds */
  constructor({ most }) {
    this.#most = most;
  }

  get all() {
    return [...this.#small, ...this.#large];
  }

  /** @param {Parcel} parcel whether it may wait as well */
  hasRoomFor({ size }) {
    return this.bytes + size <= this.#most && this.#small.length + this.#large.length < MAX_MESSAGES;
  }

  /** @param {Parcel} parcel */
  add(parcel) {
    this.#queueOf(parcel).push(parcel);
    this.bytes += parcel.size;
  }

  /**
   * @param {boolean} fragments whether it may be one of several frames, which goes after those of one
   * @returns {Parcel | undefined} the one whose next frame goes next
   */
  head(fragments) {
    return this.#small[0] ?? (fragments ? this.#large[0] : undefined);
  }

  /**
   * @param {Parcel} parcel
   * @returns {boolean} whether it was here
   */
  remove(parcel) {
    const queue = this.#queueOf(parcel);
    const index = queue.indexOf(parcel);
    if (index >= 0) {
      queue.splice(index, 1);
      this.bytes -= parcel.size;
    }
    return index >= 0;
  }

  /** @param {Parcel} parcel */
  #queueOf({ count }) {
    return count > 1 ? this.#large : this.#small;
  }
}
