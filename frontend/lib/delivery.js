import { randomId } from './data.js';
import { PeerhostError } from './errors.js';
import { ACK, decode, HELLO, helloFrame, inOrder, LARGEST_MESSAGE, NOBODY } from './frames.js';
import { Outbox } from './outbox.js';
import { Receiver } from './receiver.js';

/**
 * One end of a channel that speaks `peerhost.1` (docs/protocol.md), over one RTCDataChannel after another: each message
 * arrives once.
 */
export class Delivery extends Outbox {
  #id = randomId();
  #remote = NOBODY;
  #receiver = new Receiver(this.listener, (ack) => this.give(ack));

  /** @override */
  opened() {
    const [first, next] = [this.kept.base, this.#receiver.next];
    this.give(helloFrame({ self: this.#id, other: this.#remote, first, next, limit: LARGEST_MESSAGE }));
  }

  /**
   * @param {string | ArrayBuffer} data a frame that has come
   * @throws {PeerhostError} PROTOCOL_ERROR, CHANNEL_ERROR, UNTAKEN_FULL: the channel is to end
   */
  receive(data) {
    const frame = decode(data);
    // A hello comes first, and once.
    inOrder(this.greeted === (frame.type !== HELLO));
    if (frame.type === HELLO) {
      this.#greet(frame);
    } else if (frame.type === ACK) {
      this.#acknowledged(frame.next);
    } else {
      this.#receiver.take(frame);
    }
    this.drain();
  }

  /** @override */
  close() {
    this.#receiver.acknowledge();
    super.close();
  }

  /** @param {import('./frames.js').Hello} hello */
  #greet({ self, other, first, next, limit }) {
    if (![NOBODY, this.#id].includes(other) || ![NOBODY, self].includes(this.#remote)) {
      throw new PeerhostError('CHANNEL_ERROR', `"${this.label}": the other side has begun anew`);
    }
    this.#receiver.resume(first);
    this.#acknowledged(next);
    this.#remote = self;
    this.greeted = true;
    this.confirm();
    this.allow(Math.min(limit, LARGEST_MESSAGE));
  }

  /** @param {number} next the number of the first frame that the other side has not dealt with */
  #acknowledged(next) {
    inOrder(next <= this.kept.next);
    this.kept.forget(next);
  }
}
