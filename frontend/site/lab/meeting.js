import { signalingUrl } from '/__/peerhost/config.js';
import { Signaling } from '/__/peerhost/signaling.js';
import { Seal } from './rendezvous.js';

/** @typedef {import('/__/peerhost/signaling.js').Message} Message */

/**
 * @typedef {object} Meet
 * @property {() => void} changed the other page is here, or is not any more
 * @property {(message: Message) => void} received from the other page, and from nobody else
 */

/**
 * @typedef {Meet & { rendezvous: import('./rendezvous.js').Rendezvous, role: import('./rendezvous.js').Role, url?: string }}
 *   MeetingOptions with the signaling's address, where it is not that of this page's server
 */

/**
 * Where two pages find each other when their connection is broken: a room of the signaling server that has the rendezvous'
 * name. The server sees their messages, and can lose them; it cannot change them or make any, and they are but what a pasted
 * description says.
 */
export class Meeting {
  #options;
  #seal;
  #room;
  /** @type {Signaling | undefined} */
  #signaling;
  /** @type {Set<string>} everybody in the room; who of them is the other page shows by what they say */
  #present = new Set();
  /** Who that was. */
  #other = '';

  /** @param {MeetingOptions} options */
  constructor(options) {
    const { id, secret = '' } = options.rendezvous;
    this.#options = options;
    this.#seal = new Seal(secret, options.role);
    this.#room = this.#seal.room(id);
  }

  /** Whether the other page is here. */
  get met() {
    return this.#other !== '';
  }

  /** Goes there; a server that is out of reach is tried again and again. */
  open() {
    if (this.#signaling) return;
    const signaling = new Signaling(signalingUrl(this.#options.url), {
      welcome: (resumed) => (resumed ? this.#arrived(this.#present) : signaling.send(this.#address('join'), {})),
      message: (message) => this.#receive(message),
      lost: () => this.#gone(this.#other),
    });
    this.#signaling = signaling;
    signaling.connect();
  }

  /** The network is another one: what waits for it need not wait longer. */
  check() {
    this.#signaling?.check();
  }

  /** @param {Message} message for the other page, if it is here */
  send(message) {
    this.#tell([...this.#present], message);
  }

  /** Leaves. */
  close() {
    this.#signaling?.send(this.#address('leave'), {});
    this.#signaling?.close();
    this.#signaling = undefined;
    this.#present.clear();
    this.#other = '';
  }

  /** @param {Message} message */
  #receive({ type, peers, peer, from, sdp }) {
    if (type === 'roster') {
      this.#present.clear();
      this.#arrived(peers.filter(isBrowser).map((/** @type {{ id: string }} */ { id }) => id));
    } else if (type === 'joined' && isBrowser(peer)) {
      this.#arrived([peer.id]);
    } else if (type === 'left') {
      this.#present.delete(peer);
      this.#gone(peer);
    } else if (type === 'offer') {
      const message = this.#seal.open(sdp);
      if (!message) return;
      this.#here(from);
      if (message.type !== 'here') this.#options.received(message);
    }
  }

  /** @param {Iterable<string>} ids of those to whom we show ourselves */
  #arrived(ids) {
    const all = [...ids];
    for (const id of all) this.#present.add(id);
    this.#tell(all, { type: 'here' });
  }

  /** @param {string} id */
  #here(id) {
    const met = this.#other === id;
    this.#other = id;
    if (!met) this.#options.changed();
  }

  /** @param {string} id who is not here any more */
  #gone(id) {
    if (this.#other === '' || this.#other !== id) return;
    this.#other = '';
    this.#options.changed();
  }

  /**
   * To the server all of it is an offer, whose SDP it passes on unread.
   *
   * @param {string[]} ids
   * @param {Message} message
   */
  #tell(ids, message) {
    if (ids.length === 0) return;
    const sdp = this.#seal.close(message);
    for (const to of ids) this.#signaling?.send(this.#address('offer'), { to, sdp });
  }

  /** @param {string} verb */
  #address(verb) {
    return `/app/rooms/${this.#room}/${verb}`;
  }
}

/** @param {{ kind: string }} peer */
const isBrowser = ({ kind }) => kind === 'browser';
