import { keyIn } from './control.js';
import { Peer } from './peer.js';
import { Returning } from './returning.js';

/** @typedef {import('./peer.js').PeerInfo} PeerInfo */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * Everybody in the room but us: who they are is the server's word, one Peer each. Whose connection stands stays, even when
 * the server has forgotten it or us, and is recognized when it is back under another id.
 */
export class Members {
  #room;
  #returning = new Returning(this);
  #reachable = false;
  /** Our id, empty before the first roster. */
  self = '';
  /** How peers connect from now on. */
  settings = /** @type {import('./config.js').Settings} */ ({});
  /** @type {Map<string, Peer>} */
  browsers = new Map();
  /** @type {Peer | undefined} the server's own, where it has one */
  server;

  /**
   * @param {import('./room.js').Room} room
   * @param {import('./signaling.js').Signaling} signaling
   * @param {import('./room-channels.js').RoomChannels} channels
   */
  constructor(room, signaling, channels) {
    this.#room = room;
    this.signaling = signaling;
    this.channels = channels;
  }

  /** @param {Message} message who is there, that somebody came or went, or a signal */
  receive(message) {
    if (message.type === 'roster') {
      this.#enter(message.self, message.peers);
    } else if (message.type === 'joined') {
      this.#add(message.peer, false);
    } else if (message.type === 'left') {
      this.remove(message.peer, message.reason);
    } else {
      this.#deliver(message);
    }
  }

  /**
   * @param {string} id
   * @param {'left' | 'lost'} [reason] lost is the server's view alone: a connection that stands knows better
   */
  remove(id, reason = 'left') {
    this.#returning.take(id);
    const { server } = this;
    if (id === server?.id) {
      this.server = undefined;
      server.close();
    }
    const peer = this.browsers.get(id);
    if (peer && (reason === 'left' || !this.#returning.stays(peer))) {
      this.browsers.delete(id);
      peer.close();
      this.#returning.done(peer);
      this.#room.fire('peerleave', { peer });
    }
  }

  /** @param {import('./returning.js').Arrival} arrival of somebody who was not here before */
  announce({ info, newcomer, signals }) {
    const peer = this.create(info, newcomer);
    this.browsers.set(info.id, peer);
    for (const channel of this.channels.values()) {
      channel.open(peer);
    }
    this.#room.fire('peerjoin', { peer });
    for (const signal of signals) {
      peer.path.deliver(signal);
    }
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer whether we came after it
   */
  create(info, newcomer) {
    const peer = new Peer(info, this, newcomer);
    peer.addEventListener('statechange', () => {
      if (peer.state === 'closed' && peer === this.server) {
        // A fresh one, which nobody has asked for anything yet.
        this.server = this.create(peer.info, true);
      } else if (peer.state === 'closed' && this.#returning.misses(peer)) {
        this.remove(peer.id);
      }
    });
    return peer;
  }

  /** @param {Peer} peer who says who it is */
  claimed(peer) {
    this.#returning.prove(peer);
    this.#returning.settle();
  }

  /** @param {Peer} peer whether signals can be sent to it */
  reaches(peer) {
    return this.#reachable && !this.#returning.misses(peer);
  }

  /**
   * @param {Peer} peer
   * @param {'offer' | 'answer' | 'candidate'} type
   * @param {object} body
   */
  send(peer, type, body) {
    if (!this.#returning.misses(peer)) {
      this.tell(type, { to: peer.id, ...body });
    }
  }

  /**
   * @param {string} verb what the server is to do in the room
   * @param {object} body
   */
  tell(verb, body) {
    this.signaling.send(`/app/rooms/${this.#room.id}/${verb}`, body);
  }

  /** @param {boolean} [reachable] whether the server is; when it is again, or may be, what is broken is repaired now */
  wake(reachable = this.#reachable) {
    this.#reachable = reachable;
    for (const peer of [...this.browsers.values(), this.server]) {
      peer?.path.wake();
    }
  }

  /** For good; fulfilled when all connections are closed. */
  async close() {
    this.#returning.clear();
    const peers = [this.server, ...this.browsers.values()];
    this.server = undefined;
    const left = peers.map((peer) => peer?.leave());
    for (const id of [...this.browsers.keys()]) {
      this.remove(id);
    }
    await Promise.all(left);
  }

  /**
   * @param {string} self our id
   * @param {PeerInfo[]} peers
   */
  #enter(self, peers) {
    this.self = self;
    const present = new Set(peers.map(({ id }) => id));
    this.#returning.begin(present);
    const serverId = this.server?.id ?? '';
    if (!present.has(serverId)) {
      this.remove(serverId);
    }
    for (const info of peers) {
      this.#add(info, true);
    }
  }

  /**
   * @param {PeerInfo} info
   * @param {boolean} newcomer whether we came after it
   */
  #add(info, newcomer) {
    // Whoever was told of the one before may have left the room.
    if (this.#room.state === 'closed') return;
    if (info.kind === 'server') {
      this.server ??= this.create(info, true);
      this.server.info = info;
      if (this.server.state !== 'new') {
        // We have joined anew, and it has forgotten our connection.
        this.server.path.rebuild();
      }
      return;
    }
    if (!this.browsers.has(info.id)) {
      this.#returning.arrived(info, newcomer);
    }
    for (const peer of this.browsers.values()) {
      this.#returning.prove(peer);
    }
  }

  /** @param {Message} signal an offer, answer, candidate or reconnect; of no use when nobody of this id is here */
  #deliver(signal) {
    const key = keyIn(signal);
    if (key !== undefined) {
      this.#returning.recognize(key, signal.from);
    } else if (!this.#returning.keep(signal)) {
      const peer = signal.from === this.server?.id ? this.server : this.browsers.get(signal.from);
      peer?.path.deliver(signal);
    }
  }
}
