import { MIB } from './data.js';
import { because, channelClosed, onAbort, PeerhostError, tooLarge } from './errors.js';
import { abortFrame, LARGEST_MESSAGE } from './frames.js';
import { Kept } from './kept.js';
import { Parcel } from './parcel.js';

/** Bytes buffered in the RTCDataChannel from which on messages wait, from which on fragments do, and to which they wait. */
const HIGH_WATER = MIB;
const FRAGMENTS_WATER = MIB / 4;
const LOW_WATER = MIB / 8;
/** Messages that may wait. */
const MAX_MESSAGES = 65_536;

/** @typedef {import('./kept.js').Sent} Sent */

/** The messages of one channel on their way into its RTCDataChannel of the moment, as fast as that sends them. */
export class Outbox {
  /** @type {Set<Parcel>} those that are not all given out, in the order of the send() calls */
  #waiting = new Set();
  #draining = false;
  /** Of all that wait. */
  bytes = 0;
  kept = new Kept();
  /** @type {RTCDataChannel | undefined} the open one */
  wire;
  /** Whether messages go as frames of `peerhost.1`. */
  framed = true;
  /** Bytes of messages that may wait; one more is refused with QUEUE_FULL. */
  most = LARGEST_MESSAGE;
  /** Bytes that may be kept to be given out again; above it, messages wait. */
  window = 4 * MIB;
  /** Bytes of the largest message. */
  limit = LARGEST_MESSAGE;
  /** Whether the other side takes fragments yet. */
  greeted = false;
  /** Whether the RTCDataChannel may yet be given up for the other side's. */
  contested = false;

  /** @param {import('./speech.js').Listener} channel whose messages these are */
  constructor(channel) {
    this.channel = channel;
    this.label = channel.label;
  }

  /** How many messages the other side has not acknowledged. */
  get undelivered() {
    return this.kept.messages + this.#waiting.size;
  }

  /**
   * @param {import('./data.js').Data} data
   * @param {import('./parcel.js').SendOptions} [options]
   * @returns {Promise<void>} fulfilled when the RTCDataChannel has taken all of it
   * @throws {PeerhostError} BAD_DATA, TOO_LARGE, ABORTED, QUEUE_FULL, SEND_FAILED
   */
  async send(data, options = {}) {
    const parcel = new Parcel(data, this.framed, options);
    if (parcel.size > this.limit) {
      throw tooLarge(this.label, parcel.size, this.limit);
    }
    if (this.bytes + parcel.size > this.most || this.#waiting.size >= MAX_MESSAGES) {
      throw new PeerhostError('QUEUE_FULL', `"${this.label}": ${this.bytes} bytes wait already: await send()`);
    }
    const what = `A message on "${this.label}"`;
    const unfollow = onAbort(options.signal, what, (error) => this.#refuse(parcel, error));
    this.#waiting.add(parcel);
    this.bytes += parcel.size;
    this.drain();
    await parcel.outcome.finally(unfollow);
  }

  /** @param {boolean} contested whether the RTCDataChannel that comes now may be given up; what is kept goes over it again */
  restart(contested) {
    this.wire = undefined;
    this.kept.rewind();
    this.greeted = false;
    this.contested = contested;
  }

  /** @param {RTCDataChannel} wire that is open */
  open(wire) {
    this.wire = wire;
    wire.bufferedAmountLowThreshold = LOW_WATER;
    wire.addEventListener('bufferedamountlow', () => this.drain());
    this.drain();
  }

  /** The other side uses this RTCDataChannel. */
  confirm() {
    this.contested = false;
  }

  /** Nothing more goes: what waits is refused. */
  close() {
    this.wire = undefined;
    for (const parcel of this.#waiting) {
      this.#refuse(parcel, channelClosed(this.label));
    }
    this.kept.forget(Infinity);
  }

  /** @param {number} limit bytes of the largest message that the other side takes */
  allow(limit) {
    this.limit = limit;
    for (const parcel of this.#waiting) {
      if (parcel.size > limit && !parcel.begun) {
        this.#refuse(parcel, tooLarge(this.label, parcel.size, limit));
      }
    }
  }

  /** Gives all that can go. */
  async drain() {
    if (this.#draining) return;
    this.#draining = true;
    for (let wire = this.wire; wire?.readyState === 'open' && wire.bufferedAmount < HIGH_WATER; wire = this.wire) {
      const frame = this.kept.take();
      if (frame !== undefined) {
        this.give(frame);
        continue;
      }
      const parcel = this.#head(this.greeted && wire.bufferedAmount < FRAGMENTS_WATER);
      if (!parcel) break;
      if (parcel.ready) {
        this.#giveNext(parcel);
      } else {
        await parcel.read().catch((error) => this.#refuse(parcel, error));
      }
    }
    this.#draining = false;
  }

  /**
   * @param {Sent} frame
   * @param {Parcel} [parcel] that it is of
   * @returns {boolean} whether it goes, or will
   */
  give(frame, parcel) {
    const { wire } = this;
    try {
      wire?.send(/** @type {string} */ (frame));
    } catch (cause) {
      // The end of one that is closing is told by itself, and another one gets the frame.
      if (wire?.readyState === 'open') {
        const error = because('SEND_FAILED', `"${this.label}" did not take it`, cause);
        parcel?.refused(error);
        // What others are numbered after cannot be left out.
        if (this.framed || !parcel) this.channel.closed(error);
        return false;
      }
    }
    return true;
  }

  /**
   * @param {boolean} fragments whether it may be one of several frames, which goes after those of one
   * @returns {Parcel | undefined} the one whose next frame goes next
   */
  #head(fragments) {
    let large;
    for (const parcel of this.kept.bytes < this.window ? this.#waiting : []) {
      if (!parcel.large) return parcel;
      large ??= parcel;
    }
    return fragments ? large : undefined;
  }

  /** @param {Parcel} parcel */
  #giveNext(parcel) {
    const frame = parcel.take();
    parcel.done && this.#remove(parcel);
    if (this.give(frame, parcel)) {
      this.kept.add(frame);
      this.kept.take();
      parcel.report();
    }
  }

  /**
   * @param {Parcel} parcel given up, unless all of it was given out
   * @param {Error} error
   */
  #refuse(parcel, error) {
    if (this.#remove(parcel)) {
      if (parcel.begun) {
        this.kept.add(abortFrame());
      }
      parcel.refused(error);
      this.drain();
    }
  }

  /** @param {Parcel} parcel @returns {boolean} whether it waited */
  #remove(parcel) {
    const waited = this.#waiting.delete(parcel);
    this.bytes -= waited ? parcel.size : 0;
    return waited;
  }
}
