import { demand, fromUtf8, LARGEST_MESSAGE } from './frames.js';

/** @typedef {import('./frames.js').Frame} Frame */
/** @typedef {import('./frames.js').Bytes} Bytes */

/** The messages that come: each frame is taken once, whatever is sent again, and at most one message is incomplete. */
export class Receiver {
  #next = 0;
  #again = 0;
  /** @type {Bytes[]} */
  #parts = [];
  #text = false;
  #total = 0;
  #held = 0;

  /** The number of the next frame that is new. */
  get next() {
    return this.#next;
  }

  /** How far the message is that has begun. */
  get progress() {
    return { loaded: this.#held, total: this.#total };
  }

  /** @param {number} first the number of the frame that another data channel begins with */
  resume(first) {
    demand(first <= this.#next, `The frames ${this.#next} to ${first - 1} are missing`);
    this.#again = this.#next - first;
  }

  /**
   * @param {Exclude<Frame, { type: 'hello' | 'ack' }>} frame
   * @returns {string | ArrayBuffer | undefined} the message that it completes, if any
   * @throws {import('./errors.js').PeerhostError} PROTOCOL_ERROR
   */
  take(frame) {
    if (this.#again > 0) {
      this.#again--;
      return undefined;
    }
    this.#next++;
    if (frame.type === 'whole') {
      return frame.text ? fromUtf8(frame.bytes) : frame.bytes.slice().buffer;
    }
    if (frame.type === 'abort') {
      this.#forget();
    } else if (frame.type === 'first') {
      demand(this.#held === 0, 'A message begins while another one is incomplete');
      demand(
        frame.total <= LARGEST_MESSAGE,
        `A message has ${frame.total} bytes; at most ${LARGEST_MESSAGE} are taken`,
      );
      this.#text = frame.text;
      this.#total = frame.total;
      this.#hold(frame.bytes);
    } else {
      return this.#add(frame);
    }
    return undefined;
  }

  /** @param {{ last: boolean, bytes: Bytes }} more */
  #add({ last, bytes }) {
    demand(this.#held > 0, 'A fragment belongs to no message');
    this.#hold(bytes);
    const full = this.#held === this.#total;
    demand(
      last === full && this.#held <= this.#total,
      `A message of ${this.#total} bytes has ${this.#held} in fragments`,
    );
    if (!last) {
      return undefined;
    }
    const whole = new Uint8Array(this.#total);
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    const text = this.#text;
    this.#forget();
    return text ? fromUtf8(whole) : whole.buffer;
  }

  /** @param {Bytes} bytes */
  #hold(bytes) {
    this.#parts.push(bytes);
    this.#held += bytes.length;
  }

  #forget() {
    this.#parts = [];
    this.#held = 0;
    this.#total = 0;
  }
}
