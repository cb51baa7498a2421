import { proofOf } from './control.js';

/** Milliseconds that a newcomer waits unannounced, since it may be somebody whose connection stands. */
const HELD_FOR = 2_000;
/** Signals of one newcomer that are kept meanwhile; of more, the newest are dropped. */
const MAX_SIGNALS = 1_024;

/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./peer.js').PeerInfo} PeerInfo */
/** @typedef {import('./signaling.js').Message} Message */
/** @typedef {{ info: PeerInfo, newcomer: boolean, signals: Message[] }} Arrival */

/**
 * Those whose place in the room is gone while their connection stands, as after a restart of the server, or is being
 * repaired, and the newcomers that may turn out to be them.
 */
export class Returning {
  #members;
  /** @type {Set<Peer>} */
  #absent = new Set();
  /** @type {Map<string, Arrival & { timer: ReturnType<typeof setTimeout> }>} */
  #held = new Map();

  /** @param {import('./members.js').Members} members */
  constructor(members) {
    this.#members = members;
  }

  /**
   * We have entered the room anew: whose connection lives stays.
   *
   * @param {Set<string>} present the ids of those in the room
   */
  begin(present) {
    this.clear();
    for (const peer of this.#members.browsers.values()) {
      if (present.has(peer.id) ? lives(peer) : this.stays(peer)) {
        peer.control?.introduce(this.#members.self);
      } else {
        this.#members.remove(peer.id);
      }
    }
  }

  /**
   * @param {Peer} peer whose place is gone
   * @returns {boolean} whether its connection lives, and the peer with it
   */
  stays(peer) {
    if (lives(peer)) {
      this.#absent.add(peer);
    }
    return lives(peer);
  }

  /** @param {Peer} peer who is in the room again, or gone for good */
  done(peer) {
    this.#absent.delete(peer);
    this.settle();
  }

  /** @param {Peer} peer */
  misses(peer) {
    return this.#absent.has(peer);
  }

  /**
   * Somebody has come: announced at once, or when it is clear that it is nobody who was here before.
   *
   * @param {PeerInfo} info
   * @param {boolean} newcomer whether we came after it
   */
  arrived(info, newcomer) {
    const timer = setTimeout(() => this.#release(info.id), HELD_FOR);
    this.#held.set(info.id, { info, newcomer, signals: [], timer });
    this.settle();
  }

  /**
   * @param {Message} signal
   * @returns {boolean} whether its sender is not announced yet, and the signal is kept
   */
  keep(signal) {
    const arrival = this.#held.get(signal.from);
    if (arrival && arrival.signals.length < MAX_SIGNALS) {
      arrival.signals.push(signal);
    }
    return arrival !== undefined;
  }

  /**
   * Takes an arrival out: it was recognized, or has left.
   *
   * @param {string} id
   * @returns {Arrival | undefined}
   */
  take(id) {
    const arrival = this.#held.get(id);
    clearTimeout(arrival?.timer);
    this.#held.delete(id);
    return arrival;
  }

  /** Announces those who can be nobody that is missed: each of these has said that it is somebody else. */
  settle() {
    for (const id of this.#held.keys()) {
      const mayBe = [...this.#absent].some((peer) => [peer.id, id].includes(peer.control?.claim?.id ?? peer.id));
      if (!mayBe) {
        this.#release(id);
      }
    }
  }

  /**
   * Shows a peer who knows us by another id that this one is ours: in the room, where the server vouches for the id, with
   * what only the end of our connection can have told us.
   *
   * @param {Peer} peer
   */
  prove({ control }) {
    const { browsers, self } = this.#members;
    const claim = control?.claim;
    if (!claim || control.knownAs === self) {
      return;
    }
    const known = browsers.get(claim.id);
    if (this.#held.has(claim.id) || (known && !this.misses(known))) {
      control.knownAs = self;
      this.#members.tell('candidate', { to: claim.id, ...proofOf(claim.key) });
    }
  }

  /**
   * Somebody in the room is at the other end of a connection that we have.
   *
   * @param {string} key what we told that end
   * @param {string} id
   */
  recognize(key, id) {
    const { browsers } = this.#members;
    const peer = [...browsers.values()].find(({ control }) => control?.expects(key));
    const other = browsers.get(id);
    const arrival = this.take(id);
    const info = arrival?.info ?? other?.info;
    if (!peer || peer === other || !info) {
      return;
    }
    if (other && stands(other)) {
      // Too late: both ends have connected anew.
      this.#members.remove(peer.id);
      return;
    }
    this.#members.remove(id);
    browsers.delete(peer.id);
    peer.info = info;
    browsers.set(id, peer);
    this.done(peer);
    // What it said or was told meanwhile went nowhere.
    peer.path.wake();
    for (const signal of arrival?.signals ?? []) {
      peer.path.deliver(signal);
    }
  }

  /** Forgets everybody. */
  clear() {
    for (const id of this.#held.keys()) {
      this.take(id);
    }
    this.#absent.clear();
  }

  /** @param {string} id */
  #release(id) {
    const arrival = this.take(id);
    if (arrival) {
      this.#members.announce(arrival);
    }
  }
}

/** @param {Peer} peer whether its connection carries messages, or will again */
const lives = ({ state }) => state === 'connected' || state === 'reconnecting';

/** @param {Peer} peer whether its connection carries messages */
const stands = (peer) => peer.connection.connectionState === 'connected';
