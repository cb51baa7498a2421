import { Channels } from './channels.js';
import { Connections } from './connections.js';
import { Control } from './control.js';
import { PeerhostError } from './errors.js';
import { ChannelEvent, FailureEvent, TypedEventTarget } from './events.js';

/** Milliseconds from the first wish to connect to the connection. */
const CONNECT_WITHIN = 30_000;

/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./signaling.js').Message} Message */
/** @typedef {{ id: string, name?: string, kind: 'browser' | 'server' }} PeerInfo as the roster has it */
/** @typedef {'new' | 'connecting' | 'connected' | 'reconnecting' | 'closed'} PeerState */

/**
 * @typedef {object} PeerOptions
 * @property {boolean} newcomer whether we came after the peer, and so make the first offer
 * @property {string} self our id
 * @property {() => boolean} polite whether our offer yields when both offer at once
 * @property {RTCConfiguration} rtcConfig
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send to the peer, by way of the server
 * @property {(channel: Channel) => boolean} adopt whether the room has asked for the channel's label
 * @property {() => void} claimed the peer says who it is
 */

/**
 * Somebody else in the room: a browser, which is connected to at once, or the server, which is when its first channel
 * is asked for. Events: `statechange`; `channel` (`event.channel`) for a channel that was not asked for here; `error`
 * (`event.error`) for a candidate or description that was of no use, and for why the peer was closed.
 *
 * @extends {TypedEventTarget<{ statechange: Event, channel: ChannelEvent, error: FailureEvent }>}
 */
export class Peer extends TypedEventTarget {
  /** @internal What the roster has of it; another one when it has joined anew. */
  info;
  #connections;
  #channels;
  /** @type {PeerState} */
  #state = 'new';
  /**
   * @internal What the libraries say to each other; only browsers have it.
   * @type {Control | undefined}
   */
  control;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {PeerInfo} info
   * @param {PeerOptions} options
   */
  constructor(info, { newcomer, self, polite, rtcConfig, send, adopt, claimed }) {
    super();
    this.info = info;
    const failed = (/** @type {PeerhostError} */ error) => this.#fail(error);
    this.#connections = new Connections(
      rtcConfig,
      { polite, offers: newcomer, send, failed },
      { changed: () => this.#follow(), closed: () => this.close(), moved: (within) => this.#channels.move(within) },
    );
    this.#channels = new Channels(this, newcomer, (channel) => {
      if (!adopt(channel)) {
        this.dispatchEvent(new ChannelEvent(channel));
      }
    });
    if (info.kind === 'browser') {
      this.control = new Control(this.connection, { self, took: (label) => this.#channels.confirm(label), claimed });
      this.#connect();
    }
  }

  /** The server's word; another one when the peer had to join anew while its connection stood. */
  get id() {
    return this.info.id;
  }

  /** The display name, empty where none was given. It is anybody's text: never HTML. */
  get name() {
    return this.info.name ?? '';
  }

  get kind() {
    return this.info.kind;
  }

  /** Another one after the server has asked for that. */
  get connection() {
    return this.#connections.current;
  }

  /** `reconnecting` is a connection that was there and has no network at the moment; `closed` is for good. */
  get state() {
    return this.#state;
  }

  /**
   * The channel of this label: the one there is, whichever side opened it, or else a new one.
   *
   * @param {string} label
   * @param {ChannelOptions} [options] heeded when this call opens the channel
   * @returns {Channel}
   * @throws {PeerhostError} PEER_CLOSED
   * @throws {TypeError} for a label or options that createDataChannel refuses
   */
  channel(label, options) {
    if (this.#state === 'closed') {
      throw new PeerhostError('PEER_CLOSED', `The connection to ${this.id} is closed: wait for a peerjoin`);
    }
    const channel = this.#channels.open(label, options);
    this.#connect();
    return channel;
  }

  /**
   * Takes an offer, answer or candidate, or the wish for another connection.
   *
   * @internal
   * @param {Message} message
   */
  deliver(message) {
    if (message.type === 'reconnect') {
      if (this.#state === 'connected' || this.#state === 'reconnecting') {
        this.#connections.replace(message.within);
      }
    } else if (!this.#connections.receive(message)) {
      this.close(new PeerhostError('TOO_MANY_SIGNALS', `${this.id} sends faster than its offers can be dealt with`));
    }
  }

  /**
   * The server takes no more connections: what is connected stays.
   *
   * @internal
   * @param {PeerhostError} error
   */
  refuse(error) {
    if (!this.#connections.abandon()) {
      this.close(error);
    }
  }

  /**
   * Closes the connection and all its channels.
   *
   * @internal
   * @param {PeerhostError} [error] why, if it is not that somebody left
   */
  close(error) {
    if (this.#state === 'closed') {
      return;
    }
    clearTimeout(this.#timer);
    this.#state = 'closed';
    this.#connections.close();
    this.#channels.close(error);
    if (error) {
      this.#fail(error);
    }
    this.dispatchEvent(new Event('statechange'));
  }

  #connect() {
    if (this.#state === 'new') {
      this.#become('connecting');
      const why = `No connection to ${this.id} within ${CONNECT_WITHIN / 1000} s: a firewall between may need a TURN server`;
      this.#timer = setTimeout(() => this.close(new PeerhostError('TIMEOUT', why)), CONNECT_WITHIN);
    }
  }

  #follow() {
    const state = this.connection.connectionState;
    if (state === 'failed') {
      const why = `No network path to ${this.id} (is left): a firewall between may need a TURN server`;
      this.close(new PeerhostError('CONNECTION_FAILED', why));
    } else if (state === 'connected') {
      clearTimeout(this.#timer);
      this.#become('connected');
    } else if (this.#state === 'connected') {
      this.#become('reconnecting');
    }
  }

  /** @param {PeerState} state */
  #become(state) {
    if (this.#state !== state && this.#state !== 'closed') {
      this.#state = state;
      this.dispatchEvent(new Event('statechange'));
    }
  }

  /** @param {PeerhostError} error */
  #fail(error) {
    this.dispatchEvent(new FailureEvent(error, this));
  }
}
