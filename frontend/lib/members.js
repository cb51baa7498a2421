import { NONE } from './connections.js';
import { keyIn } from './control.js';
import { onNetworkChange } from './network.js';
import { Peer } from './peer.js';
import { Returning } from './returning.js';
import { ServerPeer } from './server-peer.js';

/** What one peer tells another, by type. */
const SIGNALS = new Set(['offer', 'answer', 'candidate', 'reconnect']);

/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./peer.js').PeerInfo} PeerInfo */
/** @typedef {import('./returning.js').Arrival} Arrival */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} MembersOptions
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send by way of the server
 * @property {() => void} check whether the way to the server carries anything
 * @property {(channel: Channel) => boolean} adopt whether the room has asked for the label of a channel that came
 * @property {(peer: Peer) => void} joined a browser
 * @property {(peer: Peer) => void} left a browser
 */

/**
 * Everybody in the room but us: who they are is the server's word, one Peer each. Whose connection stands stays, even when
 * the server has forgotten it or us, and is recognized when it is back under another id.
 */
export class Members {
  #options;
  /** Our id, empty before the first roster. */
  self = '';
  /** @type {import('./config.js').Settings} how peers connect from now on */
  settings = { connections: NONE, iceRestart: 'disconnected', recoveryTimeout: 0 };
  #reachable = false;
  /** @type {Map<string, Peer>} */
  #browsers = new Map();
  #returning;
  #server = new ServerPeer((info) => this.#create(info, true));
  #closed = false;
  #stop = onNetworkChange(() => {
    this.#options.check();
    this.signal(this.#reachable);
  });

  /** @param {MembersOptions} options */
  constructor(options) {
    this.#options = options;
    this.#returning = new Returning({
      browsers: this.#browsers,
      send: options.send,
      announce: (arrival) => this.#announce(arrival),
      remove: (id) => this.remove(id),
    });
  }

  get browsers() {
    return this.#browsers;
  }

  get server() {
    return this.#server.peer;
  }

  /**
   * @param {string} self our id
   * @param {PeerInfo[]} peers
   */
  #enter(self, peers) {
    this.self = self;
    const present = new Set(peers.map(({ id }) => id));
    this.#returning.begin(self, present);
    if (!present.has(this.server?.id ?? '')) {
      this.#server.gone();
    }
    for (const info of peers) {
      this.#add(info, true);
    }
  }

  /** @param {Message} message who is there, that somebody came or went, or a signal */
  receive(message) {
    if (message.type === 'roster') {
      this.#enter(message.self, message.peers);
    } else if (message.type === 'joined') {
      this.#add(message.peer, false);
    } else if (message.type === 'left') {
      this.remove(message.peer, message.reason);
    } else if (SIGNALS.has(message.type)) {
      this.#deliver(message);
    }
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer whether we came after it
   */
  #add(info, newcomer) {
    if (this.#closed) {
      return; // Whoever was told of the one before has left the room.
    }
    if (info.kind === 'server') {
      this.#server.present(info);
      return;
    }
    if (!this.#browsers.has(info.id)) {
      this.#returning.arrived(info, newcomer);
    }
    for (const peer of [...this.#browsers.values()]) {
      this.#returning.prove(peer, this.self);
    }
  }

  /**
   * @param {string} id
   * @param {'left' | 'lost'} [reason] lost is the server's view alone: a connection that stands knows better
   */
  remove(id, reason = 'left') {
    this.#returning.take(id);
    if (id === this.server?.id) {
      this.#server.gone();
    }
    const peer = this.#browsers.get(id);
    if (peer && (reason === 'left' || !this.#returning.stays(peer))) {
      this.#browsers.delete(id);
      peer.close();
      this.#returning.done(peer);
      this.#options.left(peer);
    }
  }

  /** @param {boolean} reachable whether signals can be sent; when they can again, what is broken is repaired now */
  signal(reachable) {
    this.#reachable = reachable;
    for (const peer of [...this.#browsers.values(), ...(this.server ? [this.server] : [])]) {
      peer.path.wake();
    }
  }

  /** For good. */
  close() {
    this.#closed = true;
    this.#returning.clear();
    this.#stop();
    this.#server.gone();
    for (const id of [...this.#browsers.keys()]) {
      this.remove(id);
    }
  }

  /** @param {Message} signal an offer, answer, candidate or reconnect; of no use when its sender has left */
  #deliver(signal) {
    const key = keyIn(signal);
    if (key !== undefined) {
      this.#returning.recognize(key, signal.from);
    } else if (!this.#returning.keep(signal)) {
      const peer = signal.from === this.server?.id ? this.server : this.#browsers.get(signal.from);
      peer?.deliver(signal);
    }
  }

  /** @param {Arrival} arrival */
  #announce({ info, newcomer, signals }) {
    const peer = this.#create(info, newcomer);
    this.#browsers.set(info.id, peer);
    this.#options.joined(peer);
    for (const signal of signals) {
      peer.deliver(signal);
    }
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer
   */
  #create(info, newcomer) {
    const { send, check, adopt } = this.#options;
    /** @type {Peer} */
    const peer = new Peer(info, {
      newcomer,
      self: () => this.self,
      settings: this.settings,
      reachable: () => this.#reachable && !this.#returning.misses(peer),
      check,
      send: (type, body) => this.#returning.misses(peer) || send(type, { to: peer.id, ...body }),
      adopt,
      claimed: () => {
        this.#returning.prove(peer, this.self);
        this.#returning.settle();
      },
    });
    peer.addEventListener(
      'statechange',
      () => peer.state === 'closed' && this.#returning.misses(peer) && this.remove(peer.id),
    );
    return peer;
  }
}
