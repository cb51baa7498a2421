import { MIB } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes of messages that wait until somebody takes a channel that the other side opened; an empty one counts as one. */
const MAX_UNTAKEN = MIB / 4;

/** The messages of one channel on their way to its listeners: held until somebody takes the channel, then at once. */
export class Inbox {
  #label;
  #deliver;
  /** @type {(string | ArrayBuffer)[] | undefined} */
  #held = [];
  #bytes = 0;

  /**
   * @param {string} label for the sentence of the error
   * @param {(data: string | ArrayBuffer) => void} deliver
   */
  constructor(label, deliver) {
    this.#label = label;
    this.#deliver = deliver;
  }

  /** Lets what waits go, after the caller had the time to listen. */
  take() {
    queueMicrotask(() => {
      const held = this.#held ?? [];
      this.#held = undefined;
      held.map(this.#deliver);
    });
  }

  /**
   * @param {string | ArrayBuffer} data
   * @throws {PeerhostError} UNTAKEN_FULL when it is one too many; then those before it are gone too
   */
  receive(data) {
    if (!this.#held) {
      this.#deliver(data);
      return;
    }
    this.#held.push(data);
    this.#bytes += Math.max(1, new Blob([data]).size);
    if (this.#bytes > MAX_UNTAKEN) {
      this.#held = [];
      throw new PeerhostError('UNTAKEN_FULL', `"${this.#label}": nobody took its first ${MAX_UNTAKEN} bytes`);
    }
  }
}
