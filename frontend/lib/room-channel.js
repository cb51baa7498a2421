import { because, channelClosed } from './errors.js';
import { TypedEventTarget } from './events.js';

/** @typedef {import('./events.js').DataEvent} DataEvent */
/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./events.js').PeerEvent} PeerEvent */
/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./peer.js').Peer} Peer */

/**
 * One label to every browser in the room, present and future. Events, all with `event.peer`: `message` (`event.data`),
 * `open` and `close` of the channel to that peer, `error` (`event.error`).
 *
 * @extends {TypedEventTarget<{ message: DataEvent, open: PeerEvent, close: PeerEvent, error: FailureEvent }>}
 */
export class RoomChannel extends TypedEventTarget {
  /** @readonly */
  label;
  #options;
  /** @type {Map<Peer, Channel>} */
  #channels = new Map();
  #closed = false;
  #ended;
  /**
   * @internal That goes over it, where its label is an action's.
   *
   * @type {import('./action.js').Action | undefined}
   */
  action;
  /** @type {'arraybuffer' | 'blob'} */
  #binaryType = 'arraybuffer';

  /**
   * @param {string} label
   * @param {ChannelOptions | undefined} options
   * @param {() => void} ended told of close()
   */
  constructor(label, options, ended) {
    super();
    this.label = label;
    this.#options = options;
    this.#ended = ended;
  }

  /**
   * The channels by peer id, also those that are not open yet.
   *
   * @returns {ReadonlyMap<string, Channel>}
   */
  get channels() {
    return new Map([...this.#channels].map(([{ id }, channel]) => [id, channel]));
  }

  /** `open` when at least one browser can be sent to at once. */
  get readyState() {
    if (this.#closed) {
      return 'closed';
    }
    return [...this.#channels.values()].some((channel) => channel.readyState === 'open') ? 'open' : 'connecting';
  }

  get binaryType() {
    return this.#binaryType;
  }

  set binaryType(binaryType) {
    this.#binaryType = binaryType;
    for (const channel of this.#channels.values()) {
      channel.binaryType = binaryType;
    }
  }

  /**
   * Sends to every browser that is in the room now, also to those whose channel is about to open.
   *
   * @param {Data} data
   * @param {import('./parcel.js').SendOptions} [options] of the message to each of them
   * @returns {Promise<void>} fulfilled when each has taken it or is gone
   * @throws {PeerhostError} CHANNEL_CLOSED after close(); else the first refusal that is not a peer's leaving, when all
   *   have taken or refused it
   */
  async send(data, options) {
    if (this.#closed) {
      throw channelClosed(this.label);
    }
    const results = await Promise.allSettled(
      [...this.#channels.values()].map((channel) => channel.send(data, options)),
    );
    for (const result of results) {
      if (result.status === 'rejected' && result.reason.code !== 'CHANNEL_CLOSED') {
        throw result.reason;
      }
    }
  }

  /** Closes the channel to every browser, and opens none to those who come. */
  close() {
    this.#closed = true;
    this.#ended();
    for (const channel of this.#channels.values()) {
      channel.close();
    }
  }

  /**
   * @internal
   * @param {Peer} peer who came
   */
  open(peer) {
    if (peer.state === 'closed') {
      return;
    }
    try {
      this.to(peer);
    } catch (cause) {
      const error = because('CHANNEL_ERROR', `"${this.label}" cannot be opened`, cause);
      this.fire('error', { error, peer });
    }
  }

  /**
   * @internal
   * @param {Peer} peer
   * @returns {Channel} the one to it, another one if that was closed
   * @throws {import('./errors.js').PeerhostError} PEER_CLOSED
   */
  to(peer) {
    const channel = peer.channel(this.label, this.#options);
    if (!this.#closed && this.#channels.get(peer) !== channel) {
      this.add(channel);
    }
    return channel;
  }

  /**
   * @internal
   * @param {Channel} channel opened by either side
   * @returns {boolean} false for the server's
   */
  add(channel) {
    const { peer } = channel;
    if (peer.kind === 'server') {
      return false;
    }
    channel.binaryType = this.#binaryType;
    this.#channels.set(peer, channel);
    channel.addEventListener('close', () => {
      if (this.#channels.get(peer) === channel) {
        this.#channels.delete(peer);
      }
    });
    for (const type of /** @type {('message' | 'error')[]} */ (['open', 'message', 'error', 'close'])) {
      channel.addEventListener(type, (/** @type {any} */ { data, error }) =>
        this.fire(type, /** @type {any} */ ({ peer, data, error })),
      );
    }
    return true;
  }
}
