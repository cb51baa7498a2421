import { MIB } from './data.js';
import { PeerhostError } from './errors.js';
import {
  ABORT,
  ACK,
  ackFrame,
  completes,
  decode,
  demand,
  FIRST,
  HELLO,
  helloFrame,
  LARGEST_MESSAGE,
  MORE,
  NOBODY,
  newId,
} from './frames.js';
import { Outbox } from './outbox.js';

/** An acknowledgement goes after so many frames or bytes, at the latest after so many milliseconds. */
const ACK_FRAMES = 64;
const ACK_BYTES = MIB / 4;
const ACK_AFTER = 50;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @typedef {{ text: boolean, whole: import('./frames.js').Bytes, loaded: number }} Incoming a message, and how much of it has come */

/**
 * One end of a channel that speaks `peerhost.1` (docs/protocol.md), over one RTCDataChannel after another: each message
 * arrives once, whatever is sent again.
 */
export class Delivery extends Outbox {
  #id = newId();
  #remote = NOBODY;
  /** The number of the next frame that is new, and how many come again before it. */
  #next = 0;
  #again = 0;
  /** The number of the first frame that is not acknowledged, and the bytes that came since then. */
  #acked = 0;
  #unacked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Incoming | undefined} */
  #incomplete;

  /**
   * @override
   * @param {RTCDataChannel} wire
   */
  open(wire) {
    this.wire = wire;
    const [first, next] = [this.kept.base, this.#next];
    this.give(helloFrame({ self: this.#id, other: this.#remote, first, next, limit: LARGEST_MESSAGE }));
    super.open(wire);
  }

  /**
   * @param {string | ArrayBuffer} data a frame that has come
   * @throws {PeerhostError} PROTOCOL_ERROR, CHANNEL_ERROR, UNTAKEN_FULL: the channel is to end
   */
  receive(data) {
    const frame = decode(data);
    demand(this.greeted === (frame.type !== HELLO), 'a hello is not first, or not the only one');
    if (frame.type === HELLO) {
      this.#greet(frame);
    } else if (frame.type === ACK) {
      this.#acknowledged(frame.next);
    } else {
      this.#take(frame);
    }
    this.drain();
  }

  /** @override */
  close() {
    this.#acknowledge();
    super.close();
  }

  /** @param {import('./frames.js').Hello} hello */
  #greet({ self, other, first, next, limit }) {
    if (![NOBODY, this.#id].includes(other) || ![NOBODY, self].includes(this.#remote)) {
      throw new PeerhostError('CHANNEL_ERROR', `"${this.label}": the other side has begun anew`);
    }
    this.#again = this.#next - first;
    demand(this.#again >= 0, 'frames are left out');
    this.#acknowledged(next);
    this.#remote = self;
    this.greeted = true;
    this.confirm();
    this.allow(Math.min(limit, LARGEST_MESSAGE));
  }

  /** @param {number} next the number of the first frame that the other side has not dealt with */
  #acknowledged(next) {
    demand(next <= this.kept.next, 'an ack of what was not sent');
    this.kept.forget(next);
  }

  /** @param {import('./frames.js').DataFrame} frame */
  #take(frame) {
    this.#unacked += frame.bytes.length;
    this.#timer ??= setTimeout(() => this.#acknowledge(), ACK_AFTER);
    if (this.#again > 0) {
      this.#again--;
      return;
    }
    this.#next++;
    this.#add(frame);
    if (this.#next - this.#acked >= ACK_FRAMES || this.#unacked >= ACK_BYTES) {
      this.#acknowledge();
    }
  }

  /** Says how far it is, if the other end does not know. */
  #acknowledge() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unacked = 0;
    if (this.#next > this.#acked) {
      this.#acked = this.#next;
      this.give(ackFrame(this.#next));
    }
  }

  /** @param {import('./frames.js').DataFrame} frame a new one */
  #add({ type, text, total, bytes }) {
    if (type === ABORT) {
      this.#incomplete = undefined;
      return;
    }
    let message = this.#incomplete;
    if (type < MORE) {
      demand(type < FIRST || !message, 'a large message begins in another');
      demand(total <= LARGEST_MESSAGE, `a message of ${total} bytes; at most ${LARGEST_MESSAGE} are taken`);
      message = { text, whole: new Uint8Array(total), loaded: 0 };
    }
    demand(message, 'a fragment is of no message');
    const { whole } = message;
    const loaded = message.loaded + bytes.length;
    const ends = completes(type);
    demand(ends ? loaded === whole.length : loaded < whole.length, `${loaded} bytes of ${whole.length} in fragments`);
    whole.set(bytes, message.loaded);
    message.loaded = loaded;
    if (type >= FIRST) {
      this.#incomplete = ends ? undefined : message;
      this.channel.fire('progress', { loaded, total: whole.length });
    }
    if (ends) {
      this.channel.inbox.receive(message.text ? decoder.decode(whole) : whole.buffer);
    }
  }
}
