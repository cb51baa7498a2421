import { bytesOf } from './data.js';
import { because } from './errors.js';
import { dataFrame, framesOf, offsetOf } from './frames.js';

/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./frames.js').Bytes} Bytes */

/**
 * @typedef {object} SendOptions
 * @property {AbortSignal} [signal] gives the message up as long as not all of it has left; then the other side gets nothing of it
 * @property {(loaded: number, total: number) => unknown} [progress] told of the bytes that the browser has taken
 */

/** One message on its way, in frames or, where none are spoken, in one piece as it is. */
export class Parcel {
  #text;
  #framed;
  /** @type {Bytes | Blob} */
  #source;
  #index = 0;
  /** @type {Bytes | undefined} what was read of a Blob for the next frame */
  #part;
  /** @type {() => void} */
  #taken = () => {};
  /** @type {(error: Error) => void} */
  refused = () => {};
  /** Fulfilled when all of it was taken. @type {Promise<void>} */
  outcome = new Promise((resolve, reject) => {
    this.#taken = resolve;
    this.refused = reject;
  });

  /**
   * @param {Data} data
   * @param {boolean} framed
   * @param {SendOptions} options
   * @throws {PeerhostError} BAD_DATA
   */
  constructor(data, framed, { progress }) {
    this.#text = typeof data === 'string' ? data : undefined;
    this.#framed = framed;
    this.#source = bytesOf(data);
    this.size = 'size' in this.#source ? this.#source.size : this.#source.length;
    this.count = framed ? framesOf(this.size) : 1;
    this.progress = progress;
  }

  /** Whether some of its frames were given out. */
  get begun() {
    return this.#index > 0;
  }

  /** Whether all of them were. */
  get done() {
    return this.#index === this.count;
  }

  /** Whether the next frame can be taken. */
  get ready() {
    return Boolean(this.#part) || !(this.#source instanceof Blob);
  }

  /** Copies what its owner may still change; a Blob cannot change. */
  keep() {
    if (!this.done && this.#text === undefined && ArrayBuffer.isView(this.#source)) {
      this.#source = this.#source.slice();
    }
  }

  /**
   * Reads the next frame's part of a Blob.
   *
   * @throws {PeerhostError} BAD_DATA
   */
  async read() {
    try {
      this.#part = new Uint8Array(await /** @type {Blob} */ (this.#slice()).arrayBuffer());
    } catch (cause) {
      throw because('BAD_DATA', 'The Blob cannot be read', cause);
    }
  }

  /** @returns {Bytes | string} the next frame */
  take() {
    const part = this.#part ?? /** @type {Bytes} */ (this.#slice());
    this.#part = undefined;
    const index = this.#index++;
    // Its owner may change the bytes while they are kept.
    return this.#framed ? dataFrame(this.#text !== undefined, this.size, index, part) : (this.#text ?? part.slice());
  }

  /** Says how far it is. */
  report() {
    this.progress?.(offsetOf(this.#index, this.size), this.size);
    if (this.done) {
      this.#taken();
    }
  }

  #slice() {
    const [from, to] = this.#framed ? [0, 1].map((more) => offsetOf(this.#index + more, this.size)) : [0, this.size];
    const source = this.#source;
    return source instanceof Blob ? source.slice(from, to) : source.subarray(from, to);
  }
}
