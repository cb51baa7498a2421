import { asKind } from './data.js';
import { channelClosed, isFailure, PeerhostError } from './errors.js';
import { DataEvent, FailureEvent, TypedEventTarget } from './events.js';
import { Inbox, MAX_UNTAKEN } from './inbox.js';
import { Outbox } from './outbox.js';

/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {{ open: Event, message: DataEvent, close: Event, error: FailureEvent }} ChannelEvents */

/**
 * A data channel to one peer, the only one of its label, whichever side opened it. Events: `open`, `message`
 * (`event.data`), `close`, `error` (`event.error`). It comes from `peer.channel(label)` or from a `channel` event.
 *
 * @extends {TypedEventTarget<ChannelEvents>}
 */
export class Channel extends TypedEventTarget {
  #peer;
  #label;
  /** @type {RTCDataChannel | undefined} */
  #wire;
  /** @type {RTCDataChannelState} */
  #state = 'connecting';

  /**
   * How `message` events carry binary messages.
   *
   * @type {'arraybuffer' | 'blob'}
   */
  binaryType = 'arraybuffer';

  /**
   * @internal
   * @param {Peer} peer
   * @param {string} label
   */
  constructor(peer, label) {
    super();
    this.#peer = peer;
    this.#label = label;
    /** @internal */
    this.inbox = new Inbox((data) => this.dispatchEvent(new DataEvent(asKind(data, this.binaryType), peer)));
    /** @internal */
    this.outbox = new Outbox(label, () => peer.connection.sctp?.maxMessageSize ?? Number.POSITIVE_INFINITY);
  }

  /** The peer at the other end. */
  get peer() {
    return this.#peer;
  }

  get label() {
    return this.#label;
  }

  get readyState() {
    return this.#state;
  }

  /** Bytes that were given to send() and have not left this browser. */
  get bufferedAmount() {
    return this.outbox.bytes + (this.#wire?.bufferedAmount ?? 0);
  }

  /**
   * Sends one message after all those before it. It waits for `open`, and while more than 1 MiB are buffered.
   *
   * @param {Data} data
   * @returns {Promise<void>} fulfilled when the browser has taken it
   * @throws {PeerhostError} CHANNEL_CLOSED; TOO_LARGE above `peer.connection.sctp.maxMessageSize`; QUEUE_FULL when
   *   16 MiB or 65,536 messages wait; BAD_DATA; SEND_FAILED
   */
  async send(data) {
    if (this.#state === 'closing' || this.#state === 'closed') {
      throw channelClosed(this.#label);
    }
    await this.outbox.send(data);
  }

  /** Closes both ends; what the browser has taken is still sent, what waits here is refused with CHANNEL_CLOSED. */
  close() {
    if (this.#wire) {
      this.#closing();
      this.#wire.close();
    } else {
      this.closed();
    }
  }

  /**
   * Listening for `message` takes the channel.
   *
   * @template {keyof ChannelEvents} Type
   * @override
   * @param {Type} type
   * @param {((event: ChannelEvents[Type]) => unknown) | EventListenerObject | null} listener
   * @param {AddEventListenerOptions | boolean} [options]
   */
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options);
    if (type === 'message') {
      this.inbox.take();
    }
  }

  /** @internal The RTCDataChannel that carries it at the moment. */
  get wire() {
    return this.#wire;
  }

  /** @internal Whether it carries messages, or will. */
  get live() {
    return [this.#state, this.#wire?.readyState].every((state) => !state || state === 'connecting' || state === 'open');
  }

  /**
   * Goes over to an RTCDataChannel, or waits for one, with what the one before it may have lost.
   *
   * @internal
   * @param {RTCDataChannel | undefined} wire
   * @param {boolean} contested whether it may be given up for the newcomer's
   */
  attach(wire, contested) {
    this.#wire = wire;
    this.outbox.restart(contested);
    if (!wire) {
      return;
    }
    wire.binaryType = 'arraybuffer';
    /** @type {(type: string, handle: (event: any) => void) => void} */
    const on = (type, handle) => wire.addEventListener(type, (event) => wire === this.#wire && handle(event));
    on('open', () => this.#opened(wire));
    on('message', ({ data }) => this.#received(wire, data));
    on('error', ({ error }) => this.#failed(error));
    on('closing', () => this.#closing());
    on('close', () => this.closed());
    if (wire.readyState === 'open') {
      queueMicrotask(() => wire === this.#wire && this.#opened(wire));
    }
  }

  /**
   * The end: nothing more comes or goes.
   *
   * @internal
   * @param {PeerhostError} [error] why, if it is not a plain close
   */
  closed(error) {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'closed';
    this.outbox.close(channelClosed(this.#label, error));
    if (error) {
      this.dispatchEvent(new FailureEvent(error, this.#peer));
    }
    this.dispatchEvent(new Event('close'));
  }

  #closing() {
    if (this.#state !== 'closed') {
      this.#state = 'closing';
      this.outbox.close(channelClosed(this.#label));
    }
  }

  /** @param {RTCDataChannel} wire */
  #opened(wire) {
    this.outbox.open(wire);
    if (this.#state === 'connecting') {
      this.#state = 'open';
      this.dispatchEvent(new Event('open'));
    }
  }

  /**
   * @param {RTCDataChannel} wire
   * @param {string | ArrayBuffer} data
   */
  #received(wire, data) {
    if (this.outbox.contested) {
      this.outbox.confirm();
    }
    if (this.#state !== 'closed' && !this.inbox.receive(data)) {
      wire.close();
      const why = `"${this.#label}" was closed: nobody took it before ${MAX_UNTAKEN} bytes of its messages had come`;
      this.closed(new PeerhostError('UNTAKEN_FULL', why));
    }
  }

  /** @param {RTCError | undefined} cause */
  #failed(cause) {
    if (this.#state !== 'closed' && isFailure(cause)) {
      const error = new PeerhostError('CHANNEL_ERROR', `"${this.#label}": ${cause?.message}`, { cause });
      this.dispatchEvent(new FailureEvent(error, this.#peer));
    }
  }
}
