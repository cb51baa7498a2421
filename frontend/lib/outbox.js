import { MIB } from './data.js';
import { because, channelClosed, onAbort, PeerhostError, tooLarge } from './errors.js';
import { abortFrame, LARGEST_MESSAGE } from './frames.js';
import { Kept } from './kept.js';
import { Parcel } from './parcel.js';
import { Waiting } from './waiting.js';

/** Bytes buffered in the RTCDataChannel from which on messages wait, from which on fragments do, and to which they wait. */
const HIGH_WATER = MIB;
const FRAGMENTS_WATER = MIB / 4;
const LOW_WATER = MIB / 8;

/** @typedef {import('./kept.js').Sent} Sent */

/** The messages of one channel on their way into its RTCDataChannel of the moment, as fast as that sends them. */
export class Outbox {
  #waiting = new Waiting();
  #draining = false;
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

  /**
   * @param {string} label for the sentences of errors
   * @param {import('./speech.js').Listener} listener
   */
  constructor(label, listener) {
    this.label = label;
    this.listener = listener;
  }

  /** Of all that wait. */
  get bytes() {
    return this.#waiting.bytes;
  }

  /** How many messages the other side has not acknowledged. */
  get undelivered() {
    return this.kept.messages + this.#waiting.all.size;
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
    if (!this.#waiting.add(parcel, this.most)) {
      throw new PeerhostError('QUEUE_FULL', `"${this.label}": ${this.bytes} bytes wait already: await send()`);
    }
    const what = `A message on "${this.label}"`;
    const unfollow = onAbort(options.signal, what, (error) => this.#refuse(parcel, error));
    this.drain();
    await parcel.outcome.finally(unfollow);
  }

  /**
   * Another RTCDataChannel comes: what is kept will be sent again.
   *
   * @param {boolean} contested whether that one may be given up as well
   */
  restart(contested) {
    this.wire = undefined;
    this.kept.rewind();
    this.greeted = false;
    this.contested = contested;
  }

  /** @param {RTCDataChannel} wire */
  open(wire) {
    if (wire !== this.wire) {
      this.wire = wire;
      wire.bufferedAmountLowThreshold = LOW_WATER;
      wire.addEventListener('bufferedamountlow', () => this.drain());
      this.opened(wire);
      this.drain();
    }
  }

  /** @param {RTCDataChannel} _wire another one that is open */
  opened(_wire) {}

  /** The other side uses this RTCDataChannel. */
  confirm() {
    this.contested = false;
  }

  /** Nothing more goes: what waits is refused. */
  close() {
    this.wire = undefined;
    for (const parcel of this.#waiting.all) {
      this.#refuse(parcel, channelClosed(this.label));
    }
    this.kept.forget(Infinity);
  }

  /** @param {number} limit bytes of the largest message that the other side takes */
  allow(limit) {
    this.limit = limit;
    for (const parcel of this.#waiting.all) {
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
      const fragments = this.greeted && wire.bufferedAmount < FRAGMENTS_WATER;
      const parcel = this.kept.bytes < this.window ? this.#waiting.head(fragments) : undefined;
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
   * @param {(error: PeerhostError) => void} [failed] told when the RTCDataChannel does not take it
   * @returns {boolean} whether it goes, or will
   */
  give(frame, failed = this.listener.failed) {
    const { wire } = this;
    try {
      wire?.send(/** @type {string} */ (frame));
    } catch (cause) {
      // The end of one that is closing is told by itself, and another one gets the frame.
      if (wire?.readyState === 'open') {
        failed(because('SEND_FAILED', `"${this.label}" did not take it`, cause));
        return false;
      }
    }
    return true;
  }

  /** @param {Parcel} parcel */
  #giveNext(parcel) {
    const frame = parcel.take();
    parcel.done && this.#waiting.remove(parcel);
    // A frame that others are numbered after cannot be left out.
    if (this.give(frame, this.framed ? undefined : parcel.refused)) {
      this.kept.add(frame);
      this.kept.take();
      parcel.report();
    }
  }

  /**
   * Gives a message up, unless all of it was given out.
   *
   * @param {Parcel} parcel
   * @param {Error} error
   */
  #refuse(parcel, error) {
    if (this.#waiting.remove(parcel)) {
      if (parcel.begun) {
        this.kept.add(abortFrame());
      }
      parcel.refused(error);
      this.drain();
    }
  }
}
