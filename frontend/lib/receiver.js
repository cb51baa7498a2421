import { ackFrame, demand, LARGEST_MESSAGE } from './frames.js';

/** An acknowledgement goes after so many frames or bytes, at the latest after so many milliseconds. */
const ACK_FRAMES = 64;
const ACK_BYTES = 262_144;
const ACK_AFTER = 50;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @typedef {import('./frames.js').Frame} Frame */
/** @typedef {import('./frames.js').Bytes} Bytes */

/**
 * The messages that come: each frame is taken once, whatever is sent again, and acknowledged; at most one message is
 * incomplete.
 */
export class Receiver {
  #due;
  #again = 0;
  #acked = 0;
  /** Bytes that came after the last acknowledgement. */
  #unacked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Bytes | undefined} the message that is incomplete */
  #whole;
  #text = false;
  #loaded = 0;
  /** The number of the next frame that is new. */
  next = 0;

  /** @param {() => void} due told when an acknowledgement has waited for long enough */
  constructor(due) {
    this.#due = due;
  }

  /** @param {number} first the number of the frame that another data channel begins with */
  resume(first) {
    demand(first <= this.next, `The frames ${this.next} to ${first - 1} are missing`);
    this.#again = this.next - first;
  }

  /**
   * @param {Exclude<Frame, { type: 'hello' | 'ack' }>} frame
   * @param {number} size of it, in bytes
   * @param {(loaded: number, total: number) => unknown} progress told of what has come of a larger message
   * @returns {string | ArrayBuffer | undefined} the message that it completes, if any
   * @throws {import('./errors.js').PeerhostError} PROTOCOL_ERROR
   */
  take(frame, size, progress) {
    this.#unacked += size;
    this.#timer ??= setTimeout(() => {
      this.#unacked = ACK_BYTES;
      this.#due();
    }, ACK_AFTER);
    if (this.#again > 0) {
      this.#again--;
      return undefined;
    }
    this.next++;
    if (frame.type === 'abort') {
      this.#whole = undefined;
      return undefined;
    }
    const { bytes } = frame;
    if (frame.type === 'whole') {
      return frame.text ? decoder.decode(bytes) : bytes.slice().buffer;
    }
    if (frame.type === 'first') {
      demand(this.#whole === undefined, 'A message begins while another one is incomplete');
      const { total } = frame;
      demand(total <= LARGEST_MESSAGE, `A message has ${total} bytes; at most ${LARGEST_MESSAGE} are taken`);
      this.#text = frame.text;
      this.#whole = new Uint8Array(total);
      this.#loaded = 0;
    }
    const whole = this.#whole;
    demand(whole !== undefined, 'A fragment belongs to no message');
    const last = frame.type === 'more' && frame.last;
    const [offset, total] = [this.#loaded, whole.length];
    const loaded = offset + bytes.length;
    demand(last ? loaded === total : loaded < total, `A message of ${total} bytes has ${loaded} in fragments`);
    whole.set(bytes, offset);
    this.#loaded = loaded;
    progress(loaded, total);
    if (!last) {
      return undefined;
    }
    this.#whole = undefined;
    return this.#text ? decoder.decode(whole) : whole.buffer;
  }

  /**
   * @param {boolean} [all] whether it goes though it may wait
   * @returns {Bytes | undefined} the acknowledgement, if one is owed
   */
  ack(all = this.next - this.#acked >= ACK_FRAMES || this.#unacked >= ACK_BYTES) {
    if (!all) {
      return undefined;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unacked = 0;
    const owed = this.next - this.#acked;
    this.#acked = this.next;
    return owed > 0 ? ackFrame(this.next) : undefined;
  }
}
