import { Outbox } from './outbox.js';

/** @typedef {import('./delivery.js').DeliveryListener} DeliveryListener */

/** Messages as they are. */
export class Plain extends Outbox {
  #listener;

  speaksFrames = false;
  /** Nobody says what has arrived. */
  undelivered = 0;

  /**
   * @param {string} label
   * @param {DeliveryListener} listener
   * @param {() => number} maxMessageSize
   */
  constructor(label, listener, maxMessageSize) {
    super(label, maxMessageSize);
    this.#listener = listener;
  }

  /** @param {string | ArrayBuffer} data */
  receive(data) {
    if (this.contested) {
      this.confirm();
    }
    this.#listener.message(data);
  }
}
