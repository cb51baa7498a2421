import { LABEL as ACTION } from './action.js';
import { PeerhostError } from './errors.js';
import { FailureEvent, PeerEvent, TypedEventTarget } from './events.js';
import { Members } from './members.js';
import { RoomChannels } from './room-channels.js';
import { Signaling } from './signaling.js';

/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./room-channel.js').RoomChannel} RoomChannel */
/** @typedef {import('./signaling.js').Message} Message */
/** @typedef {'connecting' | 'connected' | 'reconnecting' | 'closed'} RoomState */

/**
 * @typedef {object} RoomOptions
 * @property {string} url the WebSocket's
 * @property {string} [name] ours, for the others to see
 * @property {Promise<RTCConfiguration>} rtcConfig
 */

/**
 * A room that we are in. Events: `peerjoin`, `peerleave` (`event.peer`, browsers only), `statechange`, and `error`
 * (`event.error`) for what the server refused and for why the room was closed.
 *
 * While the server is out of reach (`reconnecting`), nothing is closed here. When it is back we join anew under a new
 * id: every peer of before leaves, and those present join. If the server then refuses us, the room is closed.
 *
 * @extends {TypedEventTarget<{ peerjoin: PeerEvent, peerleave: PeerEvent, statechange: Event, error: FailureEvent }>}
 */
export class Room extends TypedEventTarget {
  #id;
  #options;
  #signaling;
  #members;
  /** @type {RoomState} */
  #state = 'connecting';
  #channels = new RoomChannels();
  /** @type {{ resolve: (value?: unknown) => void, reject: (error: PeerhostError) => void } | undefined} */
  #joining;
  #leave = () => this.leave();

  /**
   * @internal
   * @param {string} id
   * @param {RoomOptions} options
   */
  constructor(id, options) {
    super();
    this.#id = id;
    this.#options = options;
    this.#signaling = new Signaling(options.url, {
      welcome: () => this.#enter(),
      message: (message) => this.#receive(message),
      lost: (error) => (this.#joining ? this.#close(error) : this.#become('reconnecting')),
    });
    this.#members = new Members({
      send: (type, body) => this.#send(type, body),
      adopt: (channel) => this.#channels.adopt(channel),
      joined: (peer) => {
        this.#channels.joined(peer);
        this.dispatchEvent(new PeerEvent('peerjoin', peer));
      },
      left: (peer) => this.dispatchEvent(new PeerEvent('peerleave', peer)),
    });
    globalThis.addEventListener?.('pagehide', this.#leave);
  }

  get id() {
    return this.#id;
  }

  /** Our id; another one after the server was out of reach. */
  get self() {
    return this.#members.self;
  }

  get state() {
    return this.#state;
  }

  /**
   * The browsers in the room but us, by id.
   *
   * @returns {ReadonlyMap<string, Peer>}
   */
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
   * @param {ChannelOptions} [options] heeded where this side opens the channel
   * @returns {RoomChannel} the same one for the same label, until its close()
   * @throws {PeerhostError} ROOM_CLOSED
   */
  channel(label, options) {
    if (this.#state === 'closed') {
      throw new PeerhostError('ROOM_CLOSED', `The room "${this.#id}" was left: join it again`);
    }
    return this.#channels.open(label, options, this.peers.values());
  }

  /**
   * Messages and requests of this name between the browsers of the room.
   *
   * @param {string} name
   * @returns {import('./action.js').Action} the same one for the same name, until its close()
   * @throws {PeerhostError} ROOM_CLOSED
   */
  action(name) {
    return this.#channels.action(name, this.channel(ACTION + name));
  }

  /** Leaves, closes every connection and the session; happens by itself when the page goes away. */
  leave() {
    this.#close();
  }

  /** @internal Connects, joins and waits for the roster. */
  async join() {
    await Promise.all([
      this.#options.rtcConfig,
      new Promise((resolve, reject) => {
        this.#joining = { resolve, reject };
        this.#signaling.connect();
      }),
    ]);
  }

  async #enter() {
    try {
      this.#members.rtcConfig = await this.#options.rtcConfig;
      this.#send('join', { name: this.#options.name });
    } catch {
      // join() waits for the rtcConfig too, and throws it.
    }
  }

  /** @param {Message} message */
  #receive(message) {
    const { type } = message;
    if (type === 'rejected') {
      this.#rejected(message);
    } else if (this.#state === 'closed' || message.room !== this.#id) {
      return;
    } else if (type === 'roster') {
      this.#members.enter(message.self, message.peers);
      this.#become('connected');
      this.#joining?.resolve();
      this.#joining = undefined;
    } else if (type === 'joined') {
      this.#members.add(message.peer, false);
    } else if (type === 'left') {
      this.#members.remove(message.peer);
    } else if (type === 'offer' || type === 'answer' || type === 'candidate' || type === 'reconnect') {
      this.#members.deliver(message);
    }
  }

  /** @param {Message} rejected */
  #rejected({ code, message, destination }) {
    const error = new PeerhostError(code, message);
    if (destination?.endsWith('/join')) {
      this.#close(error);
    } else if (code === 'SERVER_PEER_UNAVAILABLE') {
      this.server?.refuse(error);
    } else {
      this.dispatchEvent(new FailureEvent(error));
    }
  }

  /** @param {PeerhostError} [error] why, if we do not leave by ourselves */
  #close(error) {
    if (this.#state === 'closed') {
      return;
    }
    globalThis.removeEventListener?.('pagehide', this.#leave);
    this.#send('leave', {});
    this.#signaling.close();
    this.#become('closed');
    this.#members.close();
    this.#channels.close();
    if (this.#joining) {
      this.#joining.reject(error ?? new PeerhostError('ABORTED', `Joining "${this.#id}" was given up`));
    } else if (error) {
      this.dispatchEvent(new FailureEvent(error));
    }
  }

  /** @param {RoomState} state */
  #become(state) {
    if (this.#state !== state && this.#state !== 'closed') {
      this.#state = state;
      this.dispatchEvent(new Event('statechange'));
    }
  }

  /**
   * @param {string} verb
   * @param {object} body
   */
  #send(verb, body) {
    this.#signaling.send(`/app/rooms/${this.#id}/${verb}`, body);
  }
}
