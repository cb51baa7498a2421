import { Peer } from './peer.js';

/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./peer.js').PeerInfo} PeerInfo */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} MembersOptions
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send by way of the server
 * @property {(channel: Channel) => boolean} adopt whether the room has asked for the label of a channel that came
 * @property {(peer: Peer) => void} joined a browser
 * @property {(peer: Peer) => void} left a browser
 */

/** Everybody in the room but us: who they are is the server's word, one Peer each. */
export class Members {
  #options;
  /** Our id, empty before the first roster. */
  self = '';
  /**
   * What connections are made with from now on.
   *
   * @type {RTCConfiguration}
   */
  rtcConfig = {};
  /** @type {Map<string, Peer>} */
  #browsers = new Map();
  /** @type {Peer | undefined} */
  #server;
  #closed = false;

  /** @param {MembersOptions} options */
  constructor(options) {
    this.#options = options;
  }

  get browsers() {
    return this.#browsers;
  }

  get server() {
    return this.#server;
  }

  /**
   * Begins anew with those who were there before us.
   *
   * @param {string} self our id
   * @param {PeerInfo[]} peers
   */
  enter(self, peers) {
    this.#clear();
    this.self = self;
    for (const info of peers) {
      this.add(info, true);
    }
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer whether we came after it
   */
  add(info, newcomer) {
    if (this.#closed) {
      // Whoever was told of the one before has left the room.
      return;
    }
    if (info.kind === 'server') {
      this.#serve(info);
    } else if (!this.#browsers.has(info.id)) {
      const peer = this.#create(info, newcomer);
      this.#browsers.set(info.id, peer);
      this.#options.joined(peer);
    }
  }

  /** @param {string} id */
  remove(id) {
    if (id === this.#server?.id) {
      const server = this.#server;
      this.#server = undefined;
      server.close();
    }
    const peer = this.#browsers.get(id);
    if (peer) {
      this.#browsers.delete(id);
      peer.close();
      this.#options.left(peer);
    }
  }

  /** For good. */
  close() {
    this.#closed = true;
    this.#clear();
  }

  /** @param {Message} signal an offer, answer, candidate or reconnect; of no use when its sender has left */
  deliver(signal) {
    const peer = signal.from === this.#server?.id ? this.#server : this.#browsers.get(signal.from);
    peer?.deliver(signal);
  }

  #clear() {
    for (const id of [...this.#browsers.keys(), this.#server?.id ?? '']) {
      this.remove(id);
    }
  }

  /**
   * A connection to the server that was closed is followed by a fresh one that nobody has asked for yet.
   *
   * @param {PeerInfo} info
   */
  #serve(info) {
    const server = this.#create(info, true);
    this.#server?.close();
    this.#server = server;
    server.addEventListener('statechange', () => {
      if (server.state === 'closed' && server === this.#server) {
        this.#server = undefined;
        this.#serve(info);
      }
    });
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer
   */
  #create(info, newcomer) {
    const { send, adopt } = this.#options;
    return new Peer(info, {
      newcomer,
      polite: this.self < info.id,
      rtcConfig: this.rtcConfig,
      send: (type, body) => send(type, { to: info.id, ...body }),
      adopt,
    });
  }
}
