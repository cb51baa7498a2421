import { MIB } from './data.js';
import { ABORT, ackFrame, completes, FIRST, inOrder, LARGEST_MESSAGE, MORE } from './frames.js';

/** An acknowledgement goes after so many frames or bytes, at the latest after so many milliseconds. */
const ACK_FRAMES = 64;
const ACK_BYTES = MIB / 4;
const ACK_AFTER = 50;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @typedef {import('./frames.js').Bytes} Bytes */
/** @typedef {{ text: boolean, whole: Bytes, loaded: number }} Incoming a message, and how many bytes of it have come */

/**
 * The messages that come: each frame is taken once, whatever is sent again, and acknowledged; at most one message is
 * incomplete.
 */
export class Receiver {
  #listener;
  #say;
  #again = 0;
  #acked = 0;
  /** Bytes that came after the last acknowledgement. */
  #unacked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Incoming | undefined} */
  #incomplete;
  /** The number of the next frame that is new. */
  next = 0;

  /**
   * @param {Pick<import('./speech.js').Listener, 'message' | 'progress'>} listener
   * @param {(ack: Bytes) => void} say
   */
  constructor(listener, say) {
    this.#listener = listener;
    this.#say = say;
  }

  /** @param {number} first the number of the frame that another data channel begins with */
  resume(first) {
    this.#again = this.next - first;
    inOrder(first <= this.next);
  }

  /**
   * @param {import('./frames.js').DataFrame} frame
   * @throws {import('./errors.js').PeerhostError} PROTOCOL_ERROR; UNTAKEN_FULL
   */
  take(frame) {
    this.#unacked += frame.bytes.length;
    this.#timer ??= setTimeout(() => this.acknowledge(), ACK_AFTER);
    if (this.#again > 0) {
      this.#again--;
      return;
    }
    this.next++;
    this.#add(frame);
    if (this.next - this.#acked >= ACK_FRAMES || this.#unacked >= ACK_BYTES) {
      this.acknowledge();
    }
  }

  /** Says how far it is, if the other end does not know. */
  acknowledge() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unacked = 0;
    if (this.next > this.#acked) {
      this.#acked = this.next;
      this.#say(ackFrame(this.next));
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
      inOrder(type < FIRST || (!message && total <= LARGEST_MESSAGE));
      message = { text, whole: new Uint8Array(total), loaded: 0 };
    }
    inOrder(message);
    const { whole } = message;
    const loaded = message.loaded + bytes.length;
    inOrder(completes(type) ? loaded === whole.length : loaded < whole.length);
    whole.set(bytes, message.loaded);
    message.loaded = loaded;
    if (type >= FIRST) {
      this.#incomplete = completes(type) ? undefined : message;
      this.#listener.progress(loaded, whole.length);
    }
    if (completes(type)) {
      this.#listener.message(message.text ? decoder.decode(whole) : whole.buffer);
    }
  }
}
