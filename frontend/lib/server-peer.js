/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./peer.js').PeerInfo} PeerInfo */

/** The server's own peer, where it has one. */
export class ServerPeer {
  #create;
  /** @type {Peer | undefined} */
  #peer;

  /** @param {(info: PeerInfo) => Peer} create */
  constructor(create) {
    this.#create = create;
  }

  get peer() {
    return this.#peer;
  }

  /**
   * The server is in the room. One that we have joined anew has forgotten our connection, and one that was closed is
   * followed by a fresh one that nobody has asked for yet.
   *
   * @param {PeerInfo} info
   */
  present(info) {
    const before = this.#peer;
    const peer = this.#create(info);
    this.#peer = peer;
    before?.close();
    peer.addEventListener('statechange', () => {
      if (peer.state === 'closed' && peer === this.#peer) {
        this.present(info);
      }
    });
  }

  /** The server is not in the room any more, or we are not. */
  gone() {
    const peer = this.#peer;
    this.#peer = undefined;
    peer?.close();
  }
}
