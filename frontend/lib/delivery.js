import { randomId } from './data.js';
import { PeerhostError } from './errors.js';
import { decode, demand, helloFrame, LARGEST_MESSAGE } from './frames.js';
import { Outbox } from './outbox.js';
import { Receiver } from './receiver.js';

/** Bytes that may wait for their acknowledgement. */
const WINDOW = 4_194_304;

/**
 * One end of a channel that speaks `peerhost.1` (docs/protocol.md), over one RTCDataChannel after another: each message
 * arrives once.
 */
export class Delivery extends Outbox {
  #id = randomId();
  #remote = /** @type {string | undefined} */ (undefined);
  #receiver = new Receiver(() => this.drain());
  #greets = false;
  speaksFrames = true;

  /**
   * @param {string} label for the sentences of errors
   * @param {import('./speech.js').Listener} listener
   */
  constructor(label, listener) {
    super(label, listener, { framed: true, most: LARGEST_MESSAGE, window: WINDOW });
    this.limit = LARGEST_MESSAGE;
  }

  /** The other side uses this RTCDataChannel, as its hello will say too. */
  confirm() {}

  /** @override */
  opened() {
    this.#greets = true;
  }

  /** @override */
  control() {
    if (this.#greets) {
      this.#greets = false;
      const [first, next] = [this.kept.base, this.#receiver.next];
      return helloFrame({ self: this.#id, other: this.#remote, first, next, limit: LARGEST_MESSAGE });
    }
    return this.#receiver.ack();
  }

  /** @param {string | ArrayBuffer} data a frame that has come */
  receive(data) {
    try {
      this.#take(decode(data), /** @type {ArrayBuffer} */ (data).byteLength);
    } catch (error) {
      if (!(error instanceof PeerhostError)) {
        throw error;
      }
      this.listener.failed(error);
    }
  }

  /**
   * @override
   * @param {PeerhostError} error
   */
  close(error) {
    const last = this.#receiver.ack(true);
    if (last) {
      this.give(last);
    }
    super.close(error);
  }

  /**
   * @param {import('./frames.js').Frame} frame
   * @param {number} size
   */
  #take(frame, size) {
    demand(this.greeted === (frame.type !== 'hello'), 'A hello comes twice, or not first');
    if (frame.type === 'hello') {
      this.#greet(frame);
    } else if (frame.type === 'ack') {
      this.#acknowledged(frame.next);
    } else {
      const message = this.#receiver.take(frame, size, this.listener.progress);
      if (message !== undefined) {
        this.listener.message(message);
      }
    }
    this.drain();
  }

  /** @param {import('./frames.js').Hello} hello */
  #greet({ self, other, first, next, limit }) {
    if ((other && other !== this.#id) || (this.#remote && this.#remote !== self)) {
      throw new PeerhostError('CHANNEL_ERROR', `"${this.label}": the other side has begun anew`);
    }
    this.#receiver.resume(first);
    this.#acknowledged(next);
    this.#remote = self;
    this.greeted = true;
    this.contested = false;
    this.allow(Math.min(limit, LARGEST_MESSAGE));
  }

  /** @param {number} next the number of the first frame that the other side has not dealt with */
  #acknowledged(next) {
    demand(next <= this.kept.next, `It acknowledges frame ${next - 1}, and ${this.kept.next} were sent`);
    this.kept.forget(next);
  }
}
