import { Acks } from './acks.js';
import { Carrier } from './carrier.js';
import { randomId, sizeOf } from './data.js';
import { aborted, PeerhostError, tooLarge } from './errors.js';
import { decode, demand, helloFrame, LARGEST_MESSAGE } from './frames.js';
import { Parcel } from './parcel.js';
import { Receiver } from './receiver.js';
import { Sender } from './sender.js';

/**
 * @typedef {{ message: (data: string | ArrayBuffer) => void, progress: (loaded: number, total: number) => unknown,
 *   failed: (error: PeerhostError) => void }} DeliveryListener told of messages, of how far a larger one has come, and that
 *   the channel cannot go on
 */

/**
 * One end of a channel that speaks `peerhost.1` (docs/protocol.md), over one RTCDataChannel after another: each message
 * arrives once.
 */
export class Delivery {
  #label;
  #listener;
  #id = randomId();
  #remote = /** @type {string | undefined} */ (undefined);
  #limit = LARGEST_MESSAGE;
  #sender = new Sender();
  #receiver = new Receiver();
  #greets = false;
  #greeted = false;
  #acks = new Acks(() => this.#carrier.drain());
  #carrier = new Carrier(this.#sender, {
    control: () => this.#control(),
    fragments: () => this.#greeted,
    refuse: (parcel, error) => this.#refuse(parcel, error),
    failed: (cause) => {
      this.#listener.failed(new PeerhostError('SEND_FAILED', `"${this.#label}" did not take it: ${cause}`, { cause }));
    },
  });
  speaksFrames = true;
  /** Whether the RTCDataChannel may yet be given up for the other side's. */
  contested = false;

  /**
   * @param {string} label for the sentences of errors
   * @param {DeliveryListener} listener
   */
  constructor(label, listener) {
    this.#label = label;
    this.#listener = listener;
  }

  /** Bytes that wait here. */
  get bytes() {
    return this.#sender.waiting;
  }

  /** How many messages the other side has not acknowledged. */
  get undelivered() {
    return this.#sender.undelivered;
  }

  /**
   * @param {import('./data.js').Data} data
   * @param {import('./parcel.js').SendOptions} [options]
   * @returns {Promise<void>} fulfilled when the RTCDataChannel has taken all of it
   */
  async send(data, options = {}) {
    const size = sizeOf(data);
    const { signal } = options;
    if (size > this.#limit) {
      throw tooLarge(this.#label, size, this.#limit);
    }
    if (signal?.aborted) {
      throw aborted(this.#label, signal);
    }
    if (!this.#sender.hasRoom(size)) {
      throw new PeerhostError('QUEUE_FULL', `"${this.#label}": ${this.bytes} bytes wait already: await send()`);
    }
    let abort = () => {};
    try {
      await new Promise((resolve, reject) => {
        const parcel = new Parcel(data, options, { taken: () => resolve(undefined), refused: reject });
        abort = () => signal && this.#refuse(parcel, aborted(this.#label, signal));
        signal?.addEventListener('abort', abort);
        this.#sender.add(parcel);
        this.#carrier.drain();
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Another RTCDataChannel comes: what was not acknowledged will be sent again.
   *
   * @param {boolean} contested whether the new one may be given up as well
   */
  restart(contested) {
    this.#carrier.leave();
    this.#greeted = false;
    this.contested = contested;
    this.#sender.rewind();
  }

  /** @param {RTCDataChannel} wire */
  open(wire) {
    if (wire !== this.#carrier.wire) {
      this.#greets = true;
      this.#carrier.open(wire);
    }
  }

  /** The other side uses this RTCDataChannel, as its hello will say too. */
  confirm() {}

  /** @param {string | ArrayBuffer} data a frame that has come */
  receive(data) {
    try {
      this.#take(decode(data), typeof data === 'string' ? 0 : data.byteLength);
    } catch (error) {
      if (!(error instanceof PeerhostError)) {
        throw error;
      }
      this.#listener.failed(error);
    }
  }

  /** @param {PeerhostError} error for all that wait */
  close(error) {
    const last = this.#acks.last(this.#receiver.next);
    if (last) {
      this.#carrier.give(last);
    }
    this.#carrier.leave();
    for (const parcel of this.#sender.clear()) {
      parcel.refused(error);
    }
  }

  /**
   * @param {import('./frames.js').Frame} frame
   * @param {number} size
   */
  #take(frame, size) {
    demand(this.#greeted === (frame.type !== 'hello'), 'A hello comes twice, or not first');
    if (frame.type === 'hello') {
      this.#greet(frame);
    } else if (frame.type === 'ack') {
      this.#sender.acknowledged(frame.next);
    } else {
      const message = this.#receiver.take(frame);
      this.#acks.received(size);
      if (frame.type === 'first' || frame.type === 'more') {
        const { loaded, total } = this.#receiver.progress;
        this.#listener.progress(loaded, total);
      }
      if (message !== undefined) {
        this.#listener.message(message);
      }
    }
    this.#carrier.drain();
  }

  /** @param {import('./frames.js').Hello} hello */
  #greet({ self, other, first, next, limit }) {
    if ((other && other !== this.#id) || (this.#remote && this.#remote !== self)) {
      throw new PeerhostError('CHANNEL_ERROR', `"${this.#label}": the other side has begun anew`);
    }
    this.#receiver.resume(first);
    this.#sender.acknowledged(next);
    this.#remote = self;
    this.#limit = Math.min(limit, LARGEST_MESSAGE);
    this.#greeted = true;
    this.contested = false;
    for (const parcel of this.#sender.larger(this.#limit)) {
      parcel.refused(tooLarge(this.#label, parcel.size, this.#limit));
    }
  }

  /** What the ends say to each other, if anything is to be said. */
  #control() {
    if (this.#greets) {
      this.#greets = false;
      const [first, next] = [this.#sender.base, this.#receiver.next];
      return helloFrame({ self: this.#id, other: this.#remote, first, next, limit: LARGEST_MESSAGE });
    }
    return this.#acks.due(this.#receiver.next);
  }

  /**
   * @param {Parcel} parcel
   * @param {Error} error
   */
  #refuse(parcel, error) {
    if (this.#sender.remove(parcel)) {
      parcel.refused(error);
      this.#carrier.drain();
    }
  }
}
