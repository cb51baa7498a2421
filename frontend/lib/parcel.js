import { bytesOf } from './data.js';
import { because } from './errors.js';
import { dataFrame, LARGEST_FRAME } from './frames.js';

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
  #source;
  #offset = 0;
  #progress;
  /** @type {Bytes | Blob} the part that goes next; a Blob has to be read first */
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
    this.#progress = progress;
    const source = bytesOf(data);
    this.#source = source;
    this.size = source instanceof Blob ? source.size : source.length;
    /** Whether it takes several frames. */
    this.large = framed && this.size >= LARGEST_FRAME;
    this.#part = this.#next();
  }

  /** Whether some of its frames were given out. */
  get begun() {
    return this.#offset > 0;
  }

  /** Whether all of them were; one that is empty is done from the start. */
  get done() {
    return this.#offset === this.size;
  }

  /** Whether the next frame can be taken. */
  get ready() {
    return !(this.#part instanceof Blob);
  }

  /**
   * Reads the next frame's part of a Blob.
   *
   * @throws {PeerhostError} BAD_DATA
   */
  async read() {
    try {
      this.#part = new Uint8Array(await /** @type {Blob} */ (this.#part).arrayBuffer());
    } catch (cause) {
      throw because('BAD_DATA', 'The Blob cannot be read', cause);
    }
  }

  /** @returns {Bytes | string} the next frame */
  take() {
    const part = /** @type {Bytes} */ (this.#part);
    const offset = this.#offset;
    this.#offset += part.length;
    this.#part = this.#next();
    return this.#framed ? dataFrame(this.#text !== undefined, this.size, offset, part) : (this.#text ?? part);
  }

  /** Says how far it is. */
  report() {
    this.#progress?.(this.#offset, this.size);
    if (this.done) {
      this.#taken();
    }
  }

  /** The part that goes next: of a large one what a frame holds beside its header. */
  #next() {
    const room = LARGEST_FRAME - (this.begun ? 1 : 5);
    return this.#source.slice(this.#offset, this.large ? this.#offset + room : this.size);
  }
}
