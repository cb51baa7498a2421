/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./peer.js').PeerInfo} PeerInfo */

/** The server's own peer, where it has one. */
export class ServerPeer {
  #members;
  /** @type {Peer | undefined} */
  peer;

  /** @param {import('./members.js').Members} members */
  constructor(members) {
    this.#members = members;
  }

  /**
   * The server is in the room. One that we have joined anew has forgotten our connection: another one goes on for it. A
   * connection that was closed is followed by a fresh peer that nobody has asked for anything yet.
   *
   * @param {PeerInfo} info
   */
  present(info) {
    const before = this.peer;
    if (before) {
      before.info = info;
      if (before.state !== 'new') {
        before.path.rebuild();
      }
      return;
    }
    const peer = this.#members.create(info, true);
    this.peer = peer;
    peer.addEventListener('statechange', () => {
      if (peer.state === 'closed' && peer === this.peer) {
        this.peer = undefined;
        this.present(info);
      }
    });
  }

  /** @returns {Peer | undefined} who is in the room no more, or we are not: to be closed */
  take() {
    const peer = this.peer;
    this.peer = undefined;
    return peer;
  }
}
