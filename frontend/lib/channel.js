import { carries, optionsOf } from './data-channel.js';
import { because, channelClosed } from './errors.js';
import { TypedEventTarget } from './events.js';
import { Inbox } from './inbox.js';
import { ofApplication, speaksFrames, speech } from './speech.js';

/** User-Initiated Abort (RFC 9260 section 3.3.10.12): the other side closed the connection, which is no error. */
const ABORTED_BY_USER = 12;

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./errors.js').PeerhostError} PeerhostError */
/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {{ open: Event, message: import('./events.js').DataEvent, progress: import('./events.js').TransferEvent, close: Event, error: FailureEvent }} ChannelEvents */

/**
 * A data channel to one peer, the only one of its label, whichever side opened it. Events: `open`, `message` (`event.data`),
 * `progress` of a large one that comes (`event.loaded`, `event.total`), `close`, `error` (`event.error`). It comes from
 * `peer.channel(label)` or from a `channel` event.
 *
 * @extends {TypedEventTarget<ChannelEvents>}
 */
export class Channel extends TypedEventTarget {
  /** @readonly The peer at the other end. */
  peer;
  /** @readonly */
  label;
  /** @type {RTCDataChannelState} */
  #state = 'connecting';
  #lost = 0;
  /** @internal That carries it at the moment. @type {RTCDataChannel | undefined} */
  wire;

  /** How `message` events carry binary messages. @type {'arraybuffer' | 'blob'} */
  binaryType = 'arraybuffer';

  /**
   * @internal
   * @param {Peer} peer
   * @param {string} label
   * @param {ChannelOptions} options what it is opened with
   */
  constructor(peer, label, options) {
    super();
    this.peer = peer;
    this.label = label;
    /** @internal */
    this.options = options;
    /** @internal */
    this.inbox = new Inbox(label, (message) => {
      const data = this.binaryType === 'blob' && typeof message !== 'string' ? new Blob([message]) : message;
      this.fire('message', { peer, data });
    });
    /** @internal */
    this.outbox = speech(this);
  }

  get protocol() {
    return ofApplication(this.options);
  }

  get readyState() {
    return this.#state;
  }

  /** Bytes that were given to send() and have not left this browser. */
  get bufferedAmount() {
    return this.outbox.bytes + (this.wire?.bufferedAmount ?? 0);
  }

  /**
   * Sends one message. It waits for `open`, and while too much is buffered or not acknowledged.
   *
   * @param {Data} data
   * @param {import('./parcel.js').SendOptions} [options] heeded on a reliable ordered channel
   * @returns {Promise<void>} fulfilled when the browser has taken all of it
   * @throws {PeerhostError} CHANNEL_CLOSED, TOO_LARGE, QUEUE_FULL, ABORTED, BAD_DATA, SEND_FAILED
   */
  async send(data, options) {
    if (!carries(this.#state)) {
      throw channelClosed(this.label);
    }
    await this.outbox.send(data, options);
  }

  /** Closes both ends; what the browser has taken is still sent, what waits here is refused with CHANNEL_CLOSED. */
  close() {
    this.#closing(false);
    this.wire ? this.wire.close() : this.closed();
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

  /** @internal Whether it carries messages, or will. */
  get live() {
    return carries(this.#state) && carries(this.wire?.readyState ?? 'connecting');
  }

  /**
   * Goes over to an RTCDataChannel, or waits for one, with what the one before it may have lost.
   *
   * @internal
   * @param {RTCDataChannel | undefined} wire
   * @param {boolean} contested whether it may be given up for the newcomer's
   */
  attach(wire, contested) {
    this.wire = wire;
    this.outbox.restart(contested);
    if (!wire) return;
    this.options = optionsOf(wire);
    if (speaksFrames(this.options) !== this.outbox.framed) {
      // Both sides opened it at once, and not in the same way.
      this.outbox.close();
      this.outbox = speech(this);
    }
    wire.binaryType = 'arraybuffer';
    /** @type {(type: string, handle: (event: any) => void) => void} */
    const on = (type, handle) => wire.addEventListener(type, (event) => wire === this.wire && handle(event));
    on('open', () => this.#opened(wire));
    on('message', ({ data }) => {
      try {
        // One that is closing takes nothing any more, as an RTCDataChannel does; so the other side hears that it is undelivered.
        this.#state !== 'closing' && this.outbox.receive(data);
      } catch (error) {
        this.closed(/** @type {PeerhostError} */ (error));
      }
    });
    on('error', ({ error }) => {
      if (error?.sctpCauseCode !== ABORTED_BY_USER) {
        this.fire('error', { error: because('CHANNEL_ERROR', `"${this.label}"`, error), peer: this.peer });
      }
    });
    on('closing', () => this.#closing(true));
    on('close', () => this.closed());
    if (wire.readyState === 'open') {
      queueMicrotask(() => this.#opened(wire));
    }
  }

  /**
   * The end: nothing more comes or goes.
   *
   * @internal
   * @param {PeerhostError} [error] why, if it is not a plain close: then the other side's end is closed too
   */
  closed(error) {
    if (this.#state === 'closed') {
      return;
    }
    this.#closing(true);
    this.#state = 'closed';
    error && this.wire?.close();
    this.wire = undefined;
    const lost = `${this.#lost} messages on "${this.label}" are undelivered`;
    const why = error ?? 'not acknowledged before it ended';
    const failure = this.#lost > 0 ? because('UNDELIVERED', lost, why) : error;
    failure && this.fire('error', { error: failure, peer: this.peer });
    this.fire('close');
  }

  /** @param {boolean} unasked whether it was not we who closed it: then what was not acknowledged is lost */
  #closing(unasked) {
    if (carries(this.#state)) {
      this.#state = 'closing';
      this.#lost = unasked ? this.outbox.undelivered : 0;
      this.outbox.close();
    }
  }

  /** @param {RTCDataChannel} wire */
  #opened(wire) {
    if (wire !== this.wire || wire === this.outbox.wire) {
      return;
    }
    this.outbox.open(wire);
    if (this.#state === 'connecting') {
      this.#state = 'open';
      this.fire('open');
    }
  }
}
