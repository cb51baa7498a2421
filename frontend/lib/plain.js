import { MIB } from './data.js';
import { Outbox } from './outbox.js';

/** Milliseconds after which an open RTCDataChannel is taken to be the only one of its label. */
const CONTESTED_FOR = 2_000;

/** Messages as they are: copies are kept while both sides may have opened the label at once. */
export class Plain extends Outbox {
  /** @override */
  framed = false;
  /** @override */
  most = 16 * MIB;
  /** @override */
  window = MIB;

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
    super.restart(contested);
    this.kept.forget(contested ? 0 : Infinity);
  }

  /**
   * @override
   * @param {RTCDataChannel} wire
   */
  open(wire) {
    this.allow(this.channel.peer.connection.sctp?.maxMessageSize ?? Infinity);
    super.open(wire);
    if (this.contested) {
      setTimeout(() => wire === this.wire && this.confirm(), CONTESTED_FOR);
    }
  }

  /** @override */
  confirm() {
    super.confirm();
    this.kept.forget(Infinity);
    this.drain();
  }

  /** @param {string | ArrayBuffer} data */
  receive(data) {
    this.confirm();
    this.channel.inbox.receive(data);
  }
}
