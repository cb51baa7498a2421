import { sizeOf, snapshot } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes buffered in the RTCDataChannel from which on messages wait, and to which they wait. */
const HIGH_WATER = 1_048_576;
const LOW_WATER = 262_144;
/** Bytes and messages that may wait here; one more is refused with QUEUE_FULL. */
const MAX_BYTES = 16_777_216;
const MAX_MESSAGES = 65_536;
/** Bytes of copies kept while the RTCDataChannel may be given up; above it, messages wait. */
const MAX_COPIES = 1_048_576;
/** Milliseconds after which an open RTCDataChannel is taken to be the only one of its label. */
const CONTESTED_FOR = 2_000;

/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./errors.js').PeerhostErrorCode} PeerhostErrorCode */
/** @typedef {{ data: Data, size: number, taken: () => void, refused: (error: Error) => void }} Entry */

/**
 * The messages of one channel on their way into its RTCDataChannel, in the order of the send() calls. While both sides
 * may have opened the label at once, it keeps copies of what was sent, to send it again.
 */
export class Outbox {
  #label;
  #maxMessageSize;
  /** @type {RTCDataChannel | undefined} the open one */
  #wire;
  /** @type {Entry[]} */
  #queue = [];
  #bytes = 0;
  /** @type {Entry[] | undefined} */
  #copies;
  #copied = 0;
  #draining = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} label for the sentences of errors
   * @param {() => number} maxMessageSize in bytes, as far as it is known
   */
  constructor(label, maxMessageSize) {
    this.#label = label;
    this.#maxMessageSize = maxMessageSize;
  }

  /** Bytes that wait here. */
  get bytes() {
    return this.#bytes;
  }

  /** Whether the RTCDataChannel may yet be given up for the other side's. */
  get contested() {
    return this.#copies !== undefined;
  }

  /**
   * @param {Data} data
   * @returns {Promise<void>} fulfilled when the RTCDataChannel has taken it
   */
  async send(data) {
    const size = sizeOf(data);
    if (this.#bytes + size > MAX_BYTES || this.#queue.length >= MAX_MESSAGES) {
      throw new PeerhostError('QUEUE_FULL', `"${this.#label}": ${this.#bytes} bytes wait already: await send()`);
    }
    await new Promise((resolve, reject) => {
      const entry = { data, size, taken: () => resolve(undefined), refused: reject };
      this.#queue.push(entry);
      this.#bytes += size;
      this.#drain();
      if (this.#queue.at(-1) === entry) {
        entry.data = snapshot(data);
      }
    });
  }

  /**
   * Another RTCDataChannel comes: what the one before it was given, and might lose, will be sent again.
   *
   * @param {boolean} contested whether the new one may be given up as well
   */
  restart(contested) {
    clearTimeout(this.#timer);
    this.#wire = undefined;
    this.#queue.unshift(...(this.#copies ?? []));
    this.#bytes += this.#copied;
    this.#copied = 0;
    this.#copies = contested ? [] : undefined;
  }

  /** @param {RTCDataChannel} wire */
  open(wire) {
    if (wire === this.#wire) {
      return;
    }
    this.#wire = wire;
    wire.bufferedAmountLowThreshold = LOW_WATER;
    wire.addEventListener('bufferedamountlow', () => this.#drain());
    if (this.contested) {
      this.#timer = setTimeout(() => this.confirm(), CONTESTED_FOR);
    }
    this.#drain();
  }

  /** The other side uses this RTCDataChannel. */
  confirm() {
    clearTimeout(this.#timer);
    this.#copies = undefined;
    this.#copied = 0;
    this.#drain();
  }

  /** @param {PeerhostError} error for all that wait */
  close(error) {
    clearTimeout(this.#timer);
    this.#wire = undefined;
    this.#copies &&= [];
    this.#bytes = 0;
    for (const entry of this.#queue.splice(0)) {
      entry.refused(error);
    }
  }

  async #drain() {
    if (this.#draining) {
      return;
    }
    this.#draining = true;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      const max = this.#maxMessageSize();
      if (entry.size > max) {
        this.#refuse(entry, 'TOO_LARGE', `${entry.size} bytes are too many: the other side takes ${max} in a message`);
      } else if (entry.data instanceof Blob) {
        await this.#read(entry, entry.data);
      } else {
        this.#give(entry, entry.data);
      }
    }
    this.#draining = false;
  }

  /** The first entry, if the RTCDataChannel can take it now. */
  #next() {
    const wire = this.#wire;
    const takes = wire?.readyState === 'open' && wire.bufferedAmount < HIGH_WATER && this.#copied < MAX_COPIES;
    return takes ? this.#queue[0] : undefined;
  }

  /**
   * @param {Entry} entry
   * @param {Blob} blob
   */
  async #read(entry, blob) {
    try {
      entry.data = await blob.arrayBuffer();
    } catch (cause) {
      this.#refuse(entry, 'BAD_DATA', `The Blob cannot be read: ${cause}`, cause);
    }
  }

  /**
   * @param {Entry} entry
   * @param {string | ArrayBuffer | ArrayBufferView} data
   */
  #give(entry, data) {
    try {
      this.#wire?.send(/** @type {ArrayBuffer} */ (data));
    } catch (cause) {
      this.#refuse(entry, 'SEND_FAILED', `"${this.#label}" did not take it: ${cause}`, cause);
      return;
    }
    this.#remove(entry);
    if (this.#copies) {
      this.#copied += Math.max(1, entry.size);
      this.#copies.push({ data: snapshot(data), size: entry.size, taken() {}, refused() {} });
    }
    entry.taken();
  }

  /**
   * @param {Entry} entry
   * @param {PeerhostErrorCode} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  #refuse(entry, code, message, cause) {
    this.#remove(entry);
    entry.refused(new PeerhostError(code, message, { cause }));
  }

  /** @param {Entry} entry */
  #remove(entry) {
    // While a Blob was read, close() may have emptied the queue, or restart() put others before it.
    const index = this.#queue.indexOf(entry);
    if (index >= 0) {
      this.#queue.splice(index, 1);
      this.#bytes -= entry.size;
    }
  }
}
