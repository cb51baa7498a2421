import { Outbox } from './outbox.js';

/** Milliseconds after which an open RTCDataChannel is taken to be the only one of its label. */
const CONTESTED_FOR = 2_000;

/** Messages as they are: copies are kept while both sides may have opened the label at once. */
export class Plain extends Outbox {
  #maxMessageSize;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  speaksFrames = false;

  /**
   * @param {string} label
   * @param {import('./speech.js').Listener} listener
   * @param {() => number} maxMessageSize in bytes, once it is known
   */
  constructor(label, listener, maxMessageSize) {
    super(label, listener, { framed: false, most: 16_777_216, window: 1_048_576 });
    this.#maxMessageSize = maxMessageSize;
  }

  /**
   * Nobody says what has arrived.
   *
   * @override
   */
  get undelivered() {
    return 0;
  }

  /**
   * @override
   * @param {boolean} contested
   */
  restart(contested) {
    clearTimeout(this.#timer);
    super.restart(contested);
    this.kept.forget(contested ? 0 : Number.POSITIVE_INFINITY);
  }

  /** @override */
  opened() {
    this.allow(this.#maxMessageSize());
    if (this.contested) {
      this.#timer = setTimeout(() => this.confirm(), CONTESTED_FOR);
    }
  }

  /** The other side uses this RTCDataChannel. */
  confirm() {
    clearTimeout(this.#timer);
    this.contested = false;
    this.kept.forget(Number.POSITIVE_INFINITY);
    this.drain();
  }

  /** @param {string | ArrayBuffer} data */
  receive(data) {
    if (this.contested) {
      this.confirm();
    }
    this.listener.message(data);
  }

  /**
   * @override
   * @param {import('./errors.js').PeerhostError} error
   */
  close(error) {
    clearTimeout(this.#timer);
    super.close(error);
  }
}
