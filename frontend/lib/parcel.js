import { sizeOf } from './data.js';
import { PeerhostError } from './errors.js';
import { dataFrame, framesOf, offsetOf, utf8 } from './frames.js';

/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./frames.js').Bytes} Bytes */

/**
 * @typedef {object} SendOptions
 * @property {AbortSignal} [signal] gives the message up as long as not all of it has left; then the other side gets nothing of it
 * @property {(loaded: number, total: number) => unknown} [progress] told of the bytes that the browser has taken
 */

/** One message on its way: in frames made at once, so that it is what it was; a Blob, which cannot change, as they go. */
export class Parcel {
  #text;
  /** @type {Blob | undefined} */
  #blob;
  /** @type {(Bytes | undefined)[]} */
  #frames;
  #index = 0;

  /**
   * @param {Data} data
   * @param {SendOptions} options
   * @param {{ taken: () => void, refused: (error: Error) => void }} outcome
   */
  constructor(data, { progress }, { taken, refused }) {
    this.#text = typeof data === 'string';
    this.progress = progress;
    this.taken = taken;
    this.refused = refused;
    if (data instanceof Blob) {
      this.#blob = data;
      this.size = data.size;
      this.#frames = Array(framesOf(data.size));
      return;
    }
    const bytes = bytesOf(data);
    this.size = bytes.length;
    this.#frames = Array.from({ length: framesOf(this.size) }, (_, i) =>
      dataFrame(this.#text, this.size, i, bytes.subarray(offsetOf(i, this.size), offsetOf(i + 1, this.size))),
    );
  }

  /** Whether it takes several frames. */
  get large() {
    return this.#frames.length > 1;
  }

  /** Whether some of its frames were given out. */
  get begun() {
    return this.#index > 0;
  }

  /** Whether all of them were. */
  get done() {
    return this.#index === this.#frames.length;
  }

  /** Whether the next frame is there. */
  get ready() {
    return this.#frames[this.#index] !== undefined;
  }

  /** Reads the next frame of a Blob. */
  async read() {
    const i = this.#index;
    try {
      const part = await this.#blob?.slice(offsetOf(i, this.size), offsetOf(i + 1, this.size)).arrayBuffer();
      this.#frames[i] = dataFrame(this.#text, this.size, i, new Uint8Array(part ?? new ArrayBuffer(0)));
    } catch (cause) {
      throw new PeerhostError('BAD_DATA', `The Blob cannot be read: ${cause}`, { cause });
    }
  }

  /** @returns {Bytes} the next frame, which is not kept here */
  take() {
    const frame = /** @type {Bytes} */ (this.#frames[this.#index]);
    this.#frames[this.#index++] = undefined;
    return frame;
  }

  /** Says how far it is. */
  report() {
    this.progress?.(offsetOf(this.#index, this.size), this.size);
    if (this.done) {
      this.taken();
    }
  }
}

/** @param {Exclude<Data, Blob>} data */
function bytesOf(data) {
  if (typeof data === 'string') {
    return utf8(data);
  }
  sizeOf(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
