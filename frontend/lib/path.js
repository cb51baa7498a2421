import { PeerhostError } from './errors.js';
import { Link } from './link.js';
import { Recovery } from './recovery.js';
import { Replacement } from './replacement.js';

/** @typedef {import('./channels.js').Channels} Channels */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} Ours what the room knows
 * @property {boolean} newcomer whether we came after the peer, and so make the first offer
 * @property {() => string} self our id
 * @property {import('./config.js').Settings} settings
 * @property {() => boolean} reachable whether signals can be sent
 * @property {() => void} check whether the way to the server carries anything
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send to the peer, by way of the server
 * @property {() => void} claimed the peer says who it is
 */

/**
 * @typedef {object} Reports
 * @property {(error: PeerhostError) => void} failed what could not be applied
 * @property {() => void} connected
 * @property {() => void} interrupted it is being repaired
 * @property {(error?: PeerhostError) => void} ended for good; without an error the other side closed it
 */

/** The way to a peer: one link, which is repaired when it breaks, or replaced by another. */
export class Path {
  #peer;
  #channels;
  #options;
  #recovery;
  /** @type {Link | undefined} none before something is asked of the server */
  #link;
  /** @type {Link | undefined} the broken one before, whose end would look to the other side as if we had left */
  #before;
  #replacement = new Replacement();
  #stood = false;

  /**
   * @param {Peer} peer
   * @param {Channels} channels what goes over it
   * @param {Ours & Reports} options
   */
  constructor(peer, channels, options) {
    this.#peer = peer;
    this.#channels = channels;
    this.#options = options;
    this.#recovery = new Recovery({
      iceRestart: options.settings.iceRestart,
      timeout: options.settings.recoveryTimeout,
      reachable: options.reachable,
      restart: () => this.restartIce(),
      rebuild: () => this.rebuild(),
      giveUp: (why) => this.#giveUp(why),
    });
    this.#link = peer.kind === 'browser' ? this.#create(options.newcomer) : undefined;
  }

  get link() {
    this.#link ??= this.#create(this.#options.newcomer);
    return this.#link;
  }

  /**
   * @param {Message} signal
   * @returns {boolean} false when too many wait already
   */
  deliver(signal) {
    const link = this.#replacement.next ?? this.link;
    if (link.isStale(signal)) {
      return true;
    }
    if (link.isForeign(signal)) {
      this.rebuild(signal.type !== 'offer');
      return signal.type !== 'offer' || this.link.receive(signal);
    }
    return link.receive(signal);
  }

  /** Restarts ICE, or rebuilds where that cannot help. */
  restartIce() {
    this.#options.check();
    if (this.#link?.isBeyondRepair) {
      this.rebuild();
    } else if (!this.#replacement.next) {
      const stands = () => this.#peer.state === 'connected';
      const stood = stands();
      this.#link?.restartIce((link) => stood && stands() && link === this.#link && this.rebuild());
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
    const carryOn = this.#channels.transfer();
    this.#link = this.#create(offers, before);
    carryOn();
    this.#options.interrupted();
    this.#recovery.follow('new');
  }

  /**
   * Goes over to another RTCPeerConnection, while the one that there is stands.
   *
   * @param {number} within milliseconds that the other side keeps the current one
   */
  async replace(within) {
    if (this.#replacement.underWay) {
      return;
    }
    const next = this.#create(true, this.link);
    const replace = () => {
      const before = this.link;
      this.#link = next;
      this.#follow('connected');
      return before;
    };
    await this.#replacement.run(next, within, replace, (left) => this.#channels.move(left));
  }

  /** Gives the link up that is to replace one that stands; false when there is none. */
  abandon() {
    return this.#replacement.abandon();
  }

  /** The network, or the way to the server, is another one or is back. */
  wake() {
    this.#recovery.wake();
  }

  close() {
    this.#recovery.stop();
    this.#replacement.close();
    this.#before?.close();
    this.#link?.close();
  }

  /**
   * @param {boolean} offers
   * @param {Link} [before]
   */
  #create(offers, before) {
    const { self, settings, send, claimed, failed, ended } = this.#options;
    /** @type {(handle: (event: any) => void) => (event: any) => void} */
    const ifCurrent = (handle) => (event) => link === this.#link && handle(event);
    const control = {
      self: self(),
      took: ifCurrent((label) => this.#channels.confirm(label)),
      moved: ifCurrent((labels) => this.#channels.transferred(labels)),
      claimed: ifCurrent(() => claimed()),
      before: before?.control,
    };
    const link = new Link({
      connection: settings.connections.create(),
      offers,
      polite: () => self() < this.#peer.id,
      send,
      control: this.#peer.kind === 'browser' ? control : undefined,
      failed: ifCurrent(failed),
      changed: ifCurrent((state) => this.#follow(state)),
      ended: ifCurrent(() => ended()),
      broken: ifCurrent(() => this.#recovery.replace()),
      arrived: ifCurrent((wire) => this.#channels.arrived(wire)),
      before,
    });
    return link;
  }

  /** @param {RTCPeerConnectionState} state */
  #follow(state) {
    if (state === 'connected') {
      this.#stood = true;
      this.#before?.close();
      this.#before = undefined;
      this.#recovery.follow(state);
      this.#options.connected();
    } else if (this.#stood) {
      this.#options.interrupted();
      this.#recovery.follow(state);
    } else if (state === 'failed') {
      this.#giveUp('from the start');
    }
  }

  /** @param {string} why */
  #giveUp(why) {
    const sentence = `No network path to ${this.#peer.id}, ${why}: a firewall between may need a TURN server`;
    this.#options.ended(new PeerhostError('CONNECTION_FAILED', sentence));
  }
}
