import { PeerhostError } from './errors.js';
import { TypedEventTarget } from './events.js';
import { Members } from './members.js';
import { followPage } from './page-life.js';
import { RoomChannels } from './room-channels.js';
import { Signaling } from './signaling.js';

/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./events.js').PeerEvent} PeerEvent */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./signaling.js').Message} Message */
/** @typedef {'connecting' | 'connected' | 'reconnecting' | 'closed'} RoomState */

/** @typedef {{ url: string, name?: string, settings: Promise<import('./config.js').Settings> }} RoomOptions the WebSocket's URL */

/**
 * A room that we are in. Events: `peerjoin`, `peerleave` (`event.peer`, browsers only), `statechange`, and `error`
 * (`event.error`) for what the server refused and for why the room was closed.
 *
 * While the server is out of reach (`reconnecting`), nothing is closed here. It keeps our place for a while; then we join
 * anew under a new id, where whose connection stands stays, or the room is closed if the server refuses us.
 *
 * @extends {TypedEventTarget<{ peerjoin: PeerEvent, peerleave: PeerEvent, statechange: Event, error: FailureEvent }>}
 */
export class Room extends TypedEventTarget {
  /** @readonly */
  id;
  #options;
  #signaling;
  #members;
  /** @type {RoomState} */
  #state = 'connecting';
  #channels = new RoomChannels();
  /** Whether the session's roster has come. */
  #entered = false;
  /** @type {{ resolve: (value?: unknown) => void, reject: (error: PeerhostError) => void } | undefined} */
  #joining;
  #over = new AbortController();

  /**
   * @internal
   * @param {string} id
   * @param {RoomOptions} options
   */
  constructor(id, options) {
    super();
    this.id = id;
    this.#options = options;
    this.#signaling = new Signaling(options.url, {
      welcome: (resumed) => this.#enter(resumed),
      message: (message) => this.#receive(message),
      lost: (error) => (this.#state === 'connecting' ? this.#close(error) : this.#become('reconnecting')),
    });
    this.#members = new Members(this, this.#signaling, this.#channels);
    this.#over.signal.addEventListener('abort', () => {
      // Last: who hears of it waits for nothing that is on its way.
      this.#members.tell('leave', {});
      this.#signaling.close();
    });
    followPage(this.#over.signal, {
      suspend: () => this.#signaling.suspend(),
      gone: () => {
        this.#close();
        this.#over.abort();
      },
      changed: () => {
        this.#signaling.check();
        this.#members.wake();
      },
    });
  }

  /** Our id; another one after the server was out of reach for too long. */
  get self() {
    return this.#members.self;
  }

  get state() {
    return this.#state;
  }

  /** @returns {ReadonlyMap<string, Peer>} the browsers in the room but us, by id */
  get peers() {
    return this.#members.browsers;
  }

  /** The server's own peer, where it has one; a fresh one when the connection to it was closed. */
  get server() {
    return this.#members.server;
  }

  /**
   * The channel of this label to every browser in the room, present and future.
   *
   * @param {string} label
   * @param {import('./channels.js').ChannelOptions} [options] heeded where this side opens the channel
   * @returns {import('./room-channel.js').RoomChannel} the same one for the same label, until its close()
   * @throws {PeerhostError} ROOM_CLOSED
   */
  channel(label, options) {
    if (this.#state === 'closed') {
      throw this.#left();
    }
    return this.#channels.open(label, options, this.peers.values());
  }

  /** @param {string} name of messages and requests; the same Action for the same name, until its close() */
  action(name) {
    return this.#channels.action(name, (label) => this.channel(label));
  }

  /**
   * Leaves, and closes every connection and the session; what was sent has 2 s to arrive. Happens by itself, and at once,
   * when the page goes away.
   */
  leave() {
    this.#close();
  }

  /** @internal Connects, joins and waits for the roster. */
  async join() {
    const entered = new Promise((resolve, reject) => (this.#joining = { resolve, reject }));
    await Promise.all([this.#options.settings, entered, this.#signaling.connect()]);
  }

  /** @param {boolean} resumed whether we are who we were */
  async #enter(resumed) {
    this.#entered &&= resumed;
    if (this.#entered) {
      return this.#become('connected');
    }
    // join() waits for the settings too, and throws what is wrong with them.
    const settings = await this.#options.settings.catch(() => undefined);
    if (settings && this.#state !== 'closed') {
      this.#members.settings = settings;
      this.#members.tell('join', { name: this.#options.name });
    }
  }

  /** @param {Message} message */
  #receive(message) {
    if (message.type === 'rejected') {
      this.#rejected(message);
    } else if (this.#state !== 'closed' && message.room === this.id) {
      this.#members.receive(message);
      if (message.type === 'roster') {
        this.#entered = true;
        this.#become('connected');
        this.#joining?.resolve();
      }
    }
  }

  /** @param {Message} rejected */
  #rejected({ code, message, destination }) {
    const error = new PeerhostError(code, message);
    const joining = destination?.endsWith('/join');
    if (joining && code !== 'ALREADY_IN_ROOM') {
      this.#close(error);
    } else if (code === 'SERVER_PEER_UNAVAILABLE') {
      // What is connected stays.
      this.server?.path.abandon() || this.server?.close(error);
    } else if (!joining) {
      this.fire('error', { error });
    }
  }

  /** @param {PeerhostError} [error] why, if we do not leave by ourselves */
  #close(error) {
    if (this.#state === 'closed') {
      return;
    }
    this.#options.settings.then(({ connections }) => connections.close()).catch(() => {});
    this.#become('closed');
    this.#members.close().then(() => this.#over.abort());
    for (const channel of this.#channels.values()) {
      channel.close();
    }
    this.#joining?.reject(error ?? this.#left());
    error && this.fire('error', { error });
  }

  #left() {
    return new PeerhostError('ROOM_CLOSED', `"${this.id}" was left: join it again`);
  }

  /** @param {RoomState} state */
  #become(state) {
    if (this.#state !== state && this.#state !== 'closed') {
      this.#state = state;
      this.#members.wake(state === 'connected');
      this.fire('statechange');
    }
  }
}
