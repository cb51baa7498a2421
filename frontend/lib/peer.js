import { Channels } from './channels.js';
import { PeerhostError } from './errors.js';
import { TypedEventTarget } from './events.js';
import { Path } from './path.js';

/** Milliseconds from the first wish to connect to the connection. */
const CONNECT_WITHIN = 30_000;

/** @typedef {import('./events.js').ChannelEvent} ChannelEvent */
/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {{ id: string, name?: string, kind: 'browser' | 'server' }} PeerInfo as the roster has it */
/** @typedef {'new' | 'connecting' | 'connected' | 'reconnecting' | 'closed'} PeerState */

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
  #path;
  #channels;
  /** @type {PeerState} */
  #state = 'new';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @internal
   * @param {PeerInfo} info
   * @param {import('./members.js').Members} members those that it is one of
   * @param {boolean} newcomer whether we came after it, and so make the first offer
   */
  constructor(info, members, newcomer) {
    super();
    this.info = info;
    this.#channels = new Channels(
      this,
      newcomer,
      (channel) => members.channels.get(channel.label)?.add(channel) || this.fire('channel', { channel }),
    );
    this.#path = new Path(this, this.#channels, members, newcomer);
    if (info.kind === 'browser') {
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

  /** The RTCPeerConnection; another one when this one cannot be repaired, or the server has asked for that. */
  get connection() {
    return this.#path.link.connection;
  }

  /** `reconnecting` is a connection that was there and is being repaired; `closed` is for good. */
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
    this.#check();
    const channel = this.#channels.open(label, options);
    this.#connect();
    return channel;
  }

  /** Milliseconds to the peer and back, over the connection; rejected with TIMEOUT after 5 s, QUEUE_FULL, PEER_CLOSED. */
  async ping() {
    return this.#ask().ping();
  }

  /** Five words that the other side has alike if nobody stands between; SAFETY_FAILED, TIMEOUT after 10 s, PEER_CLOSED. */
  async safetyCode() {
    return this.#ask().safetyCode();
  }

  /** Looks for a better path to the peer, or for one again, at most once a second; connection and channels stay. */
  restartIce() {
    this.#path.restartIce();
  }

  /** @internal The way to the peer. */
  get path() {
    return this.#path;
  }

  /** @internal What the libraries say to each other; only browsers have it. */
  get control() {
    return this.#path.link.control;
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
    // First the channels: they acknowledge what they have taken.
    this.#channels.close(error);
    this.#path.close();
    if (error) {
      this.fire('error', { error, peer: this });
    }
    this.fire('statechange');
  }

  /** @internal Closes the connection once the other side has what was sent. */
  async leave() {
    if (this.#state === 'connected') {
      this.become('closed');
      await this.#channels.leave();
      this.#path.close();
    } else {
      this.close();
    }
  }

  /**
   * @internal
   * @param {PeerState} state
   */
  become(state) {
    if (state === 'connected') {
      clearTimeout(this.#timer);
    }
    if (this.#state !== state && this.#state !== 'closed') {
      this.#state = state;
      this.fire('statechange');
    }
  }

  #check() {
    if (this.#state === 'closed') {
      throw new PeerhostError('PEER_CLOSED', `"${this.id}" is closed: wait for a peerjoin`);
    }
  }

  #ask() {
    this.#check();
    this.#connect();
    return this.#path.link.inquiries;
  }

  #connect() {
    if (this.#state === 'new') {
      this.become('connecting');
      const late = () => this.#path.giveUp(`not within ${CONNECT_WITHIN} ms`, 'TIMEOUT');
      this.#timer = setTimeout(late, CONNECT_WITHIN);
    }
  }
}
