import { utf8 } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes of messages that wait until somebody takes a channel that the other side opened; an empty one counts as one. */
const MAX_UNTAKEN = 262_144;

/** @param {string} label */
export function untakenFull(label) {
  const why = `"${label}" was closed: nobody took it before ${MAX_UNTAKEN} bytes of its messages had come`;
  return new PeerhostError('UNTAKEN_FULL', why);
}

/** The messages of one channel on their way to its listeners: held until somebody takes the channel, then at once. */
export class Inbox {
  #deliver;
  /** @type {(string | ArrayBuffer)[] | undefined} */
  #held = [];
  #bytes = 0;

  /** @param {(data: string | ArrayBuffer) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** Lets what waits go, after the caller had the time to listen. */
  take() {
    if (this.#held) {
      queueMicrotask(() => {
        const held = this.#held ?? [];
        this.#held = undefined;
        for (const data of held) {
          this.#deliver(data);
        }
      });
    }
  }

  /**
   * @param {string | ArrayBuffer} data
   * @returns {boolean} false when it is one too many; then those before it are gone too
   */
  receive(data) {
    if (!this.#held) {
      this.#deliver(data);
      return true;
    }
    this.#bytes += Math.max(1, typeof data === 'string' ? utf8(data).length : data.byteLength);
    if (this.#bytes > MAX_UNTAKEN) {
      this.#held = [];
      return false;
    }
    this.#held.push(data);
    return true;
  }
}
