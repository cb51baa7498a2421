import { PeerhostError } from './errors.js';

/** A message waits while more bytes than this are buffered in the RTCDataChannel, until fewer than LOW_WATER are. */
const HIGH_WATER = 1_048_576;
const LOW_WATER = 262_144;
/** Bytes and messages that may wait here; one more is refused with QUEUE_FULL. */
const MAX_BYTES = 16_777_216;
const MAX_MESSAGES = 65_536;
/** Bytes of copies kept for a channel that may yet lose against the other side's; above it, messages wait. */
const MAX_COPIES = 1_048_576;

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob} Data what can be sent */
/** @typedef {{ data: Data, size: number, taken: () => void, refused: (error: Error) => void }} Entry */

const encoder = new TextEncoder();
const nobody = () => {};

/** @param {Data} data */
function sizeOf(data) {
  if (typeof data === 'string') {
    return encoder.encode(data).length;
  }
  const size = data instanceof Blob ? data.size : data?.byteLength;
  if (typeof size !== 'number') {
    throw new PeerhostError('BAD_DATA', 'Only a string, an ArrayBuffer, a typed array or a Blob can be sent');
  }
  return size;
}

/**
 * Copies what its owner may still change.
 *
 * @param {Data} data
 * @returns {Data}
 */
function snapshot(data) {
  if (typeof data === 'string' || data instanceof Blob) {
    return data;
  }
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(data) ? data : new Uint8Array(data);
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

/** The messages of one channel on their way into its RTCDataChannel, in the order of the send() calls. */
export class Outbox {
  #label;
  #maxMessageSize;
  /** @type {RTCDataChannel | undefined} */
  #wire;
  /** @type {Entry[]} */
  #queue = [];
  #bytes = 0;
  /** @type {Entry[] | undefined} taken by the current RTCDataChannel, while that may still be given up */
  #copies;
  #copied = 0;
  #draining = false;

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
      this.#bytes += size;
      this.#queue.push(entry);
      this.#drain();
      if (this.#queue.at(-1) === entry) {
        entry.data = snapshot(data);
      }
    });
  }

  /**
   * The RTCDataChannel was given up: sends the copies again, before everything that waits, once another is open.
   *
   * @param {boolean} keepCopies whether the next one may be given up as well
   */
  replay(keepCopies) {
    this.#wire = undefined;
    this.#queue.unshift(...(this.#copies ?? []));
    this.#bytes += this.#copied;
    this.#copied = 0;
    this.#copies = keepCopies ? [] : undefined;
  }

  /** No replay() of what was sent so far will come. */
  dropCopies() {
    this.#copies = undefined;
    this.#copied = 0;
    this.#drain();
  }

  /** @param {RTCDataChannel} wire an open one */
  open(wire) {
    this.#wire = wire;
    wire.bufferedAmountLowThreshold = LOW_WATER;
    wire.addEventListener('bufferedamountlow', () => this.#drain());
    this.#drain();
  }

  /** @param {PeerhostError} error for all that wait */
  close(error) {
    this.#wire = undefined;
    this.#copies = undefined;
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
    const writable = wire?.readyState === 'open' && wire.bufferedAmount < HIGH_WATER && this.#copied < MAX_COPIES;
    return writable ? this.#queue[0] : undefined;
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
      this.#copied += entry.size;
      this.#copies.push({ data: snapshot(data), size: entry.size, taken: nobody, refused: nobody });
    }
    entry.taken();
  }

  /**
   * @param {Entry} entry
   * @param {import('./errors.js').PeerhostErrorCode} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  #refuse(entry, code, message, cause) {
    this.#remove(entry);
    entry.refused(new PeerhostError(code, message, { cause }));
  }

  /** @param {Entry} entry */
  #remove(entry) {
    // While a Blob was read, close() may have emptied the queue, or replay() put others before it.
    const index = this.#queue.indexOf(entry);
    if (index >= 0) {
      this.#queue.splice(index, 1);
      this.#bytes -= entry.size;
    }
  }
}
