import { because, PeerhostError } from './errors.js';
import { Link } from './link.js';
import { Recovery } from './recovery.js';

/** @typedef {import('./signaling.js').Message} Message */

/** The way to a peer: one link, which is repaired when it breaks, or replaced by another. */
export class Path {
  #newcomer;
  #recovery;
  /** @type {Link | undefined} none before something is asked of the server */
  #link;
  /** @type {Link | undefined} the broken one before, whose end would look to the other side as if we had left */
  #before;
  /** @type {Link | undefined} the one that is to replace one that stands; signals are for it */
  next;
  /** @type {Link | undefined} the one that stood and was replaced, until its channels have moved */
  leaving;

  /**
   * @param {import('./peer.js').Peer} peer
   * @param {import('./channels.js').Channels} channels what goes over it
   * @param {import('./members.js').Members} members
   * @param {boolean} newcomer whether we came after the peer
   */
  constructor(peer, channels, members, newcomer) {
    this.peer = peer;
    this.channels = channels;
    this.members = members;
    this.#newcomer = newcomer;
    this.#recovery = new Recovery(this, members.settings);
    this.#link = peer.kind === 'browser' ? new Link(this, newcomer) : undefined;
  }

  /** Whether signals can be sent. */
  reachable() {
    return this.members.reaches(this.peer);
  }

  get link() {
    this.#link ??= new Link(this, this.#newcomer);
    return this.#link;
  }

  set link(link) {
    this.#link = link;
  }

  /** @param {Message} signal an offer, answer or candidate, or the wish for another connection */
  deliver(signal) {
    if (signal.type === 'reconnect') {
      this.#replace(signal.within);
    } else if (!(this.next ?? this.link).receive(signal)) {
      this.rebuild(signal.type !== 'offer');
      if (signal.type === 'offer') {
        this.link.receive(signal);
      }
    }
  }

  /** Restarts ICE, or rebuilds where that cannot help. */
  async restartIce() {
    const { peer } = this;
    const link = this.#link;
    this.members.signaling.check();
    if (link?.isBeyondRepair) {
      this.rebuild();
    } else if (link && !this.next) {
      const stood = stands(peer);
      const deaf = await link.restartIce();
      if (deaf && stood && stands(peer) && link === this.#link) {
        this.rebuild();
      }
    }
  }

  /**
   * Goes over to another RTCPeerConnection, since the one that there is is broken.
   *
   * @param {boolean} [offers] whether we make its first offer
   */
  rebuild(offers = true) {
    const before = this.link;
    this.abandon();
    this.#before?.close();
    this.#before = before;
    this.#link = new Link(this, offers, before);
    this.channels.transfer();
    this.follow(this.#link, 'new');
  }

  /** Gives the link up that is to replace one that stands; false when there is none. */
  abandon() {
    const next = this.next;
    this.next = undefined;
    next?.close();
    return next !== undefined;
  }

  /** The network, or the way to the server, is another one or is back. */
  wake() {
    this.#recovery.wake();
  }

  close() {
    this.#recovery.stop();
    for (const link of [this.next, this.leaving, this.#before, this.#link]) {
      link?.close();
    }
  }

  /**
   * @param {Link} link
   * @param {RTCPeerConnectionState} state that it has now
   */
  follow(link, state) {
    if (link === this.next && state === 'failed') {
      this.abandon();
    } else if (link !== this.#link) {
      // Nothing depends on it any more, or yet.
    } else if (state === 'connected') {
      this.#before?.close();
      this.#before = undefined;
      this.#recovery.follow(state);
      this.peer.become('connected');
    } else if (this.peer.state !== 'connecting') {
      this.peer.become('reconnecting');
      this.#recovery.follow(state);
    } else if (state === 'failed') {
      this.giveUp('from the start');
    }
  }

  /** The channels of the link are about to close without the other side's doing: Firefox's DTLS may fail in a restart of ICE. */
  broken() {
    this.#recovery.replace();
  }

  /** @param {number} within milliseconds; loaded by the first whom the server asks for it, since hardly anybody ever is */
  #replace(within) {
    const { peer } = this;
    import('./replacing.js').then(
      ({ replace }) => replace(this, within),
      (cause) => {
        const error = because('MODULE_UNAVAILABLE', 'The connection cannot be replaced', cause);
        peer.fire('error', { error, peer });
      },
    );
  }

  /**
   * @param {string} why
   * @param {'CONNECTION_FAILED' | 'TIMEOUT'} [code]
   */
  giveUp(why, code = 'CONNECTION_FAILED') {
    const { peer } = this;
    peer.close(new PeerhostError(code, `No network path to ${peer.id}, ${why}: a firewall may need a TURN server`));
  }
}

/** @param {import('./peer.js').Peer} peer */
const stands = ({ state }) => state === 'connected';
